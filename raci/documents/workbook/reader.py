"""Reads a workbook of ours that comes home, whatever program saved it in the meantime.

A streaming reader of full fidelity on the standard library: it sees formulas, errors and what is hidden, and it
believes the rows and not the extent that a sheet claims to have. Files are let in by the guard before.
"""

import re
from collections.abc import Iterator, Mapping

from raci.documents.intake.refused import Refused
from raci.documents.workbook import layout
from raci.documents.workbook.reading.markup import Enough, whole
from raci.documents.workbook.reading.matrix import MatrixSheet
from raci.documents.workbook.reading.others import OtherSheet
from raci.documents.workbook.reading.package import Package, SheetPart
from raci.documents.workbook.reading.sheet import Sight, read_rows
from raci.domain.homecoming import BroughtBack
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_NEEDED = ("export_id", "matrix", "revision")
_NUMBER = re.compile("[0-9]{1,10}")  # as far as a database counts revisions
_SIGN = b"overlap"  # a word of the hidden row, which a sheet keeps that was copied into another workbook

_NO_FACTS = _(
    "The workbook no longer says which revision it was made from: its hidden sheet and its properties are gone. Export "
    "the matrix anew, make your changes there and bring that file."
)
_TWO_FACTS = _(
    "The workbook says of itself that it was made from two different exports: a sheet was copied from one into the "
    "other. Bring each file by itself."
)
_NEWER = _(
    "The workbook was made by a newer version of this program, in form {version}; this one reads forms up to {known}."
)
_KEYS_LOST = _(
    "The workbook was exported from here, and its hidden row or column of keys is gone. It was read like anybody's "
    "sheet: rows and roles are recognised by their names."
)


def is_ours(content: bytes) -> bool:
    """Tell whether a file is a workbook of ours whose keys are still in it. A broken file is not."""
    try:
        package = Package(content)
        return _may_be(package) and _find(package) is not None
    except Refused:
        return False


def keys_lost(content: bytes) -> Sentence | None:
    """Say so where a file was a workbook of ours and has lost its keys: it is read like a foreign one."""
    try:
        package = Package(content)
        facts = package.properties().get("format") == layout.FORMAT or any(
            sheet.facts for _part, sheet in _others(package, "")
        )
        return Sentence(_KEYS_LOST) if facts and _find(package) is None else None
    except Refused:
        return None


def read_home(content: bytes) -> BroughtBack:
    """Return what a workbook of ours holds. Raises `Refused` where it is damaged or nobody can tell its revision."""
    package = Package(content)
    part = _find(package)
    if part is None:
        raise Refused(Sentence(_KEYS_LOST))
    matrix = MatrixSheet(part.name)
    sight = _read(package, part, matrix)
    others = [sheet for _part, sheet in _others(package, part.part)]
    facts = _facts(package.properties(), next((sheet.facts for sheet in others if sheet.facts), {}))
    return BroughtBack(
        sheet=part.name,
        facts=facts,
        fields=matrix.fields,
        columns=tuple(column._replace(hidden=sight.hides(column.at)) for column in matrix.columns),
        rows=tuple(matrix.rows),
        questions=tuple(question for sheet in others for question in sheet.questions),
        labels=matrix.labels,
        problems=(*matrix.problems, *(problem for sheet in others for problem in sheet.problems)),
    )


def _may_be(package: Package) -> bool:
    return bool(package.names or package.properties()) or package.mentions(_SIGN)


def _find(package: Package) -> SheetPart | None:
    """Return the sheet of the matrix: the one with the crossings, else the first that has a row of keys."""
    named = package.names.get(layout.CELLS, "").rpartition("!")[0]
    named = named[1:-1].replace("''", "'") if named.startswith("'") else named
    for part in sorted(package.sheets, key=lambda sheet: sheet.name != named):
        if _has_keys(package, part):
            return part
    return None


def _has_keys(package: Package, part: SheetPart) -> bool:
    probe = _Probe(part.name)
    _read(package, part, probe)
    return probe.is_one


class _Probe(MatrixSheet):
    """Looks no further than the row of keys."""

    def _take_header(self, _row: object) -> None:
        raise Enough


def _read(package: Package, part: SheetPart, sheet: MatrixSheet | OtherSheet) -> Sight:
    strings = package.strings
    with whole(), package.open(part.part) as stream:
        return read_rows(stream, strings, sheet.take)


def _others(package: Package, matrix: str) -> Iterator[tuple[SheetPart, OtherSheet]]:
    for part in package.sheets:
        if part.part != matrix:
            sheet = OtherSheet(part.name, package.from_1904)
            _read(package, part, sheet)
            yield part, sheet


def _facts(properties: Mapping[str, str], sheet: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that lead home, from wherever they are left. Raises `Refused`."""
    if sheet and properties and any(sheet.get(name) != properties.get(name, sheet.get(name)) for name in _NEEDED):
        raise Refused(Sentence(_TWO_FACTS))
    facts = {**properties, **sheet}
    if not all(facts.get(name) for name in _NEEDED) or not _NUMBER.fullmatch(facts["revision"]):
        raise Refused(Sentence(_NO_FACTS))
    version = facts.get("format_version", "1")
    if not _NUMBER.fullmatch(version) or int(version) > layout.FORMAT_VERSION:
        raise Refused(Sentence(_NEWER, {"version": version, "known": str(layout.FORMAT_VERSION)}))
    return {name: facts[name] for name in (*layout.FACTS, layout.NARROWED) if name in facts}

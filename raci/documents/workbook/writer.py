"""Writes the workbook: a shell by openpyxl, with rows of text streamed into it."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.speech import day, speaking
from raci.documents.speech import gettext as _
from raci.documents.tally import Tally
from raci.documents.workbook import cells, reports, shell
from raci.documents.workbook.home import home
from raci.documents.workbook.layout import Grid, letter
from raci.documents.workbook.legend import legend
from raci.documents.workbook.matrix_sheet import MatrixSheet
from raci.documents.workbook.measures import measures
from raci.documents.workbook.parts import Part, Styles
from raci.documents.workbook.workload import workload

_IN_MEMORY = 1 << 20  # bytes of the finished file that are kept off the disk
_ROWS_AT_ONCE = 256
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_SHEET_PART = "xl/worksheets/sheet{}.xml"
_PROPERTIES_PART = "docProps/core.xml"


# Half of the time of a large workbook goes into deflating. Level 5 needs a third less of it than zlib's usual 6, for
# files that are a twentieth larger.
_LEVEL = 5


def write_workbook(edition: Edition, stream: BinaryIO) -> None:
    """Write the workbook of an edition.

    The same edition gives the same bytes. Raises `CannotBeHeld`, and writes nothing, where something
    does not fit into a workbook; the message names sheet, cell and record.
    """
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as draft:
        with speaking(edition.language):
            _write(edition, draft)
        draft.seek(0)
        shutil.copyfileobj(draft, stream)


def _write(edition: Edition, draft: IO[bytes]) -> None:
    grid = Grid(len(edition.matrix.rows), len(edition.matrix.columns), len(edition.matrix.scheme.letters))
    parts = _parts(edition, grid)
    made, styles = shell.build(edition, grid, parts)
    by_name = {_SHEET_PART.format(number): part for number, part in enumerate(parts, start=1)}
    moment = max(edition.exported_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with ZipFile(BytesIO(made)) as source, ZipFile(draft, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on, where this works too
            with target.open(entry, "w") as out:
                if part := by_name.get(name):
                    out.writelines(_sheet(source.read(name), part, styles))
                else:
                    out.write(_settled(name, source.read(name)))


def _parts(edition: Edition, grid: Grid) -> list[Part]:
    tally = Tally(edition.matrix, edition.settings.owner_may_do)
    footer = _footer(edition)
    return [
        MatrixSheet(edition, grid, tally, footer).part(),
        reports.grey_areas(edition, footer),
        reports.decisions(edition, footer),
        reports.roles(edition, tally, footer),
        workload(edition, grid, tally, footer),
        measures(edition, footer),
        reports.findings(edition, footer),
        legend(edition, footer),
        home(edition),
    ]


def _footer(edition: Edition) -> str:
    """Return what stands below each page; a footer holds 255 characters and reads & as a command."""
    title = words.short(edition.matrix.sheet.title, 50)
    organisation = words.short(edition.organisation, 50)
    title += _(" (a part)") if edition.narrowed_to else ""
    text = _("{organisation} · {title} · Revision {revision}, {day}").format(
        organisation=organisation, title=title, revision=edition.revision, day=day(edition.revised_at)
    )
    return cells.spelled(" ".join(text.split())).replace("&", "&&")


def _sheet(xml: bytes, part: Part, styles: Styles) -> Iterator[bytes]:
    """Yield a sheet's XML with its rows where the shell has none."""
    extent = f'<dimension ref="A1:{letter(part.last_column)}{part.last_row}"/>'
    head, tail = _NO_ROWS.split(_DIMENSION.sub(extent.encode(), xml, count=1), maxsplit=1)
    yield head + b"<sheetData>"
    rows = iter(part.rows(styles))
    while chunk := "".join(islice(rows, _ROWS_AT_ONCE)):
        yield chunk.encode()
    yield b"</sheetData>" + tail


def _settled(name: str, data: bytes) -> bytes:
    """Return a part without the moment of writing, which openpyxl always puts in."""
    if name != _PROPERTIES_PART:
        return data
    created = re.search(rb"<dcterms:created[^>]*>([^<]*)", data)
    return _MODIFIED.sub(rb"\g<1>" + created[1], data) if created else data

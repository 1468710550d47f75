"""Charters leave the house: for Word, as Markdown, as workbooks."""

import io
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.text import slugify

from raci import models
from raci.documents.charter.docx import write_docx
from raci.documents.charter.markdown import write_markdown
from raci.documents.charter.told import Edition, Levels, SignedBy
from raci.documents.charter.xlsx import write_workbook
from raci.services.charters.drawing import Drawn, draw, draw_all
from raci.services.charters.signing import Holder, State, holders
from raci.services.exporting import KINDS, File, FileKind
from raci.services.words import spoken_language

DOCX = FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
CHARTER_KINDS: Mapping[str, FileKind] = {"docx": DOCX, "md": KINDS["md"], "xlsx": KINDS["xlsx"]}


def edition(organisation: models.Organisation, drawn: Drawn, found: Sequence[Holder], levels: Levels) -> Edition:
    """Return a charter as documents take it, in the current language."""
    return Edition(
        organisation=organisation.name,
        view=drawn.view,
        holders=tuple(_holder(one) for one in found),
        levels=levels,
        made_on=timezone.localdate(),
        language=spoken_language(),
    )


def _holder(one: Holder) -> SignedBy:
    signed_on = one.signed_on if one.state is State.SIGNED else None
    return SignedBy(one.name, one.manner, one.starts_on, one.ends_on, signed_on)


def levels() -> Levels:
    """Return the names of the levels of all scales, in English, in one query."""
    found = models.Scale.objects.values_list("code", "levels")
    return {code: {int(one["level"]): str(one["name"]) for one in listed} for code, listed in found}


def charter_file(organisation: models.Organisation, role: str, kind: str) -> File:
    """Return the charter of a role as "docx", "md" or "xlsx". Raises `KeyError`, and `CannotBeHeld`."""
    drawn = draw(organisation, role)
    ready = edition(organisation, drawn, holders(organisation, drawn), levels())
    name = _name(organisation, drawn.view.role.name, role, kind)
    return File(name, _written(ready, kind), CHARTER_KINDS[kind].content_type)


def all_charters(organisation: models.Organisation) -> File:
    """Return the charters of all roles in use as one workbook, a sheet for each. Raises `CannotBeHeld`."""
    stream = io.BytesIO()
    write_workbook(_editions(organisation), stream)
    name = f"{slugify(organisation.name) or organisation.slug}-charters-r{organisation.revision}.xlsx"
    return File(name, stream.getvalue(), CHARTER_KINDS["xlsx"].content_type)


def charter_files(organisation: models.Organisation, kind: str) -> list[File]:
    """Return the charters of all roles in use: as one workbook, or as a file for each. Raises `CannotBeHeld`."""
    if kind == "xlsx":
        return [all_charters(organisation)]
    found: dict[str, File] = {}
    for one in _editions(organisation):
        name = _name(organisation, one.view.role.name, one.view.key, kind)
        if name in found:  # two roles whose names differ only in signs
            name = _name(organisation, f"{one.view.role.name} {one.view.key}", one.view.key, kind)
        found[name] = File(name, _written(one, kind), CHARTER_KINDS[kind].content_type)
    return list(found.values())


def _editions(organisation: models.Organisation) -> list[Edition]:
    known = levels()
    return [edition(organisation, drawn, holders(organisation, drawn), known) for drawn in draw_all(organisation)]


def _written(ready: Edition, kind: str) -> bytes:
    stream = io.BytesIO()
    if kind == "docx":
        write_docx(ready, stream)
    elif kind == "xlsx":
        write_workbook([ready], stream)
    else:
        stream.write(write_markdown(ready).encode())
    return stream.getvalue()


def _name(organisation: models.Organisation, title: str, key: str, kind: str) -> str:
    parts = (slugify(organisation.name) or organisation.slug, "charter", slugify(title) or key)
    return f"{'-'.join(parts)}-r{organisation.revision}.{kind}"

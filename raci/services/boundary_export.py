"""The boundary of two roles leaves the house, as it is filtered: as a workbook or as Markdown."""

import io
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from raci import models
from raci.documents.boundary.edition import BoundaryEdition
from raci.documents.boundary.markdown import write_markdown
from raci.documents.boundary.workbook import write_workbook
from raci.domain.boundary import Boundary
from raci.domain.records import Agreement
from raci.domain.whole import Whole
from raci.services.boundaries import Between, decision_in_words
from raci.services.exporting import KINDS, File
from raci.services.words import spoken_language

BOUNDARY_KINDS = ("xlsx", "md")


def export_boundary(
    organisation: models.Organisation,
    stands: Between,
    found: Boundary,
    kind: str,
    *,
    exported_by: str,
    asked: Sequence[tuple[str, str]] = (),
) -> File:
    """Return a boundary, or what filters leave of it, as a file of a kind of `BOUNDARY_KINDS`, in the current language.

    Raises `raci.documents.held.CannotBeHeld` where a workbook cannot hold it.
    """
    edition = BoundaryEdition(
        organisation=organisation.name,
        whole=stands.whole,
        pair=stands.found,
        found=found,
        decisions=decisions_in_words(stands.whole, found),
        exported_at=timezone.localtime(),
        exported_by=exported_by,
        agreements=[agreement_in_words(stands.whole, one) for one in stands.agreements.values()],
        catalogue=[(one.title, one.text) for one in stands.said],
        asked=asked,
        language=spoken_language(),
    )
    stream = io.BytesIO()
    if kind == "xlsx":
        write_workbook(edition, stream)
    else:
        stream.write(write_markdown(edition).encode())
    return File(_name(organisation, stands, kind, bool(asked)), stream.getvalue(), KINDS[kind].content_type)


def decisions_in_words(whole: Whole, found: Boundary) -> Mapping[tuple[str, str], str]:
    """Return the decisions behind the lines of a boundary in words, by the keys of matrix and decision."""
    return {
        (line.matrix, key): decision_in_words(whole.by_key[line.matrix], key)
        for part in found.areas
        for line in part.lines
        for key in line.decisions
    }


def agreement_in_words(whole: Whole, one: Agreement) -> str:
    """Return an agreement on one line: its type, where it holds and how long, where it is written."""
    words = [str(models.Agreement.Type(one.type.value).label)]
    if one.sheet in whole.by_key:
        words.append(_("only in %(matrix)s") % {"matrix": whole.by_key[one.sheet].sheet.title})
    if one.valid_until:
        words.append(_("until %(day)s") % {"day": date_format(one.valid_until, "DATE_FORMAT")})
    if one.reference:
        words.append(one.reference)
    return ", ".join(words)


def _name(organisation: models.Organisation, stands: Between, kind: str, is_part: bool) -> str:
    names = [slugify(organisation.name) or organisation.slug, *(slugify(name) for name in stands.names)]
    part = "-part" if is_part else ""
    return f"{'-'.join(filter(None, names))}-r{stands.register.revision}{part}.{KINDS[kind].suffix}"

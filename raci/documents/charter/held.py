"""The duties of a role, by what it does for them and by area, in words."""

from collections.abc import Iterator

from raci.documents import words
from raci.documents.charter.labels import GROUP
from raci.documents.charter.parts import Row, Section, Table
from raci.documents.speech import day, said
from raci.documents.speech import gettext as _
from raci.domain.charter.held import Group, HeldDuty, Ruling
from raci.domain.charter.saying import term_words
from raci.domain.charter.view import CharterView


def held(view: CharterView) -> Section:
    """Return the duties as the matrices have them, a table for each thing that the role does."""
    tables = tuple(_table(group) for group in view.duties)
    empty = _("No matrix gives the role a part in anything.")
    return Section("duties", _("Duties in the matrices"), tables=tables, empty=empty)


def _table(group: Group) -> Table:
    title = _("{what} ({count})").format(what=_(GROUP[group.kind]), count=group.count)
    return Table(title, (_("Duty"), _("Where"), _("Letters"), _("Decided")), (12, 5, 3, 6), tuple(_rows(group)))


def _rows(group: Group) -> Iterator[Row]:
    for area in group.areas:
        yield Row((area.name or _("Other duties"),), kind="head")
        for item in area.duties:
            cells = (f"{item.code} {item.title}", item.matrix_title, item.letters, "; ".join(_notes(item)))
            yield Row(cells, about=item.duty)


def _notes(item: HeldDuty) -> Iterator[str]:
    if item.contested:
        yield _("still contested")
    for ruling in item.rulings:
        yield _ruling(ruling)


def _ruling(ruling: Ruling) -> str:
    told = _(words.DECISION[ruling.type])
    if ruling.terms:
        told = f"{told}: {', '.join(said(term_words(term)) for term in ruling.terms)}"
    if ruling.valid_from:
        told = _("{what}, from {day}").format(what=told, day=day(ruling.valid_from))
    return _("{what}, until {day}").format(what=told, day=day(ruling.valid_until)) if ruling.valid_until else told

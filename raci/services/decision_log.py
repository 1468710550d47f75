"""Decisions in words, field by field: for the list as a file, and for a log that a repository keeps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.documents.decision_log import Entry, place_of, write_log
from raci.documents.speech import speaking
from raci.documents.table import Table, Value, write_table
from raci.domain.matrix import Matrix
from raci.domain.records import Acknowledgement, Decision, DecisionType, Part
from raci.services.loading import load_matrix
from raci.services.settling.degrees import degree_in_words
from raci.services.settling.words import part_in_words
from raci.services.words import spoken_language

# Each field of a record with what it is called, in the order of the log.
FIELDS: Mapping[str, object] = {
    "matrix": gettext_lazy("Matrix"),
    "kind": gettext_lazy("Kind"),
    "owner": gettext_lazy("Accountable"),
    "letters": gettext_lazy("Letters"),
    "terms": gettext_lazy("Terms"),
    "parts": gettext_lazy("Parts"),
    "degree": gettext_lazy("Level of delegation"),
    "reason": gettext_lazy("Reason"),
    "options": gettext_lazy("Options weighed"),
    "authority": gettext_lazy("By what authority"),
    "decided_by": gettext_lazy("Decided by"),
    "reversible": gettext_lazy("Reversible"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_until": gettext_lazy("Valid until"),
    "due_on": gettext_lazy("To be answered by"),
    "review_on": gettext_lazy("Look again"),
    "acknowledgements": gettext_lazy("Answers"),
    "supersedes": gettext_lazy("Replaces"),
    "withdrawn_on": gettext_lazy("Withdrawn on"),
}
_DAYS = ("valid_from", "valid_until", "due_on", "review_on", "withdrawn_on")


@dataclass(frozen=True)
class Told:
    """One decision in words. ``days`` holds those of its fields that are days, ``words`` the others; "" where empty."""

    key: str
    matrix: str
    code: str
    title: str
    decided_on: date
    words: Mapping[str, str]
    days: Mapping[str, date | None]

    def value(self, name: str) -> str | date | None:
        """Return a field: a day or None where it is one, else its words."""
        return self.days[name] if name in self.days else self.words[name]

    def in_text(self, name: str) -> str:
        """Return a field as text; days as programs write them, whatever the language."""
        day = self.days.get(name)
        return day.isoformat() if day else self.words.get(name, "")


def tell(matrix: Matrix, titles: Mapping[str, str]) -> dict[str, Told]:
    """Return the decisions of a matrix in words, by key. ``titles`` are those of the matrices of the organisation."""
    return {
        key: _told(matrix, key, item, titles) for key, item in matrix.decisions.items() if item.decided_on is not None
    }


def tell_all(matrices: Sequence[models.Matrix]) -> dict[tuple[str, str], Told]:
    """Return the decisions of some matrices of one organisation in words, by the keys of matrix and decision.

    So many queries for each matrix, however many decisions it has.
    """
    titles = {one.key: one.title for one in matrices}
    return {
        (matrix.key, key): told for matrix in map(load_matrix, matrices) for key, told in tell(matrix, titles).items()
    }


def write_decisions(
    organisation: models.Organisation, kind: str, stream: BinaryIO, *, only: Collection[tuple[str, str]] | None = None
) -> int:
    """Write the decision log as "md" or "xlsx" and return how many decisions it has.

    All of the organisation, or ``only`` those with some keys of matrix and decision, in the current language. Raises
    `raci.documents.held.CannotBeHeld` where a workbook cannot hold them.
    """
    matrices = list(models.Matrix.objects.filter(organisation=organisation).select_related("organisation"))
    told = [one for keys, one in tell_all(matrices).items() if only is None or keys in only]
    with speaking(spoken_language()):
        if kind == "md":
            stream.write(write_log(organisation.name, map(_entry, told)).encode())
        else:
            write_table(_table(told), kind, stream)
    return len(told)


def _entry(told: Told) -> Entry:
    fields = [(str(label), told.in_text(name)) for name, label in FIELDS.items()]
    return Entry(told.key, told.code, told.title, told.decided_on, fields)


def _table(told: Sequence[Told]) -> Table:
    heads = (_("Decided on"), _("Code"), _("Duty"), *map(str, FIELDS.values()), _("Key"))
    ordered = sorted(told, key=lambda one: (*place_of(one.decided_on, one.code, one.key), one.matrix))
    return Table(_("Decisions"), heads, [_row(one) for one in ordered])


def _row(one: Told) -> list[Value]:
    values: list[Value] = [one.decided_on, one.code, one.title]
    values += [one.value(name) for name in FIELDS]
    return [*values, one.key]


def _told(matrix: Matrix, key: str, item: Decision, titles: Mapping[str, str]) -> Told:
    duty = matrix.duties.get(item.duty)
    words = {
        "matrix": matrix.sheet.title,
        "kind": str(models.Decision.Type(item.type.value).label),
        "owner": _name(matrix, item.owner),
        "letters": _letters(matrix, item),
        "terms": item.terms,
        "parts": "\n".join(_part(matrix, item, part, titles) for part in matrix.parts_of(key)),
        "degree": degree_in_words(item.degree),
        "reason": item.reason,
        "options": item.options,
        "authority": item.authority,
        "decided_by": item.decided_by,
        "reversible": _("yes") if item.reversible else _("no"),
        "acknowledgements": "\n".join(_answers(matrix, key)),
        "supersedes": _replaced(matrix, item),
    }
    assert item.decided_on is not None
    days = {name: getattr(item, name) for name in _DAYS}
    return Told(key, matrix.key, duty.code if duty else "", duty.title if duty else "", item.decided_on, words, days)


def _letters(matrix: Matrix, item: Decision) -> str:
    """Return the letters of the row by role, in the order of the roles' codes: columns may be moved."""
    held = ((role, letters) for role, letters in item.letters.items() if letters)
    ordered = sorted(held, key=lambda pair: (matrix.roles[pair[0]].code if pair[0] in matrix.roles else "", pair[0]))
    return " · ".join(f"{_name(matrix, role)} {letters}" for role, letters in ordered)


def _part(matrix: Matrix, item: Decision, part: Part, titles: Mapping[str, str]) -> str:
    """Return a part on one line: "IT Manager: from 10,000 to under 50,000 EUR; VEN-4.1"."""
    about = part_in_words(item, part)
    found = [f"{_name(matrix, part.role)}: {about}" if about else _name(matrix, part.role)]
    if part.duty in matrix.duties:
        found.append(matrix.duties[part.duty].code)
    if part.sheet:
        found.append(_("in %(matrix)s") % {"matrix": titles.get(part.sheet, part.sheet)})
    if item.type is DecisionType.DELEGATE:
        if part.giver:
            found.append(_("passed on by %(role)s") % {"role": _name(matrix, part.giver)})
        found.append(_("may pass it on") if part.may_pass_on else _("may not pass it on"))
    found += _term(part)
    return "; ".join(found)


def _term(part: Part) -> Iterator[str]:
    if part.starts_on:
        yield _("from %(day)s") % {"day": part.starts_on.isoformat()}
    if part.ends_on:
        yield _("until %(day)s") % {"day": part.ends_on.isoformat()}


def _answers(matrix: Matrix, key: str) -> Iterator[str]:
    """Yield what each person said, in the order in which they did."""
    given = [
        (one.answered_on or date.min, name, one) for (of, name), one in matrix.acknowledgements.items() if of == key
    ]
    for *_place, one in sorted(given, key=lambda answer: answer[:2]):
        yield _answer(matrix, one)


def _answer(matrix: Matrix, one: Acknowledgement) -> str:
    day = one.answered_on.isoformat() if one.answered_on else ""
    facts = {"day": day, "name": one.name, "role": _name(matrix, one.role), "reason": " ".join(one.reason.split())}
    if one.agrees:
        return _("%(day)s %(name)s (%(role)s) acknowledged it") % facts
    return _("%(day)s %(name)s (%(role)s) disagrees: %(reason)s") % facts


def _replaced(matrix: Matrix, item: Decision) -> str:
    """Return the day and the key of the decision that was replaced."""
    earlier = matrix.decisions.get(item.supersedes)
    if earlier is None or earlier.decided_on is None:
        return item.supersedes
    return f"{earlier.decided_on.isoformat()} ({item.supersedes})"


def _name(matrix: Matrix, role: str) -> str:
    return matrix.roles[role].name if role in matrix.roles else role

"""What a change may want: refused at the door with a sentence, before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.domain.change import Address, Change
from raci.domain.records import RECORD_TYPES, Kind, decode, encode, field_types, from_fields, to_fields
from raci.domain.scheme import Scheme, WrongLetters, format_letters, split_letters
from raci.domain.text import LONGEST_TEXT, code_key, normalise, problem
from raci.models import Scheme as SchemeRow
from raci.services import sets
from raci.services.tables import TABLES
from raci.services.wellformed import trouble_with, whole_and_in_part
from raci.services.words import said


@dataclass(frozen=True)
class Refusal:
    """A change that cannot stand, and why. ``change`` is None where only the database knows."""

    change: Change | None
    message: str
    field: str = ""

    @classmethod
    def of_database(cls, error: DatabaseError) -> "Refusal":
        text = str(error)
        if "FOREIGN KEY" in text.upper():
            return cls(
                None, _("It is still in use elsewhere: retire it instead, or take it out of its matrices first.")
            )
        message = _("The database keeps a rule that this would break: %(rule)s")
        return cls(None, message % {"rule": text.splitlines()[0]})


# What a kind cannot do without.
_REQUIRED = {
    Kind.ROLE: ("code", "name"),
    Kind.ALIAS: ("name",),
    Kind.AREA: ("code", "name"),
    Kind.DUTY: ("code", "title"),
    Kind.SHEET: ("title", "scheme"),
    Kind.CLAIM: ("letters",),
    Kind.GREY_AREA: ("duty", "raised_on"),
    Kind.DECISION: ("duty", "reason", "decided_on", "decided_by"),
    Kind.PART: ("role",),
    Kind.ACKNOWLEDGEMENT: ("role", "name", "answered_on"),
    Kind.ROUND: ("title", "duties", "roles", "opened_on", "opened_by"),
    Kind.COMMENT: ("duty", "text", "written_by", "written_at"),
    Kind.ACCOUNTABILITY: ("text",),
    Kind.AUTHORITY: ("thing",),
    Kind.NEED: ("thing",),
    Kind.AGREEMENT: ("first_role", "second_role"),
    Kind.DIFFERENCE: ("first_role", "second_role", "dimension"),
    Kind.COMPETENCY: ("code", "name", "scale"),
    Kind.SKILL: ("name",),
    Kind.REQUIREMENT: ("weight",),
    Kind.ROUTE: ("name",),
    Kind.HOLDING: ("person",),
    Kind.ABSENCE: ("person", "starts_on"),
    Kind.SIGNATURE: ("person", "digest", "signed_on"),
    Kind.BASELINE: ("name", "number", "published_on"),
}
_ENTER = {
    "code": gettext_lazy("Enter a code."),
    "name": gettext_lazy("Enter a name."),
    "title": gettext_lazy("Enter a title."),
    "scheme": gettext_lazy("Enter the scheme."),
    "letters": gettext_lazy("Enter the letters."),
    "duty": gettext_lazy("Enter a duty."),
    "raised_on": gettext_lazy("Enter the day it was raised."),
    "role": gettext_lazy("Enter a role."),
    "duties": gettext_lazy("Choose at least one duty."),
    "roles": gettext_lazy("Choose the roles."),
    "answered_on": gettext_lazy("Enter the day of the answer."),
    "opened_on": gettext_lazy("Enter the day it was opened."),
    "opened_by": gettext_lazy("Enter who opened it."),
    "reason": gettext_lazy("Enter a reason."),
    "decided_on": gettext_lazy("Enter the day."),
    "decided_by": gettext_lazy("Enter who decided."),
    "text": gettext_lazy("Enter a text."),
    "written_by": gettext_lazy("Enter who wrote it."),
    "written_at": gettext_lazy("Enter the moment."),
    "thing": gettext_lazy("Enter what it is about."),
    "first_role": gettext_lazy("Choose the first role."),
    "second_role": gettext_lazy("Choose the second role."),
    "dimension": gettext_lazy("Enter in what they differ."),
    "scale": gettext_lazy("Choose a scale."),
    "weight": gettext_lazy("Enter a weight of at least 1."),
    "person": gettext_lazy("Choose a person."),
    "starts_on": gettext_lazy("Enter the first day."),
    "digest": gettext_lazy("A signature is of the lines that were read."),
    "signed_on": gettext_lazy("Enter the day of the signature."),
    "number": gettext_lazy("Enter the number of a revision."),
    "published_on": gettext_lazy("Enter the day of publication."),
}


def clean(changes: Iterable[Change]) -> tuple[list[Change], list[Refusal]]:
    """Return the changes with their texts in stored form, and what cannot be accepted of them."""
    cleaned, refusals = [], []
    changes = list(changes)
    seen: set[tuple[Address, str]] = set()
    twice = whole_and_in_part(changes)
    for change in changes:
        spot = (change.address, change.field)
        if trouble := trouble_with(change):
            refusals.append(Refusal(change, trouble, change.field))
            continue
        if spot in seen or change.address in twice:
            refusals.append(Refusal(change, _("The same place is named twice in one set of changes."), change.field))
            continue
        seen.add(spot)
        try:
            cleaned.append(_clean_one(change, refusals))
        except (TypeError, ValueError) as error:
            refusals.append(Refusal(change, str(error), change.field))
    return cleaned, refusals


def _clean_one(change: Change, refusals: list[Refusal]) -> Change:
    if change.address.kind is Kind.CELL:
        return change
    if change.removes:
        return change
    if change.field:
        value = _clean_value(change, change.field, change.after, refusals)
        return change._replace(after=encode(decode(change.address.kind, change.field, value)))
    assert isinstance(change.after, Mapping)
    given = to_fields(from_fields(change.address.kind, change.after))
    return change._replace(after={name: _clean_value(change, name, value, refusals) for name, value in given.items()})


def _clean_value(change: Change, name: str, value: Any, refusals: list[Refusal]) -> Any:
    kind = change.address.kind
    if name not in field_types(kind):
        raise ValueError(_("%(kind)s has no field “%(field)s”") % {"kind": kind, "field": name})
    if isinstance(value, str):
        value = normalise(value)
        if trouble := problem(value, longest=_longest(kind, name)):
            refusals.append(Refusal(change, _("The text %(trouble)s.") % {"trouble": said(trouble)}, name))
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value < 2**31:
        refusals.append(Refusal(change, _("The number must lie between 0 and 2,147,483,647."), name))
    if not value and name in _REQUIRED.get(kind, ()):
        refusals.append(Refusal(change, str(_ENTER[name]), name))
    return value


def _longest(kind: Kind, name: str) -> int:
    table = TABLES[kind]
    if name in table.references:
        return LONGEST_TEXT
    return getattr(table.model._meta.get_field(name), "max_length", None) or LONGEST_TEXT


def legal_letters(organisation: int, changes: Sequence[Change], known: Mapping[str, Scheme]) -> list[Refusal]:
    """Refuse letters that the scheme of their matrix does not have, or not in one cell, or not in canonical form.

    ``known`` are schemes that were read before, by matrix.
    """
    legal = {matrix: scheme.combinations for matrix, scheme in known.items()}
    wanted = [
        (change, letters)
        for change in changes
        if change.after not in legal.get(change.address.matrix, ()) or change.address.kind is not Kind.CELL
        for letters in _letters_in(change)
    ]
    if not wanted:
        return []
    missing = {change.address.matrix for change, _letters in wanted} - known.keys()
    schemes = {**known, **(_schemes(organisation, missing, changes) if missing else {})}
    said_of: dict[tuple[str, str], str] = {}
    found = []
    for change, letters in wanted:
        case = (change.address.matrix, letters)
        if case not in said_of:
            scheme = schemes.get(change.address.matrix)
            said_of[case] = _illegal(scheme, letters) if scheme else str(_NO_SCHEME)
        if said_of[case]:
            found.append(Refusal(change, said_of[case], "letters"))
    return found


_NO_SCHEME = gettext_lazy("There is no such matrix, or its scheme is not loaded (manage.py loaddata schemes).")


def _letters_in(change: Change) -> list[str]:
    kind, after = change.address.kind, change.after
    if kind is Kind.CELL:
        return [after] if isinstance(after, str) and after else []
    if kind not in (Kind.CLAIM, Kind.DECISION, Kind.GREY_AREA) or after is None:
        return []
    values = after if isinstance(after, Mapping) and not change.field else {change.field: after}
    found: list[Any] = []
    for name in ("letters", "proposed"):
        value = values.get(name) or ""
        found += list(value.values()) if isinstance(value, Mapping) else [value]
    return [letters for letters in found if letters]


def _illegal(scheme: Scheme, letters: str) -> str:
    if letters in scheme.combinations:
        return ""
    try:
        canonical = format_letters(scheme, split_letters(letters))
    except WrongLetters as error:
        return f"{said(error.sentence)}."
    if canonical == letters:
        return ""
    return _("“%(letters)s” is written “%(canonical)s” here.") % {"letters": letters, "canonical": canonical}


def _schemes(organisation: int, matrices: set[str], changes: Sequence[Change]) -> dict[str, Scheme]:
    created = {
        change.address.subject: str(change.after["scheme"])
        for change in changes
        if change.address.kind is Kind.SHEET and change.creates and isinstance(change.after, Mapping)
    }
    rows = SchemeRow.objects.filter(matrices__organisation=organisation, matrices__key__in=sets.among(matrices))
    found = {key: Scheme.from_data(data) for key, data in rows.values_list("matrices__key", "definition")}
    if created:
        by_code = {row.code: row.to_domain() for row in SchemeRow.objects.filter(code__in=set(created.values()))}
        found |= {key: by_code[code] for key, code in created.items() if code in by_code}
    return found


def unique_codes(organisation: int, changes: Sequence[Change]) -> list[Refusal]:
    """Refuse a code, or another name of a role, that a record of the same kind has, upper and lower case alike."""
    found: list[Refusal] = []
    by_kind: dict[Kind, list[tuple[str, Change]]] = {}
    for change in changes:
        name = _FOLDED.get(change.address.kind)
        if name and (code := _folded(change, name)):
            by_kind.setdefault(change.address.kind, []).append((code, change))
    for kind, coded in by_kind.items():
        table, name = TABLES[kind], _FOLDED[kind]
        wanted, (twice, taken) = dict(coded), _NAMED_TWICE[name]
        found += [
            Refusal(change, twice % {"code": code}, name)
            for code, change in coded
            if wanted[code].address != change.address
        ]
        moving = {change.address[2:] for _, change in coded}
        rows = table.model._default_manager.filter(
            organisation=organisation, **{f"{name}_key__in": sets.among(wanted)}
        ).values_list(f"{name}_key", name, table.subject, *([table.other] if table.other else []))
        found += [
            Refusal(wanted[folded], taken % {"code": code}, name)
            for folded, code, subject, *other in rows
            if (subject, *(other or [""])) not in moving
        ]
    return found


# By kind the field that no two of its records share.
_FOLDED = {kind: name for kind, table in TABLES.items() for name in table.folded}
# By that field: what is said where it stands twice, and where it is taken.
_NAMED_TWICE = {
    "code": (
        gettext_lazy("The code “%(code)s” stands twice."),
        gettext_lazy("The code “%(code)s” is taken; choose another."),
    ),
    "name": (
        gettext_lazy("The name “%(code)s” stands twice."),
        gettext_lazy("“%(code)s” is another name of a role already; take it away there first."),
    ),
}


def _folded(change: Change, name: str) -> str:
    if change.field == name:
        return code_key(str(change.after))
    if change.creates and isinstance(change.after, Mapping) and name in change.after:
        return code_key(str(change.after[name]))
    return ""


assert all(
    name in {item.name for item in fields(RECORD_TYPES[kind])} and name in _ENTER
    for kind, names in _REQUIRED.items()
    for name in names
)

"""Which of the changes that disagree with nobody can be made together, and why the others cannot."""

from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from typing import Any

from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix, record_at, records, value_at
from raci.domain.records import Comment, Decision, GreyArea, Kind
from raci.domain.references import (
    NAMED_BY,
    Name,
    Use,
    held_by_address,
    held_by_field,
    held_by_fields,
    name_of,
    users_of,
)
from raci.domain.text import NOTHING, Sentence
from raci.domain.text import gettext_noop as _


class Fitting:
    """Takes changes away from a plan until what is left fits ``current``.

    ``changes`` found what they saw; ``disputed`` did not and are not made. Taking one change away can
    leave another without its ground, so this goes round until nothing more has to go.
    """

    def __init__(self, wanted: Matrix, current: Matrix, changes: Iterable[Change], disputed: Iterable[Change]) -> None:
        self.wanted = wanted
        self.current = current
        self.kept = {(change.address, change.field): change for change in changes}
        self.staying = {change.address for change in disputed if change.removes}
        self.missing: set[Address] = set()
        self.removed = {change.address for change in self.kept.values() if change.removes}

    def settle(self) -> tuple[tuple[Change, ...], list[tuple[Change, Sentence]]]:
        """Return the changes that can be made, in their order, and the others, each with the reason."""
        refused: list[tuple[Change, Sentence]] = []
        while found := [(change, why) for change in self.kept.values() if (why := self._objection(change))]:
            for change, _why in found:
                del self.kept[change.address, change.field]
                if change.removes:
                    self.staying.add(change.address)
                elif change.creates:
                    self.missing.add(change.address)
            refused += found
        return tuple(self.kept.values()), refused

    def _objection(self, change: Change) -> Sentence:
        if change.removes:
            return self._still_used(change) or self._goes_with_what_stays(change)
        if change.address.kind is Kind.CELL and change.after == "":
            return self._goes_with_what_stays(change)
        if self._is_plain_letter(change):
            return NOTHING
        return self._lacks_ground(change) or self._name_is_taken(change)

    def _is_plain_letter(self, change: Change) -> bool:
        """Tell at once that a cell has its row and column; nearly all changes of an import are such cells."""
        place = change.address
        known = place.subject in self.current.rows and place.other in self.current.columns
        return known and place.kind is Kind.CELL and not self.removed

    def _lacks_ground(self, change: Change) -> Sentence:
        for target in _needed(change):
            if target in self.missing:
                return _about(_("It needs {what}, which cannot be added."), self._describe(target))
            if not self._exists(target):
                return _about(_("Somebody removed {what} in the meantime."), self._describe(target))
        return NOTHING

    def _still_used(self, change: Change) -> Sentence:
        users = [use for use in self._users.get(change.address, ()) if self._still_refers(use)]
        if not users:
            return NOTHING
        first = self._describe(users[0].user)
        if len(users) == 1:
            return _about(_("It is still needed: {what}."), first)
        return Sentence(_("It is still needed: {what} and {count} more."), {"what": first, "count": len(users) - 1})

    def _goes_with_what_stays(self, change: Change) -> Sentence:
        for target in held_by_address(change.address):
            if target in self.staying:
                return _about(_("It was to go together with {what}, which stays."), self._describe(target))
        return NOTHING

    def _name_is_taken(self, change: Change) -> Sentence:
        if change.field and change.field not in NAMED_BY.get(change.address.kind, ()):
            return NOTHING
        name = self._name_after(change.address)
        for holder in self._holders.get(name, ()) if name else ():
            if holder != change.address and self._exists(holder) and self._name_after(holder) == name:
                return _about(_("Somebody has given the same name in the meantime: {what}."), self._describe(holder))
        return NOTHING

    @cached_property
    def _users(self) -> Mapping[Address, list[Use]]:
        """Who uses the records that are to go. Users that the changes bring lack their ground instead."""
        found: dict[Address, list[Use]] = {}
        for use in users_of(self.current, self.removed):
            found.setdefault(use.used, []).append(use)
        return found

    @cached_property
    def _holders(self) -> Mapping[Name, list[Address]]:
        found: dict[Name, list[Address]] = {}
        for address, _record in records(self.current, *NAMED_BY):
            if name := name_of(address, partial(value_at, self.current, address)):
                found.setdefault(name, []).append(address)
        return found

    def _exists(self, address: Address) -> bool:
        whole = self.kept.get((address, ""))
        return record_at(self.current, address) is not None if whole is None else whole.after is not None

    def _after(self, address: Address, field: str) -> Any:
        """Return what a field holds once the kept changes are made, None where its record is gone."""
        if change := self.kept.get((address, field)):
            return change.after
        if whole := self.kept.get((address, "")):
            return whole.after[field] if isinstance(whole.after, Mapping) else None
        return value_at(self.current, address, field)

    def _name_after(self, address: Address) -> Name | None:
        return name_of(address, partial(self._after, address))

    def _still_refers(self, use: Use) -> bool:
        if use.user.kind is Kind.CELL:
            return bool(self._after(use.user, "letters"))
        if not use.field:
            return self._exists(use.user)
        return use.used in held_by_field(use.user, use.field, self._after(use.user, use.field))

    def _describe(self, address: Address) -> Sentence:
        there = address.kind is Kind.CELL or record_at(self.current, address) is not None
        return describe(self.current if there else self.wanted, address)


def _needed(change: Change) -> list[Address]:
    """Return what must exist once the change is made."""
    if change.field:
        own = held_by_address(change.address) if change.address.kind is Kind.CELL else []
        return own + held_by_field(change.address, change.field, change.after)
    assert isinstance(change.after, Mapping)
    return held_by_address(change.address) + held_by_fields(change.address, change.after)


def _about(text: str, what: Sentence) -> Sentence:
    return Sentence(text, {"what": what})


_WORDS = {
    Kind.ROLE: _("role {name}"),
    Kind.LINE: _("the reporting line of {name}"),
    Kind.ALIAS: _("another name of {name}"),
    Kind.AREA: _("area {name}"),
    Kind.DUTY: _("duty {name}"),
    Kind.SHEET: _("matrix {name}"),
    Kind.ROW: _("row {name}"),
    Kind.COLUMN: _("column {name}"),
    Kind.GREY_AREA: _("the grey area of {name}"),
    Kind.DECISION: _("the decision on {name}"),
    Kind.COMMENT: _("a comment on {name}"),
    Kind.ROUND: _("the blind round {name}"),
    Kind.CHARTER: _("the charter of {name}"),
    Kind.ACCOUNTABILITY: _("a main duty of {name}"),
    Kind.AUTHORITY: _("an authority of {name}"),
    Kind.NEED: _("an authority that {name} needs"),
    Kind.AGREEMENT: _("the agreement {name}"),
    Kind.INCOMPATIBILITY: _("what does not go with {name}"),
    Kind.DIFFERENCE: _("the difference {name}"),
    Kind.COMPETENCY: _("the competency {name}"),
    Kind.SKILL: _("a skill of {name}"),
    Kind.REQUIREMENT: _("what {name} requires"),
    Kind.ROUTE: _("the development route {name}"),
    Kind.GAIN: _("an expected gain of {name}"),
    Kind.HOLDING: _("a holding of {name}"),
    Kind.ABSENCE: _("the absence {name}"),
    Kind.SIGNATURE: _("a signature under the charter of {name}"),
    Kind.BASELINE: _("the baseline {name}"),
}
_PARTS = {
    Kind.CLAIM: _("a claim on {what}"),
    Kind.PART: _("a part of {what}"),
    Kind.ACKNOWLEDGEMENT: _("an answer to {what}"),
}


def describe(matrix: Matrix, address: Address) -> Sentence:
    """Name what stands at an address, as a reader knows it: “row VEN-4”, not its key."""
    if address.kind is Kind.CELL:
        row, column = (describe(matrix, part) for part in held_by_address(address))
        return Sentence(_("the letters at {row}, {column}"), {"row": row, "column": column})
    if address.kind in _PARTS:
        return _about(_PARTS[address.kind], describe(matrix, held_by_address(address)[0]))
    record = record_at(matrix, address)
    about = held_by_address(address)[:1]
    if isinstance(record, GreyArea | Decision | Comment):
        about = held_by_field(address, "duty", record.duty)
    record = record_at(matrix, about[0]) if about else record
    name = getattr(record, "code", "") or getattr(record, "name", "") or address.subject
    return Sentence(_WORDS[address.kind], {"name": name})

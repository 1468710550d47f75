"""Who holds a role on a day, who works for it, and the days on which nobody does.

A person holds a role from the first to the last day of a holding, both included. Whoever holds it in any manner
works for it, except on days of an absence; then the person named as cover does. A cover that is away too is not
covered in turn: nobody said so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from raci.domain.matrix import Matrix
from raci.domain.records import Absence, Holding, Manner
from raci.domain.scheme import split_letters

# Days as ordinals, the end not included: intervals that touch are one.
_Days: TypeAlias = tuple[int, int]
_FIRST, _AFTER = date.min.toordinal(), date.max.toordinal() + 1

_IN_ORDER = {manner: place for place, manner in enumerate(Manner)}


class Stretch(NamedTuple):
    """Days from the first to the last, both included. ``last`` is None where no end is on record."""

    first: date
    last: date | None = None


class Held(NamedTuple):
    """That a person holds a role on the day that was asked for. ``cover`` names those who stand in for them.

    ``away`` is whether the person is absent on that day.
    """

    person: str
    manner: Manner
    away: bool = False
    cover: tuple[str, ...] = ()


def _days(starts: date | None, ends: date | None) -> _Days:
    return starts.toordinal() if starts else _FIRST, ends.toordinal() + 1 if ends else _AFTER


def runs_on(item: Holding | Absence, day: date) -> bool:
    """Tell whether a day lies in a holding or an absence."""
    return (item.starts_on or date.min) <= day <= (item.ends_on or date.max)


def overlap(one: Holding | Absence, other: Holding | Absence) -> bool:
    """Tell whether two holdings or absences have a day in common."""
    (start, end), (begin, stop) = _days(one.starts_on, one.ends_on), _days(other.starts_on, other.ends_on)
    return max(start, begin) < min(end, stop)


def _united(spans: Iterable[_Days]) -> list[_Days]:
    """Return the days that lie in any of some intervals, as intervals in order that do not touch."""
    found: list[_Days] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _without(span: _Days, taken: Iterable[_Days]) -> Iterator[_Days]:
    """Yield what is left of an interval without the days of united intervals."""
    start, end = span
    for begin, stop in taken:
        if stop <= start:
            continue
        if begin >= end:
            break
        if start < begin:
            yield start, begin
        start = stop
    if start < end:
        yield start, end


def _common(one: list[_Days], other: list[_Days]) -> list[_Days]:
    """Return the days that lie in both of two lists of united intervals: one walk along both."""
    found, first, second = [], 0, 0
    while first < len(one) and second < len(other):
        start, end = max(one[first][0], other[second][0]), min(one[first][1], other[second][1])
        if start < end:
            found.append((start, end))
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return found


@dataclass(frozen=True)
class Staffed:
    """The holdings and absences of an organisation, ready to be asked. Each is looked at once, not each day."""

    holdings: Mapping[tuple[str, str], Holding]
    absences: Mapping[str, Absence]

    @classmethod
    def of(cls, matrix: Matrix) -> "Staffed":
        """Return who holds the roles that a matrix, or the register of an organisation, knows."""
        return cls(matrix.holdings, matrix.absences)

    @property
    def is_known(self) -> bool:
        """Whether anything was said at all: where it was not, no role is vacant."""
        return bool(self.holdings)

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Holding, ...]]:
        """The holdings of each role that has some: permanent, acting, deputies, the earlier first."""
        found: dict[str, list[tuple[str, Holding]]] = {}
        for (role, key), holding in self.holdings.items():
            found.setdefault(role, []).append((key, holding))
        return {role: tuple(one for _key, one in sorted(held, key=_place)) for role, held in found.items()}

    @cached_property
    def by_person(self) -> Mapping[str, tuple[str, ...]]:
        """The roles of each person who has or had one."""
        found: dict[str, dict[str, None]] = {}
        for (role, _key), holding in self.holdings.items():
            found.setdefault(holding.person, {})[role] = None
        return {person: tuple(roles) for person, roles in found.items()}

    @cached_property
    def absences_of(self) -> Mapping[str, tuple[Absence, ...]]:
        """The absences of each person who has some."""
        found: dict[str, list[Absence]] = {}
        for key in sorted(self.absences):
            found.setdefault(self.absences[key].person, []).append(self.absences[key])
        return {person: tuple(items) for person, items in found.items()}

    def away(self, person: str, day: date) -> tuple[Absence, ...]:
        """Return the absences of a person that run on a day."""
        return tuple(one for one in self.absences_of.get(person, ()) if runs_on(one, day))

    def holders(self, role: str, day: date) -> tuple[Held, ...]:
        """Return who holds a role on a day, those who are away too, each once in each manner."""
        found: dict[Held, None] = {}
        for holding in self.by_role.get(role, ()):
            if runs_on(holding, day):
                away = self.away(holding.person, day)
                cover = dict.fromkeys(one.cover for one in away if one.cover and not self.away(one.cover, day))
                found[Held(holding.person, holding.manner, bool(away), tuple(cover))] = None
        return tuple(found)

    def working(self, role: str, day: date) -> tuple[str, ...]:
        """Return the people who work for a role on a day: who holds it and is there, and who covers for the rest."""
        held = self.holders(role, day)
        return tuple(dict.fromkeys(name for one in held for name in (one.cover if one.away else (one.person,))))

    def works_for(self, person: str, day: date) -> tuple[str, ...]:
        """Return the roles for which a person works on a day: their own, and those of people they cover for."""
        if self.away(person, day):
            return ()
        own = self.by_person.get(person, ())
        covered = [
            role
            for absence in self.absences.values()
            if absence.cover == person and runs_on(absence, day)
            for role in self.by_person.get(absence.person, ())
        ]
        return tuple(role for role in dict.fromkeys([*own, *covered]) if person in self.working(role, day))

    def gaps(self, role: str, first: date, last: date | None = None) -> tuple[Stretch, ...]:
        """Return the stretches within days, given by the first and the last, in which nobody works for a role."""
        return tuple(map(_stretch, self._gaps(role, _days(first, last))))

    def idle(self, roles: Iterable[str], first: date, last: date | None = None) -> tuple[Stretch, ...]:
        """Return the stretches within days in which nobody works for any of some roles; none where there is no role."""
        span = _days(first, last)
        left: list[_Days] | None = None
        for role in roles:
            gaps = self._gaps(role, span)
            left = gaps if left is None else _common(left, gaps)
        return tuple(map(_stretch, left or ()))

    def _gaps(self, role: str, span: _Days) -> list[_Days]:
        return list(_without(span, self._worked(role)))

    def _worked(self, role: str) -> list[_Days]:
        """Return the days on which somebody works for a role, found from the ends of what is on record alone."""
        spans: list[_Days] = []
        for holding in self.by_role.get(role, ()):
            held = _days(holding.starts_on, holding.ends_on)
            spans.extend(_without(held, self._absent(holding.person)))
            for absence in self.absences_of.get(holding.person, ()):
                if absence.cover:
                    start, end = _days(absence.starts_on, absence.ends_on)
                    covered = max(start, held[0]), min(end, held[1])
                    spans.extend(_without(covered, self._absent(absence.cover)))
        return _united(spans)

    def _absent(self, person: str) -> list[_Days]:
        return _united(_days(one.starts_on, one.ends_on) for one in self.absences_of.get(person, ()))


def _place(item: tuple[str, Holding]) -> tuple[int, date, str]:
    key, holding = item
    return _IN_ORDER[holding.manner], holding.starts_on or date.min, key


def _stretch(days: _Days) -> Stretch:
    start, end = days
    return Stretch(date.fromordinal(start), None if end == _AFTER else date.fromordinal(end - 1))


class Lack(NamedTuple):
    """A stretch in which duties have roles that answer for them, but nobody who works for one of these.

    ``duties`` are keys in the order of the rows, ``roles`` those that answer for them.
    """

    stretch: Stretch
    duties: tuple[str, ...]
    roles: tuple[str, ...]


def owners_by_row(matrix: Matrix) -> dict[tuple[str, ...], list[str]]:
    """Return the duties of the rows that apply by the roles that answer for them; rows that nobody owns are absent."""
    codes = matrix.scheme.codes_of(matrix.scheme.pivot)
    owning = {letters: not codes.isdisjoint(split_letters(letters)) for _role, letters in matrix.tally}
    found: dict[tuple[str, ...], list[str]] = {}
    for duty in matrix.applicable_rows:
        owners = tuple(sorted(role for role, letters in matrix.cells.get(duty, {}).items() if owning[letters]))
        if owners:
            found.setdefault(owners, []).append(duty)
    return found


def lacks(matrix: Matrix, first: date, last: date | None = None, staffed: Staffed | None = None) -> tuple[Lack, ...]:
    """Return the stretches within days in which duties of a matrix have no working owner, the earliest first.

    Duties with the same stretch are told together. Linear in rows and holdings: rows with the same owners are asked
    about once. Nothing where no holding is on record.
    """
    known = staffed or Staffed.of(matrix)
    if not known.is_known:
        return ()
    found: dict[Stretch, tuple[list[str], dict[str, None]]] = {}
    for owners, rows in owners_by_row(matrix).items():
        for stretch in known.idle(owners, first, last):
            duties, roles = found.setdefault(stretch, ([], {}))
            duties.extend(rows)
            roles.update(dict.fromkeys(owners))
    place = {duty: index for index, duty in enumerate(matrix.applicable_rows)}
    made = (
        Lack(stretch, tuple(sorted(duties, key=place.__getitem__)), tuple(roles))
        for stretch, (duties, roles) in found.items()
    )
    return tuple(sorted(made, key=lambda one: (one.stretch.first, one.stretch.last or date.max)))

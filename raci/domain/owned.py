"""Who owns what: the answer that stands beside everything that can be found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from raci.domain.find import Entry, Sort, Where
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, GreyArea
from raci.domain.scheme import Scheme, split_letters


@dataclass(frozen=True)
class Answer:
    """Who holds a duty in one matrix.

    ``held`` is (letters, name of the role), heaviest letter first. ``decision`` is the one in force.
    Where the row is open, ``grey_area`` says so, ``claimants`` are the names of the roles that claim
    it, or, where nobody does (``claimed``), of the pair that its area lies between, and ``interim`` is
    the name of the one that acts meanwhile.
    """

    matrix: str
    title: str
    scheme: Scheme
    applies: bool
    reason: str
    held: tuple[tuple[str, str], ...]
    decision: Decision | None
    grey_area: GreyArea | None
    claimants: tuple[str, ...]
    claimed: bool
    interim: str


@dataclass(frozen=True)
class Load:
    """How many rows of one matrix a role holds by each letter, heaviest first: (("A", 4), ("R", 7))."""

    matrix: str
    title: str
    scheme: Scheme
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Extent:
    """What of an area stands in one matrix: rows that apply, those still open, owners with their rows, most first."""

    matrix: str
    title: str
    rows: int
    open: int
    owners: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Person:
    """A member of the organisation, with the keys of the roles that they stand for."""

    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findable:
    """Everything that can be found in an organisation: its records and people, by sort and matrix, each by key.

    ``names`` are those of areas and roles, which stand beside what belongs to them; ``aliases`` all other names of each
    role that has some.
    """

    shelves: Mapping[tuple[Sort, str], Mapping[str, Any]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, matrices: Sequence[Matrix], people: Mapping[str, Person] | None = None) -> "Findable":
        """Return what can be found in the matrices of one organisation, which share its register, and its people."""
        shelves: dict[tuple[Sort, str], Mapping[str, Any]] = {(Sort.PERSON, ""): people or {}}
        if not matrices:
            return cls(shelves)
        register = matrices[0]
        shelves |= {(Sort.ROLE, ""): register.roles, (Sort.AREA, ""): register.areas, (Sort.DUTY, ""): register.duties}
        shelves |= {(Sort.DECISION, matrix.key): matrix.decisions for matrix in matrices}
        names = {key: item.name for shelf in (register.roles, register.areas) for key, item in shelf.items()}
        return cls(shelves, names, _aliases(register))

    def entries(self) -> Iterator[Entry]:
        """Yield the entry of everything."""
        for (sort, matrix), shelf in self.shelves.items():
            for key, record in shelf.items():
                yield self._entry(Where(sort, key, matrix), record)

    def since(self, old: "Findable") -> tuple[set[Where], list[Entry]]:
        """Return what is gone, and the entries of what is new or not what it was. The same shelf costs nothing."""
        renamed = _differing(self.names, old.names) | _differing(self.aliases, old.aliases)
        gone: set[Where] = set()
        changed: list[Entry] = []
        for place in self.shelves.keys() | old.shelves.keys():
            now, then = self.shelves.get(place, {}), old.shelves.get(place, {})
            if now is then and not renamed:
                continue
            sort, matrix = place
            gone.update(Where(sort, key, matrix) for key in then.keys() - now.keys())
            changed.extend(
                self._entry(Where(sort, key, matrix), record)
                for key, record in now.items()
                if then.get(key) != record or (renamed and not renamed.isdisjoint((key, *_leans_on(sort, record))))
            )
        return gone, changed

    def _entry(self, where: Where, record: Any) -> Entry:
        match where.sort:
            case Sort.PERSON:
                return Entry(where.sort, where.key, "", record.name, self._beside(where.sort, record))
            case Sort.ROLE:
                beside = f"{self.aliases.get(where.key, '')} {record.purpose}"
                return Entry(where.sort, where.key, record.code, record.name, beside)
            case Sort.AREA:
                return Entry(where.sort, where.key, record.code, record.name, record.description)
            case Sort.DUTY:
                beside = f"{self._beside(where.sort, record)} {record.note}"
                return Entry(where.sort, where.key, record.code, record.title, beside)
            case Sort.DECISION:
                # Not by code and title of its duty: that is found itself, with this decision in its answer.
                return Entry(where.sort, where.key, "", "", f"{record.reason} {record.decided_by}", where.matrix)

    def _beside(self, sort: Sort, record: Any) -> str:
        return " ".join(self.names.get(key, "") for key in _leans_on(sort, record))


def _aliases(register: Matrix) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for role, key in sorted(register.aliases):
        found.setdefault(role, []).append(register.aliases[role, key].name)
    return {role: " ".join(names) for role, names in found.items()}


def _differing(names: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    return {key for key in names.keys() | others.keys() if names.get(key) != others.get(key)}


def _leans_on(sort: Sort, record: Any) -> tuple[str, ...]:
    """Return the keys of what stands by name beside a record."""
    if sort is Sort.DUTY:
        return (record.area,)
    return record.roles if sort is Sort.PERSON else ()


def duty_answers(matrices: Sequence[Matrix], duty: str) -> tuple[Answer, ...]:
    """Return who holds a duty, matrix by matrix; nothing where it stands in none."""
    return tuple(_answer(matrix, duty) for matrix in matrices if duty in matrix.rows)


def _answer(matrix: Matrix, duty: str) -> Answer:
    row = matrix.rows[duty]
    key = matrix.open_by_duty.get(duty, "")
    grey_area = matrix.grey_areas.get(key)
    decided = matrix.decisions.get(matrix.decision_by_duty.get(duty, ""))
    return Answer(
        matrix=matrix.key,
        title=matrix.sheet.title,
        scheme=matrix.scheme,
        applies=row.applies,
        reason=row.reason,
        held=_held(matrix, duty),
        decision=None if grey_area else decided,
        grey_area=grey_area,
        claimants=tuple(name_of(matrix, role) for role in matrix.claimants(key)) if grey_area else (),
        claimed=key in matrix.claimants_by_grey_area,
        interim=name_of(matrix, grey_area.interim) if grey_area else "",
    )


def _held(matrix: Matrix, duty: str) -> tuple[tuple[str, str], ...]:
    row = matrix.cells.get(duty, {})
    weight = _weights(matrix.scheme)
    held = [(row[role], name_of(matrix, role)) for role in matrix.column_keys if role in row]
    # Sorting keeps roles of equal weight in the order of their columns.
    return tuple(sorted(held, key=lambda item: weight.get(split_letters(item[0])[0], len(weight))))


def role_loads(matrices: Sequence[Matrix], role: str) -> tuple[Load, ...]:
    """Return what a role holds, matrix by matrix; nothing where it has no letter."""
    loads = (_load(matrix, role) for matrix in matrices if role in matrix.columns)
    return tuple(load for load in loads if load.counts)


def _load(matrix: Matrix, role: str) -> Load:
    counts = Counter[str]()
    for letters, count in matrix.held_by_role.get(role, {}).items():
        counts.update(dict.fromkeys(split_letters(letters), count))
    weight = _weights(matrix.scheme)
    ordered = sorted(counts.items(), key=lambda item: (weight.get(item[0], len(weight)), item[0]))
    return Load(matrix.key, matrix.sheet.title, matrix.scheme, tuple(ordered))


def area_extents(matrices: Sequence[Matrix], area: str) -> tuple[Extent, ...]:
    """Return who owns how much of an area, matrix by matrix; nothing where none of its duties stands in one."""
    extents = (_extent(matrix, area) for matrix in matrices)
    return tuple(extent for extent in extents if extent.rows)


def _extent(matrix: Matrix, area: str) -> Extent:
    rows = matrix.rows_by_area.get(area, ())
    codes = matrix.scheme.codes_of(matrix.scheme.pivot)
    held = {letters for counts in matrix.held_by_role.values() for letters in counts}
    owning = {letters for letters in held if not codes.isdisjoint(split_letters(letters))}
    owners = Counter(role for duty in rows for role, letters in matrix.cells.get(duty, {}).items() if letters in owning)
    # Sorting keeps roles that own as much in the order of their columns.
    ordered = sorted((role for role in matrix.column_keys if role in owners), key=lambda role: -owners[role])
    still = sum(duty in matrix.open_by_duty for duty in rows)
    named = tuple((name_of(matrix, role), owners[role]) for role in ordered)
    return Extent(matrix.key, matrix.sheet.title, len(rows), still, named)


def name_of(matrix: Matrix, role: str) -> str:
    """Return the name of a role, "" where there is none."""
    return matrix.roles[role].name if role in matrix.roles else ""


def _weights(scheme: Scheme) -> Mapping[str, int]:
    return {letter.code: number for number, letter in enumerate(scheme.letters)}

"""A matrix and the register it draws on: the one shape that everything reads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from raci.domain.change import Address, Change
from raci.domain.records import (
    RECORD_TYPES,
    Absence,
    Accountability,
    Acknowledgement,
    Agreement,
    Alias,
    Area,
    Authority,
    Baseline,
    Charter,
    Claim,
    Column,
    Comment,
    Competency,
    Decision,
    Difference,
    Duty,
    Fields,
    Gain,
    GreyArea,
    GreyAreaStatus,
    Holding,
    Incompatibility,
    Kind,
    Line,
    Need,
    Part,
    Record,
    Requirement,
    Role,
    Round,
    Route,
    Row,
    Sheet,
    Signature,
    Skill,
    Value,
    encode,
    to_fields,
)
from raci.domain.scheme import LetterClass, Scheme, split_letters


@dataclass(frozen=True)
class Matrix:
    """An immutable snapshot of one matrix with the whole register of its organisation.

    Mappings are keyed by the keys of `Address`: a text, or a pair of texts where an address has
    ``other``. ``cells[duty][role]`` holds canonical letters; empty cells and empty rows are absent.
    ``revision`` is the number of the latest revision seen, and no part of equality.
    """

    key: str
    sheet: Sheet
    scheme: Scheme
    areas: Mapping[str, Area] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], Line] = field(default_factory=dict)
    aliases: Mapping[tuple[str, str], Alias] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grey_areas: Mapping[str, GreyArea] = field(default_factory=dict)
    claims: Mapping[tuple[str, str], Claim] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], Part] = field(default_factory=dict)
    acknowledgements: Mapping[tuple[str, str], Acknowledgement] = field(default_factory=dict)
    rounds: Mapping[str, Round] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    charters: Mapping[str, Charter] = field(default_factory=dict)
    accountabilities: Mapping[tuple[str, str], Accountability] = field(default_factory=dict)
    authorities: Mapping[tuple[str, str], Authority] = field(default_factory=dict)
    needs: Mapping[tuple[str, str], Need] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    incompatibilities: Mapping[tuple[str, str], Incompatibility] = field(default_factory=dict)
    differences: Mapping[str, Difference] = field(default_factory=dict)
    competencies: Mapping[str, Competency] = field(default_factory=dict)
    skills: Mapping[tuple[str, str], Skill] = field(default_factory=dict)
    requirements: Mapping[tuple[str, str], Requirement] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    gains: Mapping[tuple[str, str], Gain] = field(default_factory=dict)
    holdings: Mapping[tuple[str, str], Holding] = field(default_factory=dict)
    absences: Mapping[str, Absence] = field(default_factory=dict)
    signatures: Mapping[tuple[str, str], Signature] = field(default_factory=dict)
    baselines: Mapping[str, Baseline] = field(default_factory=dict)
    revision: int = field(default=0, compare=False)

    @cached_property
    def row_keys(self) -> tuple[str, ...]:
        """Duty keys in the order of the rows."""
        return tuple(sorted(self.rows, key=lambda duty: (self.rows[duty].position, duty)))

    @cached_property
    def column_keys(self) -> tuple[str, ...]:
        """Role keys in the order of the columns."""
        return tuple(sorted(self.columns, key=lambda role: (self.columns[role].position, role)))

    @cached_property
    def applicable_rows(self) -> tuple[str, ...]:
        """Duty keys of the rows that apply in this scope, in order."""
        return tuple(duty for duty in self.row_keys if self.rows[duty].applies)

    @cached_property
    def rows_by_area(self) -> Mapping[str, tuple[str, ...]]:
        """Duty keys of the rows that apply, in order, for each area that has some; "" for duties without an area."""
        found: dict[str, list[str]] = {}
        for duty in self.applicable_rows:
            found.setdefault(self.duties[duty].area, []).append(duty)
        return {area: tuple(rows) for area, rows in found.items()}

    @cached_property
    def open_by_duty(self) -> Mapping[str, str]:
        """The key of the open grey area of each duty that has one."""
        return {item.duty: key for key, item in self.grey_areas.items() if item.status is GreyAreaStatus.OPEN}

    @cached_property
    def decision_by_duty(self) -> Mapping[str, str]:
        """The key of the decision in force for each duty that has one."""
        replaced = {item.supersedes for item in self.decisions.values()}
        return {
            item.duty: key for key, item in self.decisions.items() if item.withdrawn_on is None and key not in replaced
        }

    @cached_property
    def parts_by_decision(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the parts of each decision that has some, in their order."""
        found: dict[str, list[str]] = {}
        for decision, part in sorted(self.parts, key=lambda key: (self.parts[key].position, key)):
            found.setdefault(decision, []).append(part)
        return {decision: tuple(keys) for decision, keys in found.items()}

    def parts_of(self, decision: str) -> tuple[Part, ...]:
        """Return the parts of a decision in their order."""
        return tuple(self.parts[decision, key] for key in self.parts_by_decision.get(decision, ()))

    @cached_property
    def in_force_by_duty(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of all decisions on each duty that are neither withdrawn nor replaced: more than one is a fault."""
        replaced = {item.supersedes for item in self.decisions.values()}
        found: dict[str, list[str]] = {}
        for key in sorted(self.decisions):
            if self.decisions[key].withdrawn_on is None and key not in replaced:
                found.setdefault(self.decisions[key].duty, []).append(key)
        return {duty: tuple(keys) for duty, keys in found.items()}

    @cached_property
    def parts_by_duty(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The keys of the parts of decisions that were made duties of their own, by the keys of those duties."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key in sorted(self.parts):
            if self.parts[key].duty:
                found.setdefault(self.parts[key].duty, []).append(key)
        return {duty: tuple(keys) for duty, keys in found.items()}

    @cached_property
    def children_by_duty(self) -> Mapping[str, tuple[str, ...]]:
        """The duties of the register whose parent is each duty, for those that have any."""
        found: dict[str, list[str]] = {}
        for key, duty in self.duties.items():
            if duty.parent:
                found.setdefault(duty.parent, []).append(key)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def needs_by_duty(self) -> Mapping[str, tuple[Need, ...]]:
        """The authorities that whoever owns a duty must have, for each duty that asks for some."""
        found: dict[str, list[Need]] = {}
        for duty, key in sorted(self.needs):
            found.setdefault(duty, []).append(self.needs[duty, key])
        return {duty: tuple(needs) for duty, needs in found.items()}

    @cached_property
    def authorities_by_role(self) -> Mapping[str, tuple[Authority, ...]]:
        """The authorities of each role that has some."""
        found: dict[str, list[Authority]] = {}
        for role, key in sorted(self.authorities):
            found.setdefault(role, []).append(self.authorities[role, key])
        return {role: tuple(powers) for role, powers in found.items()}

    @cached_property
    def comments_by_duty(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the comments that are not resolved, oldest first, for each duty that has any."""
        found: dict[str, list[str]] = {}
        for key in sorted(self.comments, key=lambda one: (self.comments[one].written_at, one)):
            if not self.comments[key].resolved:
                found.setdefault(self.comments[key].duty, []).append(key)
        return {duty: tuple(keys) for duty, keys in found.items()}

    @cached_property
    def tally(self) -> Counter[tuple[str, str]]:
        """How often each role holds each content of a cell, in all rows."""
        return Counter(item for row in self.cells.values() for item in row.items())

    def letters(self, duty: str, role: str) -> str:
        """Return the canonical letters of a cell, "" where it is empty."""
        return self.cells.get(duty, {}).get(role, "")

    def holders(self, duty: str, *classes: LetterClass) -> tuple[str, ...]:
        """Return the roles that hold a letter of one of the classes in a row, in column order."""
        codes = self.scheme.codes_of(*classes)
        row = self.cells.get(duty, {})
        return tuple(
            role for role in self.column_keys if role in row and not codes.isdisjoint(split_letters(row[role]))
        )

    @cached_property
    def held_by_role(self) -> Mapping[str, Mapping[str, int]]:
        """How many cells of each role hold which letters, as they stand in the cells; roles without any are absent."""
        pairs = Counter[tuple[str, str]]()
        for row in self.cells.values():
            pairs.update(row.items())
        found: dict[str, dict[str, int]] = {}
        for (role, letters), count in pairs.items():
            found.setdefault(role, {})[letters] = count
        return found

    @cached_property
    def claimants_by_grey_area(self) -> Mapping[str, frozenset[str]]:
        """The roles that made a claim, for each grey area that has claims."""
        found: dict[str, set[str]] = {}
        for grey_area, role in self.claims:
            found.setdefault(grey_area, set()).add(role)
        return {grey_area: frozenset(roles) for grey_area, roles in found.items()}

    def claimants(self, grey_area: str) -> tuple[str, ...]:
        """Return the roles that claim a grey area, in column order.

        Those that made a claim; where nobody did, the pair between which the area of the duty is a
        declared overlap.
        """
        made = self.claimants_by_grey_area.get(grey_area)
        if not made:
            duty = self.duties[self.grey_areas[grey_area].duty]
            made = frozenset(self.areas[duty.area].pair) if duty.area in self.areas else frozenset()
        return tuple(role for role in self.column_keys if role in made)


def narrowed(matrix: Matrix, duties: Iterable[str]) -> Matrix:
    """Return a matrix with the rows of some duties only, and with the letters, claims and decisions of those.

    The register stays whole, and so do the columns. A row that the matrix does not have is passed over.
    """
    keep = matrix.rows.keys() & set(duties)
    grey_areas = {key: item for key, item in matrix.grey_areas.items() if item.duty in keep}
    decisions = {key: item for key, item in matrix.decisions.items() if item.duty in keep}
    return replace(
        matrix,
        rows={duty: row for duty, row in matrix.rows.items() if duty in keep},
        cells={duty: row for duty, row in matrix.cells.items() if duty in keep},
        grey_areas=grey_areas,
        claims={key: item for key, item in matrix.claims.items() if key[0] in grey_areas},
        decisions=decisions,
        parts={key: item for key, item in matrix.parts.items() if key[0] in decisions},
        acknowledgements={key: item for key, item in matrix.acknowledgements.items() if key[0] in decisions},
    )


# Where each kind of record stands in a matrix; cells are kept apart, two levels deep.
SHELVES = {
    Kind.ROLE: "roles",
    Kind.LINE: "lines",
    Kind.ALIAS: "aliases",
    Kind.AREA: "areas",
    Kind.DUTY: "duties",
    Kind.ROW: "rows",
    Kind.COLUMN: "columns",
    Kind.GREY_AREA: "grey_areas",
    Kind.CLAIM: "claims",
    Kind.DECISION: "decisions",
    Kind.PART: "parts",
    Kind.ACKNOWLEDGEMENT: "acknowledgements",
    Kind.COMMENT: "comments",
    Kind.ROUND: "rounds",
    Kind.CHARTER: "charters",
    Kind.ACCOUNTABILITY: "accountabilities",
    Kind.AUTHORITY: "authorities",
    Kind.NEED: "needs",
    Kind.AGREEMENT: "agreements",
    Kind.INCOMPATIBILITY: "incompatibilities",
    Kind.DIFFERENCE: "differences",
    Kind.COMPETENCY: "competencies",
    Kind.SKILL: "skills",
    Kind.REQUIREMENT: "requirements",
    Kind.ROUTE: "routes",
    Kind.GAIN: "gains",
    Kind.HOLDING: "holdings",
    Kind.ABSENCE: "absences",
    Kind.SIGNATURE: "signatures",
    Kind.BASELINE: "baselines",
}
PAIRED = frozenset(
    {
        Kind.LINE, Kind.ALIAS, Kind.CLAIM, Kind.PART, Kind.ACKNOWLEDGEMENT, Kind.ACCOUNTABILITY, Kind.AUTHORITY,
        Kind.NEED, Kind.INCOMPATIBILITY, Kind.SKILL, Kind.REQUIREMENT, Kind.GAIN, Kind.HOLDING, Kind.SIGNATURE,
    }
)  # fmt: skip
# What stands in one matrix; everything else belongs to the organisation as a whole.
IN_MATRIX = frozenset(
    {
        Kind.ROW, Kind.COLUMN, Kind.CELL, Kind.GREY_AREA, Kind.CLAIM, Kind.DECISION, Kind.PART, Kind.ACKNOWLEDGEMENT,
        Kind.COMMENT, Kind.ROUND,
    }
)  # fmt: skip


def address_of(matrix: str, kind: Kind, subject: str, other: str = "") -> Address:
    """Return the address of a record, with the matrix left out where the register holds it."""
    return Address(kind, matrix if kind in IN_MATRIX else "", subject, other)


def records(matrix: Matrix, *kinds: Kind) -> Iterator[tuple[Address, Record]]:
    """Yield every record of a matrix but its cells, with its address; only those of ``kinds`` where given."""
    for kind, shelf in SHELVES.items():
        if kinds and kind not in kinds:
            continue
        for key, record in getattr(matrix, shelf).items():
            subject, other = key if kind in PAIRED else (key, "")
            yield address_of(matrix.key, kind, subject, other), record
    if not kinds or Kind.SHEET in kinds:
        yield address_of(matrix.key, Kind.SHEET, matrix.key), matrix.sheet


def record_at(matrix: Matrix, address: Address) -> Record | None:
    """Return the record at an address, None where there is none. Cells are not records: see `Matrix.letters`."""
    if address.kind is Kind.SHEET:
        return matrix.sheet
    key = (address.subject, address.other) if address.kind in PAIRED else address.subject
    found: Record | None = getattr(matrix, SHELVES[address.kind]).get(key)
    return found


def value_at(matrix: Matrix, address: Address, name: str) -> Value | Fields:
    """Return what a change of this address and field would find: letters, one field, all fields, or None."""
    if address.kind is Kind.CELL:
        return matrix.letters(address.subject, address.other)
    record = record_at(matrix, address)
    if record is None:
        return None
    return encode(getattr(record, name)) if name else to_fields(record)


def concerns(matrix: Matrix, change: Change) -> bool:
    """Tell whether a change is about this matrix or the register that it draws on."""
    address = change.address
    return address.subject == matrix.key if address.kind is Kind.SHEET else address.matrix in ("", matrix.key)


assert set(SHELVES) | {Kind.SHEET} == set(RECORD_TYPES), "every kind of record has its place"

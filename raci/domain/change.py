"""A change: one address with what it saw and what it wants. Undo is the inverted change."""

from collections.abc import Iterable
from typing import NamedTuple

from raci.domain.records import Fields, Kind, Value


class Address(NamedTuple):
    """Where a change takes place. All parts are keys; "" where a kind has no such part.

    ============  =========  =============  ==========
    kind          matrix     subject        other
    ============  =========  =============  ==========
    area          –          area           –
    role          –          role           –
    line          –          role           superior
    alias         –          role           alias
    duty          –          duty           –
    matrix        –          matrix         –
    row           matrix     duty           –
    column        matrix     role           –
    cell          matrix     duty           role
    grey_area     matrix     grey area      –
    claim         matrix     grey area      role
    decision      matrix     decision       –
    part          matrix     decision       part
    acknowledge…  matrix     decision       acknowledgement
    comment       matrix     comment        –
    round         matrix     round          –
    charter       –          role           –
    account…      –          role           accountability
    authority     –          role           authority
    need          –          duty           need
    agreement     –          agreement      –
    incompat…     –          duty           other duty
    difference    –          difference     –
    competency    –          competency     –
    skill         –          role           skill
    requirement   –          role           competency
    route         –          route          –
    gain          –          route          competency
    holding       –          role           holding
    absence       –          absence        –
    signature     –          role           signature
    baseline      –          baseline       –
    ============  =========  =============  ==========
    """

    kind: Kind
    matrix: str = ""
    subject: str = ""
    other: str = ""


class Change(NamedTuple):
    """What was seen at an address and what is wanted there.

    ``field`` names one field of a record. With ``field == ""`` the change is about the whole record:
    ``before is None`` creates it, ``after is None`` removes it, and the other side holds all its
    fields. A cell is only its letters: always ``field == "letters"``, and "" is an empty cell.
    """

    address: Address
    field: str
    before: Value | Fields
    after: Value | Fields

    @property
    def creates(self) -> bool:
        return not self.field and self.before is None

    @property
    def removes(self) -> bool:
        return not self.field and self.after is None


def cell_change(matrix: str, duty: str, role: str, before: str, after: str) -> Change:
    """Return the change of one cell, from and to canonical letters."""
    return Change(Address(Kind.CELL, matrix, duty, role), "letters", before, after)


def invert(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that take everything back: each turned round, the last one first."""
    return tuple(change._replace(before=change.after, after=change.before) for change in reversed(tuple(changes)))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Sort changes so that each finds what it needs.

    What is emptied or removed comes first, users before what they use; then what is created, in the
    order of `Kind`; then single fields; cells are filled last, since they need their row and column.
    """
    return tuple(sorted(changes, key=_rank))


_POSITION = {kind: index for index, kind in enumerate(Kind)}


def _rank(change: Change) -> tuple[int, int]:
    position = _POSITION[change.address.kind]
    if change.address.kind is Kind.CELL:
        return (0, 0) if change.after == "" else (4, 0)
    if change.removes:
        return (1, -position)
    return (2, position) if change.creates else (3, position)

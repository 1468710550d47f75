"""What waits for one person: what they can do something about, and what falls due. Nothing that others said.

Comments, and what anybody marked in a blind round, are not even known here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from raci.domain.text import code_key


class Wait(StrEnum):
    """Why something waits for somebody, in the order in which it is told."""

    DECIDE = "decide"
    CLAIM = "claim"
    ACKNOWLEDGE = "acknowledge"
    SIGN = "sign"  # the charter of a role that they hold
    MARK = "mark"  # a blind round, in which they have not marked every row
    DUE = "due"  # a grey area of theirs that somebody else has to decide
    REVIEW = "review"
    END = "end"  # of the term of a decision


@dataclass(frozen=True)
class Row:
    """The row of a matrix that something is about."""

    matrix: str
    matrix_title: str
    duty: str
    code: str
    title: str


@dataclass(frozen=True)
class Opened:
    """An open grey area. Roles are keys. ``pair`` are those between which it lies by a declared overlap."""

    key: str
    row: Row
    decider: str = ""
    interim: str = ""
    pair: frozenset[str] = frozenset()
    claimants: frozenset[str] = frozenset()
    due_on: date | None = None


@dataclass(frozen=True)
class InForce:
    """A decision in force. ``concerned`` are the roles that are to say that they know it.

    ``watchers`` see to it that it is looked at again. ``answered`` holds who answered for which role: pairs of role
    and account.
    """

    key: str
    row: Row
    concerned: frozenset[str] = frozenset()
    watchers: frozenset[str] = frozenset()
    answered: frozenset[tuple[str, str]] = frozenset()
    review_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class OpenRound:
    """A blind round that is not revealed. ``marked`` counts the rows that each role and account has marked."""

    key: str
    matrix: str
    matrix_title: str
    title: str
    roles: frozenset[str]
    rows: int
    due_on: date | None = None
    marked: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Charter:
    """The charter of a role that somebody holds and has not signed as it is: ``signers`` are their accounts."""

    role: str
    name: str
    signers: frozenset[str]


@dataclass(frozen=True)
class Pending:
    """All in one organisation that can wait for somebody. ``columns`` are the pairs of matrix and role there are."""

    opened: Sequence[Opened] = ()
    in_force: Sequence[InForce] = ()
    rounds: Sequence[OpenRound] = ()
    columns: frozenset[tuple[str, str]] = frozenset()
    charters: Sequence[Charter] = ()


@dataclass(frozen=True)
class Person:
    """Who is asked for: their account, the roles that they stand for, and whether they may claim and answer."""

    account: str
    roles: frozenset[str]
    may_answer: bool


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. ``key`` is that of the grey area, decision, round or role; ``row`` is None for a round, and
    for a charter, which stands in no matrix either.

    ``roles`` are those of the person for which it waits, ``day`` when it is due, if ever.
    """

    wait: Wait
    key: str
    matrix: str
    matrix_title: str
    roles: frozenset[str]
    day: date | None = None
    row: Row | None = None
    title: str = ""

    @property
    def identity(self) -> str:
        """What stays the same while it waits, whatever becomes of its day: for calendars."""
        about = {Wait.MARK: "round", Wait.REVIEW: "review", Wait.END: "end"}.get(self.wait, "due")
        return f"{about}-{self.matrix}-{self.key}"


def waiting_for(person: Person, pending: Pending, today: date, days: int) -> tuple[Waiting, ...]:
    """Return what waits for a person, by why it does, what is due first first, then by matrix and code.

    What they can do waits from the beginning; what others have to do, and reviews, from ``days`` days before their day.
    """
    horizon = today + timedelta(days=days)
    found = [
        *_opened(person, pending, horizon),
        *_decided(person, pending.in_force, horizon),
        *(_rounds(person, pending.rounds) if person.may_answer else ()),
        *(_charters(person, pending.charters) if person.may_answer else ()),
    ]
    return tuple(sorted(found, key=_place))


def _place(item: Waiting) -> tuple[int, date, str, str, str]:
    code = code_key(item.row.code) if item.row else item.title
    return list(Wait).index(item.wait), item.day or date.max, item.matrix_title, code, item.key


def _opened(person: Person, pending: Pending, horizon: date) -> Iterator[Waiting]:
    for item in pending.opened:
        silent = _silent(person, item, pending.columns) if person.may_answer else frozenset()
        touched = person.roles & (item.claimants | {item.interim})
        if item.decider in person.roles:
            yield _about(item.row, Wait.DECIDE, item.key, frozenset({item.decider}), item.due_on)
        elif silent:
            yield _about(item.row, Wait.CLAIM, item.key, silent, item.due_on)
        elif touched and _near(item.due_on, horizon):
            yield _about(item.row, Wait.DUE, item.key, touched, item.due_on)


def _silent(person: Person, item: Opened, columns: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Return the person's roles between which a grey area lies and that have claimed nothing yet."""
    asked = (person.roles & item.pair) - item.claimants
    return frozenset(role for role in asked if (item.row.matrix, role) in columns)


def _decided(person: Person, decisions: Iterable[InForce], horizon: date) -> Iterator[Waiting]:
    for item in decisions:
        asked = frozenset(role for role in person.roles & item.concerned if (role, person.account) not in item.answered)
        watched = person.roles & item.watchers
        if asked and person.may_answer:
            yield _about(item.row, Wait.ACKNOWLEDGE, item.key, asked, None)
        if watched and _near(item.review_on, horizon):
            yield _about(item.row, Wait.REVIEW, item.key, watched, item.review_on)
        if watched and _near(item.valid_until, horizon):
            yield _about(item.row, Wait.END, item.key, watched, item.valid_until)


def _rounds(person: Person, rounds: Iterable[OpenRound]) -> Iterator[Waiting]:
    for item in rounds:
        unfinished = frozenset(
            role for role in person.roles & item.roles if item.marked.get((role, person.account), 0) < item.rows
        )
        if unfinished:
            yield Waiting(
                Wait.MARK, item.key, item.matrix, item.matrix_title, unfinished, item.due_on, title=item.title
            )


def _charters(person: Person, charters: Iterable[Charter]) -> Iterator[Waiting]:
    for item in charters:
        if person.account in item.signers:
            yield Waiting(Wait.SIGN, item.role, "", "", frozenset({item.role}), title=item.name)


def _near(day: date | None, horizon: date) -> bool:
    return day is not None and day <= horizon


def _about(row: Row, wait: Wait, key: str, roles: frozenset[str], day: date | None) -> Waiting:
    return Waiting(wait, key, row.matrix, row.matrix_title, roles, day, row)

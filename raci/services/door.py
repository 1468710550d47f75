"""The one door to write: locks, compares seen with current, writes rows and revision together."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from raci.domain.change import Address, Change, in_order, invert
from raci.domain.merge import Conflict, Spot, decide
from raci.domain.records import Kind, completed
from raci.domain.scheme import Scheme
from raci.models import Matrix, Organisation, Revision, RevisionChange, User
from raci.services import afterwards, ahead, cells, marks, private, records_store, sets
from raci.services.chain import Link
from raci.services.personal import new_salts
from raci.services.snapshot import snapshot
from raci.services.validation import Refusal, clean, legal_letters, unique_codes
from raci.services.wellformed import LONGEST_NAME, trouble_with_author


@dataclass(frozen=True)
class Touched:
    """Who last changed an address, and when."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of a set of changes.

    ``revision`` is None where nothing was written: because there was nothing to do, or because there
    are ``conflicts`` (somebody else was faster) or ``refusals`` (the change cannot stand).
    ``touched`` names for each conflict who made the latest change there.
    """

    revision: Revision | None = None
    conflicts: tuple[Conflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    touched: Mapping[Address, Touched] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.conflicts and not self.refusals


@dataclass(frozen=True)
class Author:
    """Who makes changes, through which door and why. ``name`` is kept as text for ever."""

    name: str
    door: str
    reason: str = ""
    user: User | None = None
    at: datetime | None = None

    @classmethod
    def of(cls, user: User | AnonymousUser, door: str, reason: str = "") -> "Author":
        """Return the author who is signed in. Raises `TypeError` where nobody is: a door lets nobody else write."""
        if not isinstance(user, User):
            raise TypeError("nobody is signed in")
        return cls(name=str(user)[:LONGEST_NAME], door=door, reason=reason, user=user)


Alongside: TypeAlias = Callable[[Revision], None]


@dataclass(frozen=True)
class _Task:
    """What goes with a set of changes: who makes it, what it takes back, what is written alongside."""

    author: Author
    undoes: int | None = None
    alongside: Alongside | None = None


class _Refused(Exception):
    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)


def apply_changes(
    *,
    organisation: Organisation,
    changes: Iterable[Change],
    author: Author,
    undoes: int | None = None,
    alongside: Alongside | None = None,
) -> Outcome:
    """Make all the changes as one revision, or none of them.

    Each change says what it saw (``before``). Where that is what is there, the change is made; where
    what it wants is there already, nothing is to do; anything else is a conflict, and then nothing is
    written. The number of statements does not grow with the number of changes. ``alongside`` is called with the
    revision in its transaction: what it writes is written with it or not at all, and what it raises undoes everything.
    """
    if trouble := trouble_with_author(author.name, author.reason):
        return Outcome(refusals=(Refusal(None, trouble, "reason"),))
    cleaned, refusals = clean(changes)
    if refusals:
        return Outcome(refusals=tuple(refusals))
    ordered = in_order(cleaned)
    try:
        if matrix := ahead.only_matrix(ordered):
            with ahead.without_collecting():
                return _apply_many(organisation, matrix, ordered, _Task(author, undoes, alongside))
        with transaction.atomic():
            return _apply(organisation, ordered, _Task(author, undoes, alongside))
    except _Refused as refused:
        return Outcome(refusals=refused.refusals)
    except IntegrityError as error:
        return Outcome(refusals=(Refusal.of_database(error),))


def undo(*, organisation: Organisation, number: int, author: Author) -> Outcome:
    """Take back one revision by making its changes the other way round."""
    revision = Revision.objects.get(organisation=organisation, number=number)
    changes = invert(changes_of(revision))
    opened = [change for change in changes if change.removes and change.address.kind is Kind.ROUND]
    if marks.are_there(organisation.pk, [change.address.subject for change in opened]):
        text = _("People have marked rows in this round, and no history brings that back. Close it instead.")
        return Outcome(refusals=(Refusal(opened[0], text),))
    return apply_changes(organisation=organisation, changes=changes, author=author, undoes=revision.number)


def changes_of(revision: Revision) -> tuple[Change, ...]:
    """Return the changes of a revision, in the order in which they were made."""
    rows = RevisionChange.objects.filter(revision=revision).order_by("ordinal")
    return tuple(to_change(*row) for row in rows.values_list(*CHANGE_PARTS))


CHANGE_PARTS = ("kind", "matrix", "subject", "other", "field", "before", "after")


def to_change(*parts: Any) -> Change:
    """Build a change from its stored parts, in the order of `CHANGE_PARTS`."""
    kind, matrix, subject, other, name, before, after = parts
    address = Address(Kind(kind), matrix, subject, other)
    if name:
        return Change(address, name, before, after)
    # A whole record may have been written down before its kind had all the fields that it has today.
    whole = (completed(address.kind, side) if isinstance(side, Mapping) else side for side in (before, after))
    return Change(address, "", *whole)


def from_change(change: Change) -> list[Any]:
    """Return the stored parts of a change."""
    address = change.address
    return [
        str(address.kind), address.matrix, address.subject, address.other, change.field, change.before, change.after
    ]  # fmt: skip


def _apply_many(organisation: Organisation, matrix: str, changes: Sequence[Change], task: _Task) -> Outcome:
    """Make many changes of cells, holding others up only while they are written; see `raci.services.ahead`."""
    for _try in range(_TRIES):
        with snapshot():
            seen, schemes = _head(Organisation.objects, organisation, {matrix})
            sheet = ahead.Sheet.read(seen.pk, matrix)
        laid = sheet.laid(changes) or sheet.laid(_to_make(sheet, changes))
        if laid is None:
            break  # told under the lock, as for any other set
        if refusals := legal_letters(seen.pk, changes, schemes):
            raise _Refused(refusals)
        link = _next_link(seen, laid.told, task.author, task.undoes)
        digest = link.digest()
        try:
            with laid.staged():
                locked = Organisation.objects.select_for_update().get(pk=seen.pk)
                if (locked.revision, locked.head) != (seen.revision, seen.head):
                    raise ahead.Moved
                laid.write_cells()
                revision = _keep(locked, link, digest, task.author)
                laid.write_history(revision)
                if task.alongside:
                    task.alongside(revision)
                return Outcome(revision=revision)
        except ahead.Moved:
            continue
    with transaction.atomic():
        return _apply(organisation, changes, task)


def _to_make(sheet: ahead.Sheet, changes: Sequence[Change]) -> Sequence[Change]:
    """Return what is left to make of changes of cells; all of them where some are in conflict."""
    plan = decide(changes, _current(changes, sheet.places(changes), {}))
    return changes if plan.conflicts else plan.changes


# Somebody who writes a cell in between costs a large set one try; after so many it waits for its turn like all others.
_TRIES = 3


def _apply(organisation: Organisation, changes: Sequence[Change], task: _Task) -> Outcome:
    locked, schemes = _lock(organisation, {change.address.matrix for change in changes} - {""})
    in_cells = [change for change in changes if change.address.kind is Kind.CELL]
    in_records = [change for change in changes if change.address.kind is not Kind.CELL]
    places = cells.read(locked.pk, [change.address for change in in_cells])
    stored = records_store.read(locked.pk, in_records)
    plan = decide(changes, _current(changes, places, stored))
    if plan.conflicts:
        return Outcome(conflicts=plan.conflicts, touched=latest_touches(locked, _places(plan.conflicts)))
    if not plan.changes:
        return Outcome()
    if refusals := [*legal_letters(locked.pk, plan.changes, schemes), *unique_codes(locked.pk, plan.changes)]:
        raise _Refused(refusals)
    _write(locked, plan.changes, places, stored)
    revision = add_revision(locked, [from_change(change) for change in plan.changes], task.author, undoes=task.undoes)
    if task.alongside:
        task.alongside(revision)
    return Outcome(revision=revision)


def _lock(organisation: Organisation, matrices: set[str]) -> tuple[Organisation, dict[str, Scheme]]:
    """Lock the organisation; where one matrix is written to, its scheme comes along in the same statement."""
    return _head(Organisation.objects.select_for_update(), organisation, matrices)


def _head(row: Any, organisation: Organisation, matrices: set[str]) -> tuple[Organisation, dict[str, Scheme]]:
    if len(matrices) != 1:
        return row.get(pk=organisation.pk), {}
    (key,) = matrices
    definition = Matrix.objects.filter(organisation=organisation.pk, key=key).values("scheme__definition")[:1]
    locked = row.annotate(definition=Subquery(definition)).get(pk=organisation.pk)
    return locked, {key: Scheme.from_data(locked.definition)} if locked.definition else {}


def _current(
    changes: Sequence[Change], places: Mapping[Address, cells.Place], stored: records_store.Stored
) -> dict[Spot, Any]:
    found: dict[Spot, Any] = {}
    for change in changes:
        address = change.address
        if address.kind is Kind.CELL:
            found[address, change.field] = places[address].letters if address in places else ""
        elif address not in stored:
            found[address, change.field] = None
        else:
            values = stored[address][1]
            found[address, change.field] = values[change.field] if change.field else values
    return found


def _write(
    organisation: Organisation,
    changes: Sequence[Change],
    places: dict[Address, cells.Place],
    stored: records_store.Stored,
) -> None:
    in_cells = [change for change in changes if change.address.kind is Kind.CELL]
    in_records = [change for change in changes if change.address.kind is not Kind.CELL]
    cells.clear([change for change in in_cells if change.after == ""], places)
    gone = [(one, stored[one.address][0]) for one in in_records if one.removes]
    marks.forget([number for one, number in gone if one.address.kind is Kind.ROUND])
    private.forget_about(gone)
    try:
        records_store.write(organisation.pk, in_records, stored)
    except records_store.MissingReference as error:
        raise _Refused([Refusal(None, str(error))]) from error
    filled = [change for change in in_cells if change.after != ""]
    if any(change.address not in places for change in filled):
        places = cells.read(organisation.pk, [change.address for change in filled])
    if missing := [change for change in filled if change.address not in places]:
        raise _Refused([Refusal(change, _("The matrix has no such row or column.")) for change in missing])
    cells.fill(filled, places)
    if refusals := afterwards.check(organisation.pk, changes):
        raise _Refused(refusals)
    if any(change.removes for change in in_records):
        connection.check_constraints()  # now rather than at commit, so that it can be said what is still in use


def add_revision(
    organisation: Organisation,
    rows: Sequence[Sequence[Any]],
    author: Author,
    *,
    undoes: int | None = None,
    seals: Mapping[str, str] | None = None,
) -> Revision:
    """Add a revision to the history of an organisation that is locked; what it says was done has been done already."""
    link = _next_link(organisation, rows, author, undoes, seals)
    revision = _keep(organisation, link, link.digest(), author)
    numbered = [[revision.pk, ordinal, *row] for ordinal, row in enumerate(rows)]
    sets.insert(RevisionChange, ["revision", "ordinal", *CHANGE_PARTS], numbered)
    return revision


def _next_link(
    organisation: Organisation,
    rows: Sequence[Sequence[Any]],
    author: Author,
    undoes: int | None,
    seals: Mapping[str, str] | None = None,
) -> Link:
    """Return what is hashed of the revision that follows the one at which an organisation stands."""
    return Link(
        organisation=organisation.key,
        number=organisation.revision + 1,
        at_us=to_microseconds(author.at or timezone.now()),
        actor=author.name,
        door=author.door,
        reason=author.reason,
        undoes=undoes,
        previous=organisation.head,
        changes=rows,
        salts=new_salts(rows),
        seals=seals,
    )


def _keep(organisation: Organisation, link: Link, digest: str, author: Author) -> Revision:
    """Write a revision without its changes, and move the organisation, which is locked, on to it."""
    revision = Revision.objects.create(
        organisation=organisation,
        number=link.number,
        at_us=link.at_us,
        actor=author.user,
        actor_name=link.actor,
        door=link.door,
        reason=link.reason,
        undoes=link.undoes,
        size=len(link.changes),
        previous=link.previous,
        hash=digest,
        salts=link.salts,
        seals=link.seals,
    )
    Organisation.objects.filter(pk=organisation.pk).update(revision=revision.number, head=digest)
    return revision


def to_microseconds(at: datetime) -> int:
    """Return a time as whole microseconds since 1970 UTC, without a detour through floating point."""
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def _places(conflicts: Sequence[Conflict]) -> set[Address]:
    return {conflict.change.address for conflict in conflicts}


def latest_touches(organisation: Organisation, wanted: Set[Address]) -> dict[Address, Touched]:
    """Return who made the latest change at each address, in one query; an address never written to is left out."""
    rows = RevisionChange.objects.filter(
        revision__organisation=organisation, subject__in=sets.among({address.subject for address in wanted})
    ).order_by("revision__number", "ordinal")
    parts = ("kind", "matrix", "subject", "other", "revision__number", "revision__actor_name", "revision__at_us")
    found = {}
    for kind, matrix, subject, other, number, name, at_us in rows.values_list(*parts):
        address = Address(Kind(kind), matrix, subject, other)
        if address in wanted:
            found[address] = Touched(number, name, from_microseconds(at_us))
    return found


def from_microseconds(at_us: int) -> datetime:
    """Return whole microseconds since 1970 UTC as a time in UTC."""
    seconds, rest = divmod(at_us, 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest)

"""Earlier states, and whether history still tells the truth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from raci import models
from raci.domain.change import Address, Change, invert
from raci.domain.matrix import Matrix, apply
from raci.domain.records import Kind
from raci.services.chain import Link, first_broken
from raci.services.door import CHANGE_PARTS, to_change
from raci.services.loading import load_matrix
from raci.services.tables import TABLES

State = dict[Address, Any]


class NoSuchRevision(LookupError):
    """The organisation has no revision of that number, or the matrix did not exist then."""


def matrix_as_of(matrix: models.Matrix, number: int) -> Matrix:
    """Return the matrix as it was right after a revision: today's with all later changes taken back."""
    current = load_matrix(matrix)
    if not 0 <= number <= current.revision:
        raise NoSuchRevision(f"There is no revision {number}; the latest is {current.revision}.")
    later = _changes(
        models.RevisionChange.objects.filter(
            revision__organisation=matrix.organisation_id,
            revision__number__gt=number,
            revision__number__lte=current.revision,
        )
    )
    if any(change.creates and change.address == Address(Kind.SHEET, "", matrix.key) for change in later):
        raise NoSuchRevision(f"The matrix “{matrix.title}” did not exist at revision {number}.")
    return apply(current, invert(later))


@dataclass(frozen=True)
class Fault:
    """Something in the database that history does not account for."""

    revision: int | None
    message: str


def verify(organisation: models.Organisation) -> list[Fault]:
    """Return what was altered behind the application's back; nothing where all is well.

    Two proofs: the chain of hashes over all revisions, up to the head kept with the organisation; and
    every revision made again from nothing, which must give exactly the rows that are there.
    """
    organisation = models.Organisation.objects.get(pk=organisation.pk)  # its head as it is now
    broken = first_broken(_links(organisation))
    if broken:
        return [Fault(*broken)]
    latest = models.Revision.objects.filter(organisation=organisation).order_by("-number").first()
    number, digest = (latest.number, latest.hash) if latest else (0, "")
    if (number, digest) != (organisation.revision, organisation.head):
        said = f"the organisation stands at revision {organisation.revision}, its history ends at {number}"
        return [Fault(number, said)]
    return _differences(_replay(organisation), _present(organisation))


def _links(organisation: models.Organisation) -> Iterator[tuple[Link, str]]:
    changes = models.RevisionChange.objects.filter(revision__organisation=organisation)
    rows = changes.order_by("revision__number", "ordinal").values_list("revision__number", *CHANGE_PARTS).iterator()
    by_number = groupby(rows, key=lambda row: row[0])
    number, parts = next(by_number, (None, iter(())))
    for revision in models.Revision.objects.filter(organisation=organisation).order_by("number").iterator():
        mine: Sequence[Any] = ()
        if number == revision.number:
            mine = [list(row[1:]) for row in parts]
            number, parts = next(by_number, (None, iter(())))
        yield _link(organisation, revision, mine), revision.hash


def _link(organisation: models.Organisation, revision: models.Revision, changes: Sequence[Any]) -> Link:
    return Link(
        organisation=organisation.key,
        number=revision.number,
        at_us=revision.at_us,
        actor=revision.actor_name,
        door=revision.door,
        reason=revision.reason,
        undoes=revision.undoes,
        previous=revision.previous,
        changes=changes,
    )


def _changes(rows: Any) -> list[Change]:
    return [to_change(*row) for row in rows.order_by("revision__number", "ordinal").values_list(*CHANGE_PARTS)]


def _replay(organisation: models.Organisation) -> State:
    state: State = {}
    for change in _changes(models.RevisionChange.objects.filter(revision__organisation=organisation)):
        if change.address.kind is not Kind.CELL and change.field:
            state[change.address] = {**state[change.address], change.field: change.after}
        elif change.after in (None, ""):
            state.pop(change.address, None)
        else:
            state[change.address] = change.after
    return state


def _present(organisation: models.Organisation) -> State:
    state: State = {}
    for table in TABLES.values():
        state |= {address: values for address, (_, values) in table.read(organisation.pk).items()}
    cells = models.Assignment.objects.filter(row__matrix__organisation=organisation).order_by()
    for matrix, duty, role, letters in cells.values_list(
        "row__matrix__key", "row__duty__key", "column__role__key", "letters"
    ):
        state[Address(Kind.CELL, matrix, duty, role)] = letters
    return state


def _differences(told: State, found: State) -> list[Fault]:
    faults = []
    for address in sorted(told.keys() | found.keys()):
        if told.get(address) != found.get(address):
            where = " ".join(part for part in address if part)
            faults.append(
                Fault(None, f"{where}: history says {told.get(address)!r}, the table holds {found.get(address)!r}")
            )
    return faults

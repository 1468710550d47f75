"""Earlier states, and whether history still tells the truth."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, cast

from django.db.models import Count, F, Max
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from raci import models
from raci.domain.applying import apply
from raci.domain.change import Address, Change, invert
from raci.domain.matrix import Matrix
from raci.domain.records import Kind, Sheet, from_fields
from raci.services.chain import Link, first_broken
from raci.services.door import CHANGE_PARTS, from_microseconds, to_change, to_microseconds
from raci.services.loading import load_matrix
from raci.services.snapshot import snapshot
from raci.services.tables import TABLES

State = dict[Address, Any]


class NoSuchRevision(LookupError):
    """The organisation has no revision of that number, or the matrix did not exist then."""


@dataclass(frozen=True)
class Moment:
    """A point in the history of an organisation: the latest revision then, and when that was made.

    ``day`` is set where a day was asked for instead of a revision. ``at`` is None where nothing had been
    written yet: at revision 0.
    """

    number: int
    at: datetime | None
    day: date | None = None


@dataclass(frozen=True)
class Past:
    """A matrix as it was at a moment."""

    moment: Moment
    matrix: Matrix


def day_begins(day: date) -> int:
    """Return the first moment of a day in the current time zone, in microseconds since 1970 UTC."""
    return to_microseconds(datetime.combine(day, time.min, timezone.get_current_timezone()))


def day_ends(day: date) -> int:
    """Return the last moment of a day in the current time zone, in microseconds since 1970 UTC."""
    # Where clocks go back over midnight the last moment comes twice; fold=1 means the later one.
    return to_microseconds(datetime.combine(day, time.max.replace(fold=1), timezone.get_current_timezone()))


def revision_at(organisation: models.Organisation, day: date) -> int:
    """Return the number of the last revision made by the end of a day in the current time zone, 0 before the first."""
    made = models.Revision.objects.filter(organisation=organisation, at_us__lte=day_ends(day))
    return made.aggregate(latest=Max("number"))["latest"] or 0


def matrix_at(matrix: models.Matrix, asked: int | date) -> Past:
    """Return the matrix right after a revision, or at the end of a day. Raises `NoSuchRevision`."""
    day = asked if isinstance(asked, date) else None
    number = revision_at(matrix.organisation, asked) if isinstance(asked, date) else asked
    try:
        then = matrix_as_of(matrix, number)
    except NoSuchRevision:
        if day is None:
            raise
        words = {"matrix": matrix.title, "day": date_format(day, "DATE_FORMAT")}
        raise NoSuchRevision(_("The matrix “%(matrix)s” did not exist on %(day)s.") % words) from None
    made = models.Revision.objects.filter(organisation=matrix.organisation_id, number=number)
    at_us = made.values_list("at_us", flat=True).first()
    at = None if at_us is None else timezone.localtime(from_microseconds(at_us))
    return Past(Moment(number, at, day), then)


def made_in(matrix: models.Matrix) -> int:
    """Return the number of the revision in which a matrix came to be, the last one where it came and went."""
    changes = models.RevisionChange.objects.filter(
        revision__organisation=matrix.organisation_id, kind=Kind.SHEET, subject=matrix.key, field=""
    )
    return max((number for number, change in _changes(changes) if change.creates), default=0)


def matrix_as_of(matrix: models.Matrix, number: int) -> Matrix:
    """Return the matrix as it was right after a revision: today's with all later changes taken back."""
    current = load_matrix(matrix)
    if not 0 <= number <= current.revision:
        text = _("There is no revision %(number)d; the latest is %(latest)d.")
        raise NoSuchRevision(text % {"number": number, "latest": current.revision})
    earlier = _taken_back(current, changes_after(matrix.organisation, number, current.revision))
    if earlier is None:
        text = _("The matrix “%(matrix)s” did not exist at revision %(number)d.")
        raise NoSuchRevision(text % {"matrix": matrix.title, "number": number})
    if earlier.sheet.scheme == current.sheet.scheme:
        return replace(earlier, revision=number)
    scheme = models.Scheme.objects.get(code=earlier.sheet.scheme).to_domain()
    return replace(earlier, scheme=scheme, revision=number)


def changes_after(organisation: models.Organisation, number: int, upto: int | None = None) -> list[Change]:
    """Return what was changed in an organisation after a revision, in order; only up to another where given."""
    later = models.RevisionChange.objects.filter(revision__organisation=organisation, revision__number__gt=number)
    if upto is not None:
        later = later.filter(revision__number__lte=upto)
    return [change for _, change in _changes(later)]


def _taken_back(matrix: Matrix, changes: Iterable[Change]) -> Matrix | None:
    """Return a matrix before the changes, None where it did not exist then. It may have come and gone meanwhile."""
    here, exists = Address(Kind.SHEET, "", matrix.key), True
    pending: list[Change] = []
    for change in invert(changes):
        if change.address != here or change.field:
            pending.append(change)
            continue
        matrix, pending, exists = apply(matrix, pending), [], not change.removes
        if isinstance(change.after, Mapping):
            matrix = replace(matrix, sheet=cast(Sheet, from_fields(Kind.SHEET, change.after)))
    return apply(matrix, pending) if exists else None


@dataclass(frozen=True)
class Fault:
    """Something in the database that history does not account for."""

    revision: int | None
    message: str


def verify(organisation: models.Organisation) -> list[Fault]:
    """Return what was altered behind the application's back; nothing where all is well.

    Two proofs: the chain of hashes over all revisions, up to the head kept with the organisation; and
    every revision made again from nothing, each of whose changes must have seen what was there, and
    which must give exactly the rows that are there. A cut tail together with a head set back to match
    is beyond both; `raci.services.anchors` finds it.
    """
    with snapshot():  # a revision written meanwhile is no fault
        organisation = models.Organisation.objects.get(pk=organisation.pk)
        if broken := first_broken(links_of(organisation), sealed_in(organisation)):
            return [Fault(*broken)]
        return _wrong_head(organisation) or _wrong_size(organisation) or _wrong_rows(organisation)


def _wrong_head(organisation: models.Organisation) -> list[Fault]:
    latest = models.Revision.objects.filter(organisation=organisation).order_by("-number").first()
    number, digest = (latest.number, latest.hash) if latest else (0, "")
    if number != organisation.revision:
        said = f"the organisation stands at revision {organisation.revision}, its history ends at {number}"
        return [Fault(number, said)]
    if digest != organisation.head:
        return [Fault(number, f"revision {number} is not the one that the organisation stands at")]
    return []


def _wrong_size(organisation: models.Organisation) -> list[Fault]:
    """Find what the hashes do not cover: how many changes a revision says it has, and their ordinals."""
    revisions = models.Revision.objects.filter(organisation=organisation)
    highest = Coalesce(Max("changes__ordinal"), -1)  # a revision that only erased names has no changes
    counted = revisions.annotate(found=Count("changes"), highest=highest)
    wrong = counted.exclude(size=F("found"), highest=F("size") - 1).order_by("number").first()
    return [Fault(wrong.number, f"revision {wrong.number} was altered after it was written")] if wrong else []


def _wrong_rows(organisation: models.Organisation) -> list[Fault]:
    told, faults = _replay(organisation)
    return faults or _differences(told, _present(organisation))


def sealed_in(organisation: models.Organisation) -> dict[int, str]:
    """Return the revisions in which names were erased that had been hashed as they stood, each with its latest seal."""
    found: dict[int, str] = {}
    erasing = models.Revision.objects.filter(organisation=organisation, seals__isnull=False).order_by("number")
    for seals in erasing.values_list("seals", flat=True):
        found |= {int(number): seal for number, seal in seals.items()}
    return found


def links_of(organisation: models.Organisation, **only: Any) -> Iterator[tuple[Link, str]]:
    """Yield the revisions of an organisation in order as links of its chain, each with the hash stored for it.

    ``only`` narrows them down, in look-ups of `Revision`.
    """
    changes = models.RevisionChange.objects.filter(revision__organisation=organisation)
    changes = changes.filter(**{f"revision__{name}": value for name, value in only.items()})
    rows = changes.order_by("revision__number", "ordinal").values_list("revision__number", *CHANGE_PARTS).iterator()
    by_number = groupby(rows, key=lambda row: row[0])
    number, parts = next(by_number, (None, iter(())))
    for revision in models.Revision.objects.filter(organisation=organisation, **only).order_by("number").iterator():
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
        salts=revision.salts,
        seals=revision.seals,
    )


def _changes(rows: Any) -> Iterator[tuple[int, Change]]:
    parts = rows.order_by("revision__number", "ordinal").values_list("revision__number", *CHANGE_PARTS)
    return ((number, to_change(*rest)) for number, *rest in parts)


def _replay(organisation: models.Organisation) -> tuple[State, list[Fault]]:
    """Make every change again; stop at the first that saw something else than what was there."""
    state: State = {}
    for number, change in _changes(models.RevisionChange.objects.filter(revision__organisation=organisation)):
        address = change.address
        empty = "" if address.kind is Kind.CELL else None
        held = state.get(address, empty)
        if address.kind is not Kind.CELL and change.field:
            seen = (held or {}).get(change.field)
            state[address] = {**(held or {}), change.field: change.after}
        else:
            seen = held
            state[address] = change.after
        if seen != change.before:
            said = f"revision {number} says that it changed {change.before!r}, but {seen!r} was there"
            return state, [Fault(number, said)]
        if state[address] == empty:
            del state[address]
    return state, []


def _present(organisation: models.Organisation) -> State:
    state: State = {}
    for table in TABLES.values():
        state |= {address: values for address, (_, values) in table.read(organisation.pk).items()}
    cells = models.Assignment.objects.filter(row__matrix__organisation=organisation).order_by()
    parts = ("row__matrix__key", "column__matrix__key", "row__duty__key", "column__role__key", "letters")
    for matrix, other, duty, role, letters in cells.values_list(*parts):
        # A cell whose column belongs to another matrix stands nowhere that history could know.
        state[Address(Kind.CELL, matrix if matrix == other else f"{matrix} {other}", duty, role)] = letters
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

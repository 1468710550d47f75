"""The proposal of an import against what is current: kept in memory between requests, since it may be large."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from raci import models
from raci.domain.change import Address, Change
from raci.domain.matrix import Matrix
from raci.domain.previewing import Line, Outlook, Picks, Preview, Settled, after, look_ahead, settle, together
from raci.domain.proposal import Proposal
from raci.domain.records import Kind, Sheet, from_fields
from raci.domain.text import Sentence
from raci.services.ahead import without_collecting
from raci.services.door import CHANGE_PARTS, Touched, from_microseconds, latest_touches, to_change
from raci.services.imports.store import unpacked
from raci.services.linting import findings_of
from raci.services.loading import load_matrix, read_register
from raci.services.naming import Names
from raci.services.sets import among
from raci.services.snapshot import snapshot
from raci.services.words import said

# Up to so many lines it is worked out with every answer what fits and what lint would say; beyond, when it is applied.
LOOKED_AT = 3_000
_KEPT = 4


GONE = Sentence(gettext_noop("The matrix that this file is about is not there any more."))


class MatrixGone(LookupError):
    """The matrix that a proposal is about is not there any more."""


class _Kept(NamedTuple):
    content: bytes
    head: str
    preview: Preview


_cache: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Meanwhile:
    """Something that changed in the database since the revision that a document was made from, and not in it."""

    change: Change
    touched: Touched


def preview_of(item: models.Import) -> Preview:
    """Return the proposal of an import against what is current. Raises `MatrixGone`."""
    content = bytes(item.proposal or b"")
    organisation = models.Organisation.objects.get(pk=item.organisation_id)
    with _lock:
        kept = _cache.get(item.pk)
    if kept and kept.content == content and kept.head == organisation.head:
        return kept.preview
    with without_collecting():
        proposal = kept.preview.proposal if kept and kept.content == content else Proposal.from_data(unpacked(content))
        preview = preview_against(item, proposal)
    with _lock:
        _cache[item.pk] = _Kept(content, organisation.head, preview)
        _cache.move_to_end(item.pk)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return preview


def preview_against(item: models.Import, proposal: Proposal) -> Preview:
    """Hold a proposal against the matrices that it is about as they are now. Raises `MatrixGone`."""
    changes = [change for wish in proposal.wishes for change in wish.changes]
    created = {one.address.subject: one for one in changes if one.address.kind is Kind.SHEET and one.creates}
    wanted = {one.address.matrix for one in changes} - {""} | ({item.matrix.key} if item.matrix is not None else set())
    with snapshot():
        rows = models.Matrix.objects.select_related("organisation").filter(organisation=item.organisation_id)
        found = {row.key: load_matrix(row) for row in rows.filter(key__in=among(wanted))}
        new = created.keys() - found.keys()
        if wanted - found.keys() - new:
            raise MatrixGone(said(GONE))
        if new or not found:
            register = _register(item.organisation_id)
            found |= {key: empty_matrix(register, created[key]) for key in sorted(new)}
        return Preview(proposal, found or {"": register}, new)


def _register(organisation: int) -> Matrix:
    return read_register(models.Organisation.objects.get(pk=organisation))


def empty_matrix(register: Matrix, created: Change) -> Matrix:
    """Return a matrix as it is right after it was made: with nothing in it but the register."""
    assert isinstance(created.after, Mapping)
    sheet = from_fields(Kind.SHEET, created.after)
    assert isinstance(sheet, Sheet)
    scheme = models.Scheme.objects.get(code=sheet.scheme).to_domain()
    return replace(register, key=created.address.subject, sheet=sheet, scheme=scheme)


def settled(preview: Preview, picks: Picks) -> Settled | None:
    """Return what follows from the answers; None where there are too many lines to work it out with every answer."""
    return settle(preview, picks) if len(preview.lines) <= LOOKED_AT else None


def outlook(preview: Preview, changes: Iterable[Change], today: date) -> Outlook:
    """Return what lint says of the matrices as they are, and would say after changes that fit them."""
    made, found = tuple(changes), []
    for key, matrix in preview.matrices.items():
        changed = after(matrix, made)
        # The later state first: what lint keeps is then that of the matrix as it is, from which the next one goes on.
        then = findings_of(changed, today) if key else ()
        now = findings_of(matrix, today) if key and key not in preview.new else ()
        found.append(look_ahead(matrix, now, changed, then))
    return together(found)


def touches(item: models.Import, lines: Iterable[Line]) -> Mapping[Address, Touched]:
    """Return who last changed what is disputed in some lines, and when, in one query."""
    wanted = {conflict.change.address for line in lines for conflict in line.conflicts}
    return latest_touches(item.organisation, wanted) if wanted else {}


def meanwhile(item: models.Import, preview: Preview, limit: int = 50) -> tuple[list[Meanwhile], int]:
    """Return what changed since the revision that the document saw and is nothing to it, newest first.

    At most ``limit``, and how many there are, in one query. Of a place that changed several times, only the latest.
    """
    if preview.new == preview.matrices.keys():
        return [], 0
    rows = models.RevisionChange.objects.filter(
        revision__organisation=item.organisation_id,
        revision__number__gt=preview.proposal.seen,
        matrix__in=sorted({"", *preview.matrices}),
    ).order_by("-revision__number", "ordinal")
    names = ("revision__number", "revision__actor_name", "revision__at_us")
    found: dict[Any, Meanwhile] = {}
    for number, by, at_us, *parts in rows.values_list(*names, *CHANGE_PARTS)[:_MOST]:
        change = to_change(*parts)
        spot = (change.address, change.field)
        if spot not in preview.spots and spot not in found:
            found[spot] = Meanwhile(change, Touched(number, by, from_microseconds(at_us)))
    return list(found.values())[:limit], len(found)


# More than so many changes since the export nobody reads one by one.
_MOST = 5_000


def names_of(preview: Preview) -> Names:
    """Return what things are called in matrices that are in memory, and in what a proposal adds, without a query."""
    any_one = preview.named[preview.any.key]
    by_key = {key: role.name for key, role in any_one.roles.items()}
    by_key |= {key: area.name for key, area in any_one.areas.items()}
    by_key |= {key: f"{duty.code} {duty.title}" for key, duty in any_one.duties.items()}
    duty_of: dict[str, str] = {}
    for key, matrix in preview.named.items():
        by_key[key] = matrix.sheet.title
        duty_of |= {key: item.duty for key, item in matrix.grey_areas.items()}
        duty_of |= {key: item.duty for key, item in matrix.decisions.items()}
        duty_of |= {key: item.duty for key, item in matrix.comments.items()}
    return Names(by_key, duty_of, {key: duty.code for key, duty in any_one.duties.items()})

"""The grid's payload and what is newer than it: built once for each revision, language and day."""

import gzip
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from raci import models
from raci.domain.applying import DoesNotFit, apply
from raci.domain.change import Change, invert
from raci.domain.matrix import Matrix
from raci.domain.records import Kind
from raci.services.holders import Names, held_by_column, names_of
from raci.services.linting import ledger_of
from raci.services.live import Told, told_since
from raci.services.loading import load_at_head
from raci.web.packing import pack
from raci.web.payload import Payload
from raci.web.pieces import Pieces, pieces_of

# Counted up whenever the payload itself looks different: browsers may keep what an older version sent.
_FORM = 3
_KEPT = 8
_UNCHANGED = {"Cache-Control": "private, no-cache"}
# What can bring rows, take them away or put them elsewhere.
_MOVING = (Kind.ROW, Kind.DUTY, Kind.AREA)
_packed: OrderedDict[str, bytes] = OrderedDict()
_pieces: OrderedDict[tuple[str, str | None, date], Pieces] = OrderedDict()
_lock = Lock()


def etag(matrix: models.Matrix, head: str, names: Names) -> str:
    """Return the tag of a matrix at the hash of a revision: it names language and day, since notes carry ages.

    And what people are called, which is no part of any revision.
    """
    seen = (_FORM, matrix.key, head, get_language(), timezone.localdate().isoformat(), sorted(names.items()))
    return f'W/"{sha256(repr(seen).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the answer 304 where the visitor has seen what the tag names."""
    if get_conditional_response(request, tag) is None:
        return None
    return HttpResponse(status=304, headers={"ETag": tag, **_UNCHANGED})


def whole(request: HttpRequest, matrix: models.Matrix) -> HttpResponse:
    """Return the whole matrix, packed where the visitor can unpack it; 304 where they have seen it."""
    names = names_of(matrix.organisation_id)
    tag = etag(matrix, matrix.organisation.head, names)
    if seen := unchanged(request, tag):
        return seen
    tag, body = _whole(matrix, tag, names)
    takes_gzip = _takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(body if takes_gzip else gzip.decompress(body), content_type="application/json")
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])
    patch_cache_control(response, private=True, no_cache=True)
    return response


def packed(matrix: models.Matrix) -> bytes:
    """Return the whole matrix as gzipped JSON in the current language, and keep it for whoever asks next."""
    names = names_of(matrix.organisation_id)
    return _whole(matrix, etag(matrix, matrix.organisation.head, names), names)[1]


def changed(request: HttpRequest, matrix: models.Matrix, since: int) -> HttpResponse:
    """Return what is newer than a revision; 304 where nothing is, or the visitor has seen it."""
    if since == matrix.organisation.revision:
        return HttpResponse(status=304, headers=_UNCHANGED)
    names = names_of(matrix.organisation_id)
    return unchanged(request, etag(matrix, matrix.organisation.head, names)) or newer(request, matrix, since, names)


def newer(
    request: HttpRequest, matrix: models.Matrix, since: int, names: Names | None = None, **more: Any
) -> HttpResponse:
    """Return what is newer than a revision, or that everything should be asked for again."""
    names = names_of(matrix.organisation_id) if names is None else names
    now, head = load_at_head(matrix)
    told = told_since(now, matrix.organisation_id, since) if since <= now.revision else None
    held = held_by_column(now, names, timezone.localdate())
    found = None if told is None else delta(now, told, request.user.pk, held)
    body = {"reload": True, "revision": now.revision} if found is None else found
    response = JsonResponse({**body, **more}, headers={"ETag": etag(matrix, head, names)})
    patch_cache_control(response, private=True, no_store=True)
    return response


def delta(
    matrix: Matrix, told: Sequence[Told], user: int | None, held: Mapping[str, tuple[str, ...]]
) -> dict[str, Any] | None:
    """Return what some revisions changed in the payload of a matrix; None where it is simpler to send it anew."""
    changes = [change for one in told for change in one.changes]
    try:
        earlier = apply(matrix, invert(changes))
    except DoesNotFit:  # the matrix itself came to be meanwhile
        return None
    ledger = ledger_of(matrix, timezone.localdate())
    before, now = Payload(ledger.after(earlier)), Payload(ledger, held)
    if earlier.column_keys != matrix.column_keys or before.contents != now.contents:
        return None
    touched = touched_rows(earlier, matrix, changes) | ledger.judged_otherwise(before.ledger)
    found = now.top() | {
        "rows": [now.row(duty) for duty in touched if duty in matrix.rows],
        "by": [_by(one, matrix.key, user) for one in told],
    }
    moved = any(change.address.kind in _MOVING for change in changes) and before.order != now.order
    return found | {"order": now.order} if moved else found


def touched_rows(before: Matrix, now: Matrix, changes: Iterable[Change]) -> set[str]:
    """Return the duties of the rows that changes wrote to, whatever else they brought about."""
    found, renamed = set(), False
    for change in changes:
        kind, subject = change.address.kind, change.address.subject
        if kind in (Kind.CELL, Kind.ROW, Kind.DUTY):
            found.add(subject)
        elif kind in (Kind.GREY_AREA, Kind.CLAIM):
            found |= {state.grey_areas[subject].duty for state in (before, now) if subject in state.grey_areas}
        elif kind is Kind.COMMENT:
            found |= {state.comments[subject].duty for state in (before, now) if subject in state.comments}
        renamed = renamed or kind is Kind.ROLE
    # A note names the roles that claim.
    return found | set(now.open_by_duty) if renamed else found


def cells_of(changes: Iterable[Change], matrix: str) -> list[list[str]]:
    """Return the cells of a matrix that changes wrote to, as pairs of duty and role."""
    places = [change.address for change in changes if change.address.kind is Kind.CELL]
    return [[place.subject, place.other] for place in places if place.matrix == matrix]


def _by(told: Told, matrix: str, user: int | None) -> dict[str, Any]:
    return {
        "number": told.number,
        "name": told.name,
        "mine": told.user is not None and told.user == user,
        "cells": cells_of(told.changes, matrix),
    }


def _whole(matrix: models.Matrix, tag: str, names: Names) -> tuple[str, bytes]:
    with _lock:
        if tag in _packed:
            _packed.move_to_end(tag)
            return tag, _packed[tag]
    loaded, head = load_at_head(matrix)
    today = timezone.localdate()
    place = (matrix.key, get_language(), today)
    payload = Payload(ledger_of(loaded, today), held_by_column(loaded, names, today))
    pieces = pieces_of(payload, _pieces.get(place))
    body = pack(payload.parts(pieces))
    tag = etag(matrix, head, names)
    with _lock:
        _pieces[place] = pieces
        _pieces.move_to_end(place)
        while len(_pieces) > _KEPT:
            _pieces.popitem(last=False)
        _packed[tag] = body
        while len(_packed) > _KEPT:
            _packed.popitem(last=False)
    return tag, body


def _takes_gzip(accepted: str) -> bool:
    """Tell whether gzip is among the encodings that a client accepts: “gzip;q=0” means that it is not."""
    for part in accepted.lower().split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        if name == "gzip":
            return not any(option.replace(" ", "").rstrip("0.") == "q=" for option in options)
    return False

"""The grid as data: all of it, what is newer, cells written, steps back and forth. For scripts, never for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from raci import models
from raci.domain.change import Change, cell_change
from raci.services.door import Author, Outcome
from raci.services.live import Step, step, write_cells
from raci.services.words import shown_number
from raci.web import access
from raci.web.json_door import (
    CONFLICT,
    NOT_FOUND,
    UNPROCESSABLE,
    Answered,
    answers_json,
    malformed,
    read_json,
    whole_number,
)
from raci.web.live import cells_of, changed, newer, whole

MOST_CHANGES = 20_000


@require_GET
@answers_json
def grid(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Send a whole matrix."""
    found = access.matrix(request, slug, key)
    return whole(request, found)


@require_GET
@answers_json
def changes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Send what of a matrix is newer than a revision."""
    found = access.matrix(request, slug, key)
    return changed(request, found, whole_number(request.GET.get("since")))


@require_POST
@answers_json
def cells(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write cells, all or none, and send what is newer than what the visitor had seen."""
    found = access.matrix(request, slug, key, access.Need.WRITE)
    asked = read_json(request)
    since, wanted = whole_number(asked.get("since")), _wanted(asked, found.key)
    author = Author.of(request.user, "workspace", str(asked.get("reason", "")))
    outcome = write_cells(found, wanted, author)
    if not outcome.ok:
        raise _not_written(outcome)
    return newer(request, found, since, changed=outcome.revision is not None)


@require_POST
@answers_json
def undo_mine(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take back the latest thing that the visitor did here."""
    return _step(request, access.matrix(request, slug, key, access.Need.WRITE), back=True)


@require_POST
@answers_json
def redo_mine(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Do again what the visitor took back last."""
    return _step(request, access.matrix(request, slug, key, access.Need.WRITE), back=False)


def _step(request: HttpRequest, found: models.Matrix, *, back: bool) -> HttpResponse:
    asked = read_json(request)
    since, skip = whole_number(asked.get("since")), asked.get("skip", [])
    if not isinstance(skip, list):
        raise malformed()
    made = step(found, access.signed_in(request), back=back, skip=frozenset(map(whole_number, skip)))
    if made is None:
        raise Answered(NOT_FOUND, _("There is nothing to take back.") if back else _("There is nothing to do again."))
    if made.outcome.refusals:
        raise Answered(UNPROCESSABLE, made.outcome.refusals[0].message)
    if made.outcome.revision is None:
        return JsonResponse(_in_the_way(made), status=CONFLICT)
    where = cells_of(made.changes, found.key)
    return newer(request, found, since, sentence=made.sentence, number=made.number, cells=where)


def _in_the_way(made: Step) -> dict[str, Any]:
    return {"number": made.number, "sentence": made.sentence, "by": made.by}


def _wanted(asked: dict[str, Any], matrix: str) -> list[Change]:
    """Return the changes that a request wants. Raises `Answered` where they are too many or not of their form."""
    given = asked.get("changes")
    if not isinstance(given, list) or not isinstance(asked.get("reason", ""), str):
        raise malformed()
    if len(given) > MOST_CHANGES:
        words = {"most": shown_number(MOST_CHANGES)}
        raise Answered(UNPROCESSABLE, _("At most %(most)s cells can be written at once.") % words, refused=[])
    for item in given:
        if not (isinstance(item, list) and len(item) == 4 and all(isinstance(part, str) for part in item)):
            raise malformed()
    return [cell_change(matrix, *item) for item in given]


def _not_written(outcome: Outcome) -> Answered:
    if outcome.conflicts:
        clashing = [_conflict(item, outcome) for item in outcome.conflicts]
        return Answered(CONFLICT, _("Somebody else was faster."), conflicts=clashing)
    refused = [
        {"duty": item.change.address.subject, "role": item.change.address.other, "error": item.message}
        for item in outcome.refusals
        if item.change
    ]
    return Answered(UNPROCESSABLE, outcome.refusals[0].message, refused=refused)


def _conflict(item: Any, outcome: Outcome) -> dict[str, Any]:
    address = item.change.address
    touched = outcome.touched.get(address)
    return {
        "duty": address.subject,
        "role": address.other,
        "seen": item.change.before,
        "wanted": item.change.after,
        "current": item.current,
        "by": touched.by if touched else "",
        "at": touched.at.isoformat() if touched else None,
    }

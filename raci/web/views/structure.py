"""What the grid asks for beside letters: rows and columns added, renamed, moved, taken out, retired."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from raci.services.door import Author
from raci.services.structure import Done, NotPossible, perform
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, told_clash
from raci.web.json_door import BAD_REQUEST, answers_json, read_json
from raci.web.structure_request import WrongShape, read_wish


@require_POST
@answers_json
def structure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Do one thing to a matrix, as one revision."""
    sheet = access.matrix(request, slug, key, access.Need.WRITE)
    try:
        action, reason = read_wish(read_json(request))
        author = Author.of(request.user, "workspace", reason)
        done = perform(organisation=sheet.organisation, action=action, author=author, matrix=sheet)
    except WrongShape as error:
        return JsonResponse({"error": str(error)}, status=BAD_REQUEST)
    except NotPossible as error:
        offer = {"offer": error.offer} if error.offer else {}
        return JsonResponse({"error": str(error), "field": error.field, **offer}, status=UNPROCESSABLE)
    return _answer(done)


def _answer(done: Done) -> JsonResponse:
    outcome = done.outcome
    if outcome.refusals:
        first = outcome.refusals[0]
        error = " ".join(dict.fromkeys(str(refusal.message) for refusal in outcome.refusals))
        return JsonResponse({"error": error, "field": first.field}, status=UNPROCESSABLE)
    if outcome.conflicts:
        return JsonResponse(_conflict(done), status=CONFLICT)
    answer = {"revision": done.revision, "key": done.key, "sentence": done.sentence}
    return JsonResponse({**answer, "changed": outcome.revision is not None})


def _conflict(done: Done) -> dict[str, Any]:
    """Return the first conflict with who and when, and all that stands there now by field."""
    first = done.outcome.conflicts[0]
    touched = done.outcome.touched.get(first.change.address)
    return {
        "error": " ".join(told_clash(clash) for clash in clashes(done.outcome)),
        "field": first.change.field,
        "current": {item.change.field: item.current for item in done.outcome.conflicts if item.change.field},
        "by": touched.by if touched else "",
        "at": touched.at.isoformat() if touched else None,
    }

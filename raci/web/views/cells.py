"""One cell: its form for people, and the same as JSON for the grid."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from raci.domain.scheme import Scheme, WrongLetters, parse_letters
from raci.services.door import Author, Outcome, apply_changes
from raci.services.one_cell import OneCell, find_cell
from raci.services.words import said
from raci.web import access
from raci.web.row_panel import RowPanel

CONFLICT, UNPROCESSABLE, PRECONDITION_REQUIRED = 409, 422, 428

NOT_SEEN = gettext_lazy(
    "Say in “seen” which letters the cell showed, so that nobody else's change is overwritten unseen."
)


class CellForm(forms.Form):
    """``letters`` as typed; ``seen`` as the page showed them."""

    seen = forms.CharField(required=False, max_length=20)
    letters = forms.CharField(required=False)

    def __init__(self, data: Any, scheme: Scheme) -> None:
        super().__init__(data)
        self.scheme = scheme

    def clean_letters(self) -> str:
        # Missing is not empty: a request that forgot the field must not clear the cell.
        if "letters" not in self.data:
            raise forms.ValidationError(_("Choose the letters, or “empty”."))
        try:
            return parse_letters(self.scheme, self.cleaned_data["letters"])
        except WrongLetters as error:
            raise forms.ValidationError(f"{said(error.sentence)}.") from error


@login_required
@never_cache
@vary_on_headers("Accept")
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, slug: str, matrix: str, duty: str, role: str) -> HttpResponse:
    """Show one cell; write it where ``seen`` is still what it holds."""
    sheet = access.matrix(request, slug, matrix)
    found = find_cell(sheet, duty, role)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    access.require(request, access.Need.WRITE)
    if "seen" not in request.POST:
        return _page(request, found, PRECONDITION_REQUIRED, error=str(NOT_SEEN))
    form = CellForm(request.POST, found.scheme)
    if not form.is_valid():
        return _page(request, found, UNPROCESSABLE, error=_sentence(form))
    wanted = form.cleaned_data["letters"]
    change = found.change(form.cleaned_data["seen"], wanted)
    author = Author.of(request.user, "workspace")
    outcome = apply_changes(organisation=sheet.organisation, changes=[change], author=author)
    return _answer(request, found, outcome, wanted)


def _answer(request: HttpRequest, found: OneCell, outcome: Outcome, wanted: str) -> HttpResponse:
    if outcome.refusals:
        return _page(request, found, UNPROCESSABLE, error=outcome.refusals[0].message)
    if outcome.conflicts:
        return _page(request, found, CONFLICT, outcome=outcome, wanted=wanted)
    if _wants_json(request):
        number = outcome.revision.number if outcome.revision else found.revision
        return JsonResponse({"revision": number, "letters": wanted, "changed": outcome.revision is not None})
    response = HttpResponseRedirect("../../../")
    response.status_code = 303
    return response


def _page(
    request: HttpRequest,
    found: OneCell,
    status: int = 200,
    *,
    error: str = "",
    outcome: Outcome | None = None,
    wanted: str | None = None,
) -> HttpResponse:
    """The form, with what went wrong. After a conflict it shows what is there now, not what was found before."""
    current, touched = found.letters, found.touched
    if outcome:
        current, touched = outcome.conflicts[0].current, outcome.touched.get(found.address)
    if _wants_json(request):
        return JsonResponse(_json(found, status, error, current, touched), status=status)
    typed = request.POST.get("letters", current) if error else current
    context = {
        "cell": found,
        "current": current,
        "touched": touched,
        "error": error,
        "wanted": wanted,
        "typed": typed,
        "choices": ["", *found.scheme.combinations],
        "panel": RowPanel(request, found.matrix, found.address.subject, found.address.other),
    }
    return render(request, "raci/cell.html", context, status=status)


def _json(found: OneCell, status: int, error: str, current: str, touched: Any) -> dict[str, Any]:
    if error:
        return {"error": error}
    if status == CONFLICT:
        at = touched.at.isoformat() if touched else None
        return {"current": current, "by": touched.by if touched else "", "at": at}
    return {"letters": current, "revision": found.revision}


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _sentence(form: CellForm) -> str:
    return " ".join(str(message) for messages in form.errors.values() for message in messages)

"""Marking the rows of a blind round: a page of all of them, and an address to which a script sends one mark."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from raci import models
from raci.forms.marks import mark_of, values_for
from raci.services import marks
from raci.services.words import shown_number
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE
from raci.web.json_door import FORBIDDEN, NOT_FOUND, Answered, answers_json, malformed, read_json
from raci.web.marking import Marking


# Whatever goes wrong here, no report of it holds what was marked.
@sensitive_post_parameters()
@sensitive_variables()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the rows of a round to somebody it asks, and keep what they mark."""
    found = access.blind_round(request, slug, key)
    page = Marking(request, found, request.POST if request.method == "POST" else None)
    if not page.takes_marks:
        messages.info(request, _("The round is over: it takes no marks any more."))
        return redirect("round", slug, key)
    if not page.form.is_bound:
        return render(request, "raci/marking.html", {"page": page})
    if not page.form.is_valid():
        return render(request, "raci/marking.html", {"page": page}, status=UNPROCESSABLE)
    given = page.form.given(page.given)
    try:
        marks.put_marks(blind=found, user=page.user, role=page.role, given=given)
    except marks.NotMarked as refused:
        page.form.add_error(f"mark-{refused.duty}" if refused.duty else None, str(refused))
        return render(request, "raci/marking.html", {"page": page}, status=UNPROCESSABLE)
    left = len(page.duties) - len({*page.given, *given})
    if not left:
        messages.success(request, _("All rows are marked. You can change them until the round is revealed."))
        return redirect("round", slug, key)
    told = ngettext("Kept. %(left)s row is left.", "Kept. %(left)s rows are left.", left)
    messages.success(request, told % {"left": shown_number(left)})
    return redirect(f"{request.path}?role={page.role}")


@sensitive_variables()
@require_POST
@answers_json
def mark(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep one mark, and say how many rows the visitor has marked for the role by now."""
    found = _found(request, slug, key)
    user = access.signed_in(request)
    if not marks.may_mark(found, user):
        raise PermissionDenied(_("This round does not ask you: you stand for none of its roles."))
    asked = read_json(request)
    role, duty, value, reason = (asked.get(name) for name in ("role", "duty", "value", "reason"))
    if not all(isinstance(part, str) for part in (role, duty, value, reason)):
        raise malformed()
    if role not in found.roles or value not in values_for(tuple(found.roles), str(role)):
        raise malformed()
    given = {str(duty): marks.Given(mark_of(str(value)), str(reason))}
    try:
        marks.put_marks(blind=found, user=user, role=str(role), given=given)
    except marks.NotMarked as refused:
        raise Answered(_STATUSES.get(type(refused), UNPROCESSABLE), str(refused)) from None
    answered = marks.counts([found.pk], user.pk).get((found.pk, user.pk, str(role)), 0)
    return JsonResponse({"answered": answered, "of": len(found.duties)})


_STATUSES = {marks.RoundOver: CONFLICT, marks.NotAsked: FORBIDDEN}


def _found(request: HttpRequest, slug: str, key: str) -> models.Round:
    try:
        return access.blind_round(request, slug, key)
    except Http404:
        raise Answered(NOT_FOUND, _("There is no such round.")) from None

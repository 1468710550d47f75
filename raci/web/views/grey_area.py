"""One grey area: its page, and what can be done about it beside claiming and deciding."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raci import models
from raci.domain.records import encode
from raci.forms.terms import ReasonForm, TermsForm
from raci.services import raising
from raci.services.door import Author, Outcome
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written, show_conflicts
from raci.web.choices import column_choices, record_fields, role_choices
from raci.web.grey_page import GreyPage

TERMS = ("question", "decider", "due_on", "interim")


@login_required
@never_cache
@require_GET
def grey_area(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one grey area with all that helps to decide it."""
    found = access.any_grey_area(request, slug, key)
    return render(request, "raci/grey_area.html", {"page": GreyPage(request, found)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change question, decider, due date and interim owner, where they are still what the form showed."""
    found = access.any_grey_area(request, slug, key, access.Need.WRITE)
    if request.method != "POST":
        return _terms_page(request, found, _terms_form(request, found)) if _is_open(found) else _settled(request, found)
    form = _terms_form(request, found, request.POST)
    if not form.is_valid():
        return _terms_page(request, found, form, UNPROCESSABLE)
    seen = raising.Seen(found.matrix, key, form.seen_fields)
    outcome = raising.change_terms(seen=seen, wanted=form.wanted, author=_author(request))
    if outcome.ok:
        say_written(request, outcome, _("The terms of %(duty)s are changed.") % {"duty": found.duty})
        return redirect("grey_area", slug, key)
    return _terms_page(request, found, form, _explain(request, form, outcome), clashes=clashes(outcome))


def _terms_form(request: HttpRequest, found: models.GreyArea, data: Any = None) -> TermsForm:
    record = {name: encode(value) for name, value in record_fields(found, TERMS).items()}
    deciders = dict(role_choices(request)) | ({found.decider.key: found.decider.name} if found.decider else {})
    columns = dict(column_choices(request, found.matrix))
    if found.interim:
        columns[found.interim.key] = found.interim.name
    return TermsForm(record, deciders.items(), columns.items(), data)


def _explain(request: HttpRequest, form: TermsForm, outcome: Outcome) -> int:
    """Say at the fields what stands in the way; sent again, the form has seen what others did."""
    if outcome.conflicts:
        form.show_what_is_there()
        return CONFLICT
    for refusal in outcome.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return UNPROCESSABLE


def _terms_page(
    request: HttpRequest, found: models.GreyArea, form: TermsForm, status: int = 200, **told: Any
) -> HttpResponse:
    return render(request, "raci/grey_area_terms.html", {"grey_area": found, "form": form, **told}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say that it is no question any more, and why."""
    found = access.any_grey_area(request, slug, key, access.Need.WRITE)
    if request.method != "POST" and not _is_open(found):
        return _settled(request, found)
    act = _Act(request, found, "withdraw", gettext_lazy("Say why it is no question any more."))
    if not act.form.is_valid():
        return act.page()
    outcome = raising.withdraw(seen=raising.Seen(found.matrix, key), reason=act.reason, author=act.author)
    return act.done(outcome, _("The grey area %(duty)s is withdrawn.") % {"duty": found.duty})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask the question again, and say why."""
    found = access.any_grey_area(request, slug, key, access.Need.WRITE)
    if request.method != "POST" and _is_open(found):
        messages.info(request, _("It is open already."))
        return redirect("grey_area", slug, key)
    act = _Act(request, found, "reopen", gettext_lazy("Say why it is open again."))
    if not act.form.is_valid():
        return act.page()
    seen = raising.Seen(found.matrix, key, {"status": found.status})
    outcome = raising.open_again(seen=seen, reason=act.reason, author=act.author)
    return act.done(outcome, _("The grey area %(duty)s is open again.") % {"duty": found.duty})


class _Act:
    """Something that is done to a grey area for a reason: the form that asks for it, and what is answered."""

    def __init__(self, request: HttpRequest, found: models.GreyArea, name: str, why: Any) -> None:
        self.request, self.found, self.template = request, found, f"raci/grey_area_{name}.html"
        self.form = ReasonForm(why, request.POST if request.method == "POST" else None)

    @property
    def reason(self) -> str:
        said: str = self.form.cleaned_data["reason"]
        return said

    @property
    def author(self) -> Author:
        return _author(self.request, self.reason)

    def page(self) -> HttpResponse:
        status = UNPROCESSABLE if self.form.is_bound else 200
        return render(self.request, self.template, {"grey_area": self.found, "form": self.form}, status=status)

    def done(self, outcome: Outcome, said: str) -> HttpResponse:
        back = reverse("grey_area", args=[access.place(self.request).organisation.slug, self.found.key])
        if outcome.conflicts:
            return show_conflicts(self.request, outcome, back)
        if outcome.refusals:
            self.form.add_error(None, " ".join(refusal.message for refusal in outcome.refusals))
            return self.page()
        say_written(self.request, outcome, said)
        return redirect(back)


def _settled(request: HttpRequest, found: models.GreyArea) -> HttpResponse:
    messages.info(request, _("It is not open any more: %(status)s.") % {"status": found.get_status_display()})
    return redirect("grey_area", access.place(request).organisation.slug, found.key)


def _is_open(found: models.GreyArea) -> bool:
    return found.status == models.GreyArea.Status.OPEN


def _author(request: HttpRequest, reason: str = "") -> Author:
    return Author.of(request.user, "workspace", reason)

"""One person on the way to a role: for their eyes and those of whom they let in. To all others it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raci.forms.path import AssessForm, ConfidantForm
from raci.services import private
from raci.services.private import NotKept
from raci.services.whole import load_whole
from raci.services.words import shown_number
from raci.web import access, access_paths, access_people
from raci.web.access import Need
from raci.web.answers import UNPROCESSABLE
from raci.web.towards_page import TowardsPage

View = Callable[..., HttpResponse]


def for_their_eyes(view: View) -> View:
    """Let nobody see it who is not signed in, keep it nowhere, and let no report of an error hold what was sent."""
    guarded = sensitive_post_parameters()(sensitive_variables()(login_required(never_cache(view))))
    return wraps(view)(guarded)


@login_required
@never_cache
@require_GET
def my_path(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the visitor choose a role to go to, on their own way or on that of somebody who lets them in."""
    place = access.organisation(request, slug)
    asked = access_paths.requirements(request).values("role")
    context = {
        "me": access_people.myself(request),
        "targets": access.roles(request).filter(pk__in=asked).order_by("name"),
        "others": private.confiding_in(access.signed_in(request), place),
    }
    return render(request, "raci/my_path.html", context)


def page_of(request: HttpRequest, slug: str, key: str, role: str, need: Need = Need.READ) -> TowardsPage:
    """Return the page of a person on the way to a role; 404 for who is not let in."""
    confidence = access_paths.confidence(request, slug, key, need)
    target = access.role(request, slug, role)
    return TowardsPage(request, confidence, load_whole(access.place(request).organisation), target)


@for_their_eyes
@require_GET
def towards(request: HttpRequest, slug: str, key: str, role: str) -> HttpResponse:
    """Show how far somebody is on the way to a role, and what leads there."""
    return render(request, "raci/towards.html", {"page": page_of(request, slug, key, role)})


@for_their_eyes
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, slug: str, key: str, role: str) -> HttpResponse:
    """Ask the person, or somebody who may assess them, how far they are, and keep it."""
    page = page_of(request, slug, key, role, Need.CLAIM)
    if not page.may_assess:
        return _refuse(request, slug, key, role)
    form = AssessForm(page.towards.lines, page.given(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        given, day = form.given, form.cleaned_data["day"]
        try:
            count = private.put_assessments(confidence=page.confidence, given=given, day=day)
        except NotKept as refused:
            name = f"level-{refused.field}"
            form.add_error(name if name in form.fields else None, str(refused))
        else:
            told = ngettext("Kept: %(count)s assessment is new.", "Kept: %(count)s assessments are new.", count)
            messages.success(request, told % {"count": shown_number(count)})
            return redirect("towards", slug, key, role)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "raci/assess_person.html", {"page": page, "form": form}, status=status)


def _refuse(request: HttpRequest, slug: str, key: str, role: str) -> HttpResponse:
    messages.info(request, _("You may see this, but were not asked to assess."))
    return redirect("towards", slug, key, role)


@for_their_eyes
@require_POST
def remove_assessment(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Take an assessment away."""
    confidence = access_paths.confidence(request, slug, key, Need.CLAIM)
    if private.remove_assessment(confidence=confidence, number=number):
        messages.success(request, _("The assessment is removed."))
    role = request.POST.get("role", "")
    known = access.roles(request).filter(key=role).exists()
    return redirect("towards", slug, key, role) if known else redirect("my_path", slug)


@for_their_eyes
@require_http_methods(["GET", "HEAD", "POST"])
def whom_i_let_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show whom the person lets in; let in another, or somebody no more."""
    confidence = access_paths.own_confidence(request, slug, key, Need.CLAIM)
    members = access_paths.members(request)
    if request.method == "POST" and request.POST.get("action") == "take_back":
        return _take_back(request, confidence)
    form = ConfidantForm(members, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            private.allow(confidence=confidence, day=timezone.localdate(), **form.cleaned_data)
        except NotKept as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("They find your way under “My path”, until you take it back."))
            return redirect(request.path)
    context: dict[str, Any] = {"person": confidence.person, "form": form, "allowed": private.allowed(confidence)}
    return render(request, "raci/confidants.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _take_back(request: HttpRequest, confidence: private.Confidence) -> HttpResponse:
    user = request.POST.get("user", "")
    if user.isdecimal() and private.take_back(confidence=confidence, user=int(user)):
        messages.success(request, _("They see nothing of it any more. What they assessed stays with you."))
    return redirect(request.path)

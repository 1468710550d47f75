"""What a role requires and which skills it calls for; and the way to it from another role, for nobody in particular."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raci import models
from raci.forms.developing import PartsForm, SkillForm
from raci.services import developing
from raci.services.whole import load_whole
from raci.web import access
from raci.web.attempts import Attempt, attempt_plan, nothing_to_do
from raci.web.path_in_general import PathInGeneral
from raci.web.role_demands import RoleDemands


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_skills(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what a role requires and calls for; change it, one thing at a time."""
    found = access.role(request, slug, key)
    if request.method != "POST":
        return _page(request, found)
    access.require(request, access.Need.WRITE)
    return _ACTIONS.get(request.POST.get("action", ""), _unknown)(request, found)


def _requirements(request: HttpRequest, found: models.Role) -> HttpResponse:
    page = RoleDemands(found, requirements=request.POST)
    form = page.requirements_form
    if not form.is_valid():
        return _page(request, found, page, Attempt())
    plan = partial(developing.edit_requirements, role=found.key, seen=form.seen_fields, wanted=form.wanted)
    return _answer(request, found, page, attempt_plan(request, plan), form)


def _skills(request: HttpRequest, found: models.Role) -> HttpResponse:
    page = RoleDemands(found, skills=request.POST)
    form = page.skills_form
    if not form.is_valid():
        return _page(request, found, page, Attempt())
    plan = partial(developing.edit_skills, role=found.key, seen=form.seen_fields, wanted=form.wanted)
    return _answer(request, found, page, attempt_plan(request, plan), form)


def _add(request: HttpRequest, found: models.Role) -> HttpResponse:
    page = RoleDemands(found, skill=request.POST)
    form: SkillForm = page.skill_form
    if not form.is_valid():
        return _page(request, found, page, Attempt())
    tried = attempt_plan(request, partial(developing.add_skill, role=found.key, **form.cleaned_data))
    return redirect(request.path) if tried.ok else _page(request, found, page, tried)


def _remove(request: HttpRequest, found: models.Role) -> HttpResponse:
    plan = partial(developing.remove_skill, role=found.key, key=request.POST.get("skill", ""))
    tried = attempt_plan(request, plan)
    return redirect(request.path) if tried.ok else _page(request, found, None, tried)


def _unknown(request: HttpRequest, found: models.Role) -> HttpResponse:
    return _page(request, found, None, nothing_to_do())


_ACTIONS = {"requirements": _requirements, "skills": _skills, "add": _add, "remove": _remove}


def _answer(
    request: HttpRequest, found: models.Role, page: RoleDemands, tried: Attempt, form: PartsForm
) -> HttpResponse:
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, found, page, tried)


def _page(
    request: HttpRequest, found: models.Role, page: RoleDemands | None = None, tried: Attempt | None = None
) -> HttpResponse:
    context = {"role": found, "page": page or RoleDemands(found), "tried": tried}
    context["others"] = access.roles(request).filter(retired=False).exclude(pk=found.pk).order_by("name")
    return render(request, "raci/role_skills.html", context, status=tried.status if tried else 200)


@login_required
@require_GET
def from_role(request: HttpRequest, slug: str, key: str, other: str) -> HttpResponse:
    """Show the way to a role from another: what it requires more, what is gained and lost, what leads there."""
    target = access.role(request, slug, key)
    start = get_object_or_404(access.roles(request), key=other)
    if start.pk == target.pk:
        raise Http404(_("There is no such page."))
    page = PathInGeneral(load_whole(target.organisation), start, target)
    return render(request, "raci/from_role.html", {"page": page, "role": target, "start": start})


@login_required
@require_GET
def choose_start(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Lead to the way from the role that was chosen."""
    target = access.role(request, slug, key)
    start = get_object_or_404(access.roles(request).exclude(pk=target.pk), key=request.GET.get("role", ""))
    return redirect("from_role", slug, key, start.key)

"""One role: what it is and is called, in which matrices it stands, and the end of it."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.alias import AliasForm
from raci.forms.line import LineForm
from raci.forms.record import NewRoleForm, RoleForm
from raci.services import aliases
from raci.services.structure import Action, actions
from raci.web import access
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt, attempt, attempt_plan, nothing_to_do
from raci.web.choices import matrix_choices, named_matrix, record_fields
from raci.web.people_page import held_by
from raci.web.standing import places_of_role


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a role, and in which matrices it stands."""
    access.organisation(request, slug, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = NewRoleForm(matrix_choices(request), sent, initial=request.GET.dict())
    if not form.is_valid():
        return _new_page(request, form, UNPROCESSABLE if form.is_bound else 200)
    wanted = actions.AddRole(**form.wanted, matrices=tuple(form.cleaned_data["matrices"]))  # type: ignore[arg-type]  # its fields
    tried = attempt(request, wanted)
    if tried.ok and tried.done:
        return redirect("role", slug, tried.done.key)
    tried.explain(form)
    return _new_page(request, form, tried.status)


def _new_page(request: HttpRequest, form: NewRoleForm, status: int) -> HttpResponse:
    back = reverse("roles", args=[access.place(request).organisation.slug])
    return render(request, "raci/role_new.html", {"form": form, "back": back}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a role; change it, or where it stands, one thing at a time."""
    found = access.role(request, slug, key)
    if request.method != "POST":
        return _page(request, found, _form(found))
    access.require(request, access.Need.WRITE)
    what = request.POST.get("action", "save")
    if what == "save":
        return _save(request, found)
    if what in _FORMS:
        return _FORMS[what](request, found)
    matrix, action = named_matrix(request), _action(what, key, request.POST.get("superior", ""))
    tried = attempt(request, action, matrix) if action and (matrix or what in _ALL_OVER) else nothing_to_do()
    if tried.ok:
        return redirect(request.path)
    return _page(request, found, _form(found), tried)


_ALL_OVER = ("retire", "restore", "release")


def _action(what: str, key: str, superior: str) -> Action | None:
    wishes: dict[str, Action] = {
        "retire": actions.RetireRoles((key,)),
        "restore": actions.RestoreRole(key),
        "add": actions.AddColumns((key,)),
        "remove": actions.RemoveColumns((key,)),
        "release": actions.RemoveLine(key, superior),
    }
    return wishes.get(what)


def _report(request: HttpRequest, found: models.Role) -> HttpResponse:
    """Say to whom a role reports."""
    lines = LineForm(_superiors(request, found), request.POST)
    if not lines.is_valid():
        return _page(request, found, _form(found), Attempt(), lines)
    tried = attempt(request, actions.AddLine(found.key, **lines.cleaned_data))
    if tried.ok:
        return redirect(request.path)
    for name, message in tried.problems:
        lines.add_error(name if name in lines.fields else None, message)
    return _page(request, found, _form(found), tried, lines)


def _call(request: HttpRequest, found: models.Role) -> HttpResponse:
    """Say what else a role is called."""
    form = AliasForm(request.POST)
    if not form.is_valid():
        return _page(request, found, _form(found), Attempt(), call=form)
    tried = attempt_plan(request, partial(aliases.add_alias, role=found.key, name=form.cleaned_data["name"]))
    if tried.ok:
        return redirect(request.path)
    for name, message in tried.problems:
        form.add_error(name if name in form.fields else None, message)
    return _page(request, found, _form(found), tried, call=form)


def _uncall(request: HttpRequest, found: models.Role) -> HttpResponse:
    plan = partial(aliases.remove_alias, role=found.key, key=request.POST.get("alias", ""))
    tried = attempt_plan(request, plan)
    return redirect(request.path) if tried.ok else _page(request, found, _form(found), tried)


_FORMS = {"report": _report, "call": _call, "uncall": _uncall}


def _superiors(request: HttpRequest, found: models.Role) -> list[tuple[str, str]]:
    others = access.roles(request).filter(retired=False).exclude(pk=found.pk)
    return list(others.values_list("key", "name"))


def _save(request: HttpRequest, found: models.Role) -> HttpResponse:
    form = _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, Attempt())
    tried = attempt(request, actions.EditRole(found.key, form.seen_fields, form.wanted))
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, found, form, tried)


def _form(found: models.Role, data: Any = None) -> RoleForm:
    names = ("name", "code", "kind", "purpose", "scope")
    return RoleForm(record_fields(found, names), data)


def _page(
    request: HttpRequest,
    found: models.Role,
    form: RoleForm,
    tried: Attempt | None = None,
    lines: LineForm | None = None,
    *,
    call: AliasForm | None = None,
) -> HttpResponse:
    context = {
        "role": found,
        "form": form,
        "places": places_of_role(request, found),
        "tried": tried,
        "above": access.lines(request).filter(role=found).select_related("superior"),
        "below": access.lines(request).filter(superior=found).select_related("role"),
        "aliases": access.aliases(request).filter(role=found),
        "alias_form": call or AliasForm(),
        "line_form": lines or LineForm(_superiors(request, found)),
        **held_by(request, found),
    }
    return render(request, "raci/role.html", context, status=tried.status if tried else 200)

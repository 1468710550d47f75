"""A matrix as something to build: a new one, its head, what stands in it and in which order."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.record import NewMatrixForm, SheetForm
from raci.services.loading import load_matrix
from raci.services.structure import NotPossible, actions
from raci.web import access
from raci.web.answers import UNPROCESSABLE
from raci.web.arrangement import Wanted, anchor, arrangement, read_action
from raci.web.attempts import Attempt, attempt
from raci.web.choices import area_choices, record_fields, role_choices, scheme_choices

_HEAD = ("title", "scope_kind", "scope_name", "scheme", "description")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a matrix with the roles and the areas that are ticked."""
    access.organisation(request, slug, access.Need.WRITE)
    sent = request.POST if request.method == "POST" else None
    form = NewMatrixForm(
        scheme_choices(), role_choices(request), area_choices(request), sent, initial={"scheme": "raci"}
    )
    if not form.is_valid():
        return _new_page(request, form, UNPROCESSABLE if form.is_bound else 200)
    duties = access.duties(request).filter(retired=False, area__key__in=form.cleaned_data["areas"])
    wanted = actions.StartMatrix(
        form.wanted, tuple(duties.values_list("key", flat=True)), tuple(form.cleaned_data["roles"])
    )
    tried = attempt(request, wanted)
    if tried.ok and tried.done:
        return redirect("matrix_edit" if not (wanted.duties and wanted.roles) else "matrix", slug, tried.done.key)
    tried.explain(form)
    return _new_page(request, form, tried.status)


def _new_page(request: HttpRequest, form: NewMatrixForm, status: int) -> HttpResponse:
    back = reverse("matrices", args=[access.place(request).organisation.slug])
    return render(request, "raci/matrix_new.html", {"form": form, "back": back}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_matrix(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what a matrix is made of; change its head or what stands in it, one thing at a time."""
    sheet = access.matrix(request, slug, key, access.Need.WRITE)
    if request.method != "POST":
        return _page(request, sheet, _form(sheet))
    if request.POST.get("action", "save") == "save":
        return _save(request, sheet)
    action = read_action(load_matrix(sheet), request.POST)
    if action is None:
        return _page(request, sheet, _form(sheet), Attempt(error=NotPossible(_("Tick something first."))))
    tried = attempt(request, action, sheet)
    if tried.ok:
        return redirect(f"{request.get_full_path()}#{anchor(request.POST)}")
    return _page(request, sheet, _form(sheet), tried)


def _save(request: HttpRequest, sheet: models.Matrix) -> HttpResponse:
    form = _form(sheet, request.POST)
    if not form.is_valid():
        return _page(request, sheet, form, Attempt())
    tried = attempt(request, actions.EditMatrix(form.seen_fields, form.wanted), sheet)
    if tried.ok:
        return redirect(request.path)
    tried.explain(form)
    return _page(request, sheet, form, tried)


def _form(sheet: models.Matrix, data: Any = None) -> SheetForm:
    return SheetForm(record_fields(sheet, _HEAD), scheme_choices(), data)


def _page(request: HttpRequest, sheet: models.Matrix, form: SheetForm, tried: Attempt | None = None) -> HttpResponse:
    wanted = Wanted.read(request.GET)
    context = {
        "matrix": sheet,
        "form": form,
        "lists": arrangement(load_matrix(sheet), wanted),
        "wanted": wanted,
        "tried": tried,
    }
    return render(request, "raci/matrix_edit.html", context, status=tried.status if tried else 200)

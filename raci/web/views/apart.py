"""Duties that must be in different hands."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from raci.forms.apart import ApartForm
from raci.services.structure import actions
from raci.web import access, access_mine
from raci.web.answers import UNPROCESSABLE
from raci.web.apart import apart_page, control_form
from raci.web.attempts import Attempt, attempt


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incompatible(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which duties must be in different hands and where they are not; keep pairs, one thing at a time."""
    access.organisation(request, slug)
    if request.method != "POST":
        return render(request, "raci/incompatible.html", {"page": apart_page(request)})
    access.require(request, access.Need.WRITE)
    what = request.POST.get("action", "")
    return _alter(request, what) if what in ("alter", "allow") else _keep(request)


def _keep(request: HttpRequest) -> HttpResponse:
    form, tried = ApartForm(request.POST), Attempt()
    if form.is_valid():
        wanted = actions.KeepApart(form.cleaned_data["duty"], form.cleaned_data["other"], form.fields_wanted)
        tried = attempt(request, wanted)
        if tried.ok:
            return redirect(request.path)
        tried.explain(form)
    context = {"page": apart_page(request, form), "tried": tried}
    return render(request, "raci/incompatible.html", context, status=UNPROCESSABLE)


def _alter(request: HttpRequest, what: str) -> HttpResponse:
    names = {"duty__key": request.POST.get("duty", ""), "other__key": request.POST.get("other", "")}
    pair = get_object_or_404(access_mine.pairs(request), **names)
    duty, other = pair.duty.key, pair.other.key
    form = control_form(pair, request.POST)
    if what == "allow":
        tried = attempt(request, actions.AllowTogether(duty, other))
    elif form.is_valid():
        tried = attempt(request, actions.AlterApart(duty, other, form.seen_fields, form.wanted))
    else:
        tried = Attempt()
    if tried.ok:
        return redirect(request.path)
    if form.is_valid():
        tried.explain(form)
    context = {"page": apart_page(request, sent=form, of=pair), "tried": tried}
    return render(request, "raci/incompatible.html", context, status=tried.status)

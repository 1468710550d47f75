"""What a foreign document means: asked of a person before anything is compared."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from raci import models
from raci.forms.mapping import MappingForm
from raci.services.imports import asking
from raci.services.imports.leases import State
from raci.services.imports.mapping import Asked, asked_of, with_targets
from raci.web import access_imports
from raci.web.answers import UNPROCESSABLE
from raci.web.import_mapping import MappingPage
from raci.web.import_page import address_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_mapping(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask which matrix, roles, letters and areas of ours a document means; with the answers it is compared."""
    item = access_imports.one_import(request, slug, key)
    if item.state != State.MAPPING:
        return redirect(address_of(item))
    asked = asked_of(item)
    if request.method != "POST":
        return _page(request, item, MappingForm(asked))
    form = MappingForm(asked, request.POST)
    if not form.is_valid():
        return _page(request, item, form, UNPROCESSABLE)
    if elsewhere := form.elsewhere:
        anew = with_targets(Asked(asked.reading, asked.register, form.answers), elsewhere)
        return _page(request, item, MappingForm(anew), UNPROCESSABLE, asked_again=True)
    asking.go_on(item, form.answers.to_data())
    return redirect("import", slug, key)


def _page(
    request: HttpRequest, item: models.Import, form: MappingForm, status: int = 200, *, asked_again: bool = False
) -> HttpResponse:
    page = MappingPage(item, form, asked_again=asked_again)
    return render(request, "raci/imports/mapping.html", {"page": page}, status=status)

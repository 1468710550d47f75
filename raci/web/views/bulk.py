"""Doing one thing to the ticked rows of a list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from raci.web import access
from raci.web.bulk import change_ticked
from raci.web.views.grey_areas import GREY_AREAS
from raci.web.views.register import DUTIES, ROLES


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_duties(request: HttpRequest, slug: str) -> HttpResponse:
    """Move, retire, bring back, put into a matrix or take out of one: the ticked duties."""
    access.organisation(request, slug, access.Need.WRITE)
    return change_ticked(request, DUTIES)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_roles(request: HttpRequest, slug: str) -> HttpResponse:
    """Retire, bring back, put into a matrix or take out of one: the ticked roles."""
    access.organisation(request, slug, access.Need.WRITE)
    return change_ticked(request, ROLES)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_grey_areas(request: HttpRequest, slug: str) -> HttpResponse:
    """Say of the ticked grey areas who decides, and until when."""
    access.organisation(request, slug, access.Need.WRITE)
    return change_ticked(request, GREY_AREAS)

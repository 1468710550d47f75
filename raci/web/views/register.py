"""The register: duties and roles."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from raci.web import access, owners
from raci.web.filters import DutyFilter, RoleFilter
from raci.web.listing import render_list
from raci.web.tables import DutyTable, RoleTable


@login_required
@require_GET
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """List the duties, each with who is accountable in which matrix."""
    access.organisation(request, slug)
    return render_list(
        request, "raci/duties.html", DutyTable, DutyFilter, access.duties(request), prepare=owners.attach_owners
    )


@login_required
@require_GET
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """List the roles, each with how many letters of which kind it holds."""
    access.organisation(request, slug)
    return render_list(
        request, "raci/roles.html", RoleTable, RoleFilter, access.roles(request), prepare=owners.attach_letters
    )

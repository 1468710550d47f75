"""The register: duties and roles."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from raci.web import access, owners
from raci.web.bulk_actions import DUTY_ACTIONS, ROLE_ACTIONS
from raci.web.filters import DutyFilter, RoleFilter
from raci.web.listing import Listing, export_list, render_list
from raci.web.tables import DutyTable, RoleTable

DUTIES = Listing("duties", _("Duties"), DutyTable, DutyFilter, access.duties, owners.attach_owners, DUTY_ACTIONS)
ROLES = Listing("roles", _("Roles"), RoleTable, RoleFilter, access.roles, owners.attach_letters, ROLE_ACTIONS)


@login_required
@require_GET
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """List the duties, each with who is accountable in which matrix."""
    access.organisation(request, slug)
    return render_list(request, DUTIES)


@login_required
@require_GET
@never_cache
def export_duties(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of duties out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, DUTIES, kind)


@login_required
@require_GET
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """List the roles, each with how many letters of which kind it holds."""
    access.organisation(request, slug)
    return render_list(request, ROLES)


@login_required
@require_GET
@never_cache
def export_roles(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of roles out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, ROLES, kind)

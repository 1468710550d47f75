"""People on record: the list, a new one, and the duties that nobody at work answers for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raci.forms.person import PersonForm
from raci.services.people import accounts, add_person
from raci.services.structure import NotPossible
from raci.web import access, access_people
from raci.web.answers import UNPROCESSABLE
from raci.web.listing import Listing, export_list, render_list
from raci.web.people_page import say_kept
from raci.web.people_table import PeopleFilter, PeopleTable, attach_roles
from raci.web.uncovered import Asked, asked_page

PEOPLE = Listing("people", gettext_lazy("People"), PeopleTable, PeopleFilter, access_people.people, attach_roles)


@login_required
@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """List the people on record with the roles that they hold today."""
    access.organisation(request, slug)
    vacant = access.roles(request).filter(~access_people.held_today(), retired=False).count()
    return render_list(request, PEOPLE, vacant=vacant)


@login_required
@require_GET
@never_cache
def export_people(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the list of people out as a file, as it is filtered."""
    access.organisation(request, slug)
    return export_list(request, PEOPLE, kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a person on record."""
    organisation = access.organisation(request, slug, access.Need.WRITE)
    form = PersonForm(accounts(organisation).items(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = add_person(organisation=organisation, **form.cleaned_data)
            say_kept(request, _("%(person)s is on record.") % {"person": made})
            return redirect("person", slug, made.key)
        except NotPossible as error:
            form.add_error(error.field or None, str(error))
    return render(request, "raci/person_new.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_GET
def uncovered(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which duties have no working owner, from a day on."""
    access.organisation(request, slug)
    return render(request, "raci/uncovered.html", {"page": asked_page(request, Asked.read(request.GET))})

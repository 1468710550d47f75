"""One person: what they hold, when they are away, what they are called."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from raci import models
from raci.services.people import alter_person, remove_person
from raci.services.structure import NotPossible
from raci.web import access, access_people
from raci.web.answers import UNPROCESSABLE
from raci.web.people_page import PersonPage, say_kept


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a person; give them another name, address or account, or take them off the record."""
    found = access_people.person(request, slug, key)
    if request.method != "POST":
        return _show(request, PersonPage(request, found))
    access.require(request, access.Need.WRITE)
    if request.POST.get("action") == "remove":
        return _remove(request, found)
    page = PersonPage(request, found, request.POST)
    if not page.form.is_valid():
        return _show(request, page)
    try:
        altered = alter_person(person=access_people.person(request, slug, key), **page.form.cleaned_data)
    except NotPossible as error:
        page.form.add_error(error.field or None, str(error))
        return _show(request, page)
    say_kept(request, _("Changed %(name)s.") % {"name": altered})
    return redirect(request.path)


def _remove(request: HttpRequest, found: models.Person) -> HttpResponse:
    try:
        name = str(found)
        remove_person(found)
    except NotPossible as error:
        return _show(request, PersonPage(request, found, wrong=[str(error)]))
    say_kept(request, _("%(person)s is off the record.") % {"person": name})
    return redirect("people", access.place(request).organisation.slug)


def _show(request: HttpRequest, page: PersonPage) -> HttpResponse:
    refused = page.sent is not None or page.wrong
    return render(request, "raci/person.html", {"page": page}, status=UNPROCESSABLE if refused else 200)

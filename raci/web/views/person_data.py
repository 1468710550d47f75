"""What is held about a person: to take along, and to erase."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from raci.forms.erase import EraseForm
from raci.services.door import Author
from raci.services.erasing import NotErased, erase, leaving
from raci.services.held_data import data_of
from raci.web import access, access_mine
from raci.web.answers import UNPROCESSABLE
from raci.web.erasing import erase_page


@login_required
@require_GET
def person_data(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Hand out all that is held about a person, to themselves or an owner; what is private only to themselves."""
    person = access_mine.own_or_owned(request, slug, key)
    data = data_of(person, viewer=request.user)
    headers = {"Content-Disposition": f'attachment; filename="person-{person.key}.json"', "Cache-Control": "no-store"}
    return JsonResponse(data, headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say exactly what goes and what stays, and erase a person once their name was typed."""
    person = access_mine.person(request, slug, key, access.Need.OWN)
    form = EraseForm(person.name, request.POST if request.method == "POST" else None)
    if form.is_valid():
        author = Author.of(request.user, "workspace", _("Erased the name of a person"))
        try:
            erase(organisation=person.organisation, person=person, author=author, today=timezone.localdate())
        except NotErased as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Erased. History is whole, and names them nowhere."))
            return redirect("overview", slug)
    page = erase_page(person, leaving(person, timezone.localdate()))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "raci/person_erase.html", {"page": page, "form": form}, status=status)

"""The charter of a role: read, written, signed, handed out; and which authority a duty needs."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from raci import models
from raci.documents.held import CannotBeHeld
from raci.forms.recorded_rows import Rows
from raci.services.charters import NotYours, save_charter, save_needs, sign
from raci.services.charters.exporting import CHARTER_KINDS, all_charters, charter_file
from raci.services.door import Author, Outcome
from raci.services.exporting import File
from raci.services.validation import Refusal
from raci.web import access, access_people
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written, show_refusals
from raci.web.charter_edit import charter_forms, need_records, need_rows
from raci.web.charter_page import Change, CharterPage, in_words


@login_required
@require_GET
def charter(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the charter of a role, as a meeting would sign it."""
    return render(request, "raci/charter.html", {"page": CharterPage(request, access.role(request, slug, key))})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_charter(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write the parts of a charter that are written by hand."""
    found = access.role(request, slug, key, access.Need.WRITE)
    forms = charter_forms(request, found)
    context = {"role": found, "forms": forms}
    if not forms.is_valid():
        return render(request, "raci/charter_edit.html", context, status=UNPROCESSABLE if forms.judged else 200)
    author = Author.of(request.user, "workspace")
    outcome = save_charter(organisation=access.place(request).organisation, draft=forms.draft(key), author=author)
    if outcome.ok:
        say_written(request, outcome, _("The charter of %(role)s is saved.") % {"role": found.name})
        return redirect("charter", slug, key)
    if outcome.conflicts:
        forms.follow()
    return render(request, "raci/charter_edit.html", context | _told(outcome), status=_status(outcome))


def _told(outcome: Outcome) -> dict[str, object]:
    return {"clashes": clashes(outcome), "refusals": [refusal.message for refusal in outcome.refusals]}


def _status(outcome: Outcome) -> int:
    return CONFLICT if outcome.conflicts else UNPROCESSABLE


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_charter(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Sign the charter of a role that the visitor holds, as it was shown to them."""
    found = access.role(request, slug, key, access.Need.CLAIM)
    if access_people.myself(request) is None:
        raise PermissionDenied(_("No person of this organisation is linked to your account."))
    if request.method != "POST":
        return _signing(request, found)
    number, digest = request.POST.get("number", ""), request.POST.get("digest", "")
    author, organisation = Author.of(request.user, "workspace"), access.place(request).organisation
    try:
        done = sign(organisation=organisation, role=key, digest=digest, number=_number(number), author=author)
    except NotYours as error:
        raise PermissionDenied(str(error)) from error
    if done.moved:
        return _signing(request, found, in_words(done.moved), CONFLICT)
    if done.outcome.ok:
        say_written(request, done.outcome, _("You signed the charter of %(role)s.") % {"role": found.name})
        return redirect("charter", slug, key)
    return show_refusals(request, done.outcome, reverse("charter", args=[slug, key]))


def _signing(request: HttpRequest, role: models.Role, moved: Change | None = None, status: int = 200) -> HttpResponse:
    page = CharterPage(request, role)
    if page.mine is None:
        raise PermissionDenied(_("Only who holds the role today can sign its charter."))
    return render(request, "raci/charter_sign.html", {"page": page, "moved": moved}, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@login_required
@require_GET
@never_cache
def export_charter(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """Hand the charter of a role out as a file."""
    found = access.role(request, slug, key)
    if kind not in CHARTER_KINDS:
        raise Http404
    try:
        return _file(charter_file(access.place(request).organisation, found.key, kind))
    except CannotBeHeld as refusal:
        outcome = Outcome(refusals=(Refusal(None, str(refusal)),))
        return show_refusals(request, outcome, reverse("charter", args=[slug, key]))


@login_required
@require_GET
@never_cache
def export_charters(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand the charters of all roles out as one workbook."""
    organisation = access.organisation(request, slug)
    if kind != "xlsx":
        raise Http404
    try:
        return _file(all_charters(organisation))
    except CannotBeHeld as refusal:
        outcome = Outcome(refusals=(Refusal(None, str(refusal)),))
        return show_refusals(request, outcome, reverse("roles", args=[slug]))


def _file(file: File) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say which authority whoever owns a duty must have."""
    found = access.duty(request, slug, key, access.Need.WRITE)
    rows = need_rows(request, found)
    asked = request.method == "POST" and request.POST.get("action") != "add:need"
    if not asked or not rows.is_valid():
        return _needs_page(request, found, rows, status=UNPROCESSABLE if asked else 200)
    author, organisation = Author.of(request.user, "workspace"), access.place(request).organisation
    outcome = save_needs(organisation=organisation, duty=key, rows=list(rows.drafts()), author=author)
    if outcome.ok:
        say_written(request, outcome, _("What %(duty)s needs is saved.") % {"duty": found.code})
        return redirect("duty", slug, key)
    data = request.POST.copy()
    if outcome.conflicts:
        rows.follow(data, need_records(request, found))
    again = Rows(rows.form, rows.prefix, (), data)
    return _needs_page(request, found, again, outcome, _status(outcome))


def _needs_page(
    request: HttpRequest, duty: models.Duty, rows: Rows, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    context = {"duty": duty, "rows": rows, **(_told(outcome) if outcome else {})}
    return render(request, "raci/needs.html", context, status=status)

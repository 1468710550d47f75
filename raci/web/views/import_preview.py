"""The preview of an import: looking at it, answering its lines, applying what was accepted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from raci import models
from raci.domain.previewing import Verdict
from raci.domain.proposal import Group
from raci.services.imports.asking import begin_applying
from raci.services.imports.leases import State
from raci.services.imports.picking import pick_group, pick_lines
from raci.services.imports.previewing import MatrixGone, preview_of
from raci.services.imports.starting import settled
from raci.web import access, access_imports
from raci.web.answers import CONFLICT
from raci.web.import_preview import PreviewPage, PreviewSum
from raci.web.import_preview_form import keep_answers, reason_in, revision_in
from raci.web.json_door import NOT_FOUND, Answered, answers_json, malformed, read_json

# A page shows a hundred lines; nobody ticks more than some pages by hand.
_MOST = 1_000


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what an import would do; sent, keep the answers to the lines shown."""
    item = access_imports.one_import(request, slug, key)
    if item.state != State.READY:
        return redirect("import", slug, key)
    try:
        if request.method == "POST":
            keep_answers(request, item)
            return redirect(request.get_full_path())
        page = PreviewPage(request, item)
    except MatrixGone as gone:
        return render(request, "raci/imports/preview_gone.html", {"item": item, "why": gone}, status=CONFLICT)
    return render(request, "raci/imports/preview.html", {"page": page, "item": item})


@require_POST
@answers_json
def picks(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Keep answers to lines or to a whole group, and say what all of them come to."""
    item = _found(request, slug, key)
    asked = read_json(request)
    ids, shown = _texts(asked.get("lines", [])), _texts(asked.get("shown", []))
    try:
        verdict = Verdict(str(asked.get("verdict")))
        group = Group(asked["group"]) if asked.get("group") else None
    except ValueError:
        raise malformed() from None
    try:
        held = preview_of(item)
    except MatrixGone as gone:
        raise Answered(CONFLICT, str(gone)) from None
    kept = pick_group(item, held, group, verdict) if group else pick_lines(item, held, ids, verdict)
    if kept is None:
        raise Answered(CONFLICT, _("It is too late for that: this import is not waiting any more."))
    return JsonResponse(PreviewSum(item, held, kept).as_json(shown))


@login_required
@require_POST
def apply(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Begin to apply what was accepted, and lead to what became of it."""
    item = access_imports.one_import(request, slug, key)
    if item.state != State.READY:
        return _too_late(request, slug, key)
    try:
        keep_answers(request, item)
    except MatrixGone:
        return redirect("import_preview", slug, key)
    shown = revision_in(request)
    if shown is None:
        messages.error(request, _("Look at the preview first, then apply it from there."))
        return redirect("import_preview", slug, key)
    user = access.signed_in(request)
    if not begin_applying(item, user=user, shown_revision=shown, reason=reason_in(request)):
        return _too_late(request, slug, key)
    return _after(request, slug, settled(item))


def _too_late(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    messages.info(request, _("It was being applied already, or it had ended."))
    return redirect("import", slug, key)


def _after(request: HttpRequest, slug: str, item: models.Import) -> HttpResponse:
    if item.state == State.READY:
        messages.warning(request, _("Nothing was written: something moved in the meantime. Look at it again."))
        return redirect("import_preview", slug, item.key)
    if item.state == State.APPLIED and item.revision:
        text = _("“%(file)s” is applied: it became revision %(number)d.")
        back = reverse("undo", args=[slug, item.revision])
        messages.success(request, text % {"file": item.file_name, "number": item.revision}, extra_tags=back)
    return redirect("import", slug, item.key)


def _found(request: HttpRequest, slug: str, key: str) -> models.Import:
    try:
        return access_imports.one_import(request, slug, key)
    except Http404:
        raise Answered(NOT_FOUND, _("There is no such import.")) from None


def _texts(value: object) -> list[str]:
    """Return a list of texts that a request carries. Raises `Answered` where it is anything else."""
    if not isinstance(value, list) or len(value) > _MOST or not all(isinstance(one, str) for one in value):
        raise malformed()
    return value

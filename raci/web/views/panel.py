"""The panel of a row or a cell: a fragment beside the grid, and the same as a page of its own."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raci import models
from raci.domain.change import cell_change
from raci.forms.comment import CommentForm
from raci.services import comments
from raci.services.door import Author, Outcome, apply_changes
from raci.services.fixing import FindingGone, apply_fix
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written
from raci.web.row_panel import RowPanel
from raci.web.views.cells import NOT_SEEN, PRECONDITION_REQUIRED, CellForm

# What the script asks with, to get the fragment and not a page or a way to one.
FRAGMENT = "X-Panel"


class Where(NamedTuple):
    """What a panel is about; ``role`` is "" for the row."""

    sheet: models.Matrix
    duty: str
    role: str = ""


@login_required
@never_cache
@require_GET
def row_panel(request: HttpRequest, slug: str, key: str, duty: str) -> HttpResponse:
    """Show the panel of a row as a fragment."""
    panel = RowPanel(request, access.matrix(request, slug, key), duty)
    return render(request, "raci/panel/body.html", {"panel": panel})


@login_required
@never_cache
@require_GET
def row(request: HttpRequest, slug: str, key: str, duty: str) -> HttpResponse:
    """Show a row on a page of its own."""
    panel = RowPanel(request, access.matrix(request, slug, key), duty)
    return render(request, "raci/row.html", {"panel": panel})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cell_panel(request: HttpRequest, slug: str, key: str, duty: str, role: str) -> HttpResponse:
    """Show the panel of a cell as a fragment, or write its letters where ``seen`` is still what it holds."""
    where = Where(access.matrix(request, slug, key), duty, role)
    panel = RowPanel(request, *where)
    if request.method != "POST":
        return render(request, "raci/panel/body.html", {"panel": panel})
    access.require(request, access.Need.WRITE)
    if "seen" not in request.POST:
        return _show(request, where, PRECONDITION_REQUIRED, wrong=[NOT_SEEN])
    form = CellForm(request.POST, panel.scheme)
    if not form.is_valid():
        return _show(request, where, UNPROCESSABLE, wrong=_sentences(form))
    seen, wanted = form.cleaned_data["seen"], form.cleaned_data["letters"]
    change = cell_change(where.sheet.key, duty, role, seen, wanted)
    outcome = apply_changes(organisation=where.sheet.organisation, changes=[change], author=_author(request))
    return _answer(request, where, outcome, _("Saved: %(letters)s.") % {"letters": wanted or _("empty")})


@login_required
@require_POST
def fix(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Do one of the things that are offered about a finding, if it is still there."""
    where = _where(request, access.matrix(request, slug, key, access.Need.WRITE))
    asked = {name: request.POST.get(name, "") for name in ("finding", "fix")}
    why = request.POST.get("why", "").strip()
    try:
        outcome = apply_fix(matrix=where.sheet, why=why, author=_author(request), **asked)
    except FindingGone:
        gone = _("Somebody was faster: this is not so any more. Nothing was written. This is how it is now.")
        return _show(request, where, CONFLICT, wrong=[gone])
    return _answer(request, where, outcome, outcome.revision.reason if outcome.revision else "")


@login_required
@require_POST
def comment(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Put a comment on a row or a cell."""
    where = _where(request, access.matrix(request, slug, key, access.Need.CLAIM))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, where, UNPROCESSABLE, form=form)
    said = {name: form.cleaned_data[name] for name in ("text", "draft")}
    outcome = comments.write_comment(
        matrix=where.sheet, duty=where.duty, role=where.role, author=_author(request), **said
    )
    return _answer(request, where, outcome, _("Your comment stands."))


@login_required
@require_POST
def alter_comment(request: HttpRequest, slug: str, key: str, comment: str) -> HttpResponse:
    """Change, delete, resolve or reopen a comment."""
    sheet = access.matrix(request, slug, key, access.Need.CLAIM)
    try:
        found = comments.find_comment(sheet, comment)
    except comments.NoSuchComment:
        raise Http404 from None
    where = Where(sheet, found.duty, found.role if request.POST.get("role") else "")
    do = _COMMENT_ACTIONS.get(request.POST.get("do", ""))
    return do(request, where, comment) if do else _show(request, where, UNPROCESSABLE)


def _change(request: HttpRequest, where: Where, key: str) -> HttpResponse:
    _require_writer(request, where, key)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, where, UNPROCESSABLE, wrong=_sentences(form))
    seen, text = form.cleaned_data["seen"], form.cleaned_data["text"]
    outcome = comments.change_comment(matrix=where.sheet, key=key, seen=seen, text=text, author=_author(request))
    return _answer(request, where, outcome, _("The comment is changed."))


def _remove(request: HttpRequest, where: Where, key: str) -> HttpResponse:
    if not access.place(request).may_own:
        _require_writer(request, where, key)
    outcome = comments.remove_comment(matrix=where.sheet, key=key, author=_author(request))
    return _answer(request, where, outcome, _("The comment is deleted."))


def _resolve(request: HttpRequest, where: Where, key: str) -> HttpResponse:
    resolved = request.POST["do"] == "resolve"
    outcome = comments.resolve_comment(matrix=where.sheet, key=key, resolved=resolved, author=_author(request))
    return _answer(request, where, outcome, _("It is resolved.") if resolved else _("It is open again."))


_COMMENT_ACTIONS = {"change": _change, "remove": _remove, "resolve": _resolve, "reopen": _resolve}


def _require_writer(request: HttpRequest, where: Where, key: str) -> None:
    if comments.writers(where.sheet, [key]).get(key) != request.user.pk:
        raise PermissionDenied(_("Only who wrote a comment may change it."))


def _where(request: HttpRequest, sheet: models.Matrix) -> Where:
    return Where(sheet, request.POST.get("duty", ""), request.POST.get("role", ""))


def _author(request: HttpRequest) -> Author:
    return Author.of(request.user, "workspace")


def _sentences(form: Any) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]


def _answer(request: HttpRequest, where: Where, outcome: Outcome, text: str) -> HttpResponse:
    """Say what became of a write, in the panel; without a script on the page of the row or cell."""
    if outcome.conflicts:
        return _show(request, where, CONFLICT, clashes=clashes(outcome))
    if outcome.refusals:
        return _show(request, where, UNPROCESSABLE, wrong=[refusal.message for refusal in outcome.refusals])
    say_written(request, outcome, text)
    if FRAGMENT in request.headers:
        return _show(request, where)
    response = HttpResponseRedirect(_page_of(request, where))
    response.status_code = 303
    return response


def _show(request: HttpRequest, where: Where, status: int = 200, **more: Any) -> HttpResponse:
    sheet, duty, role = where
    gone = role and role not in RowPanel(request, sheet, duty).loaded.columns  # a fix may take a column away
    panel = RowPanel(request, sheet, duty, "" if gone else role)
    template = "raci/panel/body.html" if FRAGMENT in request.headers else "raci/row.html"
    return render(request, template, {"panel": panel, **more}, status=status)


def _page_of(request: HttpRequest, where: Where) -> str:
    slug, panel = access.place(request).organisation.slug, RowPanel(request, where.sheet, where.duty)
    if (key := request.POST.get("grey_area")) in panel.loaded.grey_areas:
        return reverse("grey_area", args=[slug, key])
    if where.role in panel.loaded.columns:
        return reverse("cell", args=[slug, where.sheet.key, where.duty, where.role])
    return reverse("row", args=[slug, where.sheet.key, where.duty])

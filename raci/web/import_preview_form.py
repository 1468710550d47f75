"""The form of the preview as a browser without a script sends it: the lines shown, and what is ticked of them."""

from django.http import HttpRequest

from raci import models
from raci.domain.previewing import Preview, Verdict
from raci.domain.proposal import Group, Standing
from raci.services.imports.picking import pick_group, pick_lines, picks_of
from raci.services.imports.previewing import preview_of

_LONGEST_REASON = 500


def keep_answers(request: HttpRequest, item: models.Import) -> None:
    """Keep what was ticked, and a whole group where its button was pressed. Raises `MatrixGone`."""
    preview = preview_of(item)
    for verdict, ids in _changed(request, item, preview).items():
        pick_lines(item, preview, ids, verdict)
    name, _colon, asked = request.POST.get("group", "").partition(":")
    if name in list(Group) and asked in list(Verdict):
        pick_group(item, preview, Group(name), Verdict(asked))


def _changed(request: HttpRequest, item: models.Import, preview: Preview) -> dict[Verdict, list[str]]:
    """Return the lines whose answer is another one than before: what was left as it was stays no exception."""
    picks = picks_of(item)
    ticked = set(request.POST.getlist("accept"))
    found: dict[Verdict, list[str]] = {}
    for key in request.POST.getlist("shown"):
        line = preview.lines.get(key)
        if line is None or line.standing is Standing.DONE:
            continue
        wanted = Verdict.ACCEPT if key in ticked else Verdict.REFUSE
        if line.standing is Standing.DISPUTED:
            given = request.POST.get(f"pick-{key}", "")
            wanted = Verdict(given) if given in list(Verdict) else Verdict.REFUSE
        if preview.verdict(line, picks) is not wanted:
            found.setdefault(wanted, []).append(key)
    return found


def revision_in(request: HttpRequest) -> int | None:
    """Return the revision that the page showed, None where the request does not say."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def reason_in(request: HttpRequest) -> str:
    """Return the person's own words."""
    return " ".join(request.POST.get("reason", "").split())[:_LONGEST_REASON]

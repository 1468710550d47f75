"""History as sentences: what a revision changed, in the words of the people who read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change
from raci.domain.records import Kind
from raci.services import describing_roles, describing_settling, sets
from raci.services.door import CHANGE_PARTS, to_change
from raci.services.labels import KINDS, label, quoted
from raci.services.naming import Names, names_for, part_of, value_in_words
from raci.services.said import Said
from raci.services.words import shown_number

# A sentence quotes this much of a comment, in characters.
_LONGEST_QUOTE = 120


def sentences(revision: models.Revision, limit: int = 200) -> list[str]:
    """Return one sentence for each change of a revision, at most ``limit`` and then how many more there are."""
    return sentences_of([revision], limit)[revision.pk]


def sentences_of(revisions: Sequence[models.Revision], limit: int | None = 8) -> dict[int, list[str]]:
    """Return the sentences of several revisions as text: see `told_of`."""
    return {pk: [str(said) for said in found] for pk, found in told_of(revisions, limit).items()}


def told_of(revisions: Sequence[models.Revision], limit: int | None = 8) -> dict[int, list[Said]]:
    """Return the sentences of several revisions, by their id, with a constant number of queries.

    At most ``limit`` of each, and then how many more there are; None for all of them.
    """
    rows = models.RevisionChange.objects.filter(revision__in=sets.among_ids(item.pk for item in revisions))
    if limit is not None:
        rows = rows.filter(ordinal__lt=limit)
    changes: dict[int, list[Change]] = {item.pk: [] for item in revisions}
    for pk, *parts in rows.order_by("revision", "ordinal").values_list("revision_id", *CHANGE_PARTS):
        changes[pk].append(to_change(*parts))
    names = names_for([change for found in changes.values() for change in found])
    told = {pk: [tell(change, names) for change in found] for pk, found in changes.items()}
    for item in revisions:
        if limit is not None and item.size > limit:
            more = _("… and %(count)s more changes") % {"count": shown_number(item.size - limit)}
            told[item.pk].append(Said("%(more)s", {"more": more}))
    return told


def describe(change: Change, names: Names) -> str:
    """Say one change as a sentence."""
    return str(tell(change, names))


def tell(change: Change, names: Names) -> Said:
    """Say one change as a sentence that knows what it names."""
    special = _TELLERS.get(change.address.kind)
    return (special and special(change, names)) or _turned(change, names) or _record(change, names)


# --- What can be said of any record


def _record(change: Change, names: Names) -> Said:
    kind = change.address.kind
    what = {"kind": KINDS.get(kind, kind), "name": _name(change, names)}
    if change.creates:
        return Said(_("Added the %(kind)s %(name)s"), what)
    if change.removes:
        return Said(_("Removed the %(kind)s %(name)s"), what)
    what["field"] = label(kind, change.field)
    if _is_empty(change.after):
        return Said(_("Cleared the %(field)s of the %(kind)s %(name)s"), what)
    what |= {
        "before": value_in_words(change, change.before, names),
        "after": value_in_words(change, change.after, names),
    }
    if _is_empty(change.before):
        return Said(_("Set the %(field)s of the %(kind)s %(name)s to %(after)s"), what)
    return Said(_("Changed the %(field)s of the %(kind)s %(name)s from %(before)s to %(after)s"), what)


def _turned(change: Change, names: Names) -> Said | None:
    """Say what happens to records of several kinds: a new name, another place, retired or brought back."""
    kind, key = change.address.kind, change.address.subject
    what: dict[str, object] = {"kind": KINDS.get(kind, kind), "name": names.of(key)}
    if change.field == "retired":
        pattern = _("Retired the %(kind)s %(name)s") if change.after else _("Brought back the %(kind)s %(name)s")
        return Said(pattern, what)
    if change.field in ("name", "title") and kind in (Kind.ROLE, Kind.AREA, Kind.DUTY, Kind.SHEET):
        what |= {"code": names.short(key), "before": quoted(str(change.before)), "after": quoted(str(change.after))}
        if key in names.code_of:
            return Said(_("Renamed %(code)s from %(before)s to %(after)s"), what)
        return Said(_("Renamed the %(kind)s %(before)s to %(after)s"), what)
    return None


# --- What can be said of each kind


def _cell(change: Change, names: Names) -> Said:
    parts = {
        "role": names.of(change.address.other),
        "place": names.place(change),
        "before": change.before,
        "after": change.after,
    }
    if not change.before:
        return Said(_("Gave %(role)s %(after)s for %(place)s"), parts)
    if not change.after:
        return Said(_("Took %(before)s from %(role)s for %(place)s"), parts)
    return Said(_("Changed %(role)s from %(before)s to %(after)s for %(place)s"), parts)


def _line(change: Change, names: Names) -> Said | None:
    parts = {"role": names.of(change.address.subject), "superior": names.of(change.address.other)}
    if change.creates:
        return Said(_("%(role)s reports to %(superior)s"), parts)
    if change.field == "dotted":
        dotted = _("%(role)s reports to %(superior)s by a dotted line")
        return Said(dotted if change.after else _("%(role)s reports to %(superior)s by a full line"), parts)
    return Said(_("%(role)s no longer reports to %(superior)s"), parts) if change.removes else None


def _duty(change: Change, names: Names) -> Said | None:
    if change.field == "is_control":
        marked, unmarked = _("Marked %(name)s as a control"), _("Marked %(name)s as no control")
        return Said(marked if change.after else unmarked, {"name": names.of(change.address.subject)})
    if change.field not in ("area", "parent"):
        return None
    before, after = names.of(str(change.before)), names.of(str(change.after))
    parts = {"name": names.of(change.address.subject), "before": before, "after": after}
    if change.field == "parent":
        return Said(_("Made %(name)s a part of %(after)s"), parts) if change.after else None
    if not change.after:
        return Said(_("Took %(name)s out of the area %(before)s"), parts)
    if not change.before:
        return Said(_("Put %(name)s into the area %(after)s"), parts)
    return Said(_("Moved %(name)s from the area %(before)s to %(after)s"), parts)


def _place(change: Change, names: Names) -> Said | None:
    """Say what happens to rows and columns."""
    matrix = names.of(change.address.matrix)
    parts = {"name": names.of(change.address.subject), "matrix": matrix, "reason": quoted(str(change.after))}
    is_row = change.address.kind is Kind.ROW
    if change.creates:
        pattern = _("Put %(name)s into %(matrix)s") if is_row else _("Added the column %(name)s to %(matrix)s")
        return Said(pattern, parts)
    if change.removes:
        pattern = _("Took %(name)s out of %(matrix)s") if is_row else _("Took the column %(name)s out of %(matrix)s")
        return Said(pattern, parts)
    if change.field == "position":
        return Said(_moved(is_row, later=int(str(change.after)) > int(str(change.before))), parts)
    if change.field == "applies":
        pattern = _("%(name)s applies in %(matrix)s") if change.after else _("%(name)s does not apply in %(matrix)s")
        return Said(pattern, parts)
    if change.field == "reason" and change.after:
        return Said(_("%(name)s does not apply in %(matrix)s because: %(reason)s"), parts)
    return None


def _moved(is_row: bool, *, later: bool) -> str:
    if is_row:
        return _("Moved %(name)s down in %(matrix)s") if later else _("Moved %(name)s up in %(matrix)s")
    if later:
        return _("Moved the column %(name)s to the right in %(matrix)s")
    return _("Moved the column %(name)s to the left in %(matrix)s")


def _comment(change: Change, names: Names) -> Said | None:
    whole = change.after if change.creates else change.before
    parts = {"place": _commented(change, whole, names), "text": _shortened(part_of(whole, "text"))}
    if change.creates:
        return Said(_("Commented on %(place)s: “%(text)s”"), parts)
    if change.removes:
        return Said(_("Deleted a comment on %(place)s: “%(text)s”"), parts)
    if change.field == "resolved":
        resolved, reopened = _("Resolved a comment on %(place)s"), _("Reopened a comment on %(place)s")
        return Said(resolved if change.after else reopened, parts)
    if change.field == "text":
        text = {"text": _shortened(str(change.after))}
        return Said(_("Changed a comment on %(place)s to “%(text)s”"), {**parts, **text})
    return None


def _commented(change: Change, whole: Any, names: Names) -> object:
    """Say what a comment is about, with the role where it is about a cell."""
    place, role = names.place(change), part_of(whole, "role")
    return Said(_("%(place)s, %(role)s"), {"place": place, "role": names.of(role)}) if role else place


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 2].rstrip() + " …"


_TELLERS: Mapping[Kind, describing_settling.Teller] = {
    Kind.CELL: _cell,
    Kind.LINE: _line,
    Kind.DUTY: _duty,
    Kind.ROW: _place,
    Kind.COLUMN: _place,
    **describing_settling.TELLERS,
    Kind.COMMENT: _comment,
    **describing_roles.TELLERS,
}


def _name(change: Change, names: Names) -> object:
    address = change.address
    if address.kind is Kind.LINE:
        parts = {"role": names.of(address.subject), "superior": names.of(address.other)}
        return Said("%(role)s → %(superior)s", parts)
    return names.place(change) if address.matrix else names.of(address.subject)


def _is_empty(value: Any) -> bool:
    return value in ("", None) or value == {}

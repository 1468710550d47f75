"""History as sentences: what a revision changed, in the words of the people who read it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change
from raci.domain.records import GreyAreaStatus, Kind
from raci.services import sets
from raci.services.door import CHANGE_PARTS, to_change
from raci.services.labels import KINDS, in_words, label, names_record, quoted
from raci.services.said import Named, Said
from raci.services.words import shown_number

# A sentence quotes this much of a comment, in characters.
_LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Names:
    """What keys are called today, or were when they were created.

    ``duty_of`` gives the duty of a grey area or a decision, ``code_of`` the codes of duties, ``there`` the
    duties that are on record.
    """

    by_key: Mapping[str, str]
    duty_of: Mapping[str, str]
    code_of: Mapping[str, str] = field(default_factory=dict)
    there: frozenset[str] = frozenset()

    def of(self, key: str) -> Named:
        """Return the name of whatever has a key."""
        duty = self.duty_of.get(key, key)
        return Named(self.by_key.get(duty) or self.by_key.get(key) or key, duty if duty in self.there else "")

    def short(self, key: str) -> Named:
        """Return the code of a duty, the name of anything else."""
        return Named(self.code_of.get(key) or self.of(key), key if key in self.there else "")

    def place(self, change: Change) -> Said:
        """Say where a change took place: "VEN-4 Sign the contract in IT projects"."""
        address = change.address
        parts = {"subject": self.of(address.subject), "matrix": self.of(address.matrix)}
        return Said(_("%(subject)s in %(matrix)s"), parts)


Teller = Callable[[Change, Names], Said | None]


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
    what |= {"before": _value(change, change.before, names), "after": _value(change, change.after, names)}
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


def _grey_area(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"place": names.place(change)}
    if change.creates:
        return Said(_("Raised the grey area %(place)s"), parts)
    if change.field == "status":
        return Said(_status(change.after), parts)
    if change.field in ("decider", "interim"):
        parts |= {"before": names.of(str(change.before)), "after": names.of(str(change.after))}
        return Said(_in_charge(change), parts)
    if change.field != "due_on":
        return None
    parts |= {"before": _value(change, change.before, names), "after": _value(change, change.after, names)}
    return Said(_due(change), parts)


def _due(change: Change) -> str:
    if not change.after:
        return _("Took away the due date of the grey area %(place)s, which was %(before)s")
    if not change.before:
        return _("The grey area %(place)s is due on %(after)s")
    return _("The grey area %(place)s is due on %(after)s instead of %(before)s")


def _status(after: Any) -> str:
    if after == GreyAreaStatus.DECIDED:
        return _("Settled the grey area %(place)s")
    if after == GreyAreaStatus.WITHDRAWN:
        return _("Withdrew the grey area %(place)s")
    return _("Opened the grey area %(place)s again")


def _in_charge(change: Change) -> str:
    if change.field == "decider":
        if not change.after:
            return _("%(before)s no longer decides on the grey area %(place)s")
        return _("%(after)s decides on the grey area %(place)s")
    if not change.after:
        return _("%(before)s no longer owns %(place)s in the interim")
    return _("%(after)s owns %(place)s in the interim")


def _claim(change: Change, names: Names) -> Said:
    parts = {"role": names.of(change.address.other), "place": names.place(change)}
    if change.creates:
        letters = _part(change.after, "letters")
        return Said(_("%(role)s claims %(letters)s for %(place)s"), {**parts, "letters": letters})
    if change.removes:
        return Said(_("%(role)s took back its claim for %(place)s"), parts)
    if change.field == "letters":
        parts |= {"before": change.before, "after": change.after}
        return Said(_("%(role)s claims %(after)s instead of %(before)s for %(place)s"), parts)
    if change.field == "reason" and change.after:
        return Said(_("%(role)s claims %(place)s because: %(reason)s"), {**parts, "reason": quoted(str(change.after))})
    return Said(_("%(role)s changed its claim for %(place)s"), parts)


def _decision(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"place": names.place(change)}
    if change.creates:
        parts["owner"] = names.of(_part(change.after, "owner"))
        return Said(_("Decided %(place)s: %(owner)s is accountable"), parts)
    if change.field == "withdrawn_on":
        withdrew, again = _("Withdrew the decision on %(place)s"), _("Put the decision on %(place)s into force again")
        return Said(withdrew if change.after else again, parts)
    if change.field == "review_on" and change.after:
        parts["after"] = _value(change, change.after, names)
        return Said(_("The decision on %(place)s is looked at again on %(after)s"), parts)
    return None


def _comment(change: Change, names: Names) -> Said | None:
    whole = change.after if change.creates else change.before
    parts = {"place": _commented(change, whole, names), "text": _shortened(_part(whole, "text"))}
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
    place, role = names.place(change), _part(whole, "role")
    return Said(_("%(place)s, %(role)s"), {"place": place, "role": names.of(role)}) if role else place


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 2].rstrip() + " …"


_TELLERS: Mapping[Kind, Teller] = {
    Kind.CELL: _cell,
    Kind.LINE: _line,
    Kind.DUTY: _duty,
    Kind.ROW: _place,
    Kind.COLUMN: _place,
    Kind.GREY_AREA: _grey_area,
    Kind.CLAIM: _claim,
    Kind.DECISION: _decision,
    Kind.COMMENT: _comment,
}


def _name(change: Change, names: Names) -> object:
    address = change.address
    if address.kind is Kind.LINE:
        parts = {"role": names.of(address.subject), "superior": names.of(address.other)}
        return Said("%(role)s → %(superior)s", parts)
    return names.place(change) if address.matrix else names.of(address.subject)


def _part(value: Any, name: str) -> str:
    return str(value.get(name, "")) if isinstance(value, Mapping) else ""


def _is_empty(value: Any) -> bool:
    return value in ("", None) or value == {}


def _value(change: Change, value: Any, names: Names) -> str:
    kind, name = change.address.kind, change.field
    if isinstance(value, Mapping):
        return ", ".join(f"{names.of(key)} {text}" for key, text in value.items()) or _("empty")
    if value and (names_record(kind, name) or name == "scheme"):
        return quoted(names.of(str(value)))
    return in_words(kind, name, value)


# --- What things are called


def names_for(changes: Iterable[Change]) -> Names:
    """Return the names of all keys that changes mention; those of removed records from the changes themselves."""
    changes = list(changes)
    by_key: dict[str, str] = {}
    duty_of: dict[str, str] = {}
    for change in changes:
        for values in (change.before, change.after):
            if not change.field and isinstance(values, Mapping):
                by_key.setdefault(change.address.subject, _own_name(values))
                if "duty" in values:
                    duty_of[change.address.subject] = str(values["duty"])
    keys = {key for change in changes for key in _keys(change)} | set(duty_of.values())
    for model in (models.GreyArea, models.Decision, models.Comment):
        duty_of |= dict(model.objects.filter(key__in=sets.among(keys)).values_list("key", "duty__key"))
    keys |= set(duty_of.values())
    for rows in (
        models.Role.objects.filter(key__in=sets.among(keys)).values_list("key", "name"),
        models.Area.objects.filter(key__in=sets.among(keys)).values_list("key", "name"),
        models.Matrix.objects.filter(key__in=sets.among(keys)).values_list("key", "title"),
    ):
        by_key |= dict(rows)
    duties = list(models.Duty.objects.filter(key__in=sets.among(keys)).values_list("key", "code", "title"))
    by_key |= {key: f"{code} {title}" for key, code, title in duties}
    if any(change.field == "scheme" for change in changes):
        by_key |= dict(models.Scheme.objects.values_list("code", "name"))
    codes = {key: code for key, code, _title in duties}
    return Names(by_key, duty_of, codes, frozenset(codes))


def _own_name(values: Mapping[str, Any]) -> str:
    parts = [str(values[name]) for name in ("code", "title", "name") if values.get(name)]
    return " ".join(parts[-2:] if "title" in values else parts[-1:])


def _keys(change: Change) -> list[str]:
    address = change.address
    found = [address.matrix, address.subject, address.other]
    for value in (change.before, change.after):
        found += [item for item in value.values() if isinstance(item, str)] if isinstance(value, Mapping) else []
        found += list(value) if isinstance(value, Mapping) and change.field else []
        found += [value] if isinstance(value, str) else []
    return [key for key in found if len(key) == 12]

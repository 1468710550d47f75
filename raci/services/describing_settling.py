"""What happens to grey areas, claims, decisions and blind rounds, as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from raci.domain.change import Change
from raci.domain.records import DecisionType, GreyAreaStatus, Kind, RoundStatus
from raci.services.labels import quoted
from raci.services.naming import Names, part_of, value_in_words
from raci.services.said import Said

Teller = Callable[[Change, Names], Said | None]


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
    parts |= {
        "before": value_in_words(change, change.before, names),
        "after": value_in_words(change, change.after, names),
    }
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
        letters = part_of(change.after, "letters")
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
        parts["owner"] = names.of(part_of(change.after, "owner"))
        return Said(_decided(part_of(change.after, "type"), named=bool(part_of(change.after, "owner"))), parts)
    if change.field == "withdrawn_on":
        withdrew, again = _("Withdrew the decision on %(place)s"), _("Put the decision on %(place)s into force again")
        return Said(withdrew if change.after else again, parts)
    if change.field == "review_on" and change.after:
        parts["after"] = value_in_words(change, change.after, names)
        return Said(_("The decision on %(place)s is looked at again on %(after)s"), parts)
    return None


def _decided(kind: str, *, named: bool) -> str:
    by_type = {
        DecisionType.DEFER: _("Put off the decision on %(place)s"),
        DecisionType.ESCALATE: _("Took the decision on %(place)s up to %(owner)s"),
        DecisionType.SPLIT_THRESHOLD: _("Split %(place)s by threshold: %(owner)s is accountable at the top"),
        DecisionType.SPLIT_SCOPE: (
            _("Split %(place)s by scope: otherwise %(owner)s is accountable")
            if named
            else _("Split %(place)s by scope")
        ),
        DecisionType.SHARED: _("Decided %(place)s: shared, %(owner)s is accountable"),
        DecisionType.DELEGATE: _("Decided %(place)s: delegated, %(owner)s stays accountable"),
    }
    return by_type.get(DecisionType(kind or "sole_owner"), _("Decided %(place)s: %(owner)s is accountable"))


def _part(change: Change, names: Names) -> Said | None:
    place, whole = names.place(change), change.after if change.creates else change.before
    if change.field:
        return None
    parts = {"role": names.of(part_of(whole, "role")), "place": place}
    if change.creates:
        return Said(_("%(role)s has a part in the decision on %(place)s"), parts)
    return Said(_("%(role)s has no part in the decision on %(place)s any more"), parts)


def _acknowledgement(change: Change, names: Names) -> Said | None:
    if not change.creates:
        return None
    whole = change.after
    parts = {
        "name": part_of(whole, "name"),
        "role": names.of(part_of(whole, "role")),
        "place": names.place(change),
        "reason": quoted(part_of(whole, "reason")),
    }
    agrees = isinstance(whole, Mapping) and whole.get("agrees")
    if agrees:
        return Said(_("%(name)s acknowledged the decision on %(place)s for %(role)s"), parts)
    return Said(_("%(name)s disagrees with the decision on %(place)s for %(role)s because: %(reason)s"), parts)


def _round(change: Change, names: Names) -> Said | None:
    title = part_of(change.after, "title") if change.creates else names.of(change.address.subject)
    parts = {"title": title, "matrix": names.of(change.address.matrix)}
    if change.creates:
        return Said(_("Opened the blind round %(title)s in %(matrix)s"), parts)
    if change.field == "status" and change.after == RoundStatus.REVEALED:
        return Said(_("Revealed the blind round %(title)s in %(matrix)s"), parts)
    if change.field == "status" and change.after == RoundStatus.CLOSED:
        return Said(_("Closed the blind round %(title)s in %(matrix)s"), parts)
    return None


TELLERS: Mapping[Kind, Teller] = {
    Kind.GREY_AREA: _grey_area,
    Kind.CLAIM: _claim,
    Kind.DECISION: _decision,
    Kind.PART: _part,
    Kind.ACKNOWLEDGEMENT: _acknowledgement,
    Kind.ROUND: _round,
}

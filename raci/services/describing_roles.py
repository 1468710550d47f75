"""What happens to charters, boundaries, competence and the people in roles, as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from raci.domain.change import Change
from raci.domain.records import Kind
from raci.services.labels import label
from raci.services.naming import Names, part_of, value_in_words
from raci.services.said import Said

Teller = Callable[[Change, Names], Said | None]


def _whole(change: Change) -> Any:
    return change.after if change.creates else change.before


def _charter(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"role": names.of(change.address.subject)}
    if change.creates:
        return Said(_("Wrote the charter of %(role)s"), parts)
    if change.removes:
        return Said(_("Took away the written parts of the charter of %(role)s"), parts)
    return _field(change, names, _("the charter of %(role)s"), parts)


def _of_role(what: str, added: str, removed: str, name: str) -> Teller:
    """Return a teller for what belongs to a role (or a duty) and has a name of its own."""

    def tell(change: Change, names: Names) -> Said | None:
        parts: dict[str, object] = {"role": names.of(change.address.subject)}
        if change.field:
            return _field(change, names, _(what), parts)
        parts["name"] = part_of(_whole(change), name)
        return Said(_(added) if change.creates else _(removed), parts)

    return tell


def _field(change: Change, names: Names, what: str, parts: dict[str, object]) -> Said:
    told = {"what": Said(what, parts), "field": label(change.address.kind, change.field)}
    if change.after in ("", None):
        return Said(_("Cleared the %(field)s of %(what)s"), told)
    told["after"] = value_in_words(change, change.after, names)
    if change.before in ("", None):
        return Said(_("Set the %(field)s of %(what)s to %(after)s"), told)
    told["before"] = value_in_words(change, change.before, names)
    return Said(_("Changed the %(field)s of %(what)s from %(before)s to %(after)s"), told)


def _pair(change: Change, names: Names) -> Said | None:
    """Say what happens to agreements, which are between two roles."""
    if change.field:
        return None
    whole = _whole(change)
    parts = {"first": names.of(part_of(whole, "first_role")), "second": names.of(part_of(whole, "second_role"))}
    if change.creates:
        return Said(_("Put on record an agreement between %(first)s and %(second)s"), parts)
    return Said(_("Took away the agreement between %(first)s and %(second)s"), parts)


def _incompatibility(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"one": names.of(change.address.subject), "other": names.of(change.address.other)}
    if change.creates:
        return Said(_("Nobody may hold both %(one)s and %(other)s"), parts)
    if change.removes:
        return Said(_("The same person may hold %(one)s and %(other)s again"), parts)
    return _field(change, names, _("the pair %(one)s and %(other)s"), parts)


def _requirement(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"role": names.of(change.address.subject), "name": names.of(change.address.other)}
    if change.creates:
        parts["level"] = part_of(change.after, "level")
        return Said(_("%(role)s requires %(name)s at level %(level)s"), parts)
    if change.removes:
        return Said(_("%(role)s no longer requires %(name)s"), parts)
    return _field(change, names, _("the requirement of %(name)s by %(role)s"), parts)


def _gain(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"route": names.of(change.address.subject), "name": names.of(change.address.other)}
    if change.removes:
        return Said(_("%(route)s no longer counts for %(name)s"), parts)
    parts["levels"] = part_of(change.after, "levels") if change.creates else str(change.after)
    return Said(_("%(route)s is expected to bring %(levels)s levels of %(name)s"), parts)


def _holding(change: Change, names: Names) -> Said | None:
    parts: dict[str, object] = {"role": names.of(change.address.subject)}
    if change.field:
        return _field(change, names, _("a holding of %(role)s"), parts)
    parts["name"] = names.of(part_of(_whole(change), "person"))
    if change.removes:
        return Said(_("Took away that %(name)s holds %(role)s"), parts)
    manners = {
        "acting": _("%(name)s holds %(role)s acting"),
        "deputy": _("%(name)s is deputy for %(role)s"),
    }
    return Said(manners.get(part_of(change.after, "manner"), _("%(name)s holds %(role)s")), parts)


def _absence(change: Change, names: Names) -> Said | None:
    if change.field:
        return None
    parts = {"name": names.of(part_of(_whole(change), "person"))}
    if change.creates:
        return Said(_("Put on record that %(name)s is away"), parts)
    return Said(_("Took away an absence of %(name)s"), parts)


def _signature(change: Change, names: Names) -> Said | None:
    if change.field:
        return None
    whole = _whole(change)
    parts = {"name": names.of(part_of(whole, "person")), "role": names.of(change.address.subject)}
    if change.creates:
        return Said(_("%(name)s signed the charter of %(role)s"), parts)
    return Said(_("Took away the signature of %(name)s under the charter of %(role)s"), parts)


TELLERS: Mapping[Kind, Teller] = {
    Kind.CHARTER: _charter,
    Kind.ACCOUNTABILITY: _of_role(
        gettext_noop("a main duty of %(role)s"),
        gettext_noop("Added a main duty to the charter of %(role)s: “%(name)s”"),
        gettext_noop("Took a main duty out of the charter of %(role)s: “%(name)s”"),
        "text",
    ),
    Kind.AUTHORITY: _of_role(
        gettext_noop("an authority of %(role)s"),
        gettext_noop("Gave %(role)s an authority: “%(name)s”"),
        gettext_noop("Took an authority from %(role)s: “%(name)s”"),
        "thing",
    ),
    Kind.NEED: _of_role(
        gettext_noop("an authority that %(role)s needs"),
        gettext_noop("Whoever owns %(role)s needs an authority: “%(name)s”"),
        gettext_noop("Whoever owns %(role)s no longer needs an authority: “%(name)s”"),
        "thing",
    ),
    Kind.SKILL: _of_role(
        gettext_noop("a skill of %(role)s"),
        gettext_noop("Added a skill to %(role)s: “%(name)s”"),
        gettext_noop("Took a skill from %(role)s: “%(name)s”"),
        "name",
    ),
    Kind.ALIAS: _of_role(
        gettext_noop("another name of %(role)s"),
        gettext_noop("%(role)s is also called “%(name)s”"),
        gettext_noop("%(role)s is no longer called “%(name)s”"),
        "name",
    ),
    Kind.AGREEMENT: _pair,
    Kind.INCOMPATIBILITY: _incompatibility,
    Kind.REQUIREMENT: _requirement,
    Kind.GAIN: _gain,
    Kind.HOLDING: _holding,
    Kind.ABSENCE: _absence,
    Kind.SIGNATURE: _signature,
}

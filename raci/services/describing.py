"""History as sentences: what a revision changed, in the words of the people who read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.domain.change import Change
from raci.domain.records import Kind
from raci.services import sets
from raci.services.door import CHANGE_PARTS, to_change

_KINDS = {
    Kind.ROLE: gettext_lazy("role"),
    Kind.LINE: gettext_lazy("reporting line"),
    Kind.AREA: gettext_lazy("area"),
    Kind.DUTY: gettext_lazy("duty"),
    Kind.SHEET: gettext_lazy("matrix"),
    Kind.ROW: gettext_lazy("row"),
    Kind.COLUMN: gettext_lazy("column"),
    Kind.GREY_AREA: gettext_lazy("grey area"),
    Kind.CLAIM: gettext_lazy("claim"),
    Kind.DECISION: gettext_lazy("decision"),
}


@dataclass(frozen=True)
class Names:
    """What keys are called today, or were when they were created."""

    by_key: Mapping[str, str]
    duty_of: Mapping[str, str]

    def of(self, key: str) -> str:
        return self.by_key.get(key) or key

    def place(self, change: Change) -> str:
        """Say where a change took place: "VEN-4 Sign the contract in IT projects"."""
        address = change.address
        subject = self.of(self.duty_of.get(address.subject, address.subject))
        return _("%(subject)s in %(matrix)s") % {"subject": subject, "matrix": self.of(address.matrix)}


def sentences(revision: models.Revision, limit: int = 200) -> list[str]:
    """Return one sentence for each change of a revision, at most ``limit`` and then how many more there are."""
    return sentences_of([revision], limit)[revision.pk]


def sentences_of(revisions: Sequence[models.Revision], limit: int | None = 8) -> dict[int, list[str]]:
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
    told = {pk: [describe(change, names) for change in found] for pk, found in changes.items()}
    for item in revisions:
        if limit is not None and item.size > limit:
            told[item.pk].append(_("… and %(count)d more changes") % {"count": item.size - limit})
    return told


def describe(change: Change, names: Names) -> str:
    """Say one change as a sentence."""
    special = {Kind.CELL: _cell, Kind.CLAIM: _claim, Kind.GREY_AREA: _grey_area, Kind.DECISION: _decision}
    return special.get(change.address.kind, _record)(change, names)


def _grey_area(change: Change, names: Names) -> str:
    if change.field == "status" and change.after == "decided":
        return _("Settled the grey area %(place)s") % {"place": names.place(change)}
    return _record(change, names)


def _decision(change: Change, names: Names) -> str:
    if not change.creates:
        return _record(change, names)
    owner = names.of(_part(change.after, "owner"))
    return _("Decided %(place)s: %(owner)s is accountable") % {"place": names.place(change), "owner": owner}


def _record(change: Change, names: Names) -> str:
    what = {"kind": _KINDS[change.address.kind], "name": _name(change, names)}
    if change.creates:
        return _("Added the %(kind)s %(name)s") % what
    if change.removes:
        return _("Removed the %(kind)s %(name)s") % what
    values = {"before": _value(change.before, names), "after": _value(change.after, names)}
    field = change.field.replace("_", " ")
    return _("Changed %(field)s of the %(kind)s %(name)s from %(before)s to %(after)s") % {
        **what,
        **values,
        "field": field,
    }


def _cell(change: Change, names: Names) -> str:
    parts = {
        "role": names.of(change.address.other),
        "place": names.place(change),
        "before": change.before,
        "after": change.after,
    }
    if not change.before:
        return _("Gave %(role)s %(after)s for %(place)s") % parts
    if not change.after:
        return _("Took %(before)s from %(role)s for %(place)s") % parts
    return _("Changed %(role)s from %(before)s to %(after)s for %(place)s") % parts


def _claim(change: Change, names: Names) -> str:
    parts = {"role": names.of(change.address.other), "place": names.place(change)}
    if change.creates:
        return _("%(role)s claims %(letters)s for %(place)s") % {**parts, "letters": _part(change.after, "letters")}
    if change.removes:
        return _("%(role)s took back its claim for %(place)s") % parts
    return _("%(role)s changed its claim for %(place)s") % parts


def _name(change: Change, names: Names) -> str:
    address = change.address
    if address.kind is Kind.LINE:
        return f"{names.of(address.subject)} → {names.of(address.other)}"
    return names.place(change) if address.matrix else names.of(address.subject)


def _part(value: Any, name: str) -> str:
    return str(value.get(name, "")) if isinstance(value, Mapping) else ""


def _value(value: Any, names: Names) -> str:
    if value in ("", None):
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{names.of(key)} {text}" for key, text in value.items())
    return f"“{names.of(str(value))}”"


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
    duty_of |= dict(models.GreyArea.objects.filter(key__in=sets.among(keys)).values_list("key", "duty__key"))
    duty_of |= dict(models.Decision.objects.filter(key__in=sets.among(keys)).values_list("key", "duty__key"))
    keys |= set(duty_of.values())
    for rows in (
        models.Role.objects.filter(key__in=sets.among(keys)).values_list("key", "name"),
        models.Area.objects.filter(key__in=sets.among(keys)).values_list("key", "name"),
        models.Duty.objects.filter(key__in=sets.among(keys)).values_list("key", "code", "title"),
        models.Matrix.objects.filter(key__in=sets.among(keys)).values_list("key", "title"),
    ):
        by_key |= {key: " ".join(texts) for key, *texts in rows}
    return Names(by_key, duty_of)


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

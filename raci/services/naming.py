"""What keys are called in sentences about changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change
from raci.services import sets
from raci.services.labels import in_words, names_record, quoted
from raci.services.said import Named, Said


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
    by_key |= _names(keys)
    duties = list(models.Duty.objects.filter(key__in=sets.among(keys)).values_list("key", "code", "title"))
    by_key |= {key: f"{code} {title}" for key, code, title in duties}
    if any(change.field == "scheme" for change in changes):
        by_key |= dict(models.Scheme.objects.values_list("code", "name"))
    codes = {key: code for key, code, _title in duties}
    return Names(by_key, duty_of, codes, frozenset(codes))


# What is called by a name: the model, and the field that holds it.
_CALLED: tuple[tuple[Any, str], ...] = (
    (models.Role, "name"),
    (models.Area, "name"),
    (models.Matrix, "title"),
    (models.Round, "title"),
    (models.Competency, "name"),
    (models.Route, "name"),
    (models.Difference, "dimension"),
    (models.Baseline, "name"),
    (models.Person, "name"),
)


def _names(keys: set[str]) -> dict[str, str]:
    """Return what is called how, in one query; people whose name was erased are called that."""
    first, *others = (
        model.objects.filter(key__in=sets.among(keys)).order_by().values_list("key", name) for model, name in _CALLED
    )
    return {key: name or _("somebody whose name was erased") for key, name in first.union(*others, all=True)}


def _own_name(values: Mapping[str, Any]) -> str:
    parts = [str(values[name]) for name in ("code", "title", "name", "dimension") if values.get(name)]
    return " ".join(parts[-2:] if "title" in values else parts[-1:])


def _keys(change: Change) -> list[str]:
    address = change.address
    found = [address.matrix, address.subject, address.other]
    for value in (change.before, change.after):
        found += [item for item in value.values() if isinstance(item, str)] if isinstance(value, Mapping) else []
        found += list(value) if isinstance(value, Mapping) and change.field else []
        found += [value] if isinstance(value, str) else []
    return [key for key in found if len(key) == 12]


def part_of(value: Any, name: str) -> str:
    """Return one field of a whole record as text, "" where it is none."""
    return str(value.get(name, "")) if isinstance(value, Mapping) else ""


def value_in_words(change: Change, value: Any, names: Names) -> str:
    """Return what a changed field holds, as people write it."""
    kind, name = change.address.kind, change.field
    if isinstance(value, Mapping):
        return ", ".join(f"{names.of(key)} {text}" for key, text in value.items()) or _("empty")
    if value and (names_record(kind, name) or name == "scheme"):
        return quoted(names.of(str(value)))
    return in_words(kind, name, value)

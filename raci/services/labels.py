"""What fields and their values are called in sentences: one table for every kind of record."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.domain.records import Kind, field_types
from raci.services.labels_defining import CATALOGUE_ENTRY, DEFINING, PLACE
from raci.services.tables import OUTSIDE, TABLES
from raci.services.words import shown_number

KINDS = {
    Kind.ROLE: gettext_lazy("role"),
    Kind.LINE: gettext_lazy("reporting line"),
    Kind.ALIAS: gettext_lazy("other name"),
    Kind.AREA: gettext_lazy("area"),
    Kind.DUTY: gettext_lazy("duty"),
    Kind.SHEET: gettext_lazy("matrix"),
    Kind.ROW: gettext_lazy("row"),
    Kind.COLUMN: gettext_lazy("column"),
    Kind.GREY_AREA: gettext_lazy("grey area"),
    Kind.CLAIM: gettext_lazy("claim"),
    Kind.DECISION: gettext_lazy("decision"),
    Kind.PART: gettext_lazy("part of the decision"),
    Kind.ACKNOWLEDGEMENT: gettext_lazy("acknowledgement"),
    Kind.COMMENT: gettext_lazy("comment"),
    Kind.ROUND: gettext_lazy("blind round"),
    Kind.CHARTER: gettext_lazy("charter"),
    Kind.ACCOUNTABILITY: gettext_lazy("main duty"),
    Kind.AUTHORITY: gettext_lazy("authority"),
    Kind.NEED: gettext_lazy("authority needed"),
    Kind.AGREEMENT: gettext_lazy("agreement"),
    Kind.INCOMPATIBILITY: gettext_lazy("pair of incompatible duties"),
    Kind.DIFFERENCE: gettext_lazy("difference"),
    Kind.COMPETENCY: gettext_lazy("competency"),
    Kind.SKILL: gettext_lazy("skill"),
    Kind.REQUIREMENT: gettext_lazy("requirement"),
    Kind.ROUTE: gettext_lazy("development route"),
    Kind.GAIN: gettext_lazy("expected gain"),
    Kind.HOLDING: gettext_lazy("holding"),
    Kind.ABSENCE: gettext_lazy("absence"),
    Kind.SIGNATURE: gettext_lazy("signature"),
    Kind.BASELINE: gettext_lazy("baseline"),
}

_POSITION = PLACE
_SOURCE = CATALOGUE_ENTRY

LABELS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.AREA: {
        "code": gettext_lazy("code"),
        "name": gettext_lazy("name"),
        "description": gettext_lazy("description"),
        "position": _POSITION,
        "first_role": gettext_lazy("first role"),
        "second_role": gettext_lazy("second role"),
        "source": _SOURCE,
    },
    Kind.ROLE: {
        "code": gettext_lazy("code"),
        "name": gettext_lazy("name"),
        "kind": gettext_lazy("kind"),
        "purpose": gettext_lazy("purpose"),
        "scope": gettext_lazy("scope"),
        "source": _SOURCE,
        "retired": gettext_lazy("retirement"),
    },
    Kind.LINE: {
        "option": gettext_lazy("number of the alternative"),
        "dotted": gettext_lazy("dotted line"),
        "note": gettext_lazy("note"),
    },
    Kind.ALIAS: {"name": gettext_lazy("name"), "source": gettext_lazy("source")},
    Kind.DUTY: {
        "code": gettext_lazy("code"),
        "title": gettext_lazy("title"),
        "area": gettext_lazy("area"),
        "parent": gettext_lazy("parent duty"),
        "note": gettext_lazy("note"),
        "source": _SOURCE,
        "is_control": gettext_lazy("mark of a control"),
        "retired": gettext_lazy("retirement"),
    },
    Kind.SHEET: {
        "title": gettext_lazy("title"),
        "scope_kind": gettext_lazy("kind of scope"),
        "scope_name": gettext_lazy("name of the scope"),
        "scheme": gettext_lazy("letter scheme"),
        "description": gettext_lazy("description"),
        "position": _POSITION,
    },
    Kind.ROW: {
        "position": _POSITION,
        "applies": gettext_lazy("application"),
        "reason": gettext_lazy("reason why it does not apply"),
    },
    Kind.COLUMN: {"position": _POSITION},
    Kind.GREY_AREA: {
        "duty": gettext_lazy("duty"),
        "question": gettext_lazy("question"),
        "status": gettext_lazy("status"),
        "origin": gettext_lazy("origin"),
        "decider": gettext_lazy("deciding role"),
        "interim": gettext_lazy("interim owner"),
        "raised_on": gettext_lazy("opening date"),
        "raised_by": gettext_lazy("author"),
        "due_on": gettext_lazy("due date"),
        "proposed": gettext_lazy("proposed letters"),
        "usual_decision": gettext_lazy("usual decision"),
        "reopened_on": gettext_lazy("date of the new opening"),
    },
    Kind.CLAIM: {
        "letters": gettext_lazy("letters"),
        "reason": gettext_lazy("reason"),
        "made_on": gettext_lazy("date"),
    },
    Kind.DECISION: {
        "duty": gettext_lazy("duty"),
        "grey_area": gettext_lazy("grey area"),
        "type": gettext_lazy("kind of decision"),
        "owner": gettext_lazy("accountable role"),
        "letters": gettext_lazy("letters of the row"),
        "reason": gettext_lazy("reason"),
        "decided_on": gettext_lazy("date"),
        "decided_by": gettext_lazy("author"),
        "review_on": gettext_lazy("review date"),
        "supersedes": gettext_lazy("predecessor"),
        "withdrawn_on": gettext_lazy("date of withdrawal"),
        "terms": gettext_lazy("terms"),
        "mode": gettext_lazy("meaning of the amounts"),
        "options": gettext_lazy("options weighed"),
        "authority": gettext_lazy("authority"),
        "degree": gettext_lazy("level of delegation"),
        "reversible": gettext_lazy("reversibility"),
        "valid_from": gettext_lazy("first day of validity"),
        "valid_until": gettext_lazy("last day of validity"),
        "due_on": gettext_lazy("due date"),
    },
    Kind.PART: {
        "role": gettext_lazy("role"),
        "position": _POSITION,
        "name": gettext_lazy("value"),
        "text": gettext_lazy("contribution"),
        "category": gettext_lazy("category"),
        "unit": gettext_lazy("unit"),
        "lower": gettext_lazy("lower bound"),
        "upper": gettext_lazy("upper bound"),
        "duty": gettext_lazy("duty"),
        "sheet": gettext_lazy("matrix"),
        "giver": gettext_lazy("role that passes it on"),
        "may_pass_on": gettext_lazy("right to pass it on"),
        "starts_on": gettext_lazy("first day"),
        "ends_on": gettext_lazy("last day"),
    },
    Kind.ACKNOWLEDGEMENT: {
        "role": gettext_lazy("role"),
        "person": gettext_lazy("account"),
        "name": gettext_lazy("name"),
        "agrees": gettext_lazy("agreement"),
        "reason": gettext_lazy("reason"),
        "answered_on": gettext_lazy("date"),
    },
    Kind.ROUND: {
        "title": gettext_lazy("title"),
        "status": gettext_lazy("status"),
        "duties": gettext_lazy("duties"),
        "roles": gettext_lazy("roles"),
        "opened_on": gettext_lazy("opening date"),
        "opened_by": gettext_lazy("author"),
        "due_on": gettext_lazy("due date"),
        "revealed_on": gettext_lazy("date of the reveal"),
    },
    Kind.COMMENT: {
        "duty": gettext_lazy("duty"),
        "role": gettext_lazy("role"),
        "text": gettext_lazy("text"),
        "written_by": gettext_lazy("author"),
        "written_at": gettext_lazy("date"),
        "resolved": gettext_lazy("mark as resolved"),
    },
    **DEFINING,
}

# The words for fields that hold one of a few values.
CHOICES: Mapping[tuple[Kind, str], Mapping[str, Any]] = {
    (Kind.ROLE, "kind"): dict(models.Role.Kind.choices),
    (Kind.SHEET, "scope_kind"): dict(models.Matrix.ScopeKind.choices),
    (Kind.GREY_AREA, "status"): dict(models.GreyArea.Status.choices),
    (Kind.GREY_AREA, "origin"): dict(models.GreyArea.Origin.choices),
    (Kind.DECISION, "type"): dict(models.Decision.Type.choices),
    (Kind.DECISION, "mode"): dict(models.Decision.Mode.choices),
    (Kind.ROUND, "status"): dict(models.Round.Status.choices),
    (Kind.AUTHORITY, "verb"): dict(models.Authority._meta.get_field("verb").flatchoices),
    (Kind.NEED, "verb"): dict(models.Need._meta.get_field("verb").flatchoices),
    (Kind.AGREEMENT, "type"): dict(models.Agreement.Type.choices),
    (Kind.ROUTE, "type"): dict(models.Route.Type.choices),
    (Kind.HOLDING, "manner"): dict(models.Holding.Manner.choices),
}


def label(kind: Kind, name: str) -> str:
    """Return what a field is called."""
    return str(LABELS.get(kind, {}).get(name) or name.replace("_", " "))


def names_record(kind: Kind, name: str) -> bool:
    """Tell whether a field holds the key of another record."""
    found = TABLES[kind].references.get(name) if kind in TABLES else None
    return found is not None and found.to not in OUTSIDE


def in_words(kind: Kind, name: str, value: Any) -> str:
    """Return a field's value, given in its JSON form, as the reader would write it; no keys, no letters by role."""
    if value in ("", None):
        return _("empty")
    wanted = field_types(kind).get(name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if wanted == date | None:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if (kind, name) in CHOICES or (isinstance(wanted, type) and issubclass(wanted, StrEnum)):
        return str(CHOICES.get((kind, name), {}).get(value, value))
    return shown_number(value) if isinstance(value, int) else quoted(str(value))


def quoted(text: str) -> str:
    """Return a text in the quotation marks of the current language."""
    return _("“%(text)s”") % {"text": text}

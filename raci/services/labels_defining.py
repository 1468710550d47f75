"""What the fields of records are called that define roles: charters, authority, competence, people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from raci.domain.records import Kind

PLACE = gettext_lazy("place")
CATALOGUE_ENTRY = gettext_lazy("catalogue entry")
_FROM = gettext_lazy("first day")
_UNTIL = gettext_lazy("last day")
_PERSON = gettext_lazy("person")
_UNIT = gettext_lazy("unit")
_THING = gettext_lazy("object")
_VERB = gettext_lazy("kind of authority")
_NAME = gettext_lazy("name")
_DESCRIPTION = gettext_lazy("description")
_FIRST, _SECOND = gettext_lazy("first role"), gettext_lazy("second role")

DEFINING: Mapping[Kind, Mapping[str, Any]] = {
    Kind.CHARTER: {
        "excludes": gettext_lazy("list of what it does not own"),
        "domains": gettext_lazy("list of what it controls alone"),
        "policies": gettext_lazy("policies"),
        "dependencies": gettext_lazy("dependencies"),
        "measures": gettext_lazy("measures"),
        "valid_from": gettext_lazy("first day of validity"),
        "review_on": gettext_lazy("review date"),
    },
    Kind.ACCOUNTABILITY: {
        "text": gettext_lazy("text"),
        "area": gettext_lazy("area"),
        "duty": gettext_lazy("duty"),
        "share": gettext_lazy("share of time"),
        "position": PLACE,
    },
    Kind.AUTHORITY: {
        "thing": _THING,
        "verb": _VERB,
        "unit": _UNIT,
        "ceiling": gettext_lazy("limit"),
        "sheet": gettext_lazy("matrix"),
        "note": gettext_lazy("note"),
        "position": PLACE,
    },
    Kind.NEED: {"thing": _THING, "verb": _VERB, "unit": _UNIT, "amount": gettext_lazy("amount")},
    Kind.AGREEMENT: {
        "first_role": _FIRST,
        "second_role": _SECOND,
        "type": gettext_lazy("type"),
        "sheet": gettext_lazy("matrix"),
        "reference": gettext_lazy("reference"),
        "valid_until": gettext_lazy("last day of validity"),
    },
    Kind.INCOMPATIBILITY: {
        "reason": gettext_lazy("reason"),
        "control": gettext_lazy("compensating control"),
        "control_until": gettext_lazy("last day of the control"),
    },
    Kind.DIFFERENCE: {
        "first_role": _FIRST,
        "second_role": _SECOND,
        "dimension": gettext_lazy("dimension"),
        "first_value": gettext_lazy("value of the first role"),
        "second_value": gettext_lazy("value of the second role"),
        "source": CATALOGUE_ENTRY,
        "position": PLACE,
    },
    Kind.COMPETENCY: {
        "code": gettext_lazy("code"),
        "name": _NAME,
        "description": _DESCRIPTION,
        "scale": gettext_lazy("scale of levels"),
        "lowest": gettext_lazy("lowest level"),
        "highest": gettext_lazy("highest level"),
        "framework": gettext_lazy("codes in frameworks"),
        "source": CATALOGUE_ENTRY,
        "position": PLACE,
    },
    Kind.SKILL: {
        "name": _NAME,
        "competency": gettext_lazy("competency"),
        "source": CATALOGUE_ENTRY,
        "position": PLACE,
    },
    Kind.REQUIREMENT: {
        "level": gettext_lazy("required level"),
        "essential": gettext_lazy("mark as essential"),
        "weight": gettext_lazy("weight"),
    },
    Kind.ROUTE: {
        "name": _NAME,
        "type": gettext_lazy("type"),
        "description": _DESCRIPTION,
        "evidence": gettext_lazy("evidence"),
        "cost": gettext_lazy("cost"),
        "unit": gettext_lazy("currency"),
        "months": gettext_lazy("number of months"),
        "source": CATALOGUE_ENTRY,
        "position": PLACE,
    },
    Kind.GAIN: {"levels": gettext_lazy("levels gained")},
    Kind.HOLDING: {"person": _PERSON, "manner": gettext_lazy("manner"), "starts_on": _FROM, "ends_on": _UNTIL},
    Kind.ABSENCE: {"person": _PERSON, "starts_on": _FROM, "ends_on": _UNTIL, "cover": gettext_lazy("stand-in")},
    Kind.SIGNATURE: {
        "person": _PERSON,
        "number": gettext_lazy("revision"),
        "digest": gettext_lazy("digest"),
        "signed_on": gettext_lazy("date"),
    },
    Kind.BASELINE: {
        "name": _NAME,
        "number": gettext_lazy("revision"),
        "published_on": gettext_lazy("date of publication"),
        "note": gettext_lazy("note"),
    },
}

"""Template tags of the way from one role to another: levels with their names, shares, what a route costs."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template
from django.utils.translation import ngettext

from raci.models import Route
from raci.services.paths import cost_said
from raci.services.paths import percent as percent_said
from raci.services.scales import Levels
from raci.services.words import shown_number

register = template.Library()

# How a finding of these pages is marked.
_TAGS = {"error": "tag-alert", "warning": "tag-warn"}


@register.filter
def level(value: int | None, scale: Levels) -> str:
    """Return a level with its name; a dash where there is none."""
    return "–" if value is None else scale.shown(value)


@register.filter
def percent(share: Fraction | None) -> str:
    """Return a share as people read it."""
    return percent_said(share)


@register.filter
def cost(route: Any) -> str:
    """Return what a route costs; a dash where nobody said."""
    return cost_said(route.cost, route.unit) or "–"


@register.filter
def cost_and_time(route: Any) -> str:
    """Return what a route costs and how long it takes, as far as somebody said."""
    months = ngettext("%(count)s month", "%(count)s months", route.months) % {"count": shown_number(route.months)}
    told = [cost_said(route.cost, route.unit), months if route.months else ""]
    return " · ".join(part for part in told if part)


@register.filter
def code_in(key: str, codes: Mapping[str, str]) -> str:
    """Return the code of a competency."""
    return codes.get(key, "")


@register.filter
def route_type(value: str) -> str:
    """Return a type of routes in words."""
    return str(dict(Route.Type.choices).get(str(value), value))


@register.filter
def note_style(severity: str) -> str:
    """Return how a finding of a severity is marked."""
    return _TAGS.get(severity, "")

"""Where the things that were found lead to, and rows."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from raci.domain.find import Sort
from raci.services.finding import Found

register = template.Library()


@register.simple_tag
def leads_to(found: Found, slug: str) -> str:
    """Return the address of the page on something that was found."""
    key = found.entry.key
    match found.entry.sort:
        case Sort.DUTY:
            return reverse("assign", args=[slug, key])
        case Sort.DECISION:
            return reverse("decision", args=[slug, key])
        case Sort.AREA:
            return _list("duties", slug, area=key)
        case Sort.ROLE:
            return _list("roles", slug, q=found.entry.code)
        case Sort.PERSON:
            return _list("who_owns", slug, q=found.entry.title)


@register.simple_tag
def row_leads_to(slug: str, duty: str, grey_area: str = "") -> str:
    """Return the address of the page on a row: of its open grey area where it has one, else that names one owner."""
    return reverse("grey_area", args=[slug, grey_area]) if grey_area else reverse("assign", args=[slug, duty])


def _list(name: str, slug: str, **asked: str) -> str:
    return f"{reverse(name, args=[slug])}?{urlencode(asked)}"

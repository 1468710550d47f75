"""Where the things that were found lead to."""

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


def _list(name: str, slug: str, **asked: str) -> str:
    return f"{reverse(name, args=[slug])}?{urlencode(asked)}"

"""Every address of the admin by every kind of user, complete by construction: the addresses are asked of the site."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from raci import models
from tests.admin.test_pages import OWN, own_row, populate

# For everybody: signing in and out, and what is answered before anybody is asked who they are.
OPEN = {"login", "logout", "catch_all"}


def names(patterns: list, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name of the admin with the parts of its address that must be filled."""
    for item in patterns:
        if isinstance(item, URLResolver):
            yield from names(item.url_patterns)
        elif isinstance(item, URLPattern) and item.name:
            yield item.name, tuple(item.pattern.converters) or tuple(item.pattern.regex.groupindex)


ALL = sorted({(name, parts) for name, parts in names(admin.site.get_urls()) if name not in OPEN and "url" not in parts})
FILL = {"app_label": "raci", "content_type_id": 1}


def address(name: str, parts: tuple[str, ...], pk: int) -> str:
    return reverse(f"admin:{name}", kwargs={part: FILL.get(part, pk) for part in parts})


def test_there_are_addresses_for_every_record():
    known = {name for name, _ in ALL}
    for model in admin.site._registry:
        assert {
            f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in ("changelist", "change")
        } <= known


@pytest.mark.parametrize(("name", "parts"), ALL, ids=lambda value: value if isinstance(value, str) else "")
def test_outsiders_get_nowhere(small, client, ed, name, parts):
    for method in ("get", "post"):
        anonymous = getattr(client, method)(address(name, parts, 1))
        assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (302, "/admin/login/")
        assert getattr(ed, method)(address(name, parts, 1)).status_code == 403


OF_RECORDS = [
    (model, page) for model in OWN for page in ("change", "delete", "history") if model is not models.User
] + [(models.Revision, "undo")]


@pytest.mark.parametrize(("model", "page"), OF_RECORDS, ids=lambda value: getattr(value, "__name__", value))
def test_strangers_cannot_tell_what_others_own_from_what_is_not_there(small, alice, sten, model, page):
    populate(small)
    name = f"raci_{model._meta.model_name}_{page}"
    for method in ("get", "post"):
        theirs, nothing = (
            getattr(sten, method)(address(name, ("object_id",), pk)).status_code
            for pk in (own_row(model, small).pk, 999_999)
        )
        assert theirs == nothing
        assert theirs in (403, 404)


def test_owners_are_not_offered_what_belongs_to_the_site_alone(alice):
    for model in admin.site._registry:
        if model._meta.app_label != "raci":
            name = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
            assert alice.get(reverse(f"admin:{name}")).status_code == 403

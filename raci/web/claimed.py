"""Who claims what, gathered for all rows of a list at once."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from raci.services.sets import among, among_ids
from raci.web import access


def attach_claims(request: HttpRequest, grey_areas: Sequence[Any]) -> None:
    """Give each grey area ``made``, its claims with their roles, and ``offers``: what is proposed, in words."""
    by_pk: dict[int, list[Any]] = {item.pk: [] for item in grey_areas}
    for claim in access.claims(request).filter(grey_area__in=among_ids(by_pk)).order_by("pk"):
        by_pk[claim.grey_area_id].append(claim)
    wanted = {role for item in grey_areas for role in item.proposed}
    names = dict(access.roles(request).filter(key__in=among(wanted)).values_list("key", "name"))
    for item in grey_areas:
        item.made = by_pk[item.pk]
        item.offers = "; ".join(
            f"{names.get(role, role)} {letters}"
            for role, letters in sorted(item.proposed.items(), key=lambda pair: names.get(pair[0], ""))
        )

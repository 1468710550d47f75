"""What the lists of the register show beside their own fields, gathered for all rows of a page at once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from raci.domain.scheme import split_letters
from raci.services.sets import among_ids
from raci.web import access
from raci.web.scheme import common_scheme


def attach_owners(request: HttpRequest, duties: Sequence[Any]) -> None:
    """Give each duty ``held``: (matrix, role, letters) wherever a role is accountable; and ``undecided``."""
    by_pk: dict[int, list[tuple[str, str, str]]] = {duty.pk: [] for duty in duties}
    found = access.owning_cells(request).filter(row__duty__in=among_ids(by_pk))
    found = found.order_by("row__matrix__position", "column__position")
    for duty, *shown in found.values_list("row__duty", "row__matrix__title", "column__role__name", "letters"):
        by_pk[duty].append(tuple(shown))
    undecided = access.unresolved(request).filter(duty__in=among_ids(by_pk)).order_by()
    waiting = Counter(undecided.values_list("duty", flat=True))
    for duty in duties:
        duty.held, duty.undecided = by_pk[duty.pk], waiting[duty.pk]


def attach_letters(request: HttpRequest, roles: Sequence[Any]) -> None:
    """Give each role ``held``: how often it holds each letter, in the order of their weight."""
    counts: dict[int, Counter[str]] = {role.pk: Counter() for role in roles}
    found = access.cells(request).filter(column__role__in=among_ids(counts)).order_by()
    for role, letters in found.values_list("column__role", "letters"):
        counts[role].update(split_letters(letters))
    order = [letter.code for letter in common_scheme().letters]
    for role in roles:
        mine = counts[role.pk]
        codes = [*(code for code in order if mine[code]), *sorted(code for code in mine if code not in order)]
        role.held = [(code, mine[code]) for code in codes]

"""Which authority a duty needs, and which roles have it."""

from dataclasses import dataclass

from django.http import HttpRequest

from raci import models
from raci.domain.charter import covers, power_words
from raci.domain.records import Authority, Need, Verb
from raci.services.words import said
from raci.web import access_charters


@dataclass(frozen=True)
class Needed:
    """One thing that whoever owns a duty must be able to do; ``enough`` are the roles that can, somewhere at least."""

    says: str
    enough: tuple[str, ...]


def needed(request: HttpRequest, duty: models.Duty) -> list[Needed]:
    """Return what a duty needs, in words: one query, two where it needs something."""
    needs = [Need(row.thing, Verb(row.verb), row.unit, row.amount) for row in duty.needs.order_by("pk")]
    if not needs:
        return []
    powers = [
        (row.role.name, Authority(row.thing, Verb(row.verb), row.unit, row.ceiling))
        for row in access_charters.powers(request)
    ]
    return [_needed(need, powers) for need in needs]


def _needed(need: Need, powers: list[tuple[str, Authority]]) -> Needed:
    able = {name for name, power in powers if covers([power], need, "")}
    words = said(power_words(need.verb, need.thing, need.amount, need.unit))
    return Needed(words[:1].upper() + words[1:], tuple(sorted(able)))

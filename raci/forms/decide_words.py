"""The ways to settle a grey area in words: what each is called, and when it fits (`decisions.md` 4.1)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from raci.domain.decision_chain import Standing
from raci.domain.records import DecisionType


@dataclass(frozen=True)
class TypeWords:
    """One way to settle: ``when`` it fits, and ``then`` what it asks for."""

    name: Any
    when: Any
    then: Any


TYPE_WORDS: dict[DecisionType, TypeWords] = {
    DecisionType.SOLE_OWNER: TypeWords(
        _("Sole owner"),
        _("One role has the authority and the knowledge."),
        _("One role answers for all of it; the others keep a lesser part."),
    ),
    DecisionType.SPLIT_SCOPE: TypeWords(
        _("Split by scope"),
        _("Both do the same, but for different projects, products, sites or phases."),
        _("Name what it is split by, and who answers for each value of it."),
    ),
    DecisionType.SPLIT_THRESHOLD: TypeWords(
        _("Split by threshold"),
        _("It depends on a value: money, days, risk or severity."),
        _("Name the measure, and who answers for which amounts. The highest must have no upper end."),
    ),
    DecisionType.SHARED: TypeWords(
        _("Shared, one accountable"),
        _("The work cannot be cut, and each brings something else to it."),
        _("One role answers for the whole; say what each of the others contributes."),
    ),
    DecisionType.DELEGATE: TypeWords(
        _("Delegated"),
        _("The owner stays accountable and lets somebody else decide, within limits."),
        _("Name the owner, and who may decide in its place: up to what, and for how long."),
    ),
    DecisionType.ESCALATE: TypeWords(
        _("Escalated"),
        _("Neither may decide, or both refuse: a superior has to."),
        _("Put one question to one superior, with a day for the answer. Until then it stays open."),
    ),
    DecisionType.DEFER: TypeWords(
        _("Deferred"),
        _("It is not needed yet."),
        _("Say when to take it up again. Until then it stays open, and ages."),
    ),
}

STANDINGS: dict[Standing, Any] = {
    Standing.IN_FORCE: _("in force"),
    Standing.COMING: _("not yet in force"),
    Standing.EXPIRED: _("expired"),
    Standing.REPLACED: _("replaced"),
    Standing.WITHDRAWN: _("withdrawn"),
}

# What templates call the ways to settle, in their own words.
_USUAL = {
    "sole owner": DecisionType.SOLE_OWNER,
    "split by scope": DecisionType.SPLIT_SCOPE,
    "split by threshold": DecisionType.SPLIT_THRESHOLD,
    "split by amount": DecisionType.SPLIT_THRESHOLD,
    "shared, one accountable": DecisionType.SHARED,
    "delegate": DecisionType.DELEGATE,
    "escalate": DecisionType.ESCALATE,
    "defer": DecisionType.DEFER,
}


def usual_type(text: str) -> DecisionType | None:
    """Return the way to settle that a template says is usual, None where it says none that is known."""
    folded = text.strip().casefold()
    return _USUAL.get(folded) or next((kind for kind in DecisionType if kind.value == folded), None)

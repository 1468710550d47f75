"""Rules on decisions whose time has come."""

from collections.abc import Iterator
from datetime import date

from raci.domain.lint.decided import in_force
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import Decision, DecisionType
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _


@row_rule(
    "T01",
    "out-of-date",
    Documentation(
        title=_("A decision is out of date"),
        check=_(
            "The time for which a decision was made is over, or that of a delegation to some role. Or the day on which "
            "a decision was to be reviewed, or on which a duty that was put off was to be taken up again, is past; "
            "after the set number of days that is an error."
        ),
        why=_("Views of who does what drift, even where the work stays the same."),
        fix=_("Decide anew, with a later day or otherwise, or withdraw the decision."),
        settings=("overdue_review_days",),
    ),
    expired=Form(
        Level.ERROR,
        _("The decision on {duty} ran out {when}."),
        _("Renew the decision on {duty}, change it, or withdraw it."),
        variant="expired",
    ),
    ended=Form(
        Level.ERROR,
        _("The right to decide on {duty} that was passed on has ended for: {roles}."),
        _("Delegate {duty} anew, or withdraw the delegation."),
        variant="ended",
    ),
    review=Form(
        Level.WARNING,
        _("The decision on {duty} was to be reviewed {when}."),
        _("Review the decision on {duty}: renew it, change it, or withdraw it."),
        variant="review",
    ),
    review_late=Form(
        Level.ERROR,
        _("The decision on {duty} was to be reviewed {when}, more than {limit} days."),
        _("Review the decision on {duty}: renew it, change it, or withdraw it."),
        variant="review",
    ),
    deferred=Form(
        Level.WARNING,
        _("{duty} was put off, and to be taken up again {when}."),
        _("Decide who owns {duty}, or put it off again and say why."),
        variant="deferred",
    ),
    deferred_late=Form(
        Level.ERROR,
        _("{duty} was put off, and to be taken up again {when}, more than {limit} days."),
        _("Decide who owns {duty}, or put it off again and say why."),
        variant="deferred",
    ),
)
def out_of_date(view: View, item: RowView) -> Iterator[Hit]:
    said = set()
    for key, decision in in_force(view.matrix, item.duty):
        for hit in _of_decision(view, item.duty, key, decision):
            variant = hit.form.removesuffix(_LATE)
            if variant not in said:
                said.add(variant)
                yield hit


_LATE = "_late"


def _of_decision(view: View, duty: str, key: str, decision: Decision) -> Iterator[Hit]:
    facts: Facts = {"duty": view.code(duty), "limit": view.settings.overdue_review_days}
    if days := _days_past(view, decision.valid_until):
        yield Hit(row(duty), {**facts, "when": _ago(days)}, "expired")
        return
    grants = view.matrix.parts_of(key) if decision.type is DecisionType.DELEGATE else ()
    if ended := dict.fromkeys(part.role for part in grants if part.role and _days_past(view, part.ends_on)):
        yield Hit(row(duty), {**facts, "roles": view.names(ended)}, "ended")
    if days := _days_past(view, decision.review_on):
        form = "deferred" if decision.type is DecisionType.DEFER else "review"
        late = _LATE if days > view.settings.overdue_review_days else ""
        yield Hit(row(duty), {**facts, "when": _ago(days)}, form + late)


def _ago(days: int) -> Sentence:
    return Sentence(_("1 day ago")) if days == 1 else Sentence(_("{days} days ago"), {"days": days})


def _days_past(view: View, day: date | None) -> int:
    """Return how many days ago a day was, 0 where it is today, to come or not set."""
    return max(0, (view.today - day).days) if day else 0

"""Rules on what is decided and what is still open."""

from collections.abc import Iterator

from raci.domain.lint.decided import in_force
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import DecisionType
from raci.domain.text import fold
from raci.domain.text import gettext_noop as _


@row_rule(
    "S04",
    "overlap-unresolved",
    Documentation(
        title=_("An overlap is not settled"),
        check=_(
            "The row has an open grey area; or its duty lies in a declared overlap, at least two roles hold or claim a "
            "letter for owning, and no decision is in force. A grey area that is open for longer than the set number of"
            " days is an error. While a grey area is open, its row is undecided: what is missing on it (R01, R03, R08, "
            "R09) is not reported as well, since the decision will bring it. Two owners on an undecided row (R02) still"
            " are: those letters are in force."
        ),
        why=_("As long as nobody has settled who owns a duty, two roles do it twice or neither does it."),
        fix=_("Decide who owns it, or take the question to the first superior that the roles share."),
        settings=("sla_days",),
        hides=("R01", "R03", "R08", "R09"),
    ),
    open=Form(
        Level.WARNING,
        _("Who owns {duty} is open; claimed by: {roles}."),
        _("Decide who owns {duty}, and record the reason."),
    ),
    overdue=Form(
        Level.ERROR,
        _("Who owns {duty} has been open for {days} days, and {limit} are allowed; claimed by: {roles}."),
        _("Decide who owns {duty}, or take it to the first superior that the roles share."),
    ),
    open_unclaimed=Form(
        Level.WARNING,
        _("Who owns {duty} is open; nobody claims it."),
        _("Decide who owns {duty}, and record the reason."),
    ),
    overdue_unclaimed=Form(
        Level.ERROR,
        _("Who owns {duty} has been open for {days} days, and {limit} are allowed; nobody claims it."),
        _("Decide who owns {duty}, or take it to the first superior that the roles share."),
    ),
    unraised=Form(
        Level.WARNING,
        _("{duty} lies in an overlap, {roles} each own or claim it, and no decision is in force."),
        _("Raise {duty} as a grey area and decide who owns it."),
    ),
)
def unresolved(view: View, item: RowView) -> Iterator[Hit]:
    if item.duty in view.matrix.open_by_duty:
        yield _open(view, item)
        return
    owners = {*item.owners, *view.claims_to_own.get(item.duty, ())}
    if len(owners) > 1 and _is_unsettled_overlap(view, item.duty):
        facts = {"duty": view.code(item.duty), "roles": view.names(view.in_order(owners))}
        yield Hit(row(item.duty), facts, "unraised")


def _open(view: View, item: RowView) -> Hit:
    key = view.matrix.open_by_duty[item.duty]
    since, limit = view.matrix.grey_areas[key].open_since, view.settings.sla_days
    days = (view.today - since).days if since else 0
    names = view.names(view.matrix.claimants(key))
    form = "overdue" if days > limit else "open"
    facts: Facts = {"duty": view.code(item.duty), "roles": names, "days": days, "limit": limit}
    return Hit(row(item.duty), facts, form if names else f"{form}_unclaimed")


def _is_unsettled_overlap(view: View, duty: str) -> bool:
    area = view.matrix.areas.get(view.matrix.duties[duty].area)
    return area is not None and area.is_overlap and duty not in view.matrix.decision_by_duty


@row_rule(
    "S07",
    "no-shared-superior",
    Documentation(
        title=_("An escalation has nowhere to go"),
        check=_(
            "The duty was escalated, or its open grey area is usually settled by escalating it, and the roles that "
            "claim it share no superior in the reporting lines, by no alternative and not by dotted lines either."
        ),
        why=_(
            "What two roles cannot settle goes to the first superior that they share. Without one it stays where it is."
        ),
        fix=_("Complete the reporting lines upwards until these roles share a superior."),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty} is to go to a superior that {roles} share, and by the reporting lines they share none."),
        _("Enter whom {roles} report to, up to somebody above all of them."),
    ),
)
def no_shared_superior(view: View, item: RowView) -> Iterator[Hit]:
    for key in _escalated(view, item.duty):
        claimants = view.matrix.claimants(key)
        if len(claimants) > 1 and view.reporting.shared_superior(claimants) is None:
            yield Hit(row(item.duty), {"duty": view.code(item.duty), "roles": view.names(claimants)})
            return


def _escalated(view: View, duty: str) -> Iterator[str]:
    """Yield the grey areas of a duty that go up: by a decision in force, or as is usual where they are open."""
    grey_areas = view.matrix.grey_areas
    for _key, decision in in_force(view.matrix, duty, DecisionType.ESCALATE):
        if decision.grey_area in grey_areas and grey_areas[decision.grey_area].duty == duty:
            yield decision.grey_area
    key = view.matrix.open_by_duty.get(duty, "")
    if key and fold(grey_areas[key].usual_decision) == DecisionType.ESCALATE:
        yield key

"""Rules on who stands where: whether owners have any hold on those who do the work."""

from collections.abc import Iterator

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, cell, column, columns, row_rule, rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import RoleKind
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _


@row_rule(
    "A02",
    "owner-below-doer",
    Documentation(
        title=_("The owner ranks below who does the work"),
        check=_(
            "A role that owns the duty reports to another role that does the work on it, directly or over others. Full "
            "lines count, dotted ones do not. Of alternatives each counts, since any may hold. Roles whose lines "
            " run in a circle rank neither below nor above one another."
        ),
        why=_("Nobody can hold their own superior to account."),
        fix=_("Let the superior own the duty, or let them be asked instead of doing the work."),
    ),
    plain=Form(
        Level.ERROR,
        _("{role} answers for {duty}, but ranks below who does the work: {doers}."),
        _("Let {doers} answer for {duty}, or be asked instead of doing the work."),
    ),
)
def owner_below_doer(view: View, item: RowView) -> Iterator[Hit]:
    for owner in item.owners if view.matrix.lines else ():
        above = [role for role in item.workers if view.reporting.may_rank_below(owner, role)]
        if above:
            facts = {"role": view.name(owner), "duty": view.code(item.duty), "doers": view.names(above)}
            yield Hit(cell(item.duty, owner), facts)


@rule(
    "A03",
    "owner-not-a-post",
    Documentation(
        title=_("The owner is no post"),
        check=_(
            "A role that owns duties is a group, such as a committee or a team, or an external party. Reported once "
            "for the role in a matrix."
        ),
        why=_("A vote cannot answer for a result, and an outside party does not answer to the organisation."),
        fix=_("Name the chair of the group, or the post inside that holds the contract with the external party."),
    ),
    group=Form(
        Level.WARNING,
        _("{role} is a group and no post, but answers for {duties}."),
        _("Name the chair of {role}, or another single post, as the one that answers for {duties}."),
    ),
    external=Form(
        Level.ERROR,
        _("{role} is an external party, but answers for {duties}."),
        _("Name the post inside that deals with {role} as the one that answers for {duties}."),
        variant="external",
    ),
)
def owner_not_a_post(view: View) -> Iterator[Hit]:
    kinds = {role: view.matrix.roles[role].kind for role in view.roles}
    found: dict[str, list[str]] = {}
    for item in view.rows:
        for owner in item.owners:
            if kinds[owner] is not RoleKind.POST:
                found.setdefault(owner, []).append(item.duty)
    for role in view.in_order(found):
        facts: Facts = {"role": view.name(role), "duties": _codes(view, found[role])}
        yield Hit(column(role), facts, "group" if kinds[role] is RoleKind.GROUP else "external", tuple(found[role]))


_NAMED = 6


def _codes(view: View, duties: list[str]) -> str | Sentence:
    """Name duties by their codes: all of a few, the first of many."""
    codes = ", ".join(map(view.code, duties[:_NAMED]))
    more = len(duties) - _NAMED
    return Sentence(_("{duties} and {count} more"), {"duties": codes, "count": more}) if more > 0 else codes


@rule(
    "A04",
    "cross-line-doer",
    Documentation(
        title=_("The work is done in another line, without an agreement"),
        check=_(
            "One role does what another owns, neither reports to the other by any line, full or dotted, whatever the "
            "alternatives, and no agreement between the two is on record that holds today, for all or for this matrix. "
            "Reported once for two roles in a matrix. Silent where no reporting line says anything of one of them: "
            "what is unknown is not missing."
        ),
        why=_("The one who answers has no hold on the one who works, and the work is done when it suits the other."),
        fix=_(
            "Put the agreement between the two on record (an operational level agreement, a contract, a secondment), "
            "or let somebody in the line of the one who works answer for that part."
        ),
    ),
    plain=Form(
        Level.WARNING,
        _("{role} and {other} work for one another on {duties} without a reporting line or an agreement between them."),
        _("Put an agreement between {role} and {other} on record, or let the one who does the work answer for it."),
    ),
)
def cross_line_doer(view: View) -> Iterator[Hit]:
    known = view.reporting.on_record
    found: dict[tuple[str, ...], list[str]] = {}
    for item in view.rows if known else ():
        pairs = {frozenset((owner, doer)) for owner in item.owners for doer in item.workers if owner != doer}
        for pair in pairs:
            if pair <= known:
                found.setdefault(tuple(view.in_order(pair)), []).append(item.duty)
    for role, other in sorted(found, key=lambda pair: [view.roles.index(one) for one in pair]):
        if not view.reporting.are_linked(role, other) and not _have_agreed(view, {role, other}):
            duties = found[role, other]
            facts: Facts = {"role": view.name(role), "other": view.name(other), "duties": _codes(view, duties)}
            yield Hit(columns(role, other), facts, covers=tuple(duties))


def _have_agreed(view: View, pair: set[str]) -> bool:
    """Tell whether an agreement between two roles holds today, everywhere or in this matrix."""
    return any(
        {one.first_role, one.second_role} == pair
        and one.sheet in ("", view.matrix.key)
        and (one.valid_until is None or one.valid_until >= view.today)
        for one in view.matrix.agreements.values()
    )

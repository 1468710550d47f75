"""Rules on the people behind the roles of a row. Where no holding is on record they say nothing."""

from collections.abc import Iterator, Sequence

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.text import NOTHING, Sentence
from raci.domain.text import gettext_noop as _


@row_rule(
    "P01",
    "role-vacant",
    Documentation(
        title=_("Nobody works for the role"),
        check=_(
            "All roles that answer for a duty, or all that do its work, have nobody who works for them today. Whoever "
            "holds a role works for it, permanent, acting or as its deputy, from the first to the last day of the "
            "holding, except while they are away; then the person who stands in for them does. Where no holding of any "
            "role is on record, this is not checked."
        ),
        why=_("Behind an accountability without a person there is nobody to answer, decide or notice."),
        fix=_("Give the role to somebody, name a deputy or acting cover with an end date, or say who stands in."),
    ),
    owner=Form(
        Level.ERROR,
        _("Nobody works for {roles}, so {duty} has nobody accountable{until}."),
        _("Give {roles} to somebody, if only acting, or say who stands in while its holder is away."),
        variant="owner",
    ),
    doer=Form(
        Level.WARNING,
        _("Nobody works for {roles}, so nobody does the work of {duty}{until}."),
        _("Give {roles} to somebody, if only acting, or say who stands in while its holder is away."),
        variant="doer",
    ),
)
def vacant(view: View, item: RowView) -> Iterator[Hit]:
    idle = view.idle_roles
    if not idle or idle.isdisjoint(cells := view.matrix.cells.get(item.duty, {})):
        return
    owners = item.owners if item.owners and idle.issuperset(item.owners) else ()
    if owners:
        yield Hit(row(item.duty), _facts(view, item, owners), "owner")
    doers = [role for role in cells if view.traits(cells[role]).doer]
    if doers and idle.issuperset(doers) and (left := view.in_order(set(doers) - set(owners))):
        yield Hit(row(item.duty), _facts(view, item, left), "doer")


def _facts(view: View, item: RowView, roles: Sequence[str]) -> Facts:
    return {"duty": view.code(item.duty), "roles": view.names(roles), "until": _until(view, roles)}


def _until(view: View, roles: Sequence[str]) -> Sentence:
    """Say for how long, today included; nothing where no end is on record."""
    last = view.staffed.idle(roles, view.today)[0].last
    if last is None:
        return NOTHING
    days = (last - view.today).days + 1
    return Sentence(_(" for today")) if days == 1 else Sentence(_(" for {days} days"), {"days": days})

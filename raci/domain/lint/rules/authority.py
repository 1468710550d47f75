"""Rules on authority: whether whoever answers for a duty may do what it takes."""

from collections.abc import Iterator

from raci.domain.charter.powers import covers, power_words
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, cell, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.text import gettext_noop as _
from raci.domain.text import listed


@row_rule(
    "A01",
    "owner-without-authority",
    Documentation(
        title=_("The owner may not do what the duty needs"),
        check=_(
            "The duty says which authority its owner must have, and the role that owns it here has none for the same "
            "thing with the same verb that holds everywhere or in this matrix; or its limit is lower than what is "
            "needed, or in another currency or unit. Letter case does not matter. Duties that say nothing of authority "
            "are not looked at."
        ),
        why=_("Who answers for something without the authority it takes soon answers for less."),
        fix=_("Grant the authority in the charter of the role, or move ownership to the role that has it."),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty}: {role} owns it, but has no authority to: {powers}."),
        _("Grant it to {role}, or let a role own {duty} that has it."),
    ),
)
def owner_without_authority(view: View, item: RowView) -> Iterator[Hit]:
    needs = view.matrix.needs_by_duty.get(item.duty, ())
    for role in item.owners if needs else ():
        powers = view.matrix.authorities_by_role.get(role, ())
        missing = [one for one in needs if not covers(powers, one, view.matrix.key)]
        if missing:
            told = listed([power_words(one.verb, one.thing, one.amount, one.unit) for one in missing])
            facts: Facts = {"duty": view.code(item.duty), "role": view.name(role), "powers": told}
            yield Hit(cell(item.duty, role), facts)

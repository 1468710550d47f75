"""Rules on a duty and the duties that are parts of it."""

from collections.abc import Iterator

from raci.domain.lint.decided import in_force
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import DecisionType
from raci.domain.scheme import LetterClass
from raci.domain.text import gettext_noop as _


@row_rule(
    "S03",
    "parent-child-owner",
    Documentation(
        title=_("A part is owned by somebody without a part in the whole"),
        check=_(
            "The duty is a part of another one that applies here and has an owner. Its own owner is another role, "
            "neither owns nor does the whole, and no delegation or split in force on the whole, and no delegation on "
            "the part, names it."
        ),
        why=_("Whoever answers for the whole answers for a part that they never handed over."),
        fix=_("Record the delegation, give the owner of the part a letter for doing the whole, or align the owners."),
    ),
    plain=Form(
        Level.WARNING,
        _("{duty} is owned by {roles}, and {parent}, of which it is a part, by {owners}; nothing links the two."),
        _("Delegate {duty} to {roles}, give {roles} a letter for doing {parent}, or align the owners."),
    ),
)
def unlinked_owner(view: View, item: RowView) -> Iterator[Hit]:
    parent = view.matrix.duties[item.duty].parent
    whole = view.row_of(parent) if parent and parent != item.duty else None
    if whole is None or not whole.owners:
        return
    linked = {*whole.owners, *view.matrix.holders(parent, LetterClass.DOER), *_named(view, item.duty, parent)}
    strangers = [role for role in item.owners if role not in linked]
    if strangers:
        facts = {
            "duty": view.code(item.duty),
            "roles": view.names(strangers),
            "parent": view.code(parent),
            "owners": view.names(whole.owners),
        }
        yield Hit(row(item.duty), facts)


_LINKS = (DecisionType.DELEGATE, DecisionType.SPLIT_SCOPE, DecisionType.SPLIT_THRESHOLD)


def _named(view: View, duty: str, parent: str) -> set[str]:
    """Return the roles that a delegation or split names, of the whole or of the part."""
    found = [key for key, _one in in_force(view.matrix, parent, *_LINKS)]
    found += [key for key, _one in in_force(view.matrix, duty, DecisionType.DELEGATE)]
    return {part.role for key in found for part in view.matrix.parts_of(key)}

"""Rules on a single cell."""

from collections.abc import Iterator

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, cell, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.text import gettext_noop as _


@row_rule(
    "C01",
    "cell-redundant",
    Documentation(
        title=_("A letter adds nothing"),
        check=_(
            "A cell holds two letters of which one follows from the other: advice and notice, owning and "
            "advice, owning and notice, or doing and notice."
        ),
        why=_("Whoever owns or does the work hears of it and has a say anyway. The weaker letter hides the stronger."),
        fix=_("Keep only the strongest letter."),
    ),
    plain=Form(
        Level.WARNING,
        _("{duty}: {role} holds {letters}, and one of these letters adds nothing."),
        _("Keep only the strongest of {letters}."),
    ),
)
def redundant(view: View, item: RowView) -> Iterator[Hit]:
    for role in item.redundant:
        yield Hit(cell(item.duty, role), _facts(view, item.duty, role))


@row_rule(
    "C02",
    "cell-owner-and-doer",
    Documentation(
        title=_("One role owns and does the same duty"),
        check=_(
            "A cell holds a letter for owning and one for doing. Where this is so on more than half of the rows, it "
            "is reported once for the matrix. On a duty marked as a control it is an error, reported for each row."
        ),
        why=_(
            "For small work this is normal. Where the duty is an approval or a check, it means that somebody approves "
            "or checks their own work."
        ),
        fix=_("Give the doing of a control to another role. Elsewhere make sure that it is meant."),
        settings=("collapse_above",),
    ),
    plain=Form(
        Level.INFO,
        _("{duty}: {role} both answers for the duty and does it."),
        _("Nothing needs to change if that is meant; otherwise let another role do the work."),
    ),
    control=Form(
        Level.ERROR,
        _("{duty} is a control, and {role} both answers for it and carries it out."),
        _("Let another role carry out {duty}, so that nobody approves their own work."),
        variant="control",
    ),
    many=Form(
        Level.INFO,
        _("In {count} cells, on {on} of {rows} rows, one role both answers for the duty and does it."),
        _("Nothing needs to change if that is meant; look at the rows where somebody checks another’s work."),
    ),
)
def owner_and_doer(view: View, item: RowView) -> Iterator[Hit]:
    for role in item.owner_and_doer:
        form = "control" if view.matrix.duties[item.duty].is_control else "plain"
        yield Hit(cell(item.duty, role), _facts(view, item.duty, role), form)


def _facts(view: View, duty: str, role: str) -> Facts:
    return {"duty": view.code(duty), "role": view.name(role), "letters": view.matrix.letters(duty, role)}

"""Rules on decisions in force: that they are whole, and that the matrix says what was decided."""

from collections import Counter
from collections.abc import Iterable, Iterator

from raci.domain.lint.decided import colliding, expected_owners, in_force, is_settled
from raci.domain.lint.finding import Level
from raci.domain.lint.registry import MATRIX, Documentation, Facts, Form, Hit, also_of_the_whole, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.records import Decision, DecisionType, Part
from raci.domain.scheme import LetterClass, split_letters
from raci.domain.text import Sentence, code_key, fold, listed
from raci.domain.text import gettext_noop as _


@row_rule(
    "S02",
    "scope-gap",
    Documentation(
        title=_("A split by scope leaves a hole"),
        check=_(
            "A split by scope is in force that does not say who answers for the rest (“otherwise”), or names a "
            "value twice."
        ),
        why=_("A split that leaves a hole has only moved the grey area to where nobody looks."),
        fix=_("Decide anew: add what is missing, or state who answers otherwise."),
    ),
    rest=Form(
        Level.ERROR,
        _("The split of {duty} by {terms} does not say who answers for all other cases."),
        _("Decide on the split of {duty} anew, and name a role for “otherwise”."),
        variant="rest",
    ),
    twice=Form(
        Level.ERROR,
        _("The split of {duty} by {terms} names more than once: {values}."),
        _("Decide on the split of {duty} anew, and name each value once."),
        variant="twice",
    ),
)
def scope_gap(view: View, item: RowView) -> Iterator[Hit]:
    for key, decision in list(in_force(view.matrix, item.duty, DecisionType.SPLIT_SCOPE))[:1]:
        parts = view.matrix.parts_of(key)
        facts: Facts = {"duty": view.code(item.duty), "terms": decision.terms or Sentence(_("scope"))}
        if not decision.owner and not any(part.role for part in parts if not part.name):
            yield Hit(row(item.duty), facts, "rest")
        counts = Counter(fold(part.name) for part in parts)
        if repeated := {fold(part.name): part for part in parts if counts[fold(part.name)] > 1}:
            yield Hit(row(item.duty), {**facts, "values": _values(repeated.values())}, "twice")


def _values(parts: Iterable[Part]) -> Sentence:
    return listed([Sentence("{name}", {"name": part.name or Sentence(_("otherwise"))}) for part in parts])


@row_rule(
    "S05",
    "decision-contradicts-matrix",
    Documentation(
        title=_("The matrix does not say what was decided"),
        check=_(
            "A decision in force says who answers for the duty, and the row says otherwise. A split says so for the "
            "duties that it made, too. Or several decisions on one duty are in force at once, or say different things "
            "of it. What was decided for days that are past or to come is not compared. Decisions on duties that have "
            "no row here that applies are reported once for the matrix."
        ),
        why=_("What is published is not what was agreed, and each side can point to a paper that says it is right."),
        fix=_("Set the row as it was decided, or decide anew; where decisions collide, end all but one."),
    ),
    plain=Form(
        Level.ERROR,
        _("In the matrix {duty} is owned by {roles}; the decision in force says {owner}."),
        _("Set the row of {duty} as it was decided, or decide anew."),
    ),
    unowned=Form(
        Level.ERROR,
        _("In the matrix nobody owns {duty}; the decision in force says {owner}."),
        _("Set the row of {duty} as it was decided, or decide anew."),
    ),
    part=Form(
        Level.ERROR,
        _("In the matrix {duty} is owned by {roles}; the split of {parent} says {owner}."),
        _("Let {owner} own {duty}, or decide on the split of {parent} anew."),
    ),
    part_unowned=Form(
        Level.ERROR,
        _("In the matrix nobody owns {duty}; the split of {parent} says {owner}."),
        _("Let {owner} own {duty}, or decide on the split of {parent} anew."),
    ),
    collide=Form(
        Level.ERROR,
        _("{count} decisions in force speak of {duty} at once."),
        _("Withdraw all but one of the decisions on {duty}, or let the latest one replace the others."),
        variant="collide",
    ),
    unseen=Form(
        Level.ERROR,
        _("Decisions are in force on duties that have no row here that applies: {duties}."),
        _("Let these duties apply here again, or withdraw the decisions on them: {duties}."),
        variant="unseen",
    ),
)
def contradicts(view: View, item: RowView) -> Iterator[Hit]:
    count, code = colliding(view.matrix, item.duty, view.today), view.code(item.duty)
    if count:
        yield Hit(row(item.duty), {"duty": code, "count": count}, "collide")
        return
    for one in expected_owners(view.matrix, item.duty, view.today)[:1]:
        if item.owners != (one.owner,):
            facts: Facts = {"duty": code, "roles": view.names(item.owners), "owner": view.name(one.owner)}
            form = "" if item.owners else "unowned"
            if one.split:
                facts, form = {**facts, "parent": view.code(one.split)}, f"part_{form}".strip("_")
            yield Hit(row(item.duty), facts, form or "plain")


@also_of_the_whole(contradicts)
def unseen(view: View) -> Iterator[Hit]:
    """Find decisions that no row shows: their duty was taken away here, or does not apply any more."""
    hidden = [
        duty
        for duty in view.matrix.in_force_by_duty
        if not view.row_of(duty) and is_settled(view.matrix, duty, view.today)
    ]
    if hidden:
        yield Hit(MATRIX, {"duties": ", ".join(sorted(map(view.code, hidden), key=code_key))}, "unseen")


@row_rule(
    "S06",
    "shared-without-owner",
    Documentation(
        title=_("A shared duty has nobody who answers for it"),
        check=_(
            "A decision in force shares the duty among roles, and names nobody who is accountable, or somebody who is "
            "none of them."
        ),
        why=_("What is done jointly is done by nobody in particular, unless one of those who share it answers for it."),
        fix=_(
            "Pick the accountable role among those who share the duty, and write down what each of them contributes."
        ),
    ),
    plain=Form(
        Level.ERROR,
        _("{duty} is shared, and nobody answers for it."),
        _("Decide on {duty} anew, and name the one of its roles that answers for it."),
    ),
    outside=Form(
        Level.ERROR,
        _("{duty} is shared by {roles}, and {owner}, who answers for it, is not among them."),
        _("Decide on {duty} anew, and let one of those who share it answer for it."),
        variant="outside",
    ),
)
def shared_without_owner(view: View, item: RowView) -> Iterator[Hit]:
    for key, decision in list(in_force(view.matrix, item.duty, DecisionType.SHARED))[:1]:
        code, sharers = view.code(item.duty), _sharers(view, key, decision)
        if not decision.owner:
            yield Hit(row(item.duty), {"duty": code})
        elif decision.owner not in sharers:
            facts: Facts = {"duty": code, "roles": view.names(sharers), "owner": view.name(decision.owner)}
            yield Hit(row(item.duty), facts, "outside" if sharers else "plain")


def _sharers(view: View, key: str, decision: Decision) -> list[str]:
    """Return who shares a duty: the roles with a contribution, and those that were given a letter for owning or "
    "doing."""
    working = view.scheme.codes_of(view.scheme.pivot, LetterClass.DOER)
    found = [part.role for part in view.matrix.parts_of(key) if part.role]
    held = [role for role, letters in decision.letters.items() if not working.isdisjoint(split_letters(letters))]
    return view.in_order([*found, *held])

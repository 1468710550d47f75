"""What a decision of each type must say to be valid (`decisions.md` 4.1), each lack as a sentence at its field."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from raci.domain.amounts import stored_decimal
from raci.domain.bands import Band, Flaw, FlawKind, flaws
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, Mode, Part, RoleKind
from raci.domain.reporting import Reporting
from raci.domain.settling.effects import owner_of, owners_among, row_letters
from raci.domain.text import Fact, Sentence, fold
from raci.domain.text import gettext_noop as _


class Problem(NamedTuple):
    """What a decision lacks. ``field`` is one of the decision, “parts”, or “parts-2-upper” of its third part."""

    field: str
    sentence: Sentence


Found: TypeAlias = Iterator[Problem]
Check: TypeAlias = Callable[[Matrix, Decision, Sequence[Part], date], Found]


def problems(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> list[Problem]:
    """List what keeps a decision from being valid, in the order of the form; an empty list means that it may stand.

    ``decision.owner`` may be left open where its type finds it in the parts. What a decision only should not do
    (limits that do not rise with rank, say) is left to lint.
    """
    common = [*_common(matrix, decision, today), *_common_of_parts(matrix, parts)]
    found = [*common, *_BY_TYPE[decision.type](matrix, decision, parts, today)]
    if not found and decision.type is not DecisionType.DEFER:
        found = [*_row(matrix, decision, parts)]
    return found


def _problem(field: str, text: str, **facts: Fact) -> Problem:
    return Problem(field, Sentence(text, facts))


# --- Whatever the type


def _common(matrix: Matrix, decision: Decision, today: date) -> Found:
    if decision.duty not in matrix.rows:
        yield _problem("duty", _("The duty does not stand in this matrix any more."))
    elif not matrix.rows[decision.duty].applies:
        yield _problem("duty", _("The duty does not apply in this matrix: say first that it does."))
    if not decision.reason.strip():
        yield _problem("reason", _("Say why, so that it need not be argued again."))
    if decision.owner and decision.owner not in matrix.columns:
        yield _problem("owner", _("This role has no column in the matrix: add it first, or choose another."))
    if not 0 <= decision.degree <= _MOST_DEGREE:
        yield _problem("degree", _("The level of delegation is a number from 1 to 7."))
    yield from _days(decision, today)


def _days(decision: Decision, today: date) -> Found:
    if decision.review_on and decision.review_on < today:
        yield _problem("review_on", _("The day of the review lies in the past: choose a later one."))
    if decision.valid_from and decision.valid_until and decision.valid_until < decision.valid_from:
        yield _problem("valid_until", _("It would end before it begins: choose a later day."))
    if decision.valid_until and decision.valid_until < today:
        yield _problem("valid_until", _("It would have ended already: choose a later day, or none."))


_MOST_DEGREE = 7


def _common_of_parts(matrix: Matrix, parts: Sequence[Part]) -> Found:
    for index, part in enumerate(parts):
        if not part.role:
            yield _problem(f"parts-{index}-role", _("Choose a role."))
        elif part.role not in matrix.columns and part.sheet in ("", matrix.key):
            yield _problem(
                f"parts-{index}-role", _("This role has no column in the matrix: add it first, or choose another.")
            )
        for name in ("lower", "upper"):
            if not _is_amount(getattr(part, name)):
                yield _problem(f"parts-{index}-{name}", _("This is no amount: write digits, such as 50000."))
        if part.starts_on and part.ends_on and part.ends_on < part.starts_on:
            yield _problem(f"parts-{index}-ends_on", _("It would end before it begins: choose a later day."))


def _is_amount(text: str) -> bool:
    try:
        stored_decimal(text)
    except ValueError:
        return False
    return True


def _row(matrix: Matrix, decision: Decision, parts: Sequence[Part]) -> Found:
    """Look at the letters: one role, and no other, must answer for the row."""
    owner = owner_of(matrix, decision, parts)
    owners = owners_among(matrix.scheme, row_letters(matrix, decision, parts))
    others = ", ".join(matrix.roles[role].name for role in owners if role != owner)
    facts: dict[str, Fact] = {"duty": matrix.duties[decision.duty].code, "roles": others}
    if others:
        yield _problem(
            "letters", _("{duty}: {roles} would be accountable as well; one role answers for a duty."), **facts
        )
    elif owner and owner not in owners:
        text = _("{duty}: {role} must hold the letter of the accountable role.")
        yield _problem("letters", text, **facts, role=matrix.roles[owner].name)


# --- Each type


def _sole_owner(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.owner:
        yield _problem("owner", _("Choose who is accountable."))


def _split_scope(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.terms.strip():
        yield _problem("terms", _("Say by what it is split: the site, the product, the phase."))
    if len(parts) < _A_FEW:
        yield _problem("parts", _("A split has at least two values, each with its owner."))
        return
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if fold(part.name) in seen:
            text = (
                _("“Otherwise” stands twice.") if not part.name else _("This value stands twice: each has one owner.")
            )
            yield _problem(f"parts-{index}-name", text)
        seen.add(fold(part.name))
    if not owner_of(matrix, decision, parts):
        yield _problem(
            "parts", _("Say who owns it otherwise: leave the value of one line empty, or name this matrix in one.")
        )


_A_FEW = 2


def _split_threshold(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.terms.strip():
        yield _problem("terms", _("Say what is measured: the value of the contract, the days, the risk."))
    if decision.mode is Mode.NONE:
        yield _problem("mode", _("Say whether the amounts are bands or limits."))
    if len(parts) < _A_FEW:
        yield _problem("parts", _("A split has at least two bands, each with its role."))
        return
    for index, part in enumerate(parts):
        if not part.unit.strip():
            yield _problem(f"parts-{index}-unit", _("Enter a currency or a unit."))
    if len({part.role for part in parts}) < _A_FEW:
        yield _problem("parts", _("All bands belong to the same role: then it is the sole owner."))
    yield from (_flawed(flaw) for flaw in flaws(decision.mode, bands_of(parts)) if flaw.kind in _FLAWS)


def bands_of(parts: Sequence[Part]) -> list[Band]:
    """Return the parts of a split by threshold as bands; the key of each is the index of its part."""
    return [
        Band.stored(part.role, part.lower, part.upper, category=part.category, unit=part.unit, key=str(index))
        for index, part in enumerate(parts)
    ]


_FLAWS = {
    FlawKind.INVALID: _("This band holds no amount: it ends where it begins, or before."),
    FlawKind.GAP: _("Nobody may decide {values}: move a bound so that the bands touch."),
    FlawKind.OVERLAP: _("Two roles may decide {values}: move a bound so that the bands touch."),
    FlawKind.NO_TOP: _("Nobody may decide {values}: leave the upper end of the last line open."),
}


def _flawed(flaw: Flaw) -> Problem:
    place = f"parts-{flaw.bands[-1].key}-upper"
    if flaw.kind in (FlawKind.GAP, FlawKind.OVERLAP):
        place = f"parts-{flaw.bands[-1].key}-lower"
    return Problem(place, Sentence(_FLAWS[flaw.kind], {"values": flaw.words}))


def _shared(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.owner:
        yield _problem("owner", _("Choose who is accountable: shared work has one accountable role as well."))
    if not [part for part in parts if part.role != decision.owner]:
        yield _problem("parts", _("Name at least one other role that contributes."))
    for index, part in enumerate(parts):
        if not part.text.strip():
            yield _problem(f"parts-{index}-text", _("Say what this role contributes."))
    yield from _once(parts)


def _once(parts: Sequence[Part]) -> Found:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.role in seen:
            yield _problem(f"parts-{index}-role", _("This role stands twice."))
        seen.add(part.role)


def _delegate(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.owner:
        yield _problem("owner", _("Choose who stays accountable."))
    if not decision.valid_from:
        yield _problem("valid_from", _("Say from which day the right is passed on."))
    if not decision.valid_until:
        yield _problem("valid_until", _("Say until which day the right is passed on."))
    if not parts:
        yield _problem("parts", _("Say to whom the right is passed on, within what limits."))
    yield from _once(parts)
    given: dict[str, Part] = {}
    for index, part in enumerate(parts):
        yield from _grant(index, part, decision)
        if part.giver not in ("", decision.owner):
            yield from _passed_on(index, part, given.get(part.giver))
        given[part.role] = part


def _exceeds(upper: str, limit: str) -> bool:
    """Tell whether an upper end lies above a limit; "" is an open end. What is no amount is complained of elsewhere."""
    if not limit or not _is_amount(upper) or not _is_amount(limit):
        return False
    return not upper or Decimal(upper) > Decimal(limit)


def _grant(index: int, part: Part, decision: Decision) -> Found:
    if part.role == decision.owner:
        yield _problem(f"parts-{index}-role", _("Nobody passes a right on to themselves."))
    if not part.text.strip() and not part.upper:
        yield _problem(f"parts-{index}-text", _("Say within what limits: in words, or as an amount."))
    if part.starts_on and decision.valid_from and part.starts_on < decision.valid_from:
        yield _problem(f"parts-{index}-starts_on", _("This is before the decision is valid: choose a later day."))
    if part.ends_on and decision.valid_until and part.ends_on > decision.valid_until:
        yield _problem(f"parts-{index}-ends_on", _("This is after the decision ends: choose an earlier day."))


def _passed_on(index: int, part: Part, giver: Part | None) -> Found:
    """Nobody can give what they do not hold (rule A08)."""
    if giver is None:
        yield _problem(
            f"parts-{index}-giver", _("This role was given nothing in a line above, so it can pass nothing on.")
        )
        return
    if not giver.may_pass_on:
        yield _problem(f"parts-{index}-giver", _("This role may not pass its right on."))
    if _exceeds(part.upper, giver.upper):
        yield _problem(f"parts-{index}-upper", _("Nobody can pass on more than they hold: lower the limit."))
    if giver.ends_on and (not part.ends_on or part.ends_on > giver.ends_on):
        yield _problem(
            f"parts-{index}-ends_on", _("Nobody can pass on for longer than they hold: choose an earlier day.")
        )


def _escalate(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.terms.strip():
        yield _problem("terms", _("Put the question in words."))
    if not decision.due_on:
        yield _problem("due_on", _("Say by which day it is to be answered."))
    elif decision.due_on < today:
        yield _problem("due_on", _("This day lies in the past: choose a later one."))
    if not decision.owner:
        yield _problem("owner", _("Choose the post or body that is to decide."))
        return
    raised = matrix.open_by_duty.get(decision.duty, "")
    claimants = matrix.claimants(raised) if raised else ()
    if decision.owner in claimants:
        yield _problem("owner", _("This role claims the duty itself: choose one above those who claim it."))
    elif matrix.roles[decision.owner].kind is RoleKind.POST and _have_no_superior(matrix, claimants):
        text = _("Those who claim it share no superior: add the reporting lines, or choose a body.")
        yield _problem("owner", text)


def _have_no_superior(matrix: Matrix, claimants: Sequence[str]) -> bool:
    """Tell whether several roles have nobody above them all; a body needs no reporting line."""
    return len(claimants) > 1 and not Reporting(matrix.lines).shared_superior(claimants, passing=_retired(matrix))


def _retired(matrix: Matrix) -> list[str]:
    return [key for key, role in matrix.roles.items() if role.retired]


def _defer(matrix: Matrix, decision: Decision, parts: Sequence[Part], today: date) -> Found:
    if not decision.review_on:
        yield _problem("review_on", _("Say on which day to come back to it."))
    elif decision.review_on <= today:
        yield _problem("review_on", _("This day is not in the future: choose a later one."))


_BY_TYPE: dict[DecisionType, Check] = {
    DecisionType.SOLE_OWNER: _sole_owner,
    DecisionType.SPLIT_SCOPE: _split_scope,
    DecisionType.SPLIT_THRESHOLD: _split_threshold,
    DecisionType.SHARED: _shared,
    DecisionType.DELEGATE: _delegate,
    DecisionType.ESCALATE: _escalate,
    DecisionType.DEFER: _defer,
}
assert set(_BY_TYPE) == set(DecisionType)

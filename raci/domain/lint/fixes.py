"""What can be done about a finding at once: for each rule the functions that offer something.

A fix is a list of changes that fit the matrix in which the finding was made. Made, they let the finding
go and bring no error, but for a role that nobody works for today (P01). What the scheme of the matrix does not
allow is not offered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change
from raci.domain.lint.decided import colliding, expected_owners, is_settled
from raci.domain.lint.finding import Finding, Level, Subject, SubjectKind
from raci.domain.lint.registry import RULES
from raci.domain.lint.settings import LintSettings
from raci.domain.lint.view import View, read_traits
from raci.domain.matrix import Matrix, address_of
from raci.domain.records import GreyArea, Kind, Origin, to_fields
from raci.domain.scheme import IllegalCell, LetterClass, Scheme, UnknownLetter, format_letters, split_letters
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _


@dataclass(frozen=True)
class Given:
    """What a fix cannot know by itself: the day, who asks for it, a new key, a question and a reason in their words."""

    today: date
    by: str = ""
    key: str = "new"
    question: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Fix:
    """One thing that can be done about a finding. ``id`` stays the same from run to run.

    ``asks_reason`` where a reason must be given. ``settles`` is False where the finding stays until
    something is decided: two owners are in force as long as a grey area is open.
    """

    id: str
    label: Sentence
    changes: tuple[Change, ...]
    asks_reason: bool = False
    settles: bool = True


Offer: TypeAlias = Callable[[Matrix, Finding, Given], Iterable[Fix]]
OFFERS: dict[str, list[Offer]] = {}


def offered_for(*rule_ids: str) -> Callable[[Offer], Offer]:
    """Register a function that offers fixes for findings of some rules."""

    def register(offer: Offer) -> Offer:
        for rule_id in rule_ids:
            OFFERS.setdefault(rule_id, []).append(offer)
        return offer

    return register


def fixes(matrix: Matrix, finding: Finding, given: Given) -> tuple[Fix, ...]:
    """Return what can be done at once about a finding of this matrix, best first; of one id the first that will do."""
    found: dict[str, Fix] = {}
    duty = finding.subject.duty
    for fix in (fix for offer in OFFERS.get(finding.rule, ()) for fix in offer(matrix, finding, given)):
        if fix.id not in found and not (duty and _brings_error(matrix, duty, fix.changes, given.today)):
            found[fix.id] = fix
    return tuple(found.values())


@offered_for("C01")
def keep_the_strongest(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Take away what follows from the other letters."""
    duty, role = finding.subject.duty, finding.subject.role
    held = matrix.letters(duty, role)
    kept = _legal(matrix.scheme, strongest(matrix.scheme, split_letters(held)))
    if kept:
        label = Sentence(_("Keep only {letters}"), {"letters": kept})
        yield Fix("strongest", label, (cell_change(matrix.key, duty, role, held, kept),))


@offered_for("R01")
def make_the_doer_accountable(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Where one role does the work, let it answer for the duty; never for a control, which nobody does and owns."""
    duty = finding.subject.duty
    doers = matrix.holders(duty, LetterClass.DOER)
    if len(doers) != 1 or matrix.duties[duty].is_control:
        return
    if change := _with_letter(matrix, duty, doers[0], matrix.scheme.pivot):
        yield Fix(f"owner.{doers[0]}", _of(matrix, doers[0], _("Make {role} accountable")), (change,))


@offered_for("R02")
def keep_one_owner(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """One owner stays; the others keep what else they hold, or are asked where nothing else is left."""
    duty, pivot = finding.subject.duty, matrix.scheme.pivot
    owners = matrix.holders(duty, pivot)
    lowered = {role: _without_owning(matrix, duty, role) for role in owners}
    for kept in owners:
        others = [change for role, change in lowered.items() if role != kept]
        held = matrix.letters(duty, kept)
        # It changes nothing, and lets whoever writes see that this owner is still there.
        guard = cell_change(matrix.key, duty, kept, held, held)
        changes = tuple(change for change in others if change is not None)
        if len(changes) == len(others):
            yield Fix(f"keep.{kept}", _of(matrix, kept, _("Keep {role} accountable")), (guard, *changes))


@offered_for("R03")
def let_the_owner_do_it(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """An owner does the work too, unless the duty is a control."""
    duty = finding.subject.duty
    if finding.subject.kind is not SubjectKind.ROW or matrix.duties[duty].is_control:
        return
    for owner in matrix.holders(duty, matrix.scheme.pivot):
        if change := _with_letter(matrix, duty, owner, LetterClass.DOER):
            yield Fix(f"doer.{owner}", _of(matrix, owner, _("{role} does the work too")), (change,))


@offered_for("R08")
def mark_as_not_applying(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Say that the duty does not apply in this scope, and why; not against a decision in force."""
    duty = finding.subject.duty
    if is_settled(matrix, duty, given.today):
        return
    address, row = address_of(matrix.key, Kind.ROW, duty), matrix.rows[duty]
    changes = [Change(address, "applies", row.applies, False)]
    if row.reason != given.reason:
        changes.append(Change(address, "reason", row.reason, given.reason))
    yield Fix("not-applying", Sentence(_("Mark as not applying")), tuple(changes), asks_reason=True)


@offered_for("K01")
def take_the_column_away(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Only where nothing goes with it: a column may hold letters in rows that do not apply."""
    role = finding.subject.role
    if any(role in row for row in matrix.cells.values()):
        return
    change = Change(address_of(matrix.key, Kind.COLUMN, role), "", to_fields(matrix.columns[role]), None)
    yield Fix("remove-column", _of(matrix, role, _("Take the column of {role} away")), (change,))


@offered_for("S05")
def restore_what_was_decided(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Set the row as it was decided; where that is not on record or not sound any more, move only the owning letter."""
    duty = finding.subject.duty
    said = expected_owners(matrix, duty, given.today) if finding.subject.kind is SubjectKind.ROW else []
    if len({one.owner for one in said}) != 1 or colliding(matrix, duty, given.today):
        return
    owner = said[0].owner
    whole = {} if said[0].split else matrix.decisions[said[0].decision].letters
    for wanted in (whole, _owned_by(matrix, duty, owner)):
        if wanted and _is_sound(matrix, duty, owner, wanted):
            roles = [role for role in matrix.column_keys if role in wanted or matrix.letters(duty, role)]
            held = [(role, matrix.letters(duty, role), wanted.get(role, "")) for role in roles]
            changes = tuple(cell_change(matrix.key, duty, *one) for one in held)
            yield Fix("restore", _of(matrix, owner, _("Set the row as it was decided: {role} owns it")), changes)


def _owned_by(matrix: Matrix, duty: str, owner: str) -> dict[str, str]:
    """Return a row with one owner and the letters for owning taken from all others, {} where that cannot be."""
    found = dict(matrix.cells.get(duty, {}))
    changes = [
        _without_owning(matrix, duty, role) for role in matrix.holders(duty, matrix.scheme.pivot) if role != owner
    ]
    changes.append(_with_letter(matrix, duty, owner, matrix.scheme.pivot))
    for change in changes:
        if change is None:
            return {}
        found[change.address.other] = str(change.after)
    return found


def _is_sound(matrix: Matrix, duty: str, owner: str, row: Mapping[str, str]) -> bool:
    """Tell whether letters may stand in a row: legal, in its columns, with one owner and no worker less."""
    scheme = matrix.scheme
    held = {role: read_traits(scheme, letters) for role, letters in row.items() if letters}
    worked = any(traits.doer for traits in held.values()) or not matrix.holders(duty, LetterClass.DOER)
    legal = all(_legal(scheme, split_letters(letters)) == letters for letters in row.values() if letters)
    owned = [role for role, traits in held.items() if traits.owner] == [owner]
    return owned and worked and legal and held.keys() <= matrix.columns.keys()


def _brings_error(matrix: Matrix, duty: str, changes: Iterable[Change], today: date) -> bool:
    """Tell whether the row of a duty would have an error after changes that it does not have before them.

    An owner who is an outside party, ranks too low or lacks the authority is such an error.
    """
    held = {duty: matrix.cells[duty]} if duty in matrix.cells else {}
    row = replace(matrix, rows={duty: matrix.rows[duty]}, cells=held)
    return bool(_errors(apply(row, tuple(changes)), today) - _errors(row, today))


def _errors(matrix: Matrix, today: date) -> set[tuple[str, Subject]]:
    """Return what is wrong and where, but for roles that nobody works for: that is no matter of letters."""
    view = View(matrix, today, LintSettings())
    found = [item for rule in RULES.values() if rule.id != "P01" for item in rule.findings(view)]
    return {(item.rule, item.subject) for item in found if item.level is Level.ERROR}


@offered_for("R01", "R02", "R08", "S04")
def raise_as_grey_area(matrix: Matrix, finding: Finding, given: Given) -> Iterator[Fix]:
    """Put the question to whoever decides. What is in force stays so until then."""
    duty = finding.subject.duty
    if duty in matrix.open_by_duty:
        return
    raised = GreyArea(duty, given.question, origin=Origin.LINT, raised_on=given.today, raised_by=given.by)
    change = Change(Address(Kind.GREY_AREA, matrix.key, given.key), "", None, to_fields(raised))
    yield Fix("raise", Sentence(_("Raise as a grey area")), (change,), settles=finding.rule in ("R01", "R08"))


def strongest(scheme: Scheme, codes: Iterable[str]) -> list[str]:
    """Return letters without those that add nothing beside the others: see rule C01."""
    codes = list(codes)
    classes = {code: scheme.by_code[code].letter_class for code in codes if code in scheme.by_code}
    present = set(classes.values())
    needless = set()
    if scheme.pivot in present:
        needless.add(LetterClass.INPUT)
    if present & {scheme.pivot, LetterClass.DOER, LetterClass.INPUT}:
        needless.add(LetterClass.NOTICE)
    return [code for code in codes if classes.get(code) not in needless]


def _with_letter(matrix: Matrix, duty: str, role: str, wanted: LetterClass) -> Change | None:
    """Return the change that adds a letter of a class to a cell, None where the scheme has no room for it."""
    held = matrix.letters(duty, role)
    for letter in matrix.scheme.letters:
        if letter.letter_class is wanted:
            after = _legal(matrix.scheme, strongest(matrix.scheme, [*split_letters(held), letter.code]))
            if after:
                return cell_change(matrix.key, duty, role, held, after)
    return None


def _without_owning(matrix: Matrix, duty: str, role: str) -> Change | None:
    held, scheme = matrix.letters(duty, role), matrix.scheme
    owning = scheme.codes_of(scheme.pivot)
    advice = [letter.code for letter in scheme.letters if letter.letter_class is LetterClass.INPUT]
    rest = _legal(scheme, [code for code in split_letters(held) if code not in owning] or advice[:1])
    return None if rest is None else cell_change(matrix.key, duty, role, held, rest)


def _legal(scheme: Scheme, codes: Iterable[str]) -> str | None:
    """Return the canonical text of letters, None where they may not share a cell."""
    try:
        return format_letters(scheme, codes)
    except (UnknownLetter, IllegalCell):
        return None


def _of(matrix: Matrix, role: str, text: str) -> Sentence:
    return Sentence(text, {"role": matrix.roles[role].name})

"""Which letters a decision makes (`decisions.md` 4.1, the matrix effect of each type).

Letters come from the scheme by what they mean, never by what they are called. Where a row is empty, what the
grey area proposes stands in for it. Whoever no longer owns keeps the rest of their letters; whoever is left
with none gives advice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from raci.domain.bands import Band
from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, Part
from raci.domain.scheme import SEPARATOR, LetterClass, Scheme, split_letters

Letters = Mapping[str, str]

_DOING = (LetterClass.DOER, LetterClass.LEAD)


def owner_of(matrix: Matrix, decision: Decision, parts: Sequence[Part]) -> str:
    """Return the role that answers for the row as a whole, "" where the decision names none.

    A split names it by its parts: the role of the highest band, or of “otherwise”, or of the value that stands
    in this very matrix.
    """
    if decision.type is DecisionType.SPLIT_THRESHOLD:
        top = max(parts, key=_top, default=None)
        return top.role if top else ""
    if decision.type is DecisionType.SPLIT_SCOPE:
        here = [part for part in parts if part.sheet == matrix.key] + [part for part in parts if not part.name]
        return here[0].role if here else ""
    return "" if decision.type is DecisionType.DEFER else decision.owner


def _top(part: Part) -> tuple[bool, object, int]:
    band = Band.stored(part.role, part.lower, part.upper)
    return band.high is None, band.high or band.start, part.position


def row_letters(matrix: Matrix, decision: Decision, parts: Sequence[Part]) -> dict[str, str]:
    """Return the letters of the row that a decision is about as it makes them, by role key; empty cells are left out.

    Letters that whoever decides has chosen (``decision.letters``) are taken as they are.
    """
    if decision.letters:
        return {role: letters for role, letters in decision.letters.items() if letters}
    base = _base(matrix, decision)
    if decision.type is DecisionType.DEFER:
        return dict(matrix.cells.get(decision.duty, {}))
    owner = owner_of(matrix, decision, parts)
    return _with_owner(matrix, base, owner, _helpers(matrix, decision, parts, owner))


def child_letters(matrix: Matrix, decision: Decision, part: Part) -> dict[str, str]:
    """Return the letters of the duty that is made for one part of a split: its role owns it, others hear of it."""
    base = {role: without_doing(matrix.scheme, letters) for role, letters in _base(matrix, decision).items()}
    return _with_owner(matrix, base, part.role, {})


def _base(matrix: Matrix, decision: Decision) -> dict[str, str]:
    """Return the row to start from, with what claimants of an open grey area hope for where they hold nothing."""
    held = dict(matrix.cells.get(decision.duty, {}))
    raised = matrix.open_by_duty.get(decision.duty, "") or decision.grey_area
    grey_area = matrix.grey_areas.get(raised)
    if not grey_area:
        return held
    base = held or {role: letters for role, letters in grey_area.proposed.items() if role in matrix.columns}
    for role in matrix.claimants(raised):
        claim = matrix.claims.get((raised, role))
        base.setdefault(role, claim.letters if claim else _first(matrix.scheme, LetterClass.INPUT))
    return {role: letters for role, letters in base.items() if letters}


def _helpers(matrix: Matrix, decision: Decision, parts: Sequence[Part], owner: str) -> dict[str, str]:
    """Return the letter of each role that does part of the work by a decision."""
    scheme = matrix.scheme
    doing = _first(scheme, LetterClass.DOER, LetterClass.LEAD, LetterClass.HELP)
    if decision.type is DecisionType.DELEGATE and LetterClass.LEAD is not scheme.pivot:
        doing = _first(scheme, LetterClass.LEAD) or doing
    if decision.type is DecisionType.SPLIT_SCOPE:
        parts = [part for part in parts if not part.sheet]
    roles = {part.role for part in parts if part.role in matrix.columns} - {owner}
    return dict.fromkeys(roles, doing)


def _with_owner(matrix: Matrix, base: Letters, owner: str, helpers: Letters) -> dict[str, str]:
    scheme = matrix.scheme
    row = {role: without_owning(scheme, letters) for role, letters in base.items() if role != owner}
    row |= {role: _doing(scheme, base.get(role, ""), letter) for role, letter in helpers.items()}
    if owner:
        row[owner] = owning(scheme, base.get(owner, ""), work=not _any_does(scheme, row.values()))
    return {role: letters for role, letters in row.items() if letters}


def owning(scheme: Scheme, held: str, *, work: bool) -> str:
    """Return letters that own, with those for doing the work that were held, or for ``work``, if they share a cell."""
    pivot = next(
        (code for code in split_letters(held) if _is(scheme, code, scheme.pivot)), _first(scheme, scheme.pivot)
    )
    kept = [code for code in split_letters(held) if _is(scheme, code, *_DOING) and not _is(scheme, code, scheme.pivot)]
    if work and not kept:
        kept = [code for code in [_first(scheme, LetterClass.DOER)] if code]
    for code in kept:
        pair = SEPARATOR.join(letter.code for letter in scheme.letters if letter.code in (pivot, code))
        if pair in scheme.combinations:
            return pair
    return pivot


def without_owning(scheme: Scheme, held: str) -> str:
    """Return letters without those that own; whoever is left with none gives advice, or is told."""
    kept = [code for code in split_letters(held) if not _is(scheme, code, scheme.pivot)]
    if kept or not held:
        return SEPARATOR.join(kept)
    return _first(scheme, LetterClass.INPUT, LetterClass.NOTICE)


def without_doing(scheme: Scheme, held: str) -> str:
    """Return letters without those that own or do the work, with advice instead."""
    kept = [code for code in split_letters(held) if not _is(scheme, code, scheme.pivot, *_DOING)]
    if kept or not held:
        return SEPARATOR.join(kept)
    return _first(scheme, LetterClass.INPUT, LetterClass.NOTICE)


def _doing(scheme: Scheme, held: str, letter: str) -> str:
    if letter in split_letters(held):
        return without_owning(scheme, held)
    return letter


def _any_does(scheme: Scheme, row: Iterable[str]) -> bool:
    return any(_is(scheme, code, LetterClass.DOER) for letters in row for code in split_letters(letters))


def _is(scheme: Scheme, code: str, *classes: LetterClass) -> bool:
    letter = scheme.by_code.get(code)
    return letter is not None and letter.letter_class in classes


def _first(scheme: Scheme, *classes: LetterClass) -> str:
    """Return the heaviest letter of the first of some classes that the scheme has a letter of, "" where it has none."""
    for wanted in classes:
        for letter in scheme.letters:
            if letter.letter_class is wanted:
                return letter.code
    return ""


def owners_among(scheme: Scheme, row: Letters) -> Collection[str]:
    """Return the roles of a row that hold a letter that owns."""
    return [
        role for role, letters in row.items() if any(_is(scheme, code, scheme.pivot) for code in split_letters(letters))
    ]

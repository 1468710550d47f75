"""What a blind round puts into a matrix: the letters of a row that is agreed, and the claims of one that is not.

Letters are chosen by their class, so that every scheme can be used.
"""

from collections.abc import Collection

from raci.domain.claims import MarkValue
from raci.domain.matrix import Matrix
from raci.domain.scheme import SEPARATOR, LetterClass, Scheme, format_letters, split_letters

# The letter of what each mark claims for its role: the first class that a scheme has.
_DOING = (LetterClass.DOER, LetterClass.LEAD, LetterClass.HELP)
_ASKED = (LetterClass.INPUT, LetterClass.NOTICE)


def owning_letters(scheme: Scheme) -> str:
    """Return the letters of a role that owns a duty and does it; of owning only where both may not share a cell."""
    owner, doer = _first(scheme, scheme.pivot), _first(scheme, LetterClass.DOER)
    both = SEPARATOR.join((owner, doer))
    for combination in scheme.combinations:
        if set(split_letters(combination)) == set(split_letters(both)):
            return combination
    return owner


def claimed_letters(scheme: Scheme, value: MarkValue) -> str:
    """Return what a mark claims for its role: "" for nobody, for unknown, and where the scheme has no such letter."""
    if value is MarkValue.MINE:
        return owning_letters(scheme)
    if value is MarkValue.SHARED:
        return _first(scheme, *_DOING)
    return _first(scheme, *_ASKED) if value is MarkValue.THEIRS else ""


def agreed_letters(matrix: Matrix, duty: str, owner: str, roles: Collection[str]) -> dict[str, str]:
    """Return the letters, by role key, that a row gets where the roles of a round agree on its owner.

    The owner gets the letters of owning and doing. The other roles of the round keep what they hold that does not
    own; what holds nothing then gets what the open grey area proposes for it, if that names the same owner, else the
    letter of being asked. A third role only gets such a proposal, and only where it holds nothing.
    """
    offered = _proposal(matrix, duty, owner)
    wanted = {owner: owning_letters(matrix.scheme)}
    for role in matrix.column_keys:
        if role == owner:
            continue
        if role in roles:
            kept = _without_owning(matrix.scheme, matrix.letters(duty, role))
            wanted[role] = kept or offered.get(role, "") or _first(matrix.scheme, *_ASKED)
        elif role in offered and not matrix.letters(duty, role):
            wanted[role] = offered[role]
    return wanted


def owners_outside(matrix: Matrix, duty: str, roles: Collection[str]) -> tuple[str, ...]:
    """Return the roles that answer for a row but have no part in the round: it cannot speak for them."""
    return tuple(role for role in matrix.holders(duty, matrix.scheme.pivot) if role not in roles)


def _proposal(matrix: Matrix, duty: str, owner: str) -> dict[str, str]:
    """Return the letters that the open grey area proposes for others, if it proposes the same owner and no second."""
    key = matrix.open_by_duty.get(duty)
    proposed = matrix.grey_areas[key].proposed if key else {}
    owning = matrix.scheme.codes_of(matrix.scheme.pivot)
    if [role for role, letters in proposed.items() if not owning.isdisjoint(split_letters(letters))] != [owner]:
        return {}
    return {role: letters for role, letters in proposed.items() if role != owner and letters}


def _without_owning(scheme: Scheme, letters: str) -> str:
    return format_letters(scheme, set(split_letters(letters)) - scheme.codes_of(scheme.pivot))


def _first(scheme: Scheme, *classes: LetterClass) -> str:
    """Return the heaviest letter of the first class that the scheme has, "" where it has none of them."""
    for wanted in classes:
        for letter in scheme.letters:
            if letter.letter_class is wanted:
                return letter.code
    return ""

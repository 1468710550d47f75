"""Blind claims: what roles say, each in private, about who owns a duty, and how far they agree.

The table for two roles is that of `verdict_of`; everything else follows from turning a mark into a name: the role
that it says owns the duty, or shared, nobody, unknown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations


class MarkValue(StrEnum):
    """Whose a duty is, as one role sees it. ``UNKNOWN`` is also what a role says that has not answered."""

    MINE = "mine"
    THEIRS = "theirs"
    SHARED = "shared"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the marks on one row amount to."""

    AGREED = "agreed"
    CONFIRM = "confirm"  # agreed, but somebody says that it is nobody's: ask them
    COLLISION = "collision"  # more than one role says that it is theirs
    ORPHAN = "orphan"  # nobody takes it
    PARTIAL = "partial"
    NAME_ONE = "name_one"  # all share it: one of them must still be accountable
    OPEN = "open"  # somebody does not know


AGREEMENT = (Verdict.AGREED, Verdict.CONFIRM)


@dataclass(frozen=True)
class Mark:
    """What was marked. ``whose`` is the key of the role that “theirs” means, and may be "" where there are two."""

    value: MarkValue = MarkValue.UNKNOWN
    whose: str = ""


UNKNOWN = Mark()


@dataclass(frozen=True)
class Reading:
    """What a row amounts to; ``owner`` is the role agreed upon, "" where there is none."""

    verdict: Verdict
    owner: str = ""


# A name is the key of a role or one of these values; keys of roles are longer, so nothing is mistaken.
Names = Mapping[str, str]


def mark_of_role(marks: Iterable[Mark]) -> Mark:
    """Return the one mark of a role from those of all the people who stand for it.

    Where they differ the role does not know its own mind: its mark counts as unknown, and so it does where none of
    them has answered. Somebody who has not answered does not count against those who have.
    """
    found = set(marks)
    return found.pop() if len(found) == 1 else UNKNOWN


def name_of(mark: Mark, role: str, roles: Sequence[str]) -> str:
    """Return whom a mark of a role names: a role of the round, or shared, nobody, unknown.

    “Theirs” without a name means the other one where there are two; among more it does not say whose, which is
    unknown. A role that is not in the round counts as nobody of those in it.
    """
    if mark.value is MarkValue.MINE:
        return role
    if mark.value is not MarkValue.THEIRS:
        return mark.value.value
    others = [other for other in roles if other != role]
    if mark.whose:
        return mark.whose if mark.whose in roles else MarkValue.NOBODY.value
    return others[0] if len(others) == 1 else MarkValue.UNKNOWN.value


def names_of(marks: Mapping[str, Mark], roles: Sequence[str]) -> dict[str, str]:
    """Return whom each role of a round names on one row; a role without a mark does not know."""
    return {role: name_of(marks.get(role, UNKNOWN), role, roles) for role in roles}


def of_pair(names: Names, first: str, second: str) -> dict[str, str]:
    """Return what two roles name as if the round were theirs alone: a third role is nobody of the two."""
    said = (first, second, MarkValue.SHARED, MarkValue.UNKNOWN)
    return {role: names[role] if names[role] in said else MarkValue.NOBODY.value for role in (first, second)}


def reading_of(names: Names) -> Reading:
    """Return what the names given on one row amount to, for two roles or more.

    For two roles this is, read symmetrically (source: `decisions.md` 4.2, ours on the method of Smith & Erwin):

    ==========  ==========  ==========  ========  =================  ===========
    \\           mine        theirs      shared    nobody             unknown
    ==========  ==========  ==========  ========  =================  ===========
    mine        collision   agreed      partial   agreed (confirm)   open
    theirs      agreed      orphan      partial   orphan             open
    shared      partial     partial     name one  partial            open
    nobody      confirm     orphan      partial   orphan             orphan
    unknown     open        open        open      orphan             open
    ==========  ==========  ==========  ========  =================  ===========

    For more it is the same questions in the same order. Two that take it collide, whatever the rest say. Else who
    does not know leaves it open, unless nobody takes or shares it, somebody says that it is nobody's, and none of
    those who do not know is named as its owner: then it is an orphan. Where all share it one must be named. One
    that takes it is agreed if all the others name that one or say nobody; whoever says another thing makes it
    partial. What nobody takes or shares is an orphan.
    """
    said = list(names.values())
    taking = [role for role, name in names.items() if name == role]
    if len(taking) > 1:
        return Reading(Verdict.COLLISION)
    if MarkValue.UNKNOWN in said:
        return Reading(_with_unknown(names, taken=bool(taking)))
    if MarkValue.SHARED in said:
        return Reading(Verdict.NAME_ONE if set(said) == {MarkValue.SHARED} else Verdict.PARTIAL)
    if not taking:
        return Reading(Verdict.ORPHAN)
    owner = taking[0]
    if any(name not in (owner, MarkValue.NOBODY) for name in said):
        return Reading(Verdict.PARTIAL)
    return Reading(Verdict.CONFIRM if MarkValue.NOBODY in said else Verdict.AGREED, owner)


def _with_unknown(names: Names, *, taken: bool) -> Verdict:
    said = set(names.values())
    named = any(names[role] == MarkValue.UNKNOWN for role in names if role in said)
    is_orphan = MarkValue.NOBODY in said and not taken and MarkValue.SHARED not in said and not named
    return Verdict.ORPHAN if is_orphan else Verdict.OPEN


@dataclass(frozen=True)
class Rates:
    """How many rows came to which verdict. A rate is a share between 0 and 1, None where there is no row."""

    counts: Mapping[Verdict, int]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "Rates":
        """Count verdicts."""
        counted = Counter(verdicts)
        return cls({verdict: counted[verdict] for verdict in Verdict})

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def agreed(self) -> Fraction | None:
        """The share of rows with an owner agreed upon, those to confirm among them (`decisions.md` 4.2)."""
        return self.share(*AGREEMENT)

    @property
    def collision(self) -> Fraction | None:
        return self.share(Verdict.COLLISION)

    @property
    def orphan(self) -> Fraction | None:
        return self.share(Verdict.ORPHAN)

    @property
    def unclear(self) -> Fraction | None:
        """The share of rows that are none of these: partial, shared by all, or open."""
        return self.share(Verdict.PARTIAL, Verdict.NAME_ONE, Verdict.OPEN)

    def share(self, *verdicts: Verdict) -> Fraction | None:
        """Return the share of rows that came to one of some verdicts."""
        return Fraction(sum(self.counts[one] for one in verdicts), self.rows) if self.rows else None


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Cohen's kappa of what two raters said of the same rows, from -1 (never the same) to 1 (always).

    The share on which they agree, less what chance alone would give with how often each says what, over the most
    that could be gained on chance: (po - pe) / (1 - pe). Source: J. Cohen, “A coefficient of agreement for nominal
    scales”, Educational and Psychological Measurement 20 (1960). None where it is not defined: no rows, or both say
    one and the same thing throughout.
    """
    size = len(first)
    counted, against = Counter(first), Counter(second)
    by_chance = sum(counted[name] * against[name] for name in counted)
    if size * size == by_chance:
        return None
    same = sum(one == other for one, other in zip(first, second, strict=True))
    return float(Fraction(size * same - by_chance, size * size - by_chance))


def pair_kappas(rows: Sequence[Names], roles: Sequence[str]) -> dict[tuple[str, str], float | None]:
    """Return Cohen's kappa for each pair of roles, over whom they name."""
    said = {role: [names[role] for names in rows] for role in roles}
    return {(one, other): kappa(said[one], said[other]) for one, other in combinations(roles, 2)}


def mean_kappa(pairs: Iterable[float | None]) -> float | None:
    """Return one kappa for all raters: the mean over their pairs.

    Source: R. J. Light, “Measures of response agreement for qualitative data”, Psychological Bulletin 76 (1971). None
    where it is not defined for every pair: a mean over some of them would be of other people.
    """
    found = list(pairs)
    defined = [value for value in found if value is not None]
    return sum(defined) / len(defined) if defined and len(defined) == len(found) else None

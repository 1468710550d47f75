"""How far somebody is from what a role requires: gaps, readiness, coverage, blockers.

The arithmetic is that of the reference on charters, section 5.4. All shares are exact fractions.

Where several people assess the same competency, all of their levels are kept. What counts is the lowest where the role
stands or falls by the competency (5.4), and otherwise their mean, rounded down to a level: the source says nothing
there, and the mean depends neither on who assessed last nor on who assessed at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from raci.domain.competence import Competency, Requirement
from raci.domain.text import Fact, Sentence
from raci.domain.text import gettext_noop as _

# From how many levels on a gap in something essential, and a disagreement between assessors, is told of (5.4).
BLOCKING_GAP = 2
WIDE_SPREAD = 2


class WrongLevel(ValueError):
    """A level is required or given at which the competency does not exist; ``sentence`` says so, with a full stop."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Gap:
    """One requirement beside what was assessed: ``levels`` are those that were given, by whomever; none is unknown."""

    required: int
    essential: bool = False
    weight: int = 1
    levels: tuple[int, ...] = ()

    @property
    def assessed(self) -> int | None:
        """The level that counts, None where nobody assessed it: unassessed is not zero."""
        if not self.levels:
            return None
        return min(self.levels) if self.essential else sum(self.levels) // len(self.levels)

    @property
    def gap(self) -> int | None:
        """The levels that are missing, never fewer than none: more elsewhere makes up for nothing here."""
        return None if self.assessed is None else max(0, self.required - self.assessed)

    @property
    def reached(self) -> int | None:
        """The level that counts, up to what is required."""
        return None if self.assessed is None else min(self.assessed, self.required)

    @property
    def spread(self) -> int:
        """How far those who assessed lie apart, in levels."""
        return max(self.levels) - min(self.levels) if self.levels else 0

    @property
    def disagrees(self) -> bool:
        return self.spread >= WIDE_SPREAD

    @property
    def blocks(self) -> bool:
        """Whether the role is out of reach as long as this stands: essential, and far away or unknown."""
        return self.essential and (self.gap is None or self.gap >= BLOCKING_GAP)

    def raised(self, levels: int) -> "Gap":
        """Return it with the expected gain of some levels: never beyond what is required, and unknown stays unknown."""
        if self.assessed is None or self.assessed >= self.required:
            return self
        return replace(self, levels=(min(self.required, self.assessed + max(0, levels)),))


@dataclass(frozen=True)
class Gaps:
    """All that a role requires beside what was assessed, by the key of the competency, in the order that was given."""

    items: Mapping[str, Gap]

    @cached_property
    def known(self) -> Mapping[str, Gap]:
        """What was assessed by anybody."""
        return {key: item for key, item in self.items.items() if item.levels}

    @property
    def readiness(self) -> Fraction | None:
        """Return Σ w·min(assessed, required) / Σ w·required over what was assessed.

        None where nothing was, or nothing that counts: that is unknown, not complete.
        """
        required = sum(item.weight * item.required for item in self.known.values())
        reached = sum(item.weight * (item.reached or 0) for item in self.known.values())
        return Fraction(reached, required) if required else None

    @property
    def coverage(self) -> Fraction | None:
        """Return the share of the requirements that was assessed; None where nothing is required."""
        return Fraction(len(self.known), len(self.items)) if self.items else None

    @property
    def blockers(self) -> tuple[str, ...]:
        """What keeps the role out of reach."""
        return tuple(key for key, item in self.items.items() if item.blocks)

    @property
    def disagreements(self) -> tuple[str, ...]:
        """Where those who assessed lie two levels apart or more."""
        return tuple(key for key, item in self.items.items() if item.disagrees)

    @property
    def total(self) -> int:
        """The levels that are missing in all, over what was assessed."""
        return sum(item.gap or 0 for item in self.known.values())

    @property
    def weighted(self) -> int:
        """The levels that are missing, each counted as often as it weighs."""
        return sum(item.weight * (item.gap or 0) for item in self.known.values())


def measure(
    requirements: Mapping[str, Requirement],
    competencies: Mapping[str, Competency],
    levels: Mapping[str, Sequence[int]],
) -> Gaps:
    """Return the gaps between what is required and what was assessed, all by the keys of competencies.

    What was assessed beyond the requirements is passed over. Raises `WrongLevel` where a competency does not exist at
    the level that is required.
    """
    found = {}
    for key, wanted in requirements.items():
        check_level(competencies[key], wanted.level)
        found[key] = Gap(wanted.level, wanted.essential, wanted.weight, tuple(levels.get(key, ())))
    return Gaps(found)


def check_level(competency: Competency, level: int) -> None:
    """Raise `WrongLevel` where a competency does not exist at a level that is required of a role."""
    if trouble := level_trouble(competency, level):
        raise WrongLevel(trouble)


def level_trouble(competency: Competency, level: int) -> Sentence | None:
    """Say why a level of a competency cannot be required; None where it can."""
    facts: dict[str, Fact] = {
        "name": competency.name,
        "level": level,
        "lowest": competency.lowest,
        "highest": competency.highest,
    }
    if level < competency.lowest:
        return Sentence(_("{name} begins at level {lowest}: level {level} cannot be required."), facts)
    if level > competency.highest:
        return Sentence(_("{name} ends at level {highest}: level {level} cannot be required."), facts)
    return None


def range_trouble(lowest: int, highest: int, scale: Iterable[int]) -> Sentence | None:
    """Say why a competency cannot exist from one level to another of a scale; None where it can."""
    there = sorted(scale)
    if not there:
        return Sentence(_("The scale has no levels."))
    if lowest > highest:
        return Sentence(_("The lowest level lies above the highest."))
    for level in (lowest, highest):
        if level not in there:
            facts: dict[str, Fact] = {"level": level, "first": there[0], "last": there[-1]}
            return Sentence(_("The scale has no level {level}: it goes from {first} to {last}."), facts)
    return None

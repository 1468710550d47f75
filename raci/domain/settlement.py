"""The records of settling who owns what: grey areas, claims, decisions with their parts and answers, blind rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class GreyAreaStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """How a grey area came to be raised."""

    OVERLAP = "overlap"
    HAND = "hand"
    LINT = "lint"
    ROUND = "round"  # a collision or an orphan of a blind round
    DISAGREEMENT = "disagreement"  # somebody answered “I disagree” to a decision
    IMPORT = "import"


class DecisionType(StrEnum):
    """How a grey area was settled (`decisions.md` 4.1)."""

    SOLE_OWNER = "sole_owner"
    SPLIT_SCOPE = "split_scope"
    SPLIT_THRESHOLD = "split_threshold"
    SHARED = "shared"  # one is accountable, the others contribute
    DELEGATE = "delegate"
    ESCALATE = "escalate"
    DEFER = "defer"

    @property
    def settles(self) -> bool:
        """Whether the question is answered; one that was passed upwards or put off stays open."""
        return self not in (DecisionType.ESCALATE, DecisionType.DEFER)


class Mode(StrEnum):
    """How the parts of a split by threshold are meant."""

    NONE = ""
    BANDS = "bands"  # from one amount to under another
    LIMITS = "limits"  # up to an amount, the lowest post that reaches it


class RoundStatus(StrEnum):
    OPEN = "open"  # marks are made, each in private
    REVEALED = "revealed"
    CLOSED = "closed"


@dataclass(frozen=True)
class GreyArea:
    """A row of a matrix whose owner is open or contested.

    ``proposed`` holds letters by role key as a template or an import suggests them: an offer, never
    in force. ``decider`` and ``interim`` are role keys. Its age counts from `open_since`.
    """

    duty: str
    question: str = ""
    status: GreyAreaStatus = GreyAreaStatus.OPEN
    origin: Origin = Origin.HAND
    decider: str = ""
    interim: str = ""
    raised_on: date | None = None
    raised_by: str = ""
    due_on: date | None = None
    proposed: Mapping[str, str] = field(default_factory=dict)
    usual_decision: str = ""
    reopened_on: date | None = None

    @property
    def open_since(self) -> date | None:
        """The day from which its age counts: when it was last opened again, else when it was raised."""
        return self.reopened_on or self.raised_on


@dataclass(frozen=True)
class Claim:
    """What one role proposes for itself in a grey area, and why."""

    letters: str = ""
    reason: str = ""
    made_on: date | None = None


@dataclass(frozen=True)
class Decision:
    """How a grey area was settled. ``letters`` holds every cell of the row as it was decided, by role key.

    ``owner`` is the accountable role, "" where the decision names none for the row as a whole. ``terms`` is what a
    split goes by (the dimension, the measure) or what is asked of whom an escalation goes to; ``options`` are those
    that were weighed. ``degree`` is the level of delegation between first and second role, 1 to 7 (Management 3.0),
    0 for none. ``due_on`` is when an escalation is to be answered. Its parts are records of their own.
    """

    duty: str
    grey_area: str = ""
    type: DecisionType = DecisionType.SOLE_OWNER
    owner: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    review_on: date | None = None
    supersedes: str = ""
    withdrawn_on: date | None = None
    terms: str = ""
    mode: Mode = Mode.NONE
    options: str = ""
    authority: str = ""
    degree: int = 0
    reversible: bool = True
    valid_from: date | None = None
    valid_until: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Part:
    """What one role gets by a decision: a value, a band of amounts, a contribution, a right passed on.

    ``name`` is the value of the dimension, "" for “otherwise”; ``text`` a contribution, or limits in words. ``lower``
    (included) and ``upper`` (not included; in limits included) are decimal texts in ``unit``, "" where open.
    ``duty`` is the key of the duty made for this part alone, ``sheet`` that of the matrix in which it stands.
    ``giver`` passes the right on, "" for the owner.
    """

    role: str
    position: int = 0
    name: str = ""
    text: str = ""
    category: str = ""
    unit: str = ""
    lower: str = ""
    upper: str = ""
    duty: str = ""
    sheet: str = ""
    giver: str = ""
    may_pass_on: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """What somebody who stands for a role says to a decision: that they know it, or why they disagree.

    ``person`` is the number of their account as text, ``name`` what they were called then.
    """

    role: str
    person: str = ""
    name: str = ""
    agrees: bool = True
    reason: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Round:
    """A blind round: people who stand for roles say in private whose some rows are.

    ``duties`` and ``roles`` hold the keys of those that it is about; what stands under them is "". What people
    marked is no record: nobody may read it before the round is revealed, and history is read by many.
    """

    title: str
    status: RoundStatus = RoundStatus.OPEN
    duties: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    opened_on: date | None = None
    opened_by: str = ""
    due_on: date | None = None
    revealed_on: date | None = None

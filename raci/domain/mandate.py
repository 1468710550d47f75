"""The records that say what a role is for: its charter, what it may do, and where another role begins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Charter:
    """The hand-written parts of a role's charter; everything else in it is worked out.

    Its address names the role, so a role has one. Lists are texts with one item in a line: what the role
    does **not** own, what it alone controls, which policies limit or grant that, whom it depends on, how it
    is measured.
    """

    excludes: str = ""
    domains: str = ""
    policies: str = ""
    dependencies: str = ""
    measures: str = ""
    valid_from: date | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class Accountability:
    """One of the main duties of a role, written with its verb first: what M02 holds against the matrices.

    It stands for a ``duty``, or for all duties of an ``area``; for neither where it is only words. ``share`` is the
    share of the role's time in per cent, 0 where nothing is said.
    """

    text: str
    area: str = ""
    duty: str = ""
    share: int = 0
    position: int = 0


class Verb(StrEnum):
    """What an authority lets a role do."""

    DECIDE = "decide"
    APPROVE = "approve"
    SIGN = "sign"
    HIRE = "hire"
    SPEND = "spend"


@dataclass(frozen=True)
class Authority:
    """That a role may decide, approve, sign, hire or spend on something.

    ``ceiling`` is the highest amount as `raci.domain.amounts` writes it, in ``unit``; "" where there is none.
    ``sheet`` is the matrix in whose scope it holds, "" where it holds everywhere.
    """

    thing: str
    verb: Verb = Verb.DECIDE
    unit: str = ""
    ceiling: str = ""
    sheet: str = ""
    note: str = ""
    position: int = 0


@dataclass(frozen=True)
class Need:
    """An authority that whoever owns a duty must have, up to ``amount`` in ``unit`` ("" where no amount matters)."""

    thing: str
    verb: Verb = Verb.DECIDE
    unit: str = ""
    amount: str = ""


class AgreementType(StrEnum):
    """What lets a role do work for another that it does not report to."""

    OLA = "ola"  # an operational level agreement between two departments
    CONTRACT = "contract"
    SECONDMENT = "secondment"


@dataclass(frozen=True)
class Agreement:
    """That two roles without a reporting path may owe each other work, in the scope of ``sheet`` or everywhere."""

    first_role: str
    second_role: str
    type: AgreementType = AgreementType.OLA
    sheet: str = ""
    reference: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class Incompatibility:
    """That no person may hold both of two duties, unless a control makes up for it until a day."""

    reason: str = ""
    control: str = ""
    control_until: date | None = None


@dataclass(frozen=True)
class Difference:
    """How two roles differ in one dimension. ``source`` is the entry of the catalogue that it came from."""

    first_role: str
    second_role: str
    dimension: str
    first_value: str = ""
    second_value: str = ""
    source: str = ""
    position: int = 0


@dataclass(frozen=True)
class Signature:
    """That a person signed the charter of a role as it was at a revision. ``digest`` is that of its lines then."""

    person: str
    number: int
    digest: str
    signed_on: date | None = None


@dataclass(frozen=True)
class Baseline:
    """A revision that was given a name and published."""

    name: str
    number: int
    published_on: date | None = None
    note: str = ""

"""What follows from a revealed round, shown before it is done: rows to tick, and what each would change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Change
from raci.domain.claims import Verdict
from raci.domain.records import Kind
from raci.services.loading import load_matrix
from raci.services.overlaps import Choice, Preview, preview
from raci.services.round_effects import CONTESTED, Agreed, agreed_rows, claims_of, other_rows
from raci.services.round_results import Line, results_of
from raci.web.round_words import MARKS, VERDICTS, Look


@dataclass(frozen=True)
class CellTold:
    """A cell that would change: whose, from which letters to which."""

    role: str
    before: str
    after: str


@dataclass(frozen=True)
class AgreedRow:
    """A row that is agreed, to be ticked. ``why_not`` says why it cannot be done; then there is nothing to tick.

    ``grey_area`` is the key of the one that is open, "" for none.
    """

    duty: str
    code: str
    title: str
    owner: str
    verdict: Look
    cells: tuple[CellTold, ...]
    ticked: bool
    seen: str
    why_not: str
    note: str
    grey_area: str


@dataclass(frozen=True)
class ClaimTold:
    """What a role would claim, with the reason for its mark; ``word`` is what it said where it claims nothing."""

    role: str
    letters: str
    word: str
    reason: str
    stands: bool


@dataclass(frozen=True)
class OtherRow:
    """A row that is not agreed, to be ticked. ``grey_area`` is the key of the one that is open already, "" for none."""

    duty: str
    code: str
    title: str
    verdict: Look
    claims: tuple[ClaimTold, ...]
    grey_area: str
    ticked: bool


class Outcomes:
    """What a revealed round leads to. ``data`` holds what was ticked; without it what is usual is."""

    def __init__(self, request: HttpRequest, blind: models.Round, data: QueryDict | None = None) -> None:
        self.round, self.data = blind, data
        self.loaded = load_matrix(blind.matrix)
        (self.result,) = results_of(self.loaded, [blind])

    @property
    def ticked(self) -> list[str]:
        return self.data.getlist("tick") if self.data is not None else []

    def _is_ticked(self, duty: str, usual: bool) -> bool:
        return usual if self.data is None else duty in self.data.getlist("tick")

    # --- Agreed rows

    @cached_property
    def agreed(self) -> list[Agreed]:
        return agreed_rows(self.round, self.loaded, self.result)

    @cached_property
    def foreseen(self) -> Preview:
        """What all rows that can be applied would change, as the service sees it."""
        return preview([item.choice for item in self.agreed if item.choice])

    @cached_property
    def agreed_rows(self) -> list[AgreedRow]:
        """The agreed rows that are not yet so, in order."""
        by_duty: dict[str, list[Change]] = {}
        for change in self.foreseen.changes:
            if change.address.kind is Kind.CELL:
                by_duty.setdefault(change.address.subject, []).append(change)
        return [self._agreed(item, by_duty.get(item.line.duty, [])) for item in self.agreed if not item.is_so]

    @property
    def already_so(self) -> int:
        """How many agreed rows stand as agreed already."""
        return sum(item.is_so for item in self.agreed)

    def choices(self) -> list[Choice]:
        """Return the ticked rows as choices that saw what the page showed."""
        return [
            replace(item.choice, seen=_seen(self.data, item.line.duty, item.choice.seen))
            for item in self.agreed
            if item.choice and item.line.duty in self.ticked
        ]

    def _agreed(self, item: Agreed, changes: Sequence[Change]) -> AgreedRow:
        duty = item.line.duty
        record, roles = self.loaded.duties[duty], self.loaded.roles
        told = tuple(
            CellTold(roles[one.address.other].name, str(one.before), str(one.after))
            for one in sorted(changes, key=lambda one: self.loaded.column_keys.index(one.address.other))
        )
        usual = item.choice is not None and item.replaces is None
        return AgreedRow(
            duty=duty,
            code=record.code,
            title=record.title,
            owner=roles[item.line.reading.owner].name,
            verdict=VERDICTS[item.line.verdict],
            cells=told,
            ticked=item.choice is not None and self._is_ticked(duty, usual),
            seen=json.dumps(dict(self.loaded.cells.get(duty, {})), sort_keys=True),
            why_not=self._why_not(item),
            note=self._note(item),
            grey_area=self.loaded.open_by_duty.get(duty, ""),
        )

    def _why_not(self, item: Agreed) -> str:
        if item.choice is not None:
            return ""
        if item.replaces is not None:
            return _("A decision with parts of its own is in force. Replace it on the page of the duty.")
        if not item.outside:
            return _("The row or the column of its owner is not in the matrix any more, or does not apply.")
        names = ", ".join(self.loaded.roles[role].name for role in item.outside)
        text = _("%(roles)s is accountable now and had no part in the round. Settle it on the page of the duty.")
        return text % {"roles": names}

    def _note(self, item: Agreed) -> str:
        if item.replaces is None or item.choice is None:
            return ""
        owner = self.loaded.roles.get(item.replaces.owner)
        return _("Replaces a decision in force: %(owner)s.") % {"owner": owner.name if owner else "–"}

    # --- The others

    @cached_property
    def other_rows(self) -> list[OtherRow]:
        """The rows without agreement, in order."""
        lines = [line for line in other_rows(self.result) if line.duty in self.loaded.applicable_rows]
        return [self._other(line) for line in lines]

    def _other(self, line: Line) -> OtherRow:
        record, key = self.loaded.duties[line.duty], self.loaded.open_by_duty.get(line.duty, "")
        letters: Mapping[str, str] = claims_of(self.loaded, line)
        claims = tuple(
            ClaimTold(
                self.loaded.roles[role].name,
                letters.get(role, ""),
                str(MARKS[voice.mark.value].word),
                voice.reason,
                (key, role) in self.loaded.claims,
            )
            for role, voice in line.voices.items()
        )
        ticked = self._is_ticked(line.duty, Verdict(line.verdict) in CONTESTED)
        return OtherRow(line.duty, record.code, record.title, VERDICTS[line.verdict], claims, key, ticked)


def _seen(data: QueryDict | None, duty: str, now: Mapping[str, str]) -> dict[str, str]:
    """Return the letters that the page showed; where it does not say them in a form that can be read, none."""
    if data is None:
        return dict(now)
    try:
        found: Any = json.loads(data.get(f"seen-{duty}", ""))
    except ValueError:
        found = {}
    is_letters = isinstance(found, dict) and all(isinstance(letters, str) for letters in found.values())
    return found if is_letters else {}

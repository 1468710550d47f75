"""All that stands around one row of a matrix, or around one of its cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.lint import Finding, Fix, Level, touched_duties
from raci.domain.records import Claim, Comment, Decision, Duty, GreyArea, Role
from raci.domain.scheme import split_letters
from raci.models.base import new_key
from raci.services.comments import writers
from raci.services.fixing import fixes_of
from raci.services.linting import findings_of
from raci.services.loading import load_matrix
from raci.services.row_history import Past, past_of
from raci.web import access
from raci.web.decision_steps import Step, steps
from raci.web.marks import SAID_BY_THE_ROW

WORST_FIRST = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True)
class Trouble:
    """A finding, and what can be done about it at once."""

    finding: Finding
    fixes: tuple[Fix, ...]


@dataclass(frozen=True)
class Said:
    """One comment; ``role`` names the cell it is about where the whole row is shown. ``mine`` may be changed."""

    key: str
    comment: Comment
    at: datetime | None
    role: str
    mine: bool
    may_remove: bool


@dataclass(frozen=True)
class Held:
    """What one role holds in the row. ``interim`` where it owns the duty until it is decided, with ``shown`` drawn."""

    key: str
    role: Role
    letters: str
    interim: bool = False
    shown: str = ""


class RowPanel:
    """One row, or one cell where ``role_key`` is set, as it is now. Raises `Http404` where the matrix has none."""

    def __init__(self, request: HttpRequest, sheet: models.Matrix, duty: str, role: str = "") -> None:
        self.request, self.sheet, self.duty_key, self.role_key = request, sheet, duty, role
        self.loaded = load_matrix(sheet)
        if duty not in self.loaded.rows or (role and role not in self.loaded.columns):
            raise Http404
        self.scheme = self.loaded.scheme

    @property
    def duty(self) -> Duty:
        return self.loaded.duties[self.duty_key]

    @property
    def role(self) -> Role | None:
        return self.loaded.roles[self.role_key] if self.role_key else None

    @property
    def applies(self) -> bool:
        return self.loaded.rows[self.duty_key].applies

    @property
    def why_not(self) -> str:
        return self.loaded.rows[self.duty_key].reason

    # --- Letters

    @property
    def letters(self) -> str:
        return self.loaded.letters(self.duty_key, self.role_key)

    @property
    def codes(self) -> tuple[str, ...]:
        """The letters of the cell one by one, as far as the scheme knows them."""
        return tuple(code for code in split_letters(self.letters) if code in self.scheme.by_code)

    @property
    def choices(self) -> tuple[str, ...]:
        return ("", *self.scheme.combinations)

    @cached_property
    def row(self) -> tuple[Held, ...]:
        """What every role holds, in column order."""
        return tuple(map(self._held, self.loaded.column_keys))

    def _held(self, key: str) -> Held:
        letters = self.loaded.letters(self.duty_key, key)
        interim = self.grey_area is not None and self.grey_area.interim == key
        # Who owns it meanwhile may hold nothing yet: it is drawn as the heaviest letter.
        heaviest = next(iter(self.scheme.by_code)) if interim else ""
        return Held(key, self.loaded.roles[key], letters, interim, letters or heaviest)

    @property
    def holding(self) -> list[Held]:
        return [held for held in self.row if held.shown]

    @property
    def without(self) -> list[Held]:
        return [held for held in self.row if not held.shown]

    # --- Findings, and the question behind them

    @cached_property
    def troubles(self) -> list[Trouble]:
        """What lint finds here, worst first; not what the open question says already."""
        found = [item for item in findings_of(self.loaded, timezone.localdate()) if self._is_about(item)]
        found.sort(key=lambda item: WORST_FIRST.index(item.level))
        return [Trouble(item, fixes_of(self.loaded, item)) for item in found]

    def _is_about(self, finding: Finding) -> bool:
        if finding.rule == SAID_BY_THE_ROW and self.duty_key in self.loaded.open_by_duty:
            return False
        subject = finding.subject
        if not self.role_key:
            return self.duty_key in touched_duties(finding)
        if subject.role:
            return self.role_key in subject.roles and subject.duty in ("", self.duty_key)
        return self.duty_key in touched_duties(finding)

    @property
    def grey_key(self) -> str:
        return self.loaded.open_by_duty.get(self.duty_key, "")

    @property
    def grey_area(self) -> GreyArea | None:
        return self.loaded.grey_areas[self.grey_key] if self.grey_key else None

    @property
    def claims(self) -> list[tuple[str, Claim | None]]:
        """Who claims it, by name; a role of a declared overlap that has not said anything has no claim."""
        made = self.loaded.claims
        roles = self.loaded.claimants(self.grey_key)
        return [(self.loaded.roles[role].name, made.get((self.grey_key, role))) for role in roles]

    @property
    def decision(self) -> Decision | None:
        key = self.loaded.decision_by_duty.get(self.duty_key)
        return self.loaded.decisions[key] if key and not self.grey_key else None

    @property
    def steps(self) -> list[Step]:
        """All decisions on the duty in this matrix, oldest first."""
        return steps(self.loaded, self.duty_key, timezone.localdate())

    @property
    def decider(self) -> str:
        return self._name(self.grey_area.decider) if self.grey_area else ""

    @property
    def interim(self) -> str:
        return self._name(self.grey_area.interim) if self.grey_area else ""

    @property
    def owner(self) -> str:
        return self._name(self.decision.owner) if self.decision else ""

    # --- What was said and what happened

    @cached_property
    def comments(self) -> list[Said]:
        """The thread, oldest first: of the cell alone, or of the row with all its cells."""
        found = [(key, item) for key, item in self.loaded.comments.items() if self._is_said_here(item)]
        found.sort(key=lambda pair: (pair[1].written_at, pair[0]))
        wrote = writers(self.sheet, [key for key, _ in found])
        return list(self._thread(found, wrote))

    @property
    def draft(self) -> str:
        """The key of a form for a new comment, another one whenever it is drawn: what is sent twice is written once."""
        return new_key()

    @property
    def unresolved(self) -> int:
        return sum(not said.comment.resolved for said in self.comments)

    @cached_property
    def past(self) -> Past:
        """The latest changes."""
        return past_of(self.sheet.organisation, self.loaded, self.duty_key, self.role_key)

    def _is_said_here(self, comment: Comment) -> bool:
        return comment.duty == self.duty_key and self.role_key in ("", comment.role)

    def _thread(self, found: Iterable[tuple[str, Comment]], wrote: dict[str, int | None]) -> Iterable[Said]:
        place = access.place(self.request)
        for key, item in found:
            mine = place.may_claim and wrote.get(key) == self.request.user.pk
            role = "" if self.role_key else self._name(item.role)
            yield Said(key, item, moment_of(item.written_at), role, mine, mine or place.may_own)

    def _name(self, role: str) -> str:
        return self.loaded.roles[role].name if role in self.loaded.roles else ""


def moment_of(text: str) -> datetime | None:
    """Return a moment that stands as text in a record, in the time of the site; None where it is none."""
    try:
        return timezone.localtime(datetime.fromisoformat(text))
    except ValueError:
        return None

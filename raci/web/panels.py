"""The page on which a duty is assigned: one panel for each matrix in which it stands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict

from raci import models
from raci.domain.lint import Finding
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, GreyArea, Kind
from raci.forms.assign import AssignForm
from raci.services.describing import describe
from raci.services.loading import load_matrix
from raci.services.naming import names_for
from raci.services.overlaps import Choice, preview
from raci.web import access
from raci.web.answers import Clash

# What is typed in other panels travels in the address when one is decided; more than this does not fit there.
_LONGEST_ADDRESS = 1800


@dataclass(frozen=True)
class Said:
    """What one role says about a duty: its claim, None where it made none; what it holds now; what is proposed."""

    role: str
    claim: Claim | None
    now: str


@dataclass(frozen=True)
class Effects:
    """What deciding would change, in sentences, and the findings that would go and come."""

    sentences: tuple[str, ...]
    fixed: tuple[Finding, ...]
    added: tuple[Finding, ...]
    refusals: tuple[str, ...]


class Panel:
    """One matrix in which the duty stands: what is asked there, what is said, and the form that settles it."""

    def __init__(self, matrix: models.Matrix, duty: str, data: QueryDict | None = None) -> None:
        self.matrix, self.duty = matrix, duty
        self.loaded: Matrix = load_matrix(matrix)
        self.form = AssignForm(matrix, self.loaded, duty, data, prefix=matrix.key)
        self.effects: Effects | None = None
        self.clashes: list[Clash] = []

    @property
    def grey_area(self) -> GreyArea | None:
        return self.loaded.grey_areas[self.form.grey_area] if self.form.grey_area else None

    @property
    def decision(self) -> Decision | None:
        key = self.loaded.decision_by_duty.get(self.duty)
        return self.loaded.decisions[key] if key and not self.form.grey_area else None

    @property
    def owner_name(self) -> str:
        return self.name_of(self.decision.owner) if self.decision else ""

    @property
    def decider(self) -> str:
        return self.name_of(self.grey_area.decider) if self.grey_area else ""

    @property
    def interim(self) -> str:
        return self.name_of(self.grey_area.interim) if self.grey_area else ""

    def name_of(self, role: str) -> str:
        """Return the name of a role, "" for none."""
        return self.loaded.roles[role].name if role in self.loaded.roles else ""

    def said(self) -> list[Said]:
        """Return what each role that is asked about says."""
        made = {role: claim for (key, role), claim in self.loaded.claims.items() if key == self.form.grey_area}
        return [Said(self.name_of(role), made.get(role), self.form.current.get(role, "")) for role in self.form.asked]

    def holding(self) -> list[tuple[str, str]]:
        """Return who holds which letters in the row now, by name."""
        held = self.form.current
        return [(self.name_of(role), held[role]) for role in self.loaded.column_keys if role in held]

    def proposals(self) -> list[tuple[str, str]]:
        """Return the letters that a template proposes, by the name of their role."""
        proposed = self.form.proposed
        return [(self.name_of(role), proposed[role]) for role in self.loaded.column_keys if role in proposed]

    def suggestion(self) -> str:
        """Return the query that fills the form in with the proposal."""
        answers = {f"{self.matrix.key}-{name}": value for name, value in self.form.suggested().items()}
        return urlencode(answers)

    def letters_fields(self) -> list[tuple[int, forms.BoundField]]:
        """Return the questions for letters, numbered like the choices of the accountable role."""
        return [(number, self.form[f"letters_{role}"]) for number, role in enumerate(self.form.asked, start=1)]

    def offered_fields(self) -> list[forms.BoundField]:
        """Return the offers to take over proposed letters of third roles."""
        return [self.form[f"take_{role}"] for role in self.form.offered]

    def show_effects(self) -> None:
        """Work out what the form would change, for its preview. Only with a valid form."""
        self.effects = effects([self.form.choice()])

    def refresh_seen(self) -> None:
        """Let the form see what is there now, with all that was typed, so that it can be sent again knowingly."""
        fresh = QueryDict(mutable=True)
        fresh.update(self.form.data)
        fresh[self.form.add_prefix("seen")] = json.dumps(self.form.current)
        self.form.data = fresh

    def take_over(self, typed: Mapping[str, Any], *, sent: bool) -> None:
        """Show in an unsent form what was typed, without judging it."""
        for name, field in self.form.fields.items():
            key = self.form.add_prefix(name)
            if isinstance(field, forms.BooleanField):
                if sent or key in typed:
                    self.form.initial[name] = bool(typed.get(key))
            elif key in typed and name != "seen":
                self.form.initial[name] = typed[key]


def effects(choices: Sequence[Choice]) -> Effects:
    """Return what choices would do, in sentences."""
    found = preview(choices)
    names = names_for(found.changes)
    told = [describe(change, names) for change in found.changes if change.address.kind is Kind.CELL]
    return Effects(tuple(told), found.fixed, found.added, tuple(refusal.message for refusal in found.refusals))


def panels(request: HttpRequest, duty: models.Duty, chosen: str = "") -> list[Panel]:
    """Return the panels of a duty; the form of the ``chosen`` one ("all" for every one) is bound to what was sent."""
    found = []
    for row in access.rows_of(request, duty):
        bound = request.method == "POST" and chosen in (row.matrix.key, "all")
        panel = Panel(row.matrix, duty.key, request.POST if bound else None)
        if not bound:
            sent = request.method == "POST"
            panel.take_over(request.POST if sent else request.GET, sent=sent)
        found.append(panel)
    return found


def carried(request: HttpRequest, others: Iterable[Panel]) -> str:
    """Return as a query what was typed in the panels that were not sent; "" where nothing was, or too much."""
    keys = tuple(f"{panel.matrix.key}-" for panel in others if panel.grey_area)
    if not any(request.POST.get(f"{key}reason") or request.POST.get(f"{key}owner") for key in keys):
        return ""
    kept = {name: value for name, value in request.POST.items() if name.startswith(keys) and not name.endswith("-seen")}
    query = urlencode(kept)
    return query if len(query) <= _LONGEST_ADDRESS else ""

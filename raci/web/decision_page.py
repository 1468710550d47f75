"""One decision in words: what it says, where it stands, who has acknowledged it, what came before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.decision_chain import Standing, standing
from raci.domain.matrix import Matrix
from raci.domain.records import Acknowledgement, Decision, DecisionType, Duty, Part, Role
from raci.domain.scheme import Scheme
from raci.forms.decide_words import TYPE_WORDS, TypeWords
from raci.forms.decision import ReviewForm, WithdrawForm
from raci.services.loading import load_matrix
from raci.services.settling import concerned
from raci.services.settling.degrees import degree_in_words
from raci.services.settling.words import part_in_words
from raci.web import access
from raci.web.decision_steps import Step, steps


@dataclass(frozen=True)
class Share:
    """One part in words. ``sheet`` is the matrix in which it stands, ``duty`` the one made for it, with its key."""

    part: Part
    role: str
    about: str
    giver: str
    duty_key: str
    duty: Duty | None
    sheet: models.Matrix | None


@dataclass(frozen=True)
class Held:
    """One cell: what was decided, and what it holds now."""

    code: str
    role: str
    decided: str
    now: str

    @property
    def agrees(self) -> bool:
        return self.decided == self.now


@dataclass(frozen=True)
class Voice:
    """One person who stands for a role: their name, what they answered, whether it is the visitor."""

    name: str
    answer: Acknowledgement | None
    mine: bool


@dataclass(frozen=True)
class Concerned:
    """A role that a decision concerns, and who speaks for it; ``wrong`` and ``typed`` of an answer that was refused."""

    key: str
    name: str
    letters: str
    voices: tuple[Voice, ...]
    wrong: str = ""
    typed: str = ""

    @property
    def asks_visitor(self) -> bool:
        return any(voice.mine for voice in self.voices)

    @property
    def mine(self) -> Acknowledgement | None:
        """What the visitor answered for this role."""
        return next((voice.answer for voice in self.voices if voice.mine), None)


class DecisionPage:
    """A decision and all that stands around it. ``refused`` is (role, why, what was typed) after a refused answer."""

    def __init__(
        self,
        request: HttpRequest,
        row: models.Decision,
        *,
        withdraw: WithdrawForm | None = None,
        review: ReviewForm | None = None,
        refused: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        self.request, self.row, self.key = request, row, row.key
        self.sheet: models.Matrix = row.matrix
        self.loaded: Matrix = load_matrix(self.sheet)
        self.decision: Decision = self.loaded.decisions[self.key]
        self.withdraw = withdraw or WithdrawForm(prefix="withdraw")
        self.review = review or ReviewForm(prefix="review", initial={"review_on": self.decision.review_on})
        self.refused = refused

    @property
    def scheme(self) -> Scheme:
        return self.loaded.scheme

    @property
    def duty(self) -> Duty:
        return self.loaded.duties[self.decision.duty]

    @property
    def type(self) -> TypeWords:
        return TYPE_WORDS[self.decision.type]

    @property
    def owner(self) -> str:
        return self._name(self.decision.owner)

    @property
    def degree(self) -> str:
        return degree_in_words(self.decision.degree)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.loaded, self.key, timezone.localdate())

    @property
    def is_last(self) -> bool:
        """Whether it is the decision that a new one would replace."""
        return self.loaded.decision_by_duty.get(self.decision.duty) == self.key

    @property
    def may_be_altered(self) -> bool:
        """Whether its forms are shown: while it is the last, and where one that came too late holds what was typed."""
        return self.is_last or bool(self.withdraw.errors or self.review.errors)

    @property
    def open_key(self) -> str:
        """The grey area of its duty that is open again, or still."""
        return self.loaded.open_by_duty.get(self.decision.duty, "")

    @property
    def is_deferred(self) -> bool:
        return self.decision.type is DecisionType.DEFER

    # --- What it says

    @cached_property
    def shares(self) -> list[Share]:
        """Its parts in their order."""
        parts = self.loaded.parts_of(self.key)
        named = {part.sheet for part in parts if part.sheet}
        sheets = {one.key: one for one in access.matrices(self.request).filter(key__in=named)} if named else {}
        return [self._share(part, sheets) for part in parts]

    @property
    def letters(self) -> list[tuple[str, str]]:
        """The row as it was decided, by the name of the role."""
        return [(self._name(role), held) for role, held in self._in_order(self.decision.letters).items()]

    # --- Where it stands

    @cached_property
    def held(self) -> list[Held]:
        """The cells of its row as decided and as they are now, then the owners of the duties that it made."""
        now = self.loaded.cells.get(self.decision.duty, {})
        roles = self._in_order({**now, **self.decision.letters})
        found = [self._held(self.duty, role, self.decision.letters.get(role, "")) for role in roles]
        for share in self.shares:
            if share.duty and share.duty_key in self.loaded.rows:
                found += self._owners(share)
        return found

    @property
    def differing(self) -> list[Held]:
        return [one for one in self.held if not one.agrees]

    def _held(self, duty: Duty, role: str, decided: str) -> Held:
        return Held(duty.code, self._name(role), decided, self.loaded.letters(self.decision.duty, role))

    def _owners(self, share: Share) -> list[Held]:
        """Return who answers for the duty of a part: the role of the part should, and nobody else."""
        owners = self.loaded.holders(share.duty_key, self.scheme.pivot)
        letter = next(one.code for one in self.scheme.letters if one.letter_class is self.scheme.pivot)
        assert share.duty is not None
        roles = dict.fromkeys((share.part.role, *owners))
        return [
            Held(
                share.duty.code,
                self._name(role),
                letter if role == share.part.role else "",
                letter if role in owners else "",
            )
            for role in roles
        ]

    # --- Who has answered

    @cached_property
    def concerned(self) -> list[Concerned]:
        """The roles that it concerns with the people who stand for them, in two queries."""
        roles = concerned(self.loaded, self.key)
        answers = {
            (item.role, item.person): item for (of, _), item in self.loaded.acknowledgements.items() if of == self.key
        }
        people: dict[str, dict[str, str]] = {role: {} for role in roles}
        for role, person, name in access.speakers(self.request, roles):
            people[role][str(person)] = name
        for (role, person), item in answers.items():
            people.setdefault(role, {}).setdefault(person, item.name)
        return [self._concerned(role, people[role], answers) for role in roles]

    def _concerned(self, role: str, people: Mapping[str, str], answers: Mapping[Any, Acknowledgement]) -> Concerned:
        me = str(self.request.user.pk)
        spoken = {key for key, _name in self._mine}
        voices = tuple(
            Voice(name, answers.get((role, person)), person == me and role in spoken) for person, name in people.items()
        )
        asked, wrong, typed = self.refused
        letters = self.decision.letters.get(role, "")
        return Concerned(role, self._name(role), letters, voices, *((wrong, typed) if asked == role else ("", "")))

    @cached_property
    def _mine(self) -> list[tuple[str, str]]:
        return list(access.spoken_for(self.request).values_list("key", "name"))

    # --- What came before and after

    @property
    def steps(self) -> list[Step]:
        """All decisions on the duty in this matrix, oldest first."""
        return steps(self.loaded, self.decision.duty, timezone.localdate(), self.key)

    def _share(self, part: Part, sheets: Mapping[str, models.Matrix]) -> Share:
        return Share(
            part,
            self._name(part.role),
            part_in_words(self.decision, part),
            self._name(part.giver) or self.owner,
            part.duty,
            self.loaded.duties.get(part.duty),
            sheets.get(part.sheet),
        )

    def _in_order(self, by_role: Mapping[str, str]) -> dict[str, str]:
        known = [role for role in self.loaded.column_keys if role in by_role]
        return {role: by_role[role] for role in (*known, *(role for role in by_role if role not in known))}

    def _name(self, role: str) -> str:
        found: Role | None = self.loaded.roles.get(role)
        return found.name if found else ""

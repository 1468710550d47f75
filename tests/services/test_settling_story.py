"""Whatever is raised, claimed, decided, undone and retired: letters that contradict a decision are found."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, currently_in_test_context, event, given, settings
from hypothesis import strategies as st

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, Decision, DecisionType, GreyArea, Kind, Line, Mode, Part
from raci.domain.scheme import split_letters
from raci.services.door import undo
from raci.services.history import verify
from raci.services.linting import findings
from raci.services.loading import load_matrix
from raci.services.overlaps import claim
from raci.services.raising import raise_grey_area
from raci.services.settling import Draft, decide, withdraw_decision
from raci.services.structure import NotPossible, actions, perform
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db

ROLES = ("PM", "ITM", "CIO")
DUTIES = ("VEN-1", "FIN-1")
LETTERS = ("", "A", "R", "C", "A/R")
_slugs = count()

Step = tuple[str, dict[str, Any]]


def steps() -> st.SearchStrategy[list[Step]]:
    """What may happen, in any order, once something was decided."""
    duty, role = st.sampled_from(DUTIES), st.sampled_from(ROLES)
    letters = st.sampled_from(LETTERS)
    decided = _step("decide", duty=duty, role=role, kind=st.sampled_from(DecisionType))
    put = _step("set", duty=duty, role=role, letters=letters)
    others = st.one_of(
        decided,
        put,
        put,
        _step("set_child", role=role, letters=letters),
        _step("raise", duty=duty),
        _step("claim", duty=duty, role=role),
        _step("withdraw", duty=duty),
        _step("undo"),
        _step("retire_role", role=role),
        _step("retire_duty", duty=duty),
        _step("restore", duty=duty, role=role),
    )
    return st.tuples(decided, st.lists(others, min_size=2, max_size=8)).map(lambda pair: [pair[0], *pair[1]])


def _step(name: str, **about: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), st.fixed_dictionaries(about))


class Story(Small):
    """An organisation to which things happen; what is not possible at the time does not."""

    def __init__(self) -> None:
        super().__init__(f"story-{next(_slugs)}")
        self.today = timezone.localdate()
        write(self.organisation, create(Kind.LINE, Line(), self.roles["PM"], other=self.roles["CIO"]))

    @property
    def loaded(self) -> Matrix:
        return load_matrix(self.matrix)

    def go(self, name: str, given_: dict[str, Any]) -> None:
        getattr(self, f"do_{name}")(**given_)

    def do_raise(self, duty: str) -> None:
        wanted = GreyArea(self.duties[duty], "Whose is it?", raised_on=self.today)
        raise_grey_area(matrix=self.matrix, wanted=wanted, author=TESTER)

    def do_claim(self, duty: str, role: str) -> None:
        if key := self.loaded.open_by_duty.get(self.duties[duty]):
            wanted = Claim("A", "Mine", self.today)
            where = {"organisation": self.organisation, "matrix": self.matrix, "grey_area": key}
            claim(**where, role=self.roles[role], wanted=wanted, author=TESTER)

    def do_decide(self, duty: str, role: str, kind: DecisionType) -> None:
        other = ROLES[(ROLES.index(role) + 1) % len(ROLES)]
        later = self.today + timedelta(days=30)
        decision = Decision(
            self.duties[duty], type=kind, owner=self.roles[role], reason="So", terms="Value", mode=Mode.BANDS,
            review_on=later, due_on=later, valid_from=self.today, valid_until=later,
        )  # fmt: skip
        helper = Part(self.roles[other], name="Berlin", text="Helps", upper="50", unit="EUR")
        parts: tuple[Part, ...] = (helper,)
        if kind in (DecisionType.SPLIT_SCOPE, DecisionType.SPLIT_THRESHOLD):
            parts = (helper, Part(self.roles[role], lower="50", unit="EUR"))
        if kind in (DecisionType.SOLE_OWNER, DecisionType.ESCALATE, DecisionType.DEFER):
            parts = ()
        outcome = decide(draft=Draft(self.matrix, decision, parts), author=TESTER)
        if currently_in_test_context():
            event(f"{kind}: {'decided' if outcome.ok else 'not possible'}")

    def do_withdraw(self, duty: str) -> None:
        if key := self.loaded.decision_by_duty.get(self.duties[duty]):
            assert withdraw_decision(matrix=self.matrix, key=key, author=TESTER).ok

    def do_set(self, duty: str, role: str, letters: str) -> None:
        self._put(self.duties[duty], self.roles[role], letters)

    def do_set_child(self, role: str, letters: str) -> None:
        for part in list(self.loaded.parts.values())[:1]:
            if part.duty:
                self._put(part.duty, self.roles[role], letters)

    def _put(self, duty: str, role: str, letters: str) -> None:
        matrix = self.loaded
        if duty in matrix.rows and role in matrix.columns and matrix.letters(duty, role) != letters:
            change = self.cell("VEN-1", "PM", matrix.letters(duty, role), letters)
            write(self.organisation, change._replace(address=change.address._replace(subject=duty, other=role)))

    def do_undo(self) -> None:
        latest = models.Revision.objects.filter(organisation=self.organisation).order_by("number").last()
        assert latest
        if latest.number > 2:  # what made the organisation stays
            undo(organisation=self.organisation, number=latest.number, author=TESTER)

    def do_retire_role(self, role: str) -> None:
        self._perform(actions.RetireRoles((self.roles[role],)))

    def do_retire_duty(self, duty: str) -> None:
        self._perform(actions.RetireDuties((self.duties[duty],)))

    def do_restore(self, duty: str, role: str) -> None:
        self._perform(actions.RestoreRole(self.roles[role]))
        self._perform(actions.AddColumns((self.roles[role],)))
        self._perform(actions.RestoreDuty(self.duties[duty]))
        self._perform(actions.AddRows((self.duties[duty],)))

    def _perform(self, action: Any) -> None:
        with suppress(NotPossible):
            perform(organisation=self.organisation, action=action, author=TESTER, matrix=self.matrix)


def contradictions(matrix: Matrix) -> set[str]:
    """Return the duties whose letters are not what a decision in force says, worked out without any rule of lint.

    "" stands for decisions on duties that the matrix does not show any more.
    """
    replaced = {decision.supersedes for decision in matrix.decisions.values()}
    found: set[str] = set()
    for key, decision in matrix.decisions.items():
        if decision.withdrawn_on or key in replaced or decision.type is DecisionType.DEFER:
            continue
        wanted = {decision.duty: decision.owner}
        wanted |= {part.duty: part.role for part in matrix.parts_of(key) if part.duty}
        found |= {duty for duty, owner in wanted.items() if duty in matrix.rows and owners(matrix, duty) != {owner}}
        if decision.duty not in matrix.rows:
            found.add("")
    return found


def owners(matrix: Matrix, duty: str) -> set[str]:
    return {role for role, letters in matrix.cells.get(duty, {}).items() if "A" in split_letters(letters)}


def said(story: Story) -> set[str]:
    return {finding.subject.duty for finding in findings(story.matrix) if finding.rule == "S05"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps())
def test_no_letters_contradict_a_decision_without_a_finding(db, happened):
    story = Story()
    for name, given_ in happened:
        story.go(name, given_)
    contradicted = contradictions(story.loaded)
    event(f"contradicted: {len(contradicted)}")
    assert contradicted == said(story)
    assert verify(story.organisation) == []


@pytest.mark.parametrize(
    "contradict",
    [
        lambda story: story.do_set("VEN-1", "ITM", "R"),
        lambda story: story.do_set("VEN-1", "PM", "A"),
        lambda story: story.do_retire_role("ITM"),
    ],
    ids=["the owner loses the letter", "a second one owns", "the owner is retired"],
)
def test_each_way_to_contradict_a_decision_is_found(db, contradict: Callable[[Story], None]):
    story = Story()
    story.do_decide("VEN-1", "ITM", DecisionType.SOLE_OWNER)
    assert contradictions(story.loaded) == said(story) == set()
    contradict(story)
    assert contradictions(story.loaded) == said(story) == {story.duties["VEN-1"]}

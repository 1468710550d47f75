"""What is private to a person: who may see it, who may write it, and that nothing else touches it."""

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path as File

import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind, to_fields
from raci.services import private
from raci.services.door import undo
from raci.services.loading import read_register
from raci.services.private import Given, NotAllowed, NotKept
from tests.factories import TESTER, Small, write
from tests.services.confiding import DAY, Path, member

ROOT = File(__file__).resolve().parents[2]


@pytest.fixture
def path(small) -> Path:
    return Path(small)


@pytest.fixture
def cara(path) -> models.User:
    return member(path.small, "cara", "owner")


def test_an_assessment_is_kept_and_a_later_one_replaces_it(path):
    path.assess(CMP_1=3)
    path.assess(CMP_1=4)
    (found,) = private.opinions(path.own)
    assert (found.level, found.competency, found.is_own, found.is_mine) == (4, path.competencies["CMP-1"], True, True)


def test_what_did_not_change_keeps_its_day_and_nothing_takes_it_back(path):
    path.assess(CMP_1=3, CMP_2=4)
    key, other = path.competencies["CMP-1"], path.competencies["CMP-2"]
    later = date(2026, 5, 1)
    given = {key: Given(3), other: None}
    assert private.put_assessments(confidence=path.own, given=given, day=later) == 1
    (found,) = private.opinions(path.own)
    assert (found.competency, found.assessed_on) == (key, DAY)


def test_another_assesses_only_where_the_person_allows_it(path, cara):
    assert private.let_in(path.person, cara) is None
    seeing = path.allow(cara)
    with pytest.raises(NotAllowed):
        path.assess(seeing, CMP_1=2)
    path.assess(path.allow(cara, assesses=True), CMP_1=2)
    path.assess(CMP_1=4)
    assert [(one.assessor, one.level, one.is_own) for one in private.opinions(path.own)] == [
        ("Pia", 4, True),
        ("Cara", 2, False),
    ]


def test_what_is_taken_back_is_taken_back_at_once(path, cara):
    seeing = path.allow(cara, assesses=True)
    path.assess(seeing, CMP_1=2)
    assert private.take_back(confidence=path.own, user=cara.pk)
    assert private.let_in(path.person, cara) is None
    with pytest.raises(NotAllowed):  # with what was shown before
        path.assess(seeing, CMP_1=5)
    assert [one.level for one in private.opinions(path.own)] == [2]  # it stays with the person


@pytest.mark.parametrize("level", ["owner", "editor", "contributor"])
def test_no_right_lets_anybody_in(path, level):
    assert private.let_in(path.person, member(path.small, "other", level)) is None
    sue = member(path.small, "sue", "owner", is_superuser=True)
    assert private.let_in(path.person, sue) is None


def test_somebody_who_cannot_sign_in_any_more_sees_nothing(path, cara):
    path.allow(cara)
    cara.is_active = False
    assert private.let_in(path.person, cara) is None


def test_whoever_gives_a_person_another_account_finds_nothing_there(path, cara):
    """An editor manages people, and so could make themselves one."""
    path.allow(cara)
    path.assess(CMP_1=3)
    path.step()
    ed = member(path.small, "ed", "editor")
    models.Person.objects.filter(pk=path.person.pk).update(user=ed)
    path.person.refresh_from_db()
    taken = path.let_in(ed)
    assert taken.is_own
    assert (private.opinions(taken), private.steps(taken), private.allowed(taken)) == ([], [], [])
    assert private.let_in(path.person, cara) is None
    private.put_assessments(confidence=taken, given={path.competencies["CMP-1"]: Given(5)}, day=DAY)
    models.Person.objects.filter(pk=path.person.pk).update(user=path.user)
    path.person.refresh_from_db()
    assert [one.level for one in private.opinions(path.let_in(path.user))] == [3]


def test_a_confidant_reads_and_writes_nothing_but_assessments(path, cara):
    seeing = path.allow(cara, assesses=True)
    step = path.step()
    assert private.steps(seeing) == [step]
    assert private.allowed(seeing) == []
    assert private.everything(seeing) == {}
    for write_one in (
        lambda: private.put_step(confidence=seeing, step=step),
        lambda: private.remove_step(confidence=seeing, key=step.key),
        lambda: private.allow(confidence=seeing, user=cara.pk, assesses=True, day=DAY),
        lambda: private.take_back(confidence=seeing, user=cara.pk),
    ):
        with pytest.raises(NotAllowed):
            write_one()


def test_a_confidence_that_is_made_up_opens_nothing(path, cara):
    made_up = replace(path.own, user=cara)
    with pytest.raises(NotAllowed):
        path.assess(made_up, CMP_1=1)


def test_an_assessment_is_removed_by_who_made_it_or_the_person(path, cara):
    seeing = path.allow(cara, assesses=True)
    path.assess(seeing, CMP_1=2)
    path.assess(CMP_1=4)
    own, others = private.opinions(path.own)
    assert not private.remove_assessment(confidence=seeing, number=own.id)
    assert private.remove_assessment(confidence=path.own, number=others.id)
    assert [one.id for one in private.opinions(path.own)] == [own.id]


def test_only_members_can_be_allowed(path):
    stranger = member(Small("other"), "stranger")
    for user in (stranger, path.user):
        with pytest.raises(NotKept):
            private.allow(confidence=path.own, user=user.pk, assesses=False, day=DAY)


@pytest.mark.parametrize(("level", "fits"), [(0, True), (1, True), (7, True), (8, False)])
def test_a_level_is_one_at_which_the_competency_exists_or_not_yet(path, level, fits):
    if fits:
        path.assess(CMP_1=level)
        return
    with pytest.raises(NotKept) as refused:
        path.assess(CMP_2=3, CMP_1=level)
    assert refused.value.field == path.competencies["CMP-1"]
    assert private.opinions(path.own) == []


def test_a_competency_of_another_organisation_is_not_there(path):
    elsewhere = Path(Small("other"), member(path.small, "else"))
    with pytest.raises(NotKept):
        given = {elsewhere.competencies["CMP-1"]: Given(3)}
        private.put_assessments(confidence=path.own, given=given, day=DAY)


def test_a_step_is_kept_changed_done_and_removed(path):
    step = path.step()
    private.put_step(confidence=path.own, step=replace(step, done_on=DAY, note="Went well."))
    (found,) = private.steps(path.own, step.role)
    assert (found.done_on, found.note) == (DAY, "Went well.")
    assert private.steps(path.own, path.small.roles["PM"]) == []
    assert private.remove_step(confidence=path.own, key=step.key)
    assert private.steps(path.own) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("ends_on", {"ends_on": date(2025, 1, 1)}), ("note", {"note": "x" * 301}), ("route", {"route": "nothing"})],
)
def test_a_step_that_cannot_stand_says_why(path, field, wrong):
    step = path.step()
    with pytest.raises(NotKept) as refused:
        private.put_step(confidence=path.own, step=replace(step, key="other", **wrong))
    assert refused.value.field == field
    assert private.steps(path.own) == [step]


def test_what_the_database_says_is_not_passed_on(path, monkeypatch):
    def refuse(*_given, **_named):
        raise IntegrityError("Failing row contains (the secret evidence)")

    monkeypatch.setattr(private, "_write", refuse)
    with pytest.raises(NotKept) as refused:
        path.assess(CMP_1=3)
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__
    assert not isinstance(refused.value.__cause__, DatabaseError)


def test_everything_is_there_for_the_person(path, cara):
    path.allow(cara, assesses=True)
    path.assess(CMP_1=3)
    path.step(note="Ask first.")
    found = private.everything(path.own)
    assert [len(found[name]) for name in ("assessments", "confidants", "plan")] == [1, 1, 1]
    assert found["plan"][0]["note"] == "Ask first."


def test_forgetting_a_person_leaves_nothing(path, cara):
    path.allow(cara)
    path.assess(CMP_1=3)
    path.step()
    private.forget_person(path.person)
    assert not any(model.objects.exists() for model in (models.Assessment, models.Confidant, models.PlanStep))


@pytest.mark.parametrize("kind", ["competency", "route"])
def test_what_is_removed_takes_what_is_private_with_it_and_does_not_betray_that_it_was_there(path, kind):
    path.assess(CMP_2=3)
    path.step("lead")
    register = read_register(path.small.organisation)
    if kind == "competency":
        key = path.competencies["CMP-2"]
        place = (path.small.roles["ITM"], key)
        gone = [
            Change(Address(Kind.REQUIREMENT, "", *place), "", to_fields(register.requirements[place]), None),
            Change(Address(Kind.COMPETENCY, "", key), "", to_fields(register.competencies[key]), None),
        ]
    else:
        key, of = path.routes["lead"], path.competencies["CMP-3"]
        gone = [
            Change(Address(Kind.GAIN, "", key, of), "", to_fields(register.gains[key, of]), None),
            Change(Address(Kind.ROUTE, "", key), "", to_fields(register.routes[key]), None),
        ]
    outcome = write(path.small.organisation, *gone)
    assert (len(private.opinions(path.own)), len(private.steps(path.own))) == (
        (0, 1) if kind == "competency" else (1, 0)
    )
    assert undo(organisation=path.small.organisation, number=outcome.revision.number, author=TESTER).ok


def test_reading_takes_as_many_queries_for_many_as_for_one(path, django_assert_num_queries):
    path.assess(CMP_1=3)
    with django_assert_num_queries(1):
        assert len(private.opinions(path.own)) == 1
    path.assess_all()
    with django_assert_num_queries(1):
        assert len(private.opinions(path.own)) == 6


@pytest.mark.parametrize(
    ("lookup", "private_one"),
    [
        ("confidences__isnull", True),
        ("people__assessments__level", True),
        ("plan__isnull", True),
        ("memberships__level", False),
    ],
)
def test_a_lookup_through_what_is_private_is_known(lookup, private_one):
    assert private.is_private_lookup(lookup) is private_one


# --- Nothing else touches it

GATE = "raci/services/private.py"
OWN_ROOMS = ("raci/models/", "raci/migrations/")
NAMES = ("Assessment", "Confidant", "PlanStep")
# A look-up through a person, an account or a competency: “assessments__level” in a filter, “.assessments” of a person.
THROUGH = re.compile(
    r"""(assessments|confidants|confidences)(__|["'])|\.(assessments|confidants|confidences)\b|person\.plan\b|plan__"""
)
TABLES = ("raci_assessment", "raci_confidant", "raci_planstep", "get_model(", "all_models[")


def touching(root: File) -> list[str]:
    """The places outside the gate that name a private table or reach it through its relations."""
    found = []
    for path in sorted((root / "raci").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name == GATE or name.startswith(OWN_ROOMS):
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr in NAMES and _is_models(node.value):
                found.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("raci.models"):
                found += [f"{name}:{node.lineno}" for alias in node.names if alias.name in (*NAMES, "competence")]
        found += [f"{name}: {match.group()}" for match in THROUGH.finditer(text)]
        found += [f"{name}: {word}" for word in TABLES if word in text]
    return found


def _is_models(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).split(".")[-1] in ("models", "competence")


def test_only_one_module_touches_what_is_private():
    assert touching(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "from raci.models import Assessment",
        "from raci.models import competence",
        "from raci import models\nmodels.PlanStep.objects.all()",
        "import raci.models\nraci.models.Confidant",
        "people.filter(assessments__evidence='x')",
        "person.plan.all()",
        "people.prefetch_related('confidants')",
        "cursor.execute('SELECT * FROM raci_assessment')",
        "apps.get_model('raci', 'Assessment')",
    ],
)
def test_another_that_does_is_named(tmp_path, line):
    path = tmp_path / "raci/web/views/x.py"
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert touching(tmp_path) != []


def test_every_query_of_the_gate_goes_through_the_account_or_writes_or_forgets():
    tree = ast.parse((ROOT / GATE).read_text(encoding="utf-8"))
    users = {
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and ast.unparse(node.value).removeprefix("models.") in (*NAMES, "model")
    }
    assert users == {"_rows", "_write", "allow", "put_step", "confiding_in", "forget_person", "forget_about"}


def test_it_is_in_no_history_and_not_in_the_admin(path):
    before = models.RevisionChange.objects.count()
    path.assess_all()
    path.step(note="unmistakable")
    assert models.RevisionChange.objects.count() == before
    for model in (models.Assessment, models.Confidant, models.PlanStep):
        assert model not in admin.site._registry

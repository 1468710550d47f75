"""Competencies, requirements, skills and routes through the door."""

import pytest
from django.core.management import call_command

from raci import models
from raci.domain.competence import Gain, Requirement
from raci.services import developing
from raci.services.loading import read_register
from raci.services.structure import NotPossible, carry_out
from tests.factories import TESTER

FIELDS = {
    "code": "",
    "name": "Strategy",
    "description": "",
    "scale": "sfia-9",
    "lowest": 4,
    "highest": 7,
    "framework": "ITSP",
}
ROUTE = {"name": "Study", "type": "education", "description": "", "evidence": "", "cost": "", "unit": "", "months": 6}


@pytest.fixture
def stage(small):
    call_command("loaddata", "scales", verbosity=0)
    return small


def do(stage, plan, *args):
    done = carry_out(organisation=stage.organisation, make=lambda scene: plan(scene, *args), author=TESTER)
    assert done.outcome.ok, (done.outcome.conflicts, done.outcome.refusals)
    return done


def register(stage):
    return read_register(stage.organisation)


def competency(stage, **more):
    return do(stage, developing.add_competency, {**FIELDS, **more}).key


def require(stage, key, before=0, level=5, role="ITM", **more):
    seen = {f"level-{key}": before, f"essential-{key}": False, f"weight-{key}": 1}
    wanted = {**seen, f"level-{key}": level, **{f"{name}-{key}": value for name, value in more.items()}}
    return do(stage, developing.edit_requirements, stage.roles[role], seen, wanted)


def test_a_competency_gets_the_next_free_code_and_stands_last(stage):
    keys = [competency(stage), competency(stage, code="cmp-2"), competency(stage)]
    shelf = register(stage).competencies
    assert [shelf[key].code for key in keys] == ["CMP-1", "cmp-2", "CMP-3"]
    assert [shelf[key].position for key in keys] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lowest": 0}, "lowest"),
        ({"highest": 8}, "highest"),
        ({"lowest": 6, "highest": 5}, "lowest"),
        ({"scale": "none"}, "scale"),
    ],
)
def test_a_competency_exists_only_at_levels_of_its_scale(stage, wrong, field):
    with pytest.raises(NotPossible) as refused:
        competency(stage, **wrong)
    assert refused.value.field == field


def test_vector_g_3_a_level_below_the_lowest_is_refused_with_a_sentence(stage):
    key = competency(stage)
    with pytest.raises(NotPossible) as refused:
        require(stage, key, level=3)
    assert str(refused.value) == "Strategy begins at level 4: level 3 cannot be required."
    assert refused.value.field == f"level-{key}"
    assert register(stage).requirements == {}


def test_a_requirement_comes_changes_and_goes(stage):
    key = competency(stage)
    place = (stage.roles["ITM"], key)
    require(stage, key, level=5, essential=True, weight=3)
    assert register(stage).requirements[place] == Requirement(5, True, 3)
    seen = {f"level-{key}": 5, f"essential-{key}": True, f"weight-{key}": 3}
    for level, expected in ((6, Requirement(6, True, 3)), (0, None)):
        do(stage, developing.edit_requirements, place[0], seen, {**seen, f"level-{key}": level})
        assert register(stage).requirements.get(place) == expected
        seen[f"level-{key}"] = level


def test_what_somebody_else_changed_meanwhile_is_a_conflict(stage):
    key = competency(stage)
    require(stage, key, level=5)
    seen = {f"level-{key}": 4, f"essential-{key}": False, f"weight-{key}": 1}
    done = carry_out(
        organisation=stage.organisation,
        make=lambda scene: developing.edit_requirements(scene, stage.roles["ITM"], seen, {**seen, f"level-{key}": 7}),
        author=TESTER,
    )
    assert done.outcome.conflicts
    assert register(stage).requirements[stage.roles["ITM"], key].level == 5


def test_a_competency_cannot_become_narrower_than_what_is_required_of_it(stage):
    key = competency(stage)
    require(stage, key, level=5)
    seen = {**FIELDS, "code": "CMP-1"}
    with pytest.raises(NotPossible) as refused:
        do(stage, developing.edit_competency, key, seen, {**seen, "lowest": 6})
    assert "IT Manager requires it" in str(refused.value)
    do(stage, developing.edit_competency, key, seen, {**seen, "lowest": 5, "name": "Strategies"})
    assert register(stage).competencies[key].name == "Strategies"


def test_only_what_nothing_refers_to_can_be_removed(stage):
    key = competency(stage)
    require(stage, key)
    with pytest.raises(NotPossible, match="IT Manager refers to it"):
        do(stage, developing.remove_competency, key)
    require(stage, key, before=5, level=0)
    route = do(stage, developing.add_route, {**ROUTE, f"gain-{key}": 2}).key
    with pytest.raises(NotPossible, match="1 development route says"):
        do(stage, developing.remove_competency, key)
    do(stage, developing.remove_route, route)
    skill = do(stage, developing.add_skill, stage.roles["PM"], "Plans", key).key
    with pytest.raises(NotPossible, match="IT Project Manager refers to it"):
        do(stage, developing.remove_competency, key)
    do(stage, developing.remove_skill, stage.roles["PM"], skill)
    do(stage, developing.remove_competency, key)
    assert register(stage).competencies == {}


def test_a_route_has_gains_that_come_change_and_go(stage):
    first, second = competency(stage), competency(stage)
    fields = {**ROUTE, f"gain-{first}": 2, f"gain-{second}": 0}
    key = do(stage, developing.add_route, fields).key
    assert register(stage).gains == {(key, first): Gain(2)}
    wanted = {**fields, "name": "Study more", f"gain-{first}": 0, f"gain-{second}": 1}
    do(stage, developing.edit_route, key, fields, wanted)
    found = register(stage)
    assert (found.gains, found.routes[key].name) == ({(key, second): Gain(1)}, "Study more")


def test_a_skill_is_matched_to_a_competency_and_taken_back(stage):
    key, role = competency(stage), stage.roles["ITM"]
    skill = do(stage, developing.add_skill, role, "  Vendors ", "").key
    seen = {f"name-{skill}": "Vendors", f"competency-{skill}": ""}
    do(stage, developing.edit_skills, role, seen, {**seen, f"competency-{skill}": key})
    assert register(stage).skills[role, skill].competency == key


def test_each_is_one_revision_with_a_sentence_that_undo_takes_back(stage):
    key = competency(stage)
    done = require(stage, key)
    assert done.sentence == "What IT Manager requires is changed."
    assert done.outcome.revision.size == 1
    assert models.Requirement.objects.count() == 1

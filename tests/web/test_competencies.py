"""Competencies, routes, and what a role requires: lists, forms, conflicts, files."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from raci import models
from raci.domain.competence import Competency, Requirement, Skill
from raci.domain.records import Kind
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.paths import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast):
    return path_of(cast)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_says_what_is_required_of_whom(cast, path):
    page = text(cast.client("bob").get(cast.url("competencies/")))
    assert "CMP-6" in page and "IT Manager</a> <strong>6</strong>" in page
    assert "New competency" not in page


def test_the_lists_take_as_many_queries_for_many_as_for_few(cast, path):
    for rest in ("competencies/", "routes/"):
        client = cast.client("ed")
        client.get(cast.url(rest))
        with CaptureQueriesContext(connection) as few:
            client.get(cast.url(rest))
        keys = [new_key() for _ in range(15)]
        many = [create(Kind.COMPETENCY, Competency(f"X{rest[0]}-{key}", key), key) for key in keys]
        asked = [create(Kind.REQUIREMENT, Requirement(3), cast.small.roles["PM"], other=key) for key in keys]
        write(cast.small.organisation, *many, *asked)
        with CaptureQueriesContext(connection) as more:
            client.get(cast.url(rest))
        assert len(more) == len(few)


def test_the_list_is_handed_out_with_what_is_required(cast, path):
    answer = cast.client("bob").get(cast.url("competencies/export.xlsx"))
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:5] == ("Code", "Competency", "Scale", "Levels", "Required of")
    assert rows[1][:5] == ("CMP-1", "Competency 1", "SFIA 9", "1–7", "IT Manager 5 essential")


@pytest.mark.parametrize(("query", "codes"), [("role=PM", 0), ("role=ITM", 6), ("q=competency+3", 1)])
def test_the_list_is_narrowed(cast, path, query, codes):
    for code, key in cast.small.roles.items():
        query = query.replace(f"role={code}", f"role={key}") if query.endswith(f"={code}") else query
    answer = cast.client("bob").get(cast.url(f"competencies/?{query}"))
    assert len(answer.context["table"].rows) == codes


def test_a_competency_is_written_down_changed_and_taken_out(cast, path):
    client = cast.client("ed")
    fields = {"name": "Strategy", "code": "", "scale": "sfia-9", "lowest": "4", "highest": "7", "framework": "ITSP"}
    assert client.post(cast.url("competencies/new/"), fields).status_code == 302
    found = models.Competency.objects.get(name="Strategy")
    assert (found.code, found.lowest) == ("CMP-7", 4)
    url = cast.url(f"competencies/{found.key}/")
    form = client.get(url).context["form"]
    sent = {**form.initial, "seen": json.dumps(form.initial["seen"]), "name": "Strategies"}
    assert client.post(url, sent).status_code == 302
    assert models.Competency.objects.get(pk=found.pk).name == "Strategies"
    stale = client.post(url, {**sent, "name": "Another"})
    assert (stale.status_code, "Somebody was faster" in text(stale)) == (409, True)
    assert client.post(url, {"action": "remove"}).status_code == 302
    assert not models.Competency.objects.filter(pk=found.pk).exists()


def test_a_scale_that_has_no_such_level_is_said_at_the_field(cast, path):
    fields = {"name": "Strategy", "scale": "sfia-9", "lowest": "0", "highest": "7"}
    answer = cast.client("ed").post(cast.url("competencies/new/"), fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors["lowest"] == ["The scale has no level 0: it goes from 1 to 7."]


def test_what_is_required_cannot_be_taken_out(cast, path):
    answer = cast.client("ed").post(cast.url(f"competencies/{path.competencies['CMP-1']}/"), {"action": "remove"})
    assert answer.status_code == 422
    assert "IT Manager refers to it." in text(answer)


def test_a_route_is_written_down_with_its_gains_and_changed(cast, path):
    client, first, second = cast.client("ed"), path.competencies["CMP-1"], path.competencies["CMP-2"]
    fields = {"name": "MBA", "type": "degree", "cost": "28,000", "unit": "EUR", "months": "24", f"gain-{first}": "2"}
    assert client.post(cast.url("routes/new/"), fields).status_code == 302
    route = models.Route.objects.get(name="MBA")
    assert (route.cost, [(gain.competency.key, gain.levels) for gain in route.gains.all()]) == ("28000", [(first, 2)])
    url = cast.url(f"routes/{route.key}/")
    form = client.get(url).context["form"]
    sent = {**form.initial, "seen": json.dumps(form.initial["seen"]), f"gain-{first}": "0", f"gain-{second}": "1"}
    assert client.post(url, sent).status_code == 302
    assert [(gain.competency.key, gain.levels) for gain in route.gains.all()] == [(second, 1)]
    assert "28,000 EUR" in text(client.get(cast.url("routes/")))
    assert client.post(url, {"action": "remove"}).status_code == 302


def skills_url(cast, role: str = "ITM") -> str:
    return cast.url(f"roles/{cast.small.roles[role]}/skills/")


def test_what_a_role_requires_is_changed_at_once(cast, path):
    client, key = cast.client("ed"), path.competencies["CMP-1"]
    form = client.get(skills_url(cast)).context["page"].requirements_form
    sent = {**form.initial, "seen": json.dumps(form.initial["seen"]), "action": "requirements"}
    sent = {name: value for name, value in sent.items() if value is not False}
    assert client.post(skills_url(cast), {**sent, f"level-{key}": "7", f"weight-{key}": "3"}).status_code == 302
    found = models.Requirement.objects.get(role__key=cast.small.roles["ITM"], competency__key=key)
    assert (found.level, found.weight, found.essential) == (7, 3, True)
    assert client.post(skills_url(cast), {**sent, f"level-{key}": "6"}).status_code == 409


def test_a_competency_that_came_after_the_form_was_shown_does_not_lose_what_was_typed(cast, path):
    client, key = cast.client("ed"), path.competencies["CMP-1"]
    form = client.get(skills_url(cast)).context["page"].requirements_form
    sent = {**form.initial, "seen": json.dumps(form.initial["seen"]), "action": "requirements", f"level-{key}": "7"}
    write(cast.small.organisation, create(Kind.COMPETENCY, Competency("NEW", "New"), new_key()))
    assert client.post(skills_url(cast), sent).status_code == 302
    assert models.Requirement.objects.get(competency__key=key).level == 7


def test_the_hole_shows_until_a_competency_answers_to_the_skill(cast, path):
    client = cast.client("ed")
    hole = "No competency answers to the skill “Vendors, contracts and licences”"
    for url in (skills_url(cast), cast.url(f"roles/{cast.small.roles['ITM']}/from/{cast.small.roles['PM']}/")):
        assert hole in text(client.get(url))
    form = client.get(skills_url(cast)).context["page"].skills_form
    sent = {**form.initial, "seen": json.dumps(form.initial["seen"]), "action": "skills"}
    assert (
        client.post(skills_url(cast), {**sent, f"competency-{path.skill}": path.competencies["CMP-6"]}).status_code
        == 302
    )
    assert hole not in text(client.get(skills_url(cast)))


def test_a_skill_is_added_and_removed(cast, path):
    client = cast.client("ed")
    assert client.post(skills_url(cast), {"action": "add", "name": "Patience", "competency": ""}).status_code == 302
    skill = models.Skill.objects.get(name="Patience")
    assert client.post(skills_url(cast), {"action": "add", "name": ""}).status_code == 422
    assert client.post(skills_url(cast), {"action": "remove", "skill": skill.key}).status_code == 302
    assert client.post(skills_url(cast), {"action": "remove", "skill": skill.key}).status_code == 422


def test_who_only_reads_sees_it_without_a_form(cast, path):
    page = text(cast.client("bob").get(skills_url(cast)))
    assert "Vendors, contracts and licences" in page and "no competency answers to it" in page
    assert "Save" not in page


def test_the_way_in_general_says_what_is_gained_and_lost_and_what_the_catalogue_says(cast, path):
    call_command("loaddata", "catalogue", verbosity=0)
    small = cast.small
    for code, source in (("PM", "ROLE-PM"), ("ITM", "ROLE-ITM")):
        models.Role.objects.filter(key=small.roles[code]).update(source=source)
    write(small.organisation, create(Kind.SKILL, Skill("Plans"), small.roles["PM"], other=new_key()))
    small.set("FIN-1", "ITM", "", "A/R")
    small.set("VEN-2", "PM", "", "R")
    answer = cast.client("bob").get(cast.url(f"roles/{small.roles['ITM']}/from/{small.roles['PM']}/"))
    (turned,) = answer.context["page"].turned
    assert [row.duty.code for row in turned.gained] == ["FIN-1"]
    assert [row.duty.code for row in turned.lost] == ["VEN-2"]
    assert (turned.to_answer_for, turned.to_let_go) == (1, 0)
    page = text(answer)
    for code in ("TRN-1", "CMP-6", "DEV-4"):
        assert code in page
    back = cast.client("bob").get(cast.url(f"roles/{small.roles['PM']}/from/{small.roles['ITM']}/"))
    assert [row.duty.code for row in back.context["page"].turned[0].gained] == ["VEN-2"]
    same = cast.url(f"roles/{small.roles['PM']}/from/{small.roles['PM']}/")
    assert cast.client("bob").get(same).status_code == 404

"""Charters, authorities, competence and people in the administration: what is refused, what goes with what, files."""

import io
from datetime import date

import openpyxl
import pytest
from django.contrib import admin
from django.utils import timezone

from raci import models
from raci.domain.records import Authority, Duty, Kind, Role
from raci.models.base import new_key
from raci.services.history import verify
from tests.admin.conftest import duty, person, role
from tests.admin.defining import DEFINING, define
from tests.admin.test_actions import chosen
from tests.admin.test_pages import OWN, address, own_row
from tests.factories import create, write

PRIVATE = (models.Assessment, models.Confidant, models.PlanStep, models.Feed, models.Look)


@pytest.fixture
def defined(small):
    define(small, "VEN-1")
    return small


def refusals(page, **typed) -> str:
    sent = page.send(**typed)
    assert sent.response.status_code == 200
    return " ".join(sent.errors)


def removed(opened, client, row) -> dict[type, int]:
    """Remove a record in its page, and return how many records of each kind went."""
    kinds = [model for model in OWN if model not in (models.Revision, models.RevisionChange, models.User)]
    before = {model: model._default_manager.count() for model in kinds}
    done = opened(client, address(type(row), row.pk, "delete")).send()
    assert done.response.status_code == 302, done.errors
    gone = {model: count - model._default_manager.count() for model, count in before.items()}
    return {model: count for model, count in gone.items() if count}


def test_what_is_part_of_a_role_goes_with_it_and_comes_back_with_it(defined, alice, opened):
    gone = removed(opened, alice, models.Role.objects.get(code="OF-VEN-1"))
    of_role = (models.Charter, models.Accountability, models.Authority, models.Skill, models.Requirement)
    others = (models.RoleAlias, models.Agreement, models.Difference, models.Holding, models.Signature)
    assert gone == dict.fromkeys((models.Role, *of_role, *others), 1)
    latest = models.Revision.objects.latest("number")
    assert opened(alice, f"/admin/raci/revision/{latest.pk}/undo/").send().response.status_code == 302
    assert models.Signature.objects.get().role.code == "OF-VEN-1"
    assert verify(defined.organisation) == []


def test_what_is_part_of_a_competency_a_route_and_a_duty_goes_with_it(defined, alice, opened):
    assert removed(opened, alice, models.Route.objects.get()) == {models.Route: 1, models.Gain: 1}
    models.Skill.objects.update(competency=None)
    gone = removed(opened, alice, models.Competency.objects.get())
    assert gone == {models.Competency: 1, models.Requirement: 1}
    keys = new_key(), new_key()
    write(
        defined.organisation,
        create(Kind.DUTY, Duty("OWN", "Own"), keys[0]),
        create(Kind.ROLE, Role("OWN", "Own"), keys[1]),
    )
    alone = models.Duty.objects.get(code="OWN")
    models.Need.objects.create(duty=alone, thing="contracts")
    models.Incompatibility.objects.create(duty=duty(defined), other=alone)
    assert removed(opened, alice, alone) == {models.Duty: 1, models.Need: 1, models.Incompatibility: 1}


def test_a_competency_that_a_skill_names_is_not_taken_away_under_it(defined, alice, opened):
    row = models.Competency.objects.get()
    refused = opened(alice, address(models.Competency, row.pk, "delete")).send()
    assert refused.response.status_code == 200
    assert models.Competency.objects.exists()
    assert models.Gain.objects.exists()


def test_nothing_private_stands_in_the_administration(defined, alice, root):
    me, ada = models.User.objects.get(username="alice"), models.Person.objects.get()
    secret = "Nobody but me may read this"
    competency, today = models.Competency.objects.get(), timezone.localdate()
    models.Assessment.objects.create(
        person=ada, competency=competency, assessor=me, level=2, assessed_on=today, evidence=secret
    )
    models.PlanStep.objects.create(
        person=ada, role=role(defined), route=models.Route.objects.get(), starts_on=today, ends_on=today, note=secret
    )
    models.Confidant.objects.create(person=ada, user=me, allowed_on=today)
    registered = set(admin.site._registry)
    inlines = {inline.model for one in admin.site._registry.values() for inline in one.inlines}
    assert not registered & set(PRIVATE)
    assert not inlines & set(PRIVATE)
    for model in PRIVATE:
        assert root.get(address(model)).status_code == 404
    for model in (*DEFINING, models.User):
        for where in (address(model), address(model, own_row(model, defined).pk, "change")):
            assert all(secret not in client.get(where).content.decode() for client in (alice, root)), where


def test_a_signature_is_given_by_nobody_here(defined, alice, root):
    row = models.Signature.objects.get()
    for client in (alice, root):
        assert client.post(address(models.Signature, row.pk, "change"), {"number": 9}).status_code == 403
        assert client.post(address(models.Signature, "add"), {}).status_code == 403
        assert client.post(address(models.Signature, row.pk, "delete"), {}).status_code == 403
    assert models.Signature.objects.get().number == 1


@pytest.mark.parametrize(
    "case",
    [
        (models.Authority, {"ceiling": "many"}, "is not an amount"),
        (models.Authority, {"unit": ""}, "Say of what"),
        (models.Accountability, {"share": "101"}, "more than 100 per cent"),
        (models.Competency, {"highest": "6"}, "goes from 0 to 5"),
        (models.Competency, {"lowest": "4", "highest": "3"}, "lies below the lowest"),
        (models.Requirement, {"level": "6"}, "exists at the levels 0 to 5"),
        (models.Requirement, {"weight": "0"}, "a weight of at least 1"),
        (models.Holding, {"ends_on": "2025-01-01"}, "lies before the first"),
        (models.Incompatibility, {"control_until": "2027-01-01"}, "Say what makes up for it"),
        (models.Route, {"unit": ""}, "Say of what"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(defined, alice, opened, count, case):
    (model, typed, said), before = case, count(defined)
    page = opened(alice, address(model, model.objects.get().pk, "change"))
    assert said in refusals(page, **typed)
    assert count(defined) == before


def test_a_pair_is_of_two_and_on_record_once(defined, alice, opened):
    here = opened(alice, address(models.Difference, "add"))
    same = {"first_role": role(defined).pk, "second_role": role(defined).pk, "dimension": "Span"}
    assert "Choose two different roles." in refusals(here, **same)
    pair = models.Incompatibility.objects.get()
    turned = {"duty": pair.other_id, "other": pair.duty_id}
    page = opened(alice, address(models.Incompatibility, "add"))
    assert "the other way round" in refusals(page, **turned)


def test_a_baseline_is_of_a_revision_that_there_is_and_stays_what_it_is(defined, alice, opened):
    page = opened(alice, address(models.Baseline, "add"))
    assert "There is no such revision" in refusals(page, name="Later", number="999", published_on="2026-03-02")
    row = models.Baseline.objects.get()
    opened(alice, address(models.Baseline, row.pk, "change")).send(name="Newer", number="2")
    row.refresh_from_db()
    assert (row.name, row.number) == ("Newer", 1)


def test_amounts_are_kept_as_they_are_meant(defined, alice, opened):
    row = models.Authority.objects.get()
    assert opened(alice, address(models.Authority, row.pk, "change")).send(ceiling="60k").response.status_code == 302
    row.refresh_from_db()
    assert row.ceiling == "60000"


def test_what_holds_in_one_matrix_alone_goes_with_it(defined, alice, opened):
    write(
        defined.organisation,
        create(Kind.AUTHORITY, Authority("everything"), role(defined).key, other=new_key()),
    )
    gone = removed(opened, alice, defined.matrix)
    assert gone[models.Authority] == 1
    assert models.Authority.objects.get().thing == "everything"


def test_a_person_has_the_account_of_a_member_and_each_account_one_person(defined, other, alice, opened):
    mine = models.User.objects.get(username="alice")
    stranger = person("sam", other.organisation, "reader")
    models.Membership.objects.create(
        organisation=other.organisation, user=mine, level="owner"
    )  # so that sam can be chosen at all
    ada = models.Person.objects.get()
    page = opened(alice, address(models.Person, ada.pk, "change"))
    assert "no member of the organisation" in refusals(page, user=stranger.pk)
    assert page.send(user=mine.pk).response.status_code == 302
    add = opened(alice, address(models.Person, "add"))
    typed = {"organisation": defined.organisation.pk, "name": "Second", "user": mine.pk}
    assert "belongs to somebody else" in refusals(add, **typed)
    assert add.send(**{**typed, "user": ""}).response.status_code == 302
    assert models.Person.objects.get(name="Second").organisation == defined.organisation


def test_somebody_whose_name_was_erased_is_not_written_again(defined, alice):
    models.Person.objects.update(name="", erased_on=date(2026, 3, 2))
    ada = models.Person.objects.get()
    assert alice.get(address(models.Person, ada.pk, "change")).status_code == 200
    assert alice.post(address(models.Person, ada.pk, "change"), {"name": "Ada"}).status_code == 403
    assert alice.post(address(models.Person, ada.pk, "delete"), {}).status_code == 403


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("model", DEFINING, ids=lambda model: model.__name__)
def test_a_list_goes_out_as_it_is_shown(defined, alice, model, kind):
    answer = chosen(alice, model, f"list_{kind}", [own_row(model, defined)]).response
    assert answer.status_code == 200, model
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        lines = [" ".join(str(value) for value in row if value) for row in sheet.iter_rows(values_only=True)]
    assert len(lines) == 2
    assert "Organisation" in lines[0]
    assert "Small" in lines[1]


def test_a_file_of_others_is_empty(defined, sten):
    answer = chosen(sten, models.Holding, "list_csv", [models.Holding.objects.get()]).response
    assert len(b"".join(answer.streaming_content).splitlines()) == 1


def test_scales_are_data_until_a_competency_stands_on_them(defined, root, opened):
    page = opened(root, address(models.Scale, "add"))
    assert "required" in refusals(page, code="new", name="New", levels="[]")
    for wrong in ('{"a": 1}', '[{"level": 2, "name": ""}, {"level": 1, "name": ""}]', '[{"level": "1"}]', "[1]"):
        assert "levels" in refusals(page, code="new", name="New", levels=wrong)
    right = '[{"level": 1, "name": "Aware"}, {"level": 2, "name": ""}]'
    assert page.send(code="new", name="New", levels=right).response.status_code == 302
    used = models.Scale.objects.get(code="own")
    assert 'name="levels"' not in opened(root, address(models.Scale, used.pk, "change")).text
    assert root.get(address(models.Scale, used.pk, "delete")).status_code == 403

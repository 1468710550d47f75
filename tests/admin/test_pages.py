"""Every page of every record: who may open it, and what it costs."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import (
    Acknowledgement,
    Area,
    Claim,
    Column,
    Comment,
    Decision,
    Duty,
    GreyArea,
    Kind,
    Line,
    Part,
    Role,
    Round,
    Row,
    Sheet,
)
from raci.models.base import new_key
from tests.admin.conftest import duty
from tests.admin.defining import DEFINING, WRITTEN, define
from tests.factories import create, write

OWN = (
    models.Role,
    models.ReportingLine,
    models.Area,
    models.Duty,
    models.Matrix,
    models.MatrixRow,
    models.MatrixColumn,
    models.Assignment,
    models.GreyArea,
    models.Claim,
    models.Decision,
    models.Comment,
    models.DecisionPart,
    models.Acknowledgement,
    models.Round,
    models.Revision,
    models.RevisionChange,
    *DEFINING,
    models.Organisation,
    models.Membership,
    models.User,
)
ADDED_BY_OWNERS = [*OWN[:10], *WRITTEN, models.Person, models.Membership]
NEVER_REMOVED = [
    models.Person,
    models.Signature,
    models.Decision,
    models.DecisionPart,
    models.Acknowledgement,
    models.Round,
    models.Revision,
    models.RevisionChange,
    models.Organisation,
    models.User,
]


def populate(small, codes=("VEN-1",)) -> None:
    """Give an organisation for each duty named a cell, a grey area, a claim, a decision, a round, a role defined."""
    for code in codes:
        define(small, code)
        grey_area, made, day = new_key(), new_key(), date(2026, 3, 2)
        key, roles, matrix = small.duties[code], small.roles, small.matrix_key
        open_one = GreyArea(key, "Who signs?", raised_on=day, raised_by="Tester", proposed={roles["PM"]: "A"})
        claim = Claim("A", "Contracts outlive projects", day)
        decision = Decision(key, grey_area, owner=roles["ITM"], letters={roles["ITM"]: "A"}, reason="It pays",
                            decided_on=day, decided_by="Board")  # fmt: skip
        write(
            small.organisation,
            small.cell(code, "ITM", "", "A"),
            create(Kind.GREY_AREA, open_one, grey_area, matrix=matrix),
            create(Kind.CLAIM, claim, grey_area, matrix=matrix, other=roles["ITM"]),
            create(Kind.DECISION, decision, made, matrix=matrix),
            create(Kind.PART, Part(roles["PM"], text="Plans it"), made, matrix=matrix, other=new_key()),
            create(
                Kind.ACKNOWLEDGEMENT,
                Acknowledgement(roles["PM"], "1", "Pat", answered_on=day),
                made,
                matrix=matrix,
                other=new_key(),
            ),
            create(
                Kind.ROUND,
                Round(
                    "Who does what?",
                    duties={key: ""},
                    roles={roles["PM"]: "", roles["ITM"]: ""},
                    opened_on=day,
                    opened_by="Alice",
                ),
                new_key(),
                matrix=matrix,
            ),
            create(
                Kind.COMMENT,
                Comment(key, "", "Who signs?", "Eva", "2026-03-02T09:30:00+01:00"),
                new_key(),
                matrix=matrix,
            ),
        )


def address(model, *rest) -> str:
    return "/".join(["/admin/raci", model._meta.model_name, *map(str, rest), ""])


def own_row(model, small):
    path = getattr(admin.site.get_model_admin(model), "owner_path", None)
    if model is models.User:
        return models.User.objects.filter(memberships__organisation=small.organisation).first()
    return model._default_manager.filter(**{path: small.organisation.pk}).first()


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_an_owner_sees_their_own_and_a_stranger_nothing(small, other, alice, sten, model):
    populate(small)
    row = own_row(model, small)
    listed = alice.get(address(model))
    assert listed.status_code == 200
    assert f"/{row.pk}/change/" in listed.content.decode()
    assert alice.get(address(model, row.pk, "change")).status_code == 200
    assert alice.get(address(model), {"q": "a"}).status_code == 200
    foreign = sten.get(address(model))
    assert row.pk not in [found.pk for found in foreign.context["cl"].result_list]
    for page in ("change", "delete", "history"):
        assert sten.get(address(model, row.pk, page)).status_code in (404, 403)
    assert sten.post(address(model, row.pk, "change"), {}).status_code in (404, 403)


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_the_pages_of_a_record_answer_as_its_kind_allows(small, alice, root, model):
    populate(small)
    row = own_row(model, small)
    assert alice.get(address(model, row.pk, "history")).status_code == 200
    assert alice.get(address(model, "add")).status_code == (200 if model in ADDED_BY_OWNERS else 403)
    removed = alice.get(address(model, row.pk, "delete")).status_code
    last_owner = model is models.Membership
    assert removed == (403 if model in NEVER_REMOVED or last_owner else 200)
    assert root.get(address(model, row.pk, "change")).status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/raci/role/", "/admin/raci/role/add/", "/admin/autocomplete/"])
def test_editors_stay_outside_and_strangers_are_asked_to_sign_in(small, ed, client, path):
    assert ed.get(path).status_code == 403
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_signing_in_is_the_one_of_the_site(client, ed, alice):
    answer = client.get("/admin/login/?next=/admin/raci/role/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2Fraci%2Frole%2F"
    assert client.post("/admin/login/", {"username": "alice", "password": "x"}).status_code == 302
    assert ed.get("/admin/login/").status_code == 403
    assert alice.get("/admin/login/")["Location"] == "/admin/"
    assert alice.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_whoever_is_no_owner_any_more_is_outside_at_once(small, alice):
    assert alice.get("/admin/").status_code == 200
    models.Membership.objects.update(level="editor")
    assert alice.get("/admin/").status_code == 403


def test_an_inactive_owner_is_outside(small, alice):
    models.User.objects.update(is_active=False)
    assert alice.get("/admin/").status_code == 302


def test_what_all_share_is_read_by_owners_and_kept_by_superusers(small, alice, root):
    scheme = models.Scheme.objects.get()
    entry = models.CatalogueEntry.objects.create(code="ROLE-1", kind="role", title="The project manager")
    for row in (scheme, entry):
        assert alice.get(address(type(row))).status_code == 200
        assert alice.get(address(type(row), row.pk, "change")).status_code == 200
        assert alice.post(address(type(row), row.pk, "change"), {}).status_code == 403
        assert alice.get(address(type(row), "add")).status_code == 403
    assert root.get(address(models.Scheme, "add")).status_code == 200
    assert root.get(address(models.CatalogueEntry, "add")).status_code == 403
    assert 'name="definition"' not in root.get(address(models.Scheme, scheme.pk, "change")).content.decode()


@pytest.mark.parametrize("model", OWN[:-3], ids=lambda model: model.__name__)
def test_a_list_costs_the_same_for_more_rows(small, alice, model):
    def more(label: str) -> None:
        for number in range(5):
            code, keys = f"{label}-{number}", {name: new_key() for name in ("role", "duty", "area", "sheet")}
            small.duties[code], small.roles[code] = keys["duty"], keys["role"]
            write(
                small.organisation,
                create(Kind.ROLE, Role(code, code), keys["role"]),
                create(Kind.LINE, Line(), keys["role"], other=small.roles["CIO"]),
                create(Kind.AREA, Area(code, code), keys["area"]),
                create(Kind.DUTY, Duty(code, code, keys["area"]), keys["duty"]),
                create(Kind.SHEET, Sheet(code), keys["sheet"]),
                create(Kind.ROW, Row(9), keys["duty"], matrix=small.matrix_key),
                create(Kind.COLUMN, Column(9), keys["role"], matrix=small.matrix_key),
            )
            populate(small, [code])

    def queries() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert alice.get(address(model)).status_code == 200
        return [item["sql"] for item in captured.captured_queries]

    more("X")
    few, before = queries(), model._default_manager.count()
    more("Y")
    many = queries()
    assert model._default_manager.count() >= before + 5
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= 20, len(many)


def test_a_form_costs_the_same_whatever_the_size(small, alice):
    path = address(models.Duty, duty(small).pk, "change")
    with CaptureQueriesContext(connection) as captured:
        assert alice.get(path).status_code == 200
    assert len(captured) <= 10


def test_the_register_is_grouped_by_what_it_is_for(small, alice):
    names = [app["name"] for app in alice.get("/admin/").context["app_list"]]
    assert [str(name) for name in names] == [
        "Register",
        "Matrices",
        "Overlaps",
        "Roles defined",
        "People in roles",
        "Competence",
        "History",
        "Organisations and people",
        "Shared by all organisations",
    ]

"""Nothing in the admin writes rows of register or matrices by itself."""

import ast
from pathlib import Path

import pytest
from django.db.models import Model, QuerySet

from raci import models
from raci.admin import records
from raci.domain.records import Competency, Duty, Kind, Role
from raci.models.base import new_key
from raci.services.history import verify
from tests.admin.conftest import duty, role
from tests.admin.test_pages import address, populate
from tests.factories import create, write

ADMIN = Path(__file__).resolve().parents[2] / "raci" / "admin"
WRITES = {
    "save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate",
    "adelete", "asave", "acreate", "save_m2m", "save_formset",
}  # fmt: skip
DIRECT = {"people.py"}  # organisations' names, memberships and accounts are no rows of the register


def test_no_page_of_the_register_calls_anything_that_writes():
    found = [
        f"{path.name}:{node.lineno} {node.func.attr}"
        for path in sorted(ADMIN.glob("*.py"))
        if path.name not in DIRECT
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "fresh")
    ]
    assert found == []


@pytest.fixture
def locked(monkeypatch):
    """Rows that the door writes cannot be written by instance or by queryset."""
    watched = set(records.KINDS)

    def guard(owner, name, model_of):
        real = getattr(owner, name)

        def refused(self, *args, **options):
            assert model_of(self) not in watched, f"{name} on {model_of(self).__name__}"
            return real(self, *args, **options)

        monkeypatch.setattr(owner, name, refused)

    for name in ("save", "delete"):
        guard(Model, name, type)
    for name in ("create", "update", "delete", "bulk_create", "bulk_update"):
        guard(QuerySet, name, lambda rows: rows.model)


@pytest.mark.usefixtures("locked")
def test_rows_cannot_be_written_past_the_guard(small):
    with pytest.raises(AssertionError, match="save on Role"):
        role(small).save()
    with pytest.raises(AssertionError, match="update on Role"):
        models.Role.objects.update(name="x")


# A decision is made by assigning and ended by withdrawing; both stand in test_actions. A comment is only deleted here.
# What is part of a decision is written with it, a blind round is held in the workspace, and a charter is signed there.
NOT_EDITED = (
    models.Decision,
    models.DecisionPart,
    models.Acknowledgement,
    models.Comment,
    models.Round,
    models.Signature,
)
EDITED = [model for model in records.KINDS if model not in NOT_EDITED]
ADDED = {
    models.Role: {"code": "NEW", "name": "New", "kind": "post"},
    models.Area: {"code": "NEW", "name": "New"},
    models.Duty: {"code": "NEW-1", "title": "Do it"},
}


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_adding_changing_and_deleting_each_make_one_revision(small, alice, opened, count, model):
    populate(small)
    typed = _typed(small, model)
    steps = count(small)
    added = opened(alice, address(model, "add")).send(**typed)
    assert added.response.status_code == 302, added.errors
    assert count(small) == steps + 1
    row = model._default_manager.latest("pk")
    changed = opened(alice, address(model, row.pk, "change")).send(**_changed(model))
    assert changed.response.status_code == 302, changed.errors
    assert count(small) == steps + 2
    assert opened(alice, address(model, row.pk, "change")).send().response.status_code == 302
    assert count(small) == steps + 2
    deleted = opened(alice, address(model, row.pk, "delete")).send()
    assert deleted.response.status_code == 302, deleted.errors
    assert count(small) == steps + 3
    assert not model._default_manager.filter(pk=row.pk).exists()
    assert verify(small.organisation) == []


@pytest.mark.usefixtures("locked")
def test_deleting_a_comment_makes_one_revision(small, alice, opened, count):
    populate(small)
    row, steps = models.Comment.objects.get(), count(small)
    assert alice.post(address(models.Comment, row.pk, "change"), {"text": "Mine"}).status_code == 403
    deleted = opened(alice, address(models.Comment, row.pk, "delete")).send()
    assert deleted.response.status_code == 302, deleted.errors
    assert count(small) == steps + 1
    assert not models.Comment.objects.exists()
    assert verify(small.organisation) == []


def _typed(small, model):
    keys = new_key(), new_key()
    more = create(Kind.ROLE, Role("MORE", "More"), keys[0]), create(Kind.DUTY, Duty("MORE", "More"), keys[1])
    write(small.organisation, *more)
    new_role, new_duty = models.Role.objects.get(key=keys[0]).pk, models.Duty.objects.get(key=keys[1]).pk
    matrix = small.matrix.pk
    row = models.MatrixRow.objects.get(duty=duty(small, "FIN-1")).pk
    column = models.MatrixColumn.objects.get(role=role(small)).pk
    grey_area = models.GreyArea.objects.get().pk
    return {
        **ADDED,
        models.ReportingLine: {"role": new_role, "superior": role(small).pk, "option": "1"},
        models.Matrix: {"title": "New", "scope_kind": "department", "scheme": small.matrix.scheme_id},
        models.MatrixRow: {"matrix": matrix, "duty": new_duty, "applies": "on"},
        models.MatrixColumn: {"matrix": matrix, "role": new_role},
        models.Assignment: {"row": row, "column": column, "letters": "r, a"},
        models.GreyArea: {"matrix": matrix, "duty": duty(small, "FIN-1").pk, "question": "Who?"},
        models.Claim: {"grey_area": grey_area, "role": role(small).pk, "letters": "Accountable"},
        **_typed_defining(small, new_role, new_duty),
    }[model]


def _typed_defining(small, new_role, new_duty):
    person, competency = models.Person.objects.get().pk, models.Competency.objects.get()
    route, key = models.Route.objects.get().pk, new_key()
    write(small.organisation, create(Kind.COMPETENCY, Competency("M-1", "More", scale=competency.scale.code), key))
    more = models.Competency.objects.get(key=key).pk
    pair = {"first_role": role(small).pk, "second_role": new_role}
    money = {"unit": "EUR"}
    return {
        models.RoleAlias: {"role": new_role, "name": "Delivery lead"},
        models.Charter: {"role": new_role, "excludes": "Budgets"},
        models.Accountability: {"role": new_role, "text": "Plan", "duty": new_duty},
        models.Authority: {"role": new_role, "thing": "contracts", "verb": "sign", "ceiling": "50k", **money},
        models.Need: {"duty": new_duty, "thing": "contracts", "verb": "sign", "amount": "1.5 m", **money},
        models.Agreement: {**pair, "type": "ola"},
        models.Incompatibility: {"duty": new_duty, "other": duty(small).pk},
        models.Difference: {**pair, "dimension": "Span"},
        models.Baseline: {"name": "Agreed", "number": "1", "published_on": "2026-03-02"},
        models.Competency: {"code": "NEW", "name": "New", "scale": competency.scale_id},
        models.Skill: {"role": new_role, "name": "Bargain"},
        models.Requirement: {"role": new_role, "competency": more, "level": "3"},
        models.Route: {"name": "Go along", "type": "experience", "cost": "2k", **money},
        models.Gain: {"route": route, "competency": more},
        models.Holding: {"role": new_role, "person": person, "manner": "acting"},
        models.Absence: {"person": person, "starts_on": "2026-03-02"},
    }


def _changed(model):
    return {
        models.Role: {"name": "Newer"},
        models.Area: {"name": "Newer"},
        models.Duty: {"note": "On paper"},
        models.ReportingLine: {"note": "On paper"},
        models.Matrix: {"title": "Newer"},
        models.MatrixRow: {"position": "7"},
        models.MatrixColumn: {"position": "7"},
        models.Assignment: {"letters": "c"},
        models.GreyArea: {"question": "Who really?"},
        models.Claim: {"letters": "R"},
        models.RoleAlias: {"source": "A file"},
        models.Charter: {"review_on": "2027-03-02"},
        models.Accountability: {"share": "30"},
        models.Authority: {"ceiling": "60k"},
        models.Need: {"amount": ""},
        models.Agreement: {"type": "contract"},
        models.Incompatibility: {"reason": "One pays"},
        models.Difference: {"second_value": "the department"},
        models.Baseline: {"name": "Newer"},
        models.Competency: {"framework": "SUPP"},
        models.Skill: {"name": "Bargain well"},
        models.Requirement: {"essential": "on"},
        models.Route: {"months": "6"},
        models.Gain: {"levels": "2"},
        models.Holding: {"ends_on": "2027-03-02"},
        models.Absence: {"ends_on": "2027-03-02"},
    }[model]


def test_a_row_that_does_not_apply_says_why(small, alice, opened, count):
    row, before = models.MatrixRow.objects.first(), count(small)
    page = opened(alice, address(models.MatrixRow, row.pk, "change"))
    assert "Say why the duty does not apply in this scope." in page.send(applies=None).errors
    assert count(small) == before
    assert page.send(applies=None, reason="There is no contract").response.status_code == 302


def test_letters_are_read_as_people_type_them_and_refused_with_a_reason(small, alice, opened, count):
    small.set("VEN-1", "PM", "", "A")
    cell, before = models.Assignment.objects.get(), count(small)
    page = opened(alice, address(models.Assignment, cell.pk, "change"))
    refused = page.send(letters="X")
    assert "“x” is not a letter of RACI; it has A, R, C, I." in refused.errors
    assert refused.values["letters"] == "X"
    assert count(small) == before
    assert page.send(letters="responsible accountable").response.status_code == 302
    cell.refresh_from_db()
    assert cell.letters == "A/R"


def test_a_row_of_one_matrix_and_a_column_of_another_make_no_cell(small, other, root, count):
    row = models.MatrixRow.objects.get(duty=duty(small))
    column = models.MatrixColumn.objects.get(role=role(other))
    path = f"{address(models.Assignment, 'add')}?organisation={small.organisation.pk}"
    answer = root.post(path, {"row": row.pk, "column": column.pk, "letters": "A", "seen": ""})
    assert answer.status_code == 200
    assert "column" in answer.context["adminform"].form.errors
    assert not models.Assignment.objects.exists()


def test_whoever_owns_several_organisations_says_where_to_add(small, other, root, opened):
    page = opened(root, address(models.Role, "add"))
    assert f"?organisation={small.organisation.pk}" in page.text
    typed = {"code": "NEW", "name": "New", "kind": "post"}
    opened(root, f"{address(models.Role, 'add')}?organisation={other.organisation.pk}").send(**typed)
    assert models.Role.objects.get(code="NEW").organisation == other.organisation


def test_nobody_adds_where_they_own_nothing(small, sten):
    path = f"{address(models.Role, 'add')}?organisation={small.organisation.pk}"
    assert sten.get(path).status_code == 404
    assert sten.post(path, {"code": "NEW", "name": "New", "kind": "post"}).status_code == 404


def test_a_relation_to_another_organisation_is_no_choice(small, other, alice, count):
    before = count(small)
    data = {"code": "NEW", "title": "New", "area": duty(other).area_id, "seen": ""}
    answer = alice.post(address(models.Duty, "add"), data)
    assert "area" in answer.context["adminform"].form.errors
    assert count(small) == before

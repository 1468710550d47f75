"""The list of grey areas in the administration: narrowed, changed together, and what is only read."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import GreyArea, Kind
from raci.models.base import new_key
from raci.services.loading import load_matrix
from tests.admin.test_actions import chosen
from tests.admin.test_pages import OWN, address, own_row, populate
from tests.factories import create, write


def raise_area(small, code, **fields) -> models.GreyArea:
    key = new_key()
    wanted = GreyArea(small.duties[code], **{"raised_on": timezone.localdate(), **fields})
    write(small.organisation, create(Kind.GREY_AREA, wanted, key, matrix=small.matrix_key))
    return models.GreyArea.objects.get(key=key)


def sent(page, rows, **typed):
    """Send a page with everything that was selected; a page as the tests read it keeps only one of them."""
    return page.send(_selected_action=[row.pk for row in rows], **typed)


def codes(client, **asked) -> list[str]:
    return [row.duty.code for row in client.get(address(models.GreyArea), asked).context["cl"].result_list]


def test_the_list_is_narrowed_to_age_and_to_what_is_late(small, alice):
    today = timezone.localdate()
    raise_area(small, "VEN-1", raised_on=today - timedelta(days=31), due_on=today - timedelta(days=1))
    raise_area(small, "VEN-2", raised_on=today - timedelta(days=91), reopened_on=today)
    assert codes(alice, age="1") == ["VEN-1"]
    assert codes(alice, age="0") == ["VEN-2"]
    assert codes(alice, age="3") == []
    assert codes(alice, overdue="yes") == ["VEN-1"]
    assert set(codes(alice, age="nonsense")) == {"VEN-1", "VEN-2"}


def test_many_get_their_terms_after_a_preview_as_one_revision(small, alice, count):
    rows = [raise_area(small, "VEN-1"), raise_area(small, "VEN-2")]
    before = count(small)
    page = chosen(alice, models.GreyArea, "terms", rows)
    terms = {"decider": small.roles["CIO"], "interim": small.roles["ITM"], "due_on": "2027-02-03"}
    asked = sent(page, rows, why="Workshop", **terms)
    assert asked.text.count("is due on 3 February 2027") == 2
    assert count(small) == before
    assert sent(asked, rows).response.status_code == 302
    assert count(small) == before + 1
    found = models.GreyArea.objects.values_list("decider__code", "interim__code", "due_on")
    assert set(found) == {("CIO", "ITM", date(2027, 2, 3))}
    latest = models.Revision.objects.latest("number")
    assert (latest.door, latest.reason) == ("admin", "Workshop")


def test_terms_that_are_none_are_asked_again(small, alice):
    page = chosen(alice, models.GreyArea, "terms", [raise_area(small, "VEN-1")]).send(why="Workshop")
    assert any("Choose who decides, a day, or who owns it meanwhile." in error for error in page.errors)


def test_many_are_withdrawn_for_a_reason(small, alice, count):
    rows = [raise_area(small, "VEN-1"), raise_area(small, "VEN-2")]
    before = count(small)
    page = chosen(alice, models.GreyArea, "withdraw", rows)
    assert any("Say why it is no question any more." in error for error in sent(page, rows, why="").errors)
    assert sent(sent(page, rows, why="One contract"), rows).response.status_code == 302
    assert count(small) == before + 1
    assert set(models.GreyArea.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_what_changed_since_the_preview_is_shown_anew(small, alice, count):
    rows = [raise_area(small, "VEN-1"), raise_area(small, "VEN-2")]
    page = sent(chosen(alice, models.GreyArea, "withdraw", rows), rows, why="One contract")
    where = Address(Kind.GREY_AREA, small.matrix_key, rows[0].key)
    write(small.organisation, Change(where, "status", "open", "decided"))
    before = count(small)
    again = sent(page, rows)
    assert again.response.status_code == 200
    assert any("Something was changed in the meantime." in error for error in again.errors)
    assert count(small) == before
    assert again.send().response.status_code == 302
    assert set(models.GreyArea.objects.values_list("status", flat=True)) == {"decided", "withdrawn"}


def test_nobody_changes_many_that_they_do_not_own(small, sten, count):
    row, before = raise_area(small, "VEN-1"), count(small)
    chosen(sten, models.GreyArea, "withdraw", [row], confirm="yes", why="Mine")
    assert count(small) == before


def test_one_is_withdrawn_for_a_reason_and_taken_up_again_today(small, alice, opened):
    row = raise_area(small, "VEN-1", raised_on=date(2026, 1, 1))
    path = address(models.GreyArea, row.pk, "change")
    refused = opened(alice, path).send(status="withdrawn")
    assert any("Say why it is no question any more." in error for error in refused.errors)
    assert refused.send(revision_reason="One contract").response.status_code == 302
    assert opened(alice, path).send(status="open").response.status_code == 302
    row.refresh_from_db()
    assert (row.status, row.reopened_on) == ("open", timezone.localdate())


def test_a_row_that_does_not_apply_any_more_takes_its_question_with_it(small, alice, opened):
    row = raise_area(small, "VEN-1")
    where = models.MatrixRow.objects.get(matrix=small.matrix, duty__code="VEN-1")
    page = opened(alice, address(models.MatrixRow, where.pk, "change"))
    assert page.send(applies=None, reason="No vendor").response.status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"


def test_parts_stand_on_the_page_of_their_decision(small, alice):
    populate(small)
    found = alice.get(address(models.Decision, models.Decision.objects.get().pk, "change")).content.decode()
    assert "Plans it" in found
    assert "Parts of decisions" in found


def test_a_round_names_what_it_is_about(small, alice):
    populate(small)
    found = alice.get(address(models.Round, models.Round.objects.get().pk, "change")).content.decode()
    assert "VEN-1" in found
    assert "IT Manager, IT Project Manager" in found


@pytest.mark.parametrize("model", [models.DecisionPart, models.Acknowledgement, models.Round])
def test_what_is_read_cannot_be_written(small, root, model):
    populate(small)
    row = model.objects.get()
    assert root.post(address(model, row.pk, "change"), {"text": "x"}).status_code == 403
    assert root.post(address(model, "add"), {}).status_code == 403
    assert root.post(address(model, row.pk, "delete"), {}).status_code == 403


def test_marks_stand_on_no_page_of_the_administration(small, alice, root):
    populate(small)
    round_, person = models.Round.objects.get(), models.User.objects.get(username="alice")
    duty, role = models.Duty.objects.get(code="VEN-1"), models.Role.objects.get(code="PM")
    secret = "Nobody but me may read this"
    models.Mark.objects.create(round=round_, duty=duty, role=role, user=person, value="theirs", reason=secret)
    assert models.Mark not in admin.site._registry
    for model_admin in admin.site._registry.values():
        assert models.Mark not in [inline.model for inline in model_admin.inlines]
    for model in OWN:
        for path in ("", own_row(model, small).pk):
            where = address(model, path, "change") if path else address(model)
            for client in (alice, root):
                assert secret not in client.get(where).content.decode()
    assert root.get("/admin/raci/mark/").status_code == 404
    assert load_matrix(small.matrix).rounds

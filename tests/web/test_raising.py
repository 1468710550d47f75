"""Raising grey areas: one by hand, or all declared overlaps on which nothing is decided."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Column, Duty, GreyArea, Kind, Role, Row, Sheet
from raci.models.base import new_key
from raci.services import raising
from raci.web import unraised
from tests.factories import create, write
from tests.web.conftest import RAISED
from tests.web.test_grey_area import text


def new(cast, **asked):
    return cast.client("ed").get(cast.url("grey-areas/new/"), asked)


def raise_it(cast, duty="FIN-1", visitor="ed", **typed):
    said = {"matrix": cast.small.matrix_key, "duty": cast.small.duties[duty], "question": "Who pays?", **typed}
    return cast.client(visitor).post(cast.url("grey-areas/new/"), said)


def latest() -> models.GreyArea:
    return models.GreyArea.objects.order_by("pk").last()


def second_matrix(cast) -> str:
    key, small = new_key(), cast.small
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Department"), key),
        *(create(Kind.ROW, Row(at), duty, matrix=key) for at, duty in enumerate(small.duties.values())),
        *(create(Kind.COLUMN, Column(at), role, matrix=key) for at, role in enumerate(small.roles.values())),
    )
    return key


# --- By hand


def test_it_is_raised_with_claims_and_terms_and_leads_to_its_page(cast):
    roles = cast.small.roles
    terms = {"decider": roles["CIO"], "due_on": "2027-02-03", "interim": roles["PM"]}
    claims = {f"letters_{roles['PM']}": "A/R", f"why_{roles['PM']}": "We plan it.", f"letters_{roles['ITM']}": "A"}
    answer = raise_it(cast, **terms, **claims)
    found = latest()
    assert (answer.status_code, answer.url) == (302, cast.url(f"grey-areas/{found.key}/"))
    assert (found.question, found.origin, found.raised_by, found.decider.code, found.interim.code, found.due_on) == (
        "Who pays?",
        "hand",
        "Ed",
        "CIO",
        "PM",
        date(2027, 2, 3),
    )
    assert {claim.role.code: (claim.letters, claim.reason) for claim in found.claims.all()} == {
        "PM": ("A/R", "We plan it."),
        "ITM": ("A", ""),
    }


def test_a_question_in_words_is_needed_and_nothing_typed_is_lost(cast):
    answer = raise_it(cast, question=" ", **{f"why_{cast.small.roles['PM']}": "We plan it."})
    assert answer.status_code == 422
    found = text(answer)
    assert "Say in words what is not clear." in found
    assert "Choose the letters that the role wants, or leave the reason out." in found
    assert "We plan it.</textarea>" in found


def test_from_a_cell_the_duty_is_chosen_and_the_sides_are_asked_first(cast):
    small = cast.small
    small.set("FIN-1", "ITM", "", "A")
    form = new(cast, matrix=small.matrix_key, duty=small.duties["FIN-1"], role=small.roles["CIO"]).context["form"]
    assert form["duty"].value() == small.duties["FIN-1"]
    assert [small.roles["ITM"], small.roles["CIO"]] == list(form.asked)  # who owns it now, and who was pointed at
    assert [letters.label for letters, _ in form.other_sides] == ["IT Project Manager"]


def test_in_an_overlap_its_two_roles_are_asked_first(cast):
    duty = new_key()
    small = cast.small
    write(
        small.organisation,
        create(Kind.DUTY, Duty("VEN-3", "Pay the vendor", small.area), duty),
        create(Kind.ROW, Row(9), duty, matrix=small.matrix_key),
    )
    assert list(new(cast, duty=duty).context["form"].asked) == [small.roles["PM"], small.roles["ITM"]]


def test_only_rows_that_can_be_asked_are_offered(cast):
    offered = [key for key, _ in new(cast).context["form"].fields["duty"].choices]
    assert offered == ["", cast.small.duties["FIN-1"]]  # the others are open


def test_one_that_is_open_is_found_instead(cast):
    answer = cast.client("ed").get(cast.url("grey-areas/new/"), {"duty": cast.small.duties["VEN-1"]}, follow=True)
    assert answer.redirect_chain[0][0] == cast.url(f"grey-areas/{cast.contested}/")
    assert "This is a grey area already; here it is." in text(answer)


def test_who_is_too_late_is_led_to_the_first_with_all_that_was_typed(cast, monkeypatch):
    key = new_key()
    first = create(Kind.GREY_AREA, GreyArea(cast.small.duties["FIN-1"], raised_on=RAISED), key,
                   matrix=cast.small.matrix_key)  # fmt: skip
    behind = raising.raise_grey_area

    def meanwhile(**wanted):
        write(cast.small.organisation, first)
        return behind(**wanted)

    monkeypatch.setattr(raising, "raise_grey_area", meanwhile)
    answer = raise_it(cast)
    assert answer.status_code == 409
    assert f"/grey-areas/{key}/" in text(answer)
    assert "Who pays?</textarea>" in text(answer)
    assert models.GreyArea.objects.filter(duty__code="FIN-1").count() == 1


def test_with_several_matrices_it_asks_in_which(cast):
    other = second_matrix(cast)
    assert f"?matrix={other}" in text(new(cast))
    assert cast.client("ed").post(cast.url("grey-areas/new/"), {"question": "Who?"}).status_code == 422
    assert new(cast, matrix=other).context["sheet"].key == other


def test_it_takes_as_many_queries_for_twenty_rows_as_for_ten(cast):
    client, small, counts = cast.client("ed"), cast.small, []
    for size in (10, 20):
        keys = [new_key() for _ in range(size)]
        write(
            small.organisation,
            *(create(Kind.DUTY, Duty(f"N{size}-{at}", "Do it", small.area), key) for at, key in enumerate(keys)),
            *(create(Kind.ROW, Row(at), key, matrix=small.matrix_key) for at, key in enumerate(keys)),
        )
        for where in ("grey-areas/new/", "grey-areas/overlaps/"):
            client.get(cast.url(where))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(cast.url(where)).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize(("role", "rest"), [("", ""), ("PM", "&amp;role=")])
def test_rows_and_cells_lead_there(cast, role, rest):
    small = cast.small
    tail = f"rows/{small.duties['FIN-1']}/"
    if role:
        tail = f"cells/{small.duties['FIN-1']}/{small.roles[role]}/"
    found = text(cast.client("ed").get(cast.url(f"matrices/{small.matrix_key}/{tail}")))
    where = f"grey-areas/new/?matrix={small.matrix_key}&amp;duty={small.duties['FIN-1']}{rest}"
    assert where + small.roles.get(role, "") in found
    assert where not in text(cast.client("connie").get(cast.url(f"matrices/{small.matrix_key}/{tail}")))


# --- All overlaps


def overlaps(cast, **asked):
    return cast.client("ed").get(cast.url("grey-areas/overlaps/"), asked)


def lines(answer) -> list[tuple[str, str, bool]]:
    found = answer.context["found"].lines
    return [(line.duty.code, line.matrix.title, line.pick in answer.context["form"].picks) for line in found]


def pick(cast, *codes, matrix="") -> list[str]:
    return [f"{matrix or cast.small.matrix_key}-{cast.small.duties[code]}" for code in codes]


def test_it_lists_what_is_neither_open_nor_decided_in_all_matrices_or_one(cast):
    other = second_matrix(cast)
    assert lines(overlaps(cast)) == [("VEN-1", "Department", True), ("VEN-2", "Department", True)]
    assert lines(overlaps(cast, matrix=cast.small.matrix_key)) == []
    assert "Every overlap is raised or decided" in text(overlaps(cast, matrix=cast.small.matrix_key))
    assert len(lines(overlaps(cast, matrix=other))) == 2


def test_what_somebody_withdrew_is_there_but_not_ticked(cast):
    cast.client("ed").post(cast.url(f"grey-areas/{cast.open}/withdraw/"), {"reason": "No question."})
    assert lines(overlaps(cast)) == [("VEN-2", "Projects", False)]
    assert "withdrawn before" in text(overlaps(cast))


def test_those_ticked_are_raised_as_one_revision(cast):
    other = second_matrix(cast)
    before = models.Revision.objects.count()
    said = {"pick": pick(cast, "VEN-1", "VEN-2", matrix=other), "decider": cast.small.roles["CIO"]}
    answer = cast.client("ed").post(cast.url("grey-areas/overlaps/"), said, follow=True)
    assert "2 grey areas are raised." in text(answer)
    assert models.Revision.objects.count() == before + 1
    assert {(item.origin, item.decider.code) for item in models.GreyArea.objects.filter(matrix__key=other)} == {
        ("overlap", "CIO")
    }


def test_what_was_raised_meanwhile_is_told(cast):
    other = second_matrix(cast)
    said = {"pick": [*pick(cast, "VEN-1"), *pick(cast, "VEN-2", matrix=other)]}  # VEN-1 is open already
    found = text(cast.client("ed").post(cast.url("grey-areas/overlaps/"), said, follow=True))
    assert "1 grey area is raised." in found
    assert "1 was raised or decided by somebody else meanwhile." in found


def test_nothing_ticked_is_asked_again(cast):
    second_matrix(cast)
    answer = cast.client("ed").post(cast.url("grey-areas/overlaps/"), {})
    assert answer.status_code == 422
    assert "Tick at least one duty." in text(answer)


def test_matrices_of_others_cannot_be_picked(cast):
    theirs = f"{cast.other.matrix_key}-{cast.other.duties['VEN-1']}"
    cast.client("ed").post(cast.url("grey-areas/overlaps/"), {"pick": [theirs]})
    assert not models.GreyArea.objects.filter(matrix__key=cast.other.matrix_key).exists()


def test_a_long_list_shows_the_first_and_counts_the_rest(cast, monkeypatch):
    second_matrix(cast)
    monkeypatch.setattr(unraised, "MOST", 1)
    found = overlaps(cast)
    assert len(lines(found)) == 1
    assert "… and 1 more, once these are raised" in text(found)


def test_a_role_without_a_column_is_no_interim_owner(cast):
    other, role = second_matrix(cast), new_key()
    write(cast.small.organisation, create(Kind.ROLE, Role("LEG", "Legal"), role))
    said = {"pick": pick(cast, "VEN-1", matrix=other), "interim": role}
    cast.client("ed").post(cast.url("grey-areas/overlaps/"), said)
    assert models.GreyArea.objects.get(matrix__key=other).interim is None

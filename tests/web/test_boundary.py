"""The page of a pair of roles, what is written down on it, and what it hands out; all of it without any script."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Agreement, Decision, Difference, GreyArea, Kind, Line
from raci.models.base import new_key
from tests.factories import create, write
from tests.web.conftest import RAISED, Cast


def url(cast: Cast, rest: str = "", first: str = "PM", second: str = "ITM") -> str:
    return cast.url(f"boundaries/{cast.small.roles[first]}/{cast.small.roles[second]}/{rest}")


def page(cast: Cast, rest: str = "", who: str = "bob", **pair: str) -> str:
    answer = cast.client(who).get(url(cast, rest, **pair))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def settled(cast: Cast) -> Cast:
    """FIN-1 is the project manager's by a decision; the two differ in span."""
    small = cast.small
    small.set("FIN-1", "PM", "", "A/R")
    decision = Decision(
        small.duties["FIN-1"], owner=small.roles["PM"], reason="So.", decided_on=RAISED, decided_by="Ed"
    )
    cast.decision, cast.difference = new_key(), new_key()
    span = Difference(small.roles["ITM"], small.roles["PM"], "Span", "the whole", "", "DIF-1")
    write(
        small.organisation,
        create(Kind.DECISION, decision, cast.decision, matrix=small.matrix_key),
        create(Kind.DIFFERENCE, span, cast.difference),
    )
    for code in ("PM", "ITM"):
        models.Role.objects.filter(key=small.roles[code]).update(source=f"ROLE-{code}")
    details = {"dimension": "Span", "first": "one project", "second": "the department"}
    known = {"role": "ROLE-PM", "other_role": "ROLE-ITM", "sources": ["S45"]}
    models.CatalogueEntry.objects.create(code="DIF-1", kind="difference", title="Span", details=details, **known)
    models.CatalogueEntry.objects.create(code="PRIN-1", kind="principle", title="Settle early", text="Both.", **known)
    return cast


def test_it_says_what_is_whose_and_leads_everywhere(settled: Cast):
    small, text = settled.small, page(settled)
    assert "Boundary of IT Project Manager and IT Manager" in text
    assert "Of all duties IT Project Manager works on 1 and IT Manager on 0: no overlap to measure." in text
    assert "Undecided between the two: 2, the oldest since 15 January 2026." in text
    for lead in (
        f"/matrices/{small.matrix_key}/rows/{small.duties['FIN-1']}/",
        f"/decisions/{settled.decision}/",
        f"/grey-areas/{settled.contested}/",
        f"/grey-areas/{settled.open}/",
    ):
        assert f'href="/o/small{lead}"' in text
    assert '<span class="interim">IT Manager</span>' in text
    assert "Catalogue: one project" in text and "the whole" in text and "Blank" in text
    assert "Settle early" in text and "S45" not in text and "PRIN-1" not in text


def test_declared_overlaps_come_first(settled: Cast):
    text = page(settled)
    assert text.index("Vendor management") < text.index("Other duties")
    assert text.count("Declared overlap") == 1


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("", {"VEN-1", "VEN-2", "FIN-1"}),
        ("?kind=undecided", {"VEN-1", "VEN-2"}),
        ("?kind=mine", {"FIN-1"}),
        ("?kind=yours", set()),
        ("?kind=hand-over", set()),
        ("?area=none", {"FIN-1"}),
        ("?kind=nonsense&matrix=nonsense", {"VEN-1", "VEN-2", "FIN-1"}),
    ],
)
def test_filters_stand_in_the_address(settled: Cast, asked: str, seen: set[str]):
    text = page(settled, asked)
    assert {code for code in ("VEN-1", "VEN-2", "FIN-1") if f"{code}</span>" in text} == seen


def test_swapped_it_is_the_other_way_round(settled: Cast):
    assert "FIN-1</span>" in page(settled, "?kind=yours", first="ITM", second="PM")


def test_there_is_no_boundary_of_a_role_with_itself_nor_with_one_of_elsewhere(cast: Cast):
    client = cast.client("alice")
    assert client.get(url(cast, second="PM")).status_code == 404
    assert client.get(cast.url(f"boundaries/{cast.small.roles['PM']}/{cast.other.roles['ITM']}/")).status_code == 404


def test_who_only_reads_sees_nothing_to_press(settled: Cast):
    text = page(settled)
    assert "Take the catalogue" not in text and "Add a dimension" not in text and "Add an agreement" not in text


def test_a_blank_side_is_filled_from_the_catalogue_by_a_button_alone(settled: Cast):
    page(settled, who="ed")
    assert models.Difference.objects.get().second_value == ""
    answer = settled.client("ed").post(url(settled, "take/"), {"entry": "DIF-1"}, follow=True)
    assert models.Difference.objects.get().second_value == "one project"
    assert models.Difference.objects.get().first_value == "the whole"
    assert "What was blank says what the catalogue says." in answer.content.decode()


SEEN = {"dimension": "Span", "first_value": "", "second_value": "the whole"}


def test_a_difference_is_changed_as_the_page_has_its_sides(settled: Cast):
    client, address = settled.client("ed"), url(settled, f"differences/{settled.difference}/")
    form = client.get(address).context["form"]
    assert (form["first_value"].value(), form["second_value"].value()) == ("", "the whole")
    sent = {**SEEN, "first_value": "one at a time", "seen": json.dumps(SEEN)}
    assert client.post(address, sent).status_code == 302
    found = models.Difference.objects.get()
    assert (found.first_value, found.second_value) == ("the whole", "one at a time")
    stale = client.post(address, {**sent, "first_value": "two"})
    assert stale.status_code == 409 and "two" in stale.content.decode()


def test_a_difference_is_added_and_taken_off(settled: Cast):
    client = settled.client("ed")
    assert client.post(url(settled, "differences/new/"), {"dimension": "Pay", "first_value": "a"}).status_code == 302
    assert client.post(url(settled, "differences/new/"), {"dimension": "pay"}).status_code == 422
    made = models.Difference.objects.get(dimension="Pay")
    assert (made.first_role.code, made.first_value, made.second_value) == ("PM", "a", "")
    sent = {**SEEN, "seen": json.dumps(SEEN), "action": "remove"}
    assert client.post(url(settled, f"differences/{settled.difference}/"), sent).status_code == 302
    assert not models.Difference.objects.filter(dimension="Span").exists()


def test_a_difference_of_another_pair_is_not_there(settled: Cast):
    address = url(settled, f"differences/{settled.difference}/", second="CIO")
    assert settled.client("ed").get(address).status_code == 404


def test_an_agreement_is_put_on_record_changed_and_taken_off(cast: Cast):
    client = cast.client("ed")
    wanted = {"type": "ola", "sheet": cast.small.matrix_key, "reference": "OLA-7", "valid_until": "2020-01-31"}
    assert client.post(url(cast, "agreements/new/"), wanted).status_code == 302
    key = models.Agreement.objects.get().key
    text = page(cast, second="ITM")
    assert "Operational level agreement, only in Projects, until 31 January 2020, OLA-7" in text and "Ended" in text
    address = url(cast, f"agreements/{key}/", first="ITM", second="PM")
    sent = {**wanted, "valid_until": "", "seen": json.dumps(wanted)}
    assert client.post(address, sent).status_code == 302
    assert models.Agreement.objects.get().valid_until is None
    seen = {**wanted, "valid_until": ""}
    assert client.post(address, {**seen, "seen": json.dumps(seen), "action": "remove"}).status_code == 302
    assert not models.Agreement.objects.exists()
    assert client.get(address).status_code == 404


def test_the_export_has_what_is_filtered(settled: Cast):
    answer = settled.client("bob").get(url(settled, "export.xlsx?kind=mine"))
    assert answer["Content-Disposition"].endswith('-part.xlsx"')
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [row[2].value for row in book["Lines"].iter_rows(min_row=2)] == ["FIN-1"]
    assert ["Class", "Only IT Project Manager"] in [[cell.value for cell in row[:2]] for row in book["Summary"]]
    text = settled.client("bob").get(url(settled, "export.md")).content.decode()
    assert "VEN-1" in text and "Sole owner: IT Project Manager" in text
    assert settled.client("bob").get(url(settled, "export.csv")).status_code == 404


def test_queries_do_not_grow_with_the_lines(cast: Cast):
    def counted() -> int:
        client = cast.client("bob")
        client.get(url(cast))
        with CaptureQueriesContext(connection) as found:
            client.get(url(cast))
        return len(found)

    before, small = counted(), cast.small
    for duty in ("VEN-1", "VEN-2", "FIN-1"):
        small.set(duty, "PM", "", "A")
        small.set(duty, "ITM", "", "R")
        made = Decision(small.duties[duty], owner=small.roles["PM"], reason="So.", decided_on=RAISED, decided_by="Ed")
        between = Difference(small.roles["PM"], small.roles["ITM"], duty)
        agreed = Agreement(small.roles["PM"], small.roles["ITM"], reference=duty)
        write(
            small.organisation,
            create(Kind.DECISION, made, new_key(), matrix=small.matrix_key),
            create(Kind.DIFFERENCE, between, new_key()),
            create(Kind.AGREEMENT, agreed, new_key()),
        )
    opened = GreyArea(small.duties["FIN-1"], raised_on=RAISED)
    write(small.organisation, create(Kind.GREY_AREA, opened, new_key(), matrix=small.matrix_key))
    assert counted() == before <= 12


def test_pairs_are_listed_and_any_two_can_be_picked(cast: Cast):
    client, roles = cast.client("bob"), cast.small.roles
    text = " ".join(client.get(cast.url("boundaries/")).content.decode().split())
    assert "IT Project Manager and IT Manager" in text and "Vendor management" in text
    answer = client.get(cast.url("boundaries/"), {"first": roles["CIO"], "second": roles["PM"]})
    assert answer["Location"] == url(cast, first="CIO", second="PM")
    same = client.get(cast.url("boundaries/"), {"first": roles["CIO"], "second": roles["CIO"]})
    assert same.status_code == 422 and "two different roles" in same.content.decode()
    mine = client.get(cast.url("boundaries/"), {"first": roles["CIO"]})
    assert mine.status_code == 200 and not mine.context["page"].declared


def test_other_pages_lead_to_it(cast: Cast):
    area = f"?area={cast.small.area}"
    assert (
        f'href="{url(cast)}{area}"'
        in cast.client("bob").get(cast.url(f"grey-areas/{cast.contested}/")).content.decode()
    )
    role = cast.small.roles["PM"]
    assert f"boundaries/?first={role}" in cast.client("bob").get(cast.url(f"roles/{role}/")).content.decode()


def test_work_across_lines_is_said_at_both_columns_and_its_row_is_not_clean_until_the_two_agree(cast: Cast):
    small, roles = cast.small, cast.small.roles
    write(small.organisation, create(Kind.LINE, Line(), roles["PM"], other=roles["CIO"]))
    for code, letters in (("PM", "A"), ("ITM", "R"), ("CIO", "I")):
        small.set("FIN-1", code, "", letters)
    address = cast.url(f"matrices/{small.matrix_key}/")

    def state() -> tuple[list[list[str]], int, bool]:
        grid = cast.client("bob").get(f"{address}grid.json").json()
        drawn = " ".join(cast.client("bob").get(f"{address}?plain=1").content.decode().split())
        found = [column["findings"] for column in grid["columns"]]
        return found, grid["health"]["clean"], f"{grid['health']['clean']} of 3 rows clean" in drawn

    assert state() == ([["A04"], ["A04"], []], 0, True)
    write(small.organisation, create(Kind.AGREEMENT, Agreement(roles["PM"], roles["ITM"]), new_key()))
    assert state() == ([[], [], []], 1, True)

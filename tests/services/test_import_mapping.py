"""Sheets of somebody else on their way into the register: from readings to revisions, and a second time."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.change import in_order
from raci.domain.mapping import LEFT, Fit
from raci.domain.proposal import Group, Proposal, accepted
from raci.domain.reading import Item, Party, Reading
from raci.domain.records import Duty, Kind, Role
from raci.models.base import new_key
from raci.services.door import Author, apply_changes
from raci.services.history import verify
from raci.services.imports.leases import State
from raci.services.imports.mapping import asked_of, planned, proposed
from raci.services.imports.store import packed
from raci.services.loading import load_matrix
from tests.domain.readings import found_of, reading_of
from tests.factories import create, write

pytestmark = pytest.mark.django_db

# Two departments that call the same posts by different names.
OFFICE = found_of(
    ["IT Project Manager", "Proj. Mgr (Office)", "Finance"],
    [
        (Item("Choose the vendor", "Office!A2", "Vendor management"), "A/R . C"),
        (Item("Pay the invoice", "Office!A3", "Money"), ". R A"),
        (Item("Keep the licences", "Office!A4", "Money", "LIC-1"), "A(veto) A R"),
    ],
    name="Office",
)
PLANT = found_of(
    [Party("IT Manger", "Plant!B1"), Party("Purchasing", "Plant!C1")],
    [
        (Item("Choose vendor", "Plant!A2", "Vendor Mgmt"), "R S"),
        (Item("Order spare parts", "Plant!A3", "Vendor Mgmt"), "A R"),
    ],
    name="Plant",
    legend={"S": "Supports"},
)


@pytest.fixture(autouse=True)
def schemes(small):
    call_command("loaddata", "schemes", verbosity=0)


def brought(small, reading: Reading, *, sha: str = "0" * 64, matrix: models.Matrix | None = None) -> models.Import:
    return models.Import.objects.create(
        organisation=small.organisation, uploaded_by_name="Ed", uploaded_at=timezone.now(), size=3, kind="xlsx",
        file_name=f"{reading.matrices[0].name}.xlsx", sha256=sha, matrix=matrix, state=State.MAPPING,
        reading=packed({"foreign": reading.to_data()}),
    )  # fmt: skip


def answer(item: models.Import) -> Proposal:
    """Continue with what is offered, as the page keeps it."""
    item.choices = asked_of(item).choices.to_data()
    return planned(item)


def take(small, proposal: Proposal, *, everything: bool = True) -> models.Revision | None:
    ids = [wish.id for wish in proposal.wishes if everything or wish.offered]
    made, lacking = accepted(proposal.wishes, ids)
    assert not lacking
    changes = in_order(change for wish in made for change in wish.changes)
    outcome = apply_changes(
        organisation=small.organisation, changes=changes, author=Author(name="Ed", door="import", reason="A file")
    )
    assert outcome.ok, (outcome.conflicts, outcome.refusals)
    return outcome.revision


def groups(proposal: Proposal) -> dict[Group, int]:
    found: dict[Group, int] = {}
    for wish in proposal.wishes:
        found[wish.group] = found.get(wish.group, 0) + 1
    return found


def test_two_departments_with_other_names_become_one_register_and_are_known_the_second_time(small):
    office, plant = brought(small, reading_of(OFFICE)), brought(small, reading_of(PLANT), sha="1" * 64)
    first = answer(office)
    assert groups(first) == {
        Group.MATRIX: 1, Group.AREAS: 1, Group.NEW_COLUMNS: 3, Group.NEW_ROWS: 3, Group.CELLS: 7,
        Group.GREY_AREAS: 1, Group.COMMENTS: 1,
    }  # fmt: skip
    take(small, first)
    second = answer(plant)
    take(small, second)

    roles = dict(models.Role.objects.filter(organisation=small.organisation).values_list("name", "key"))
    assert set(roles) == {
        "IT Project Manager", "IT Manager", "Chief Information Officer", "Proj. Mgr (Office)", "Finance", "Purchasing",
    }  # fmt: skip
    assert models.RoleAlias.objects.get(name="IT Manger").role.name == "IT Manager"
    duties = dict(models.Duty.objects.filter(organisation=small.organisation).values_list("title", "code"))
    assert duties["Choose the vendor"] == "VEN-3"
    assert "Choose vendor" not in duties
    assert (duties["Order spare parts"], duties["Keep the licences"]) == ("VEN-4", "LIC-1")
    assert set(models.Area.objects.values_list("name", flat=True)) == {"Vendor management", "Money"}

    sheet = models.Matrix.objects.get(title="Office")
    matrix = load_matrix(sheet)
    chosen = models.Duty.objects.get(title="Choose the vendor").key
    assert matrix.letters(chosen, small.roles["PM"]) == "A/R"
    asked = models.GreyArea.objects.get(origin="import")
    assert (asked.duty.title, asked.claims.count()) == ("Keep the licences", 2)
    assert models.Comment.objects.get().text == "A(veto) – Office.xlsx, Office!B4"
    assert models.Matrix.objects.get(title="Plant").scheme.code == "rasci"
    assert verify(small.organisation) == []

    for found, sha in ((OFFICE, "2" * 64), (PLANT, "3" * 64)):
        again = brought(small, reading_of(found), sha=sha)
        (choice,) = asked_of(again).choices.matrices
        assert {one.fit for one in choice.roles} <= {Fit.EXACT, Fit.ALIAS}
        assert answer(again).wishes == ()


def test_the_same_file_taken_in_twice_is_done_already(small):
    one, two = brought(small, reading_of(OFFICE)), brought(small, reading_of(OFFICE))
    first, second = answer(one), answer(two)
    assert [wish.changes[0].address for wish in first.wishes if wish.group is Group.NEW_COLUMNS] == [
        wish.changes[0].address for wish in second.wishes if wish.group is Group.NEW_COLUMNS
    ]
    take(small, first)
    changes = in_order(change for wish in first.wishes for change in wish.changes)
    outcome = apply_changes(organisation=small.organisation, changes=changes, author=Author(name="Ed", door="import"))
    assert outcome.ok
    assert outcome.revision is None


def test_the_same_file_makes_other_keys_in_another_organisation(small):
    from tests.factories import Small

    other = Small("other")
    keys = [
        {change.address.subject for wish in answer(brought(one, reading_of(OFFICE))).wishes for change in wish.changes
         if change.address.kind is Kind.ROLE}
        for one in (small, other)
    ]  # fmt: skip
    assert keys[0]
    assert keys[0].isdisjoint(keys[1])


def test_sheets_of_one_file_share_what_they_both_name(small):
    more = found_of(["Finance", "IT Manager"], [(Item("Pay the invoice", "More!A2", "Money"), "A R")], name="More")
    proposal = answer(brought(small, reading_of(OFFICE, more)))
    take(small, proposal)
    assert models.Role.objects.filter(name="Finance").count() == 1
    assert models.Duty.objects.filter(title="Pay the invoice").count() == 1
    key = models.Duty.objects.get(title="Pay the invoice").key
    both = [load_matrix(models.Matrix.objects.get(title=title)) for title in ("Office", "More")]
    assert all(key in matrix.rows for matrix in both)


def test_a_file_that_goes_into_a_matrix_fills_what_is_empty_and_offers_the_rest(small):
    small.set("VEN-1", "PM", "", "C")
    found = found_of(["PM", "ITM"], {"Do what VEN-1 says": "A R"}, name="Review")
    proposal, matrix = proposed(brought(small, reading_of(found), matrix=small.matrix))
    assert matrix == small.matrix
    take(small, proposal, everything=False)
    loaded = load_matrix(small.matrix)
    cells = loaded.cells[small.duties["VEN-1"]]
    assert (cells[small.roles["PM"]], cells[small.roles["ITM"]]) == ("C", "R")


def test_what_was_new_when_it_was_answered_and_is_there_by_now_is_not_made_twice(small):
    item = brought(small, reading_of(OFFICE))
    item.choices = asked_of(item).choices.to_data()
    write(small.organisation, create(Kind.ROLE, Role("FIN", "Finance"), new_key()))
    take(small, planned(item))
    assert models.Role.objects.filter(name="Finance").count() == 1


def test_a_matrix_that_is_gone_by_then_is_said(small):
    item = brought(small, reading_of(OFFICE))
    data = asked_of(item).choices.to_data()
    data["matrices"][0]["target"] = "nosuchmatrix"
    item.choices = data
    with pytest.raises(Refused, match="not there any more"):
        planned(item)


def test_a_matrix_on_a_hidden_sheet_is_left_out_until_somebody_wants_it(small):
    hidden = found_of(["PM"], {"Do it": "R"}, name="Old", hidden=True)
    (choice, _other) = asked_of(brought(small, reading_of(hidden, OFFICE))).choices.matrices
    assert choice.target == LEFT


def test_planning_asks_as_often_for_many_roles_and_duties_as_for_few(small):
    def queries(item) -> int:
        with CaptureQueriesContext(connection) as asked:
            planned(item)
        return len(asked)

    small_one = brought(small, reading_of(OFFICE), matrix=small.matrix)
    planned(small_one)
    few = queries(small_one)
    write(
        small.organisation,
        *(create(Kind.ROLE, Role(f"R{at}", f"Auditor {at}"), new_key()) for at in range(30)),
        *(create(Kind.DUTY, Duty(f"W-{at}", f"Water the plant {at}"), new_key()) for at in range(30)),
    )
    load_matrix(small.matrix)
    wide = found_of([f"Auditor {at}" for at in range(40)], {f"Water the plant {at}": "R" for at in range(40)})
    assert queries(brought(small, reading_of(wide), matrix=small.matrix)) == few

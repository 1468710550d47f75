"""The one door to write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Duty, Kind, to_fields
from raci.models.base import new_key
from raci.services.door import apply_changes, changes_of, undo
from raci.services.loading import load_matrix
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db


def apply(small: Small, *changes: Change):
    return apply_changes(organisation=small.organisation, changes=changes, author=TESTER)


def test_it_writes_a_cell_and_a_revision_together(small):
    outcome = small.set("VEN-1", "PM", "", "A/R")
    assert load_matrix(small.matrix).letters(small.duties["VEN-1"], small.roles["PM"]) == "A/R"
    assert changes_of(outcome.revision) == (small.cell("VEN-1", "PM", "", "A/R"),)
    small.organisation.refresh_from_db()
    assert (small.organisation.revision, small.organisation.head) == (outcome.revision.number, outcome.revision.hash)


@pytest.mark.django_db(transaction=True)
def test_a_single_cell_takes_at_most_eight_statements_with_begin_and_commit():
    small = Small()
    with CaptureQueriesContext(connection) as captured:
        small.set("VEN-1", "PM", "", "A")
    statements = [query["sql"] for query in captured]
    assert statements[0].startswith("BEGIN")
    assert len(statements) <= 8, statements


def test_statements_do_not_grow_with_changes(small):
    def count(*changes: Change) -> int:
        with CaptureQueriesContext(connection) as captured:
            write(small.organisation, *changes)
        return len(captured)

    one = count(small.cell("VEN-1", "PM", "", "A"))
    six = count(*(small.cell(duty, role, "", "C") for duty in ("VEN-2", "FIN-1") for role in small.roles))
    assert one == six
    few = count(create(Kind.DUTY, Duty("X-1", "Try one"), new_key()))
    many = count(*(create(Kind.DUTY, Duty(f"X-{number}", "Try"), new_key()) for number in range(2, 300)))
    assert few == many


def test_it_refuses_a_stale_edit_and_says_who_was_faster(small):
    small.set("VEN-1", "PM", "", "A")
    outcome = apply(small, small.cell("VEN-1", "PM", "", "R"), small.cell("VEN-2", "PM", "", "R"))
    assert outcome.revision is None
    (conflict,) = outcome.conflicts
    assert (conflict.change.after, conflict.current) == ("R", "A")
    assert outcome.touched[conflict.change.address].by == "Tester"
    assert models.Assignment.objects.count() == 1


def test_what_is_already_so_makes_no_revision(small):
    small.set("VEN-1", "PM", "", "A")
    before = models.Revision.objects.count()
    outcome = apply(small, small.cell("VEN-1", "PM", "R", "A"))
    assert outcome.ok
    assert outcome.revision is None
    assert models.Revision.objects.count() == before


def test_undo_is_the_inverted_revision(small):
    small.set("VEN-1", "PM", "", "A")
    number = small.set("VEN-1", "PM", "A", "R").revision.number
    undone = undo(organisation=small.organisation, number=number, author=TESTER)
    assert undone.revision.undoes == number
    assert models.Assignment.objects.get().letters == "A"


def test_undo_of_creation_removes_and_of_removal_restores(small):
    before = load_matrix(small.matrix)
    created = write(small.organisation, create(Kind.DUTY, Duty("NEW-1", "Write the plan"), new_key()))
    removed = undo(organisation=small.organisation, number=created.revision.number, author=TESTER)
    assert load_matrix(small.matrix) == before
    undo(organisation=small.organisation, number=removed.revision.number, author=TESTER)
    assert models.Duty.objects.filter(code="NEW-1").exists()


def test_it_refuses_letters_that_the_scheme_does_not_have(small):
    (refusal,) = apply(small, small.cell("VEN-1", "PM", "", "Z")).refusals
    assert "Z is not a letter of RACI; it has A, R, C, I" in refusal.message


def test_it_refuses_letters_out_of_canonical_order(small):
    (refusal,) = apply(small, small.cell("VEN-1", "PM", "", "R/A")).refusals
    assert refusal.message == "“R/A” is written “A/R” here."


def test_it_refuses_a_cell_outside_the_matrix(small):
    other = Small("other")
    (refusal,) = apply(
        small, small.cell("VEN-1", "PM", "", "A")._replace(address=other.cell("VEN-1", "PM", "", "A").address)
    ).refusals
    assert refusal.message.startswith("There is no such matrix")
    assert not models.Assignment.objects.exists()


def test_it_refuses_a_code_that_is_taken_whatever_its_case(small):
    (refusal,) = apply(small, create(Kind.DUTY, Duty("ven-1", "Something else"), new_key())).refusals
    assert refusal.message == "The code “VEN-1” is taken; choose another."


def test_two_codes_can_be_exchanged_in_one_set(small):
    first, second = (Address(Kind.DUTY, "", small.duties[code]) for code in ("VEN-1", "VEN-2"))
    write(small.organisation, Change(first, "code", "VEN-1", "VEN-9"), Change(second, "code", "VEN-2", "VEN-1"))
    assert set(models.Duty.objects.values_list("code", flat=True)) == {"VEN-9", "VEN-1", "FIN-1"}


def test_it_refuses_text_that_a_workbook_cannot_hold(small):
    address = Address(Kind.DUTY, "", small.duties["VEN-1"])
    for text in ("bell\x07", "half \ud800 pair", "not a character \ufffe", "nul\x00"):
        (refusal,) = apply(small, Change(address, "title", "Do what VEN-1 says", text)).refusals
        assert refusal.field == "title"
        assert "no workbook can hold" in refusal.message


def test_it_refuses_a_reference_into_another_organisation(small):
    other = Small("other")
    duty = Duty("NEW-1", "Take what is theirs", area=other.area)
    (refusal,) = apply(small, create(Kind.DUTY, duty, new_key())).refusals
    assert "There is no area" in refusal.message


def test_it_refuses_to_remove_what_is_in_use(small):
    small.set("VEN-1", "PM", "", "A")
    matrix = load_matrix(small.matrix)
    duty = small.duties["VEN-1"]
    remove_row = Change(Address(Kind.ROW, small.matrix_key, duty), "", to_fields(matrix.rows[duty]), None)
    (refusal,) = apply(small, remove_row).refusals
    assert "still in use" in refusal.message
    assert models.MatrixRow.objects.count() == 3


def test_a_parent_and_its_children_can_come_in_one_set(small):
    parent, child = new_key(), new_key()
    write(
        small.organisation,
        create(Kind.DUTY, Duty("P-1.1", "Do a part", parent=parent), child),
        create(Kind.DUTY, Duty("P-1", "Do the whole"), parent),
    )
    assert models.Duty.objects.get(key=child).parent.key == parent


def test_history_can_only_be_added_to(small):
    from django.db import DatabaseError, transaction

    for break_it in (
        lambda: models.Revision.objects.update(reason="other"),
        lambda: models.RevisionChange.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
            break_it()

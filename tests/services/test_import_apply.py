"""Applying what was accepted: once, whole, and never over somebody else's change."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.change import Address, Change, cell_change
from raci.domain.previewing import Verdict
from raci.domain.proposal import Group
from raci.domain.records import Column, Duty, GreyArea, Kind, Row, Sheet, to_fields
from raci.models.base import new_key
from raci.services.door import changes_of
from raci.services.history import verify
from raci.services.imports import picking
from raci.services.imports.leases import Cancelled, State
from raci.services.imports.previewing import preview_of
from raci.services.loading import load_matrix
from tests.factories import Small, create, write
from tests.importing_previews import again, applied, planned, wish

pytestmark = pytest.mark.django_db


def new_row(small: Small, code: str = "NEW-1") -> tuple[str, tuple[Change, Change]]:
    duty = new_key()
    return duty, (
        create(Kind.DUTY, Duty(code, f"Do what {code} says"), duty),
        create(Kind.ROW, Row(9), duty, matrix=small.matrix_key),
    )


def pick(item: models.Import, verdict: Verdict, *ids: str) -> None:
    assert picking.pick_lines(again(item), preview_of(again(item)), ids, verdict) is not None


def letters(small: Small, duty: str, role: str) -> str:
    return load_matrix(small.matrix).letters(small.duties[duty], small.roles[role])


def test_what_is_accepted_becomes_one_revision_that_names_the_file(small: Small) -> None:
    item = planned(
        small, [wish("b2", small.cell("VEN-1", "PM", "", "A")), wish("b3", small.cell("VEN-2", "PM", "", "R"))]
    )
    outcome = applied(item)
    assert outcome.ok
    assert outcome.revision.reason == "Import of “matrix.xlsx”"
    assert (outcome.revision.door, len(changes_of(outcome.revision))) == ("import", 2)
    assert (again(item).state, again(item).revision) == (State.APPLIED, outcome.revision.number)
    assert verify(models.Organisation.objects.get(pk=small.organisation.pk)) == []


def test_a_line_that_was_refused_is_left_alone(small: Small) -> None:
    item = planned(
        small, [wish("b2", small.cell("VEN-1", "PM", "", "A")), wish("b3", small.cell("VEN-2", "PM", "", "R"))]
    )
    pick(item, Verdict.REFUSE, "b3")
    applied(item)
    assert (letters(small, "VEN-1", "PM"), letters(small, "VEN-2", "PM")) == ("A", "")


def test_applying_twice_applies_once(small: Small) -> None:
    item = planned(small, [wish("b2", small.cell("VEN-1", "PM", "", "A"))])
    first = applied(item)
    stale = again(item)
    stale.state = State.APPLYING
    small.set("VEN-1", "PM", "A", "")  # so that the file would have something to do again
    from raci.services.imports.applying import apply
    from tests.importing_previews import ED

    with pytest.raises(Cancelled):
        apply(stale, author=ED, shown_revision=first.revision.number + 1)
    assert letters(small, "VEN-1", "PM") == ""
    assert again(item).revision == first.revision.number


def test_a_question_that_was_settled_since_it_was_shown_is_not_written_over(small: Small) -> None:
    key = new_key()
    raised = GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=date(2026, 3, 2))
    write(small.organisation, create(Kind.GREY_AREA, raised, key, matrix=small.matrix_key))
    address = Address(Kind.GREY_AREA, small.matrix_key, key)
    still_open = Change(address, "status", "open", "open")
    wishes = (
        wish("d5", Change(address, "question", "Who signs?", "Who pays?"), still_open, group=Group.TERMS),
        wish("k5", Change(address, "due_on", "", "2027-03-01"), still_open, group=Group.TERMS),
    )
    shown = models.Organisation.objects.get(pk=small.organisation.pk).revision
    first, second = planned(small, wishes, seen=shown), planned(small, wishes, seen=shown)
    outcome = applied(first, shown)
    assert outcome.ok
    assert {change.field for change in changes_of(outcome.revision)} == {"question", "due_on"}
    write(small.organisation, Change(address, "question", "Who pays?", "Who signs?"))
    write(
        small.organisation, Change(address, "due_on", "2027-03-01", ""), Change(address, "status", "open", "withdrawn")
    )
    assert [(one.change.field, one.current) for one in applied(second, shown).conflicts] == [("status", "withdrawn")]
    assert load_matrix(small.matrix).grey_areas[key].question == "Who signs?"


def test_what_moved_since_it_was_shown_comes_back_and_nothing_is_written(small: Small) -> None:
    item = planned(
        small, [wish("b2", small.cell("VEN-1", "PM", "", "A")), wish("b3", small.cell("VEN-2", "PM", "", "R"))]
    )
    shown = again(item).organisation.revision
    small.set("VEN-2", "PM", "", "C")
    outcome = applied(item, shown)
    assert [(one.change.after, one.current) for one in outcome.conflicts] == [("R", "C")]
    assert next(iter(outcome.touched.values())).by == "Tester"
    assert letters(small, "VEN-1", "PM") == ""
    assert again(item).state == State.APPLYING


def test_a_conflict_is_kept_as_it_is_unless_somebody_insists(small: Small) -> None:
    shown = models.Organisation.objects.get(pk=small.organisation.pk).revision
    small.set("VEN-1", "PM", "", "C")
    wishes = [wish("b2", small.cell("VEN-1", "PM", "", "A")), wish("b3", small.cell("VEN-2", "PM", "", "R"))]
    kept, insisted = planned(small, wishes, seen=shown), planned(small, wishes, seen=shown)
    assert applied(kept).ok
    assert letters(small, "VEN-1", "PM") == "C"
    pick(insisted, Verdict.INSIST, "b2")
    assert applied(insisted).ok
    assert letters(small, "VEN-1", "PM") == "A"


def test_insisting_does_not_reach_what_was_changed_once_more(small: Small) -> None:
    seen = models.Organisation.objects.get(pk=small.organisation.pk).revision
    small.set("VEN-1", "PM", "", "C")
    item = planned(small, [wish("b2", small.cell("VEN-1", "PM", "", "A"))], seen=seen)
    pick(item, Verdict.INSIST, "b2")
    shown = again(item).organisation.revision
    small.set("VEN-1", "PM", "C", "I")
    assert [one.current for one in applied(item, shown).conflicts] == ["I"]
    models.Import.objects.update(state=State.READY)
    assert applied(item).ok  # shown anew, the answer counts for nothing until it is given again
    assert letters(small, "VEN-1", "PM") == "I"


def test_letters_of_a_new_row_come_with_the_row_or_not_at_all(small: Small) -> None:
    duty, row = new_row(small)
    cell = cell_change(small.matrix_key, duty, small.roles["PM"], "", "A")
    wishes = [wish("a9", *row, group=Group.NEW_ROWS), wish("b9", cell, needs=("a9",))]
    refused, taken = planned(small, wishes), planned(small, wishes)
    pick(refused, Verdict.REFUSE, "a9")
    assert applied(refused).revision is None
    assert applied(taken).ok
    assert load_matrix(small.matrix).letters(duty, small.roles["PM"]) == "A"


def test_letters_for_a_row_that_is_gone_are_left_out_and_said(small: Small) -> None:
    shown = models.Organisation.objects.get(pk=small.organisation.pk).revision
    duty = small.duties["FIN-1"]
    row = load_matrix(small.matrix).rows[duty]
    write(small.organisation, Change(Address(Kind.ROW, small.matrix_key, duty), "", to_fields(row), None))
    item = planned(
        small,
        [wish("b4", small.cell("FIN-1", "PM", "", "A")), wish("b2", small.cell("VEN-1", "PM", "", "A"))],
        seen=shown,
    )
    outcome = applied(item)
    assert [change.address.subject for change in changes_of(outcome.revision)] == [small.duties["VEN-1"]]


def test_a_conflict_over_an_owner_can_become_a_question(small: Small) -> None:
    seen = models.Organisation.objects.get(pk=small.organisation.pk).revision
    small.set("VEN-1", "PM", "", "C")
    small.set("VEN-1", "ITM", "", "A")
    item = planned(small, [wish("b2", small.cell("VEN-1", "PM", "", "A"))], seen=seen)
    pick(item, Verdict.ASK, "b2")
    assert applied(item).ok
    raised = models.GreyArea.objects.get()
    assert (raised.origin, raised.duty.code) == ("import", "VEN-1")
    claims = dict(models.Claim.objects.values_list("role__code", "letters"))
    assert claims == {"PM": "A", "ITM": "A"}
    assert letters(small, "VEN-1", "PM") == "C"


def test_a_matrix_of_its_own_is_made_with_all_that_is_in_it(small: Small) -> None:
    matrix, duty = new_key(), small.duties["VEN-1"]
    role = small.roles["PM"]
    wishes = [
        wish("new", create(Kind.SHEET, Sheet("Brought along"), matrix), group=Group.MATRIX),
        wish("row", create(Kind.ROW, Row(0), duty, matrix=matrix), group=Group.NEW_ROWS, needs=("new",)),
        wish("column", create(Kind.COLUMN, Column(0), role, matrix=matrix), group=Group.NEW_COLUMNS, needs=("new",)),
        wish("cell", cell_change(matrix, duty, role, "", "A"), needs=("row", "column")),
    ]
    item = planned(small, wishes, matrix=None)
    assert applied(item).ok
    made = again(item).matrix
    assert (made.key, made.title) == (matrix, "Brought along")
    assert load_matrix(made).letters(duty, role) == "A"


def test_one_file_can_go_into_several_matrices_old_and_new(small: Small) -> None:
    second, third = new_key(), new_key()
    duty, role = small.duties["VEN-1"], small.roles["PM"]
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Second"), second),
        create(Kind.ROW, Row(0), duty, matrix=second),
        create(Kind.COLUMN, Column(0), role, matrix=second),
        cell_change(second, duty, role, "", "R"),
    )
    small.set("VEN-1", "PM", "", "C")
    item = planned(
        small,
        [
            wish("b1", small.cell("VEN-1", "PM", "C", "A")),
            wish("b2", cell_change(second, duty, role, "R", "A")),
            wish("new", create(Kind.SHEET, Sheet("Third"), third), group=Group.MATRIX),
            wish("row", create(Kind.ROW, Row(0), duty, matrix=third), group=Group.NEW_ROWS, needs=("new",)),
        ],
        matrix=None,
    )
    assert {line.standing for line in preview_of(item).lines.values()} == {"open"}
    shown = again(item).organisation.revision
    small.set("VEN-2", "PM", "", "C")  # elsewhere
    assert applied(item, shown).ok
    assert load_matrix(models.Matrix.objects.get(key=second)).letters(duty, role) == "A"
    assert letters(small, "VEN-1", "PM") == "A"
    assert duty in load_matrix(models.Matrix.objects.get(key=third)).rows


def test_names_of_the_register_alone_can_change(small: Small) -> None:
    role = Address(Kind.ROLE, "", small.roles["PM"])
    item = planned(
        small, [wish("c1", Change(role, "name", "IT Project Manager", "Project lead"), group=Group.TITLES)], matrix=None
    )
    assert applied(item).ok
    assert models.Role.objects.get(code="PM").name == "Project lead"


def test_a_plan_for_a_matrix_that_is_gone_is_refused(small: Small) -> None:
    change = cell_change("gonegonegone", small.duties["VEN-1"], small.roles["PM"], "", "A")
    with pytest.raises(Refused, match="not there any more"):
        planned(small, [wish("b2", change)])


def test_what_is_so_already_makes_no_revision_and_the_import_ends(small: Small) -> None:
    item = planned(small, [wish("b2", small.cell("VEN-1", "PM", "", "A"))])
    small.set("VEN-1", "PM", "", "A")
    outcome = applied(item)
    assert outcome.ok
    assert outcome.revision is None
    assert (again(item).state, again(item).revision) == (State.APPLIED, None)


def test_what_breaks_while_the_state_is_kept_leaves_nothing_half(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    item = planned(small, [wish("b2", small.cell("VEN-1", "PM", "", "A"))])

    def breaks(*_: object, **__: object) -> bool:
        raise RuntimeError("killed")

    monkeypatch.setattr("raci.services.imports.applying.pass_on", breaks)
    revisions = models.Revision.objects.count()
    with pytest.raises(RuntimeError):
        applied(item)
    assert models.Revision.objects.count() == revisions
    assert letters(small, "VEN-1", "PM") == ""


def test_statements_do_not_grow_with_the_wishes(small: Small) -> None:
    def count(*wishes: object) -> int:
        item = planned(small, wishes)
        with CaptureQueriesContext(connection) as captured:
            assert applied(item).ok
        return len(captured)

    one = count(wish("b2", small.cell("VEN-1", "PM", "", "A")))
    many = count(*(wish(f"{d}{r}", small.cell(d, r, "", "C")) for d in ("VEN-2", "FIN-1") for r in small.roles))
    assert one == many

"""Adding, renaming, moving and retiring: what is written, said and refused, and that undo brings it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Area, Column, Duty, GreyArea, Kind, Row, Sheet, to_fields
from raci.domain.structure import rows_in_order
from raci.models.base import new_key
from raci.services.describing import sentences
from raci.services.door import undo
from raci.services.loading import load_matrix
from raci.services.structure import Done, NotPossible, actions, perform
from tests.factories import TESTER, Small, create, write
from tests.web.conftest import RAISED


def do(small: Small, action, *, here: bool = True) -> Done:
    done = perform(organisation=small.organisation, action=action, author=TESTER, matrix=small.matrix if here else None)
    assert done.outcome.ok, (done.outcome.conflicts, done.outcome.refusals)
    return done


def refused(small: Small, action, *, here: bool = True) -> NotPossible:
    before = models.Revision.objects.count()
    with pytest.raises(NotPossible) as caught:
        do(small, action, here=here)
    assert models.Revision.objects.count() == before
    return caught.value


def rows(small: Small) -> list[str]:
    matrix = load_matrix(small.matrix)
    return [matrix.duties[key].code for key in rows_in_order(matrix)]


def columns(small: Small) -> list[str]:
    matrix = load_matrix(small.matrix)
    return [matrix.roles[key].code for key in matrix.column_keys]


def second_matrix(small: Small) -> models.Matrix:
    """Another matrix of the same organisation with VEN-1 and VEN-2 by PM and ITM."""
    key = new_key()
    write(
        small.organisation,
        create(Kind.SHEET, Sheet("Department"), key),
        *(create(Kind.ROW, Row(1), small.duties[code], matrix=key) for code in ("VEN-1", "VEN-2")),
        *(create(Kind.COLUMN, Column(1), small.roles[code], matrix=key) for code in ("PM", "ITM")),
    )
    return models.Matrix.objects.get(key=key)


def everything(small: Small):
    """The whole organisation as its matrices see it."""
    return [load_matrix(matrix) for matrix in small.organisation.matrices.order_by("pk")]


def test_a_new_duty_gets_the_next_code_of_its_area_and_stands_where_it_was_put(small):
    done = do(small, actions.AddDuty("Pay the vendor", area=small.area, after=small.duties["VEN-1"]))
    assert done.sentence == "Added VEN-3 Pay the vendor."
    assert rows(small) == ["VEN-1", "VEN-3", "VEN-2", "FIN-1"]
    assert models.Duty.objects.get(key=done.key).code == "VEN-3"
    assert done.revision == done.outcome.revision.number


def test_a_new_duty_without_a_place_stands_at_the_end_with_room_before_it(small):
    done = do(small, actions.AddDuty("Close the books"))
    assert models.MatrixRow.objects.get(duty__key=done.key).position == 2 + 1024


def test_a_new_duty_can_be_the_first_of_its_section(small):
    do(small, actions.AddDuty("Count the money", after=""))
    assert rows(small) == ["VEN-1", "VEN-2", "FIN-2", "FIN-1"]
    do(small, actions.AddDuty("Choose the vendor", area=small.area, after=""))
    assert rows(small) == ["VEN-3", "VEN-1", "VEN-2", "FIN-2", "FIN-1"]


def test_a_duty_of_the_same_title_is_not_made_twice_but_offered_as_a_row(small):
    key = new_key()
    write(small.organisation, create(Kind.DUTY, Duty("VEN-9", "Sign the contract"), key))
    error = refused(small, actions.AddDuty("  sign the CONTRACT "))
    assert str(error) == "VEN-9 Sign the contract exists already. Add it to this matrix as a row instead."
    assert (error.field, error.offer) == ("title", {"do": "add-row", "duty": key})
    assert "stands in this matrix already" in str(refused(small, actions.AddDuty("Do what VEN-1 says")))
    do(small, actions.RetireDuties((key,)))
    assert "is retired. Bring it back" in str(refused(small, actions.AddDuty("Sign the contract")))


def test_what_the_door_refuses_is_refused_here_too(small):
    done = perform(
        organisation=small.organisation, action=actions.AddDuty("", code="VEN-1"), author=TESTER, matrix=small.matrix
    )
    assert {refusal.field for refusal in done.outcome.refusals} == {"title"}


def test_a_new_duty_can_stand_in_several_matrices(small):
    other = second_matrix(small)
    done = do(small, actions.AddDuty("Pay", matrices=(small.matrix_key, other.key)), here=False)
    assert set(models.MatrixRow.objects.filter(duty__key=done.key).values_list("matrix__key", "position")) == {
        (small.matrix_key, 2 + 1024),
        (other.key, 1 + 1024),
    }


def test_duties_that_exist_become_rows_once(small):
    write(small.organisation, create(Kind.DUTY, Duty("VEN-9", "Sign"), key := new_key()))
    done = do(small, actions.AddRows((key, small.duties["VEN-1"]), after=small.duties["VEN-1"]))
    assert done.sentence == "Added VEN-9 Sign to Projects."
    assert rows(small) == ["VEN-1", "VEN-2", "VEN-9", "FIN-1"]  # VEN-9 has no area here
    assert do(small, actions.AddRows((key,))).outcome.revision is None


def test_a_new_role_gets_a_code_from_its_name(small):
    done = do(small, actions.AddRole("Chief Information Officer of Europe", after=small.roles["PM"]))
    assert models.Role.objects.get(key=done.key).code == "CIOOE"
    assert columns(small) == ["PM", "CIOOE", "ITM", "CIO"]
    error = refused(small, actions.AddRole("it manager"))
    assert str(error) == "IT Manager (ITM) stands in this matrix already."


def test_a_role_that_exists_is_offered_as_a_column(small):
    do(small, actions.RemoveColumns((small.roles["CIO"],)))
    error = refused(small, actions.AddRole("Chief information officer"))
    assert error.offer == {"do": "add-column", "role": small.roles["CIO"]}
    do(small, actions.AddColumns((small.roles["CIO"],), after=""))
    assert columns(small) == ["CIO", "PM", "ITM"]


def test_renaming_compares_with_what_was_seen(small):
    key = small.duties["VEN-1"]
    seen = {"code": "VEN-1", "title": "Do what VEN-1 says"}
    done = do(small, actions.EditDuty(key, seen, {"code": "VEN-1", "title": "Sign"}))
    assert done.sentence == "Renamed VEN-1 Do what VEN-1 says to VEN-1 Sign."
    stale = perform(
        organisation=small.organisation,
        action=actions.EditDuty(key, seen, {"code": "VEN-1", "title": "Seal"}),
        author=TESTER,
        matrix=small.matrix,
    )
    (conflict,) = stale.outcome.conflicts
    assert (conflict.change.field, conflict.current) == ("title", "Sign")
    assert stale.outcome.touched[conflict.change.address].by == "Tester"


def test_what_was_not_altered_is_not_written_over(small):
    key = small.duties["VEN-1"]
    seen = {"code": "VEN-1", "title": "Do what VEN-1 says"}
    do(small, actions.EditDuty(key, seen, {"code": "VEN-1", "title": "Sign"}))
    do(small, actions.EditDuty(key, seen, {"code": "VEN-7", "title": seen["title"]}))
    assert str(models.Duty.objects.get(key=key)) == "VEN-7 Sign"


def test_rows_move_within_their_section(small):
    done = do(small, actions.MoveRows((small.duties["VEN-2"],), ""))
    assert rows(small) == ["VEN-2", "VEN-1", "FIN-1"]
    assert done.sentence == "Moved VEN-2 Do what VEN-2 says."
    assert done.outcome.revision.size == 2
    assert do(small, actions.MoveRows((small.duties["VEN-2"],), "")).outcome.revision is None


def test_a_row_moves_into_another_area_and_its_duty_with_it(small):
    done = do(small, actions.MoveRows((small.duties["FIN-1"],), "", small.area))
    assert rows(small) == ["FIN-1", "VEN-1", "VEN-2"]
    assert done.sentence == "Moved FIN-1 Do what FIN-1 says to Vendor management."
    do(small, actions.MoveRows((small.duties["FIN-1"],), "", ""))
    assert rows(small) == ["VEN-1", "VEN-2", "FIN-1"]


def test_sections_stand_by_position_then_code_and_other_duties_last(small):
    areas = {code: new_key() for code in ("TEAM", "RES")}
    write(small.organisation, *(create(Kind.AREA, Area(code, code, position=3), key) for code, key in areas.items()))
    do(small, actions.AddDuty("Lead", area=areas["TEAM"], after=""))
    do(small, actions.AddDuty("Plan", area=areas["RES"], after=""))
    assert rows(small) == ["VEN-1", "VEN-2", "RES-1", "TEAM-1", "FIN-1"]


@pytest.mark.parametrize("after", ["gone", "itself"])
def test_nothing_moves_behind_what_is_not_there(small, after):
    place = small.duties["VEN-1"] if after == "itself" else new_key()
    assert refused(small, actions.MoveRows((small.duties["VEN-1"],), place)).field == "after"


def test_history_tells_it_in_words(small):
    first, second = small.duties["VEN-1"], small.duties["VEN-2"]

    def told(action):
        return sentences(do(small, action).outcome.revision)

    assert told(actions.MoveRows((first,), second)) == [
        "Moved VEN-2 Do what VEN-2 says up in Projects",
        "Moved VEN-1 Do what VEN-1 says down in Projects",
    ]
    assert "Retired the duty VEN-1 Do what VEN-1 says" in told(actions.RetireDuties((first,)))


def test_columns_move(small):
    done = do(small, actions.MoveColumns((small.roles["CIO"],), small.roles["PM"]))
    assert columns(small) == ["PM", "CIO", "ITM"]
    assert done.sentence == "Moved Chief Information Officer."


def raise_area(small: Small, matrix: str, **more: str) -> str:
    key = new_key()
    write(small.organisation, create(Kind.GREY_AREA, GreyArea(small.duties["VEN-1"], raised_on=RAISED, **more), key,
                                     matrix=matrix))  # fmt: skip
    return key


def test_a_row_goes_with_its_letters_and_its_grey_area_and_undo_brings_all_back(small):
    raise_area(small, small.matrix_key)
    other = second_matrix(small)
    elsewhere = raise_area(small, other.key)
    small.set("VEN-1", "PM", "", "A/R")
    before = everything(small)
    done = do(small, actions.RemoveRows((small.duties["VEN-1"],)))
    assert rows(small) == ["VEN-2", "FIN-1"]
    assert done.sentence == "Took VEN-1 Do what VEN-1 says out of Projects. 1 open grey area is withdrawn."
    assert models.GreyArea.objects.get(key=elsewhere).status == "open"
    assert not models.Assignment.objects.exists()
    assert undo(organisation=small.organisation, number=done.revision, author=TESTER).ok
    assert everything(small) == before


def test_a_column_goes_with_its_letters_and_says_what_it_leaves_behind(small):
    raise_area(small, small.matrix_key, interim=small.roles["PM"])
    small.set("VEN-1", "PM", "", "A/R")
    small.set("VEN-2", "PM", "", "A")
    small.set("VEN-2", "ITM", "", "A")
    small.set("FIN-1", "PM", "", "C")
    before = everything(small)
    done = do(small, actions.RemoveColumns((small.roles["PM"],)))
    assert done.sentence == "Took IT Project Manager out of Projects. 1 duty loses its accountable role."
    assert columns(small) == ["ITM", "CIO"]
    assert models.GreyArea.objects.get().interim is None
    undo(organisation=small.organisation, number=done.revision, author=TESTER)
    assert everything(small) == before


def test_a_duty_retires_from_every_matrix_and_comes_back_by_undo(small):
    other = second_matrix(small)
    raise_area(small, other.key)
    small.set("VEN-1", "PM", "", "A/R")
    before = everything(small)
    done = do(small, actions.RetireDuties((small.duties["VEN-1"],)), here=False)
    assert done.sentence == "Retired VEN-1 Do what VEN-1 says in 2 matrices. 1 open grey area is withdrawn."
    assert not models.MatrixRow.objects.filter(duty__key=small.duties["VEN-1"]).exists()
    assert models.Duty.objects.get(code="VEN-1").retired
    assert undo(organisation=small.organisation, number=done.revision, author=TESTER).ok
    assert everything(small) == before


def test_a_role_retires_and_it_is_said_how_many_duties_lose_their_owner(small):
    other = second_matrix(small)
    small.set("VEN-1", "PM", "", "A/R")
    small.set("VEN-2", "PM", "", "A")
    before = everything(small)
    done = do(small, actions.RetireRoles((small.roles["PM"],)))
    assert done.sentence == "Retired IT Project Manager in 2 matrices. 2 duties lose their accountable role."
    assert not models.MatrixColumn.objects.filter(role__key=small.roles["PM"]).exists()
    assert other.pk
    undo(organisation=small.organisation, number=done.revision, author=TESTER)
    assert everything(small) == before


def test_what_is_retired_is_named_by_no_open_grey_area_not_even_where_it_has_no_column(small):
    raise_area(small, small.matrix_key, interim=small.roles["PM"])
    do(small, actions.RemoveRows((small.duties["VEN-2"],)))
    do(small, actions.RemoveColumns((small.roles["CIO"],)))
    assert models.GreyArea.objects.get().interim.code == "PM"
    write(small.organisation, Change(Address(Kind.COLUMN, small.matrix_key, small.roles["PM"]), "", to_fields(
        load_matrix(small.matrix).columns[small.roles["PM"]]), None))  # fmt: skip
    before = everything(small)
    done = do(small, actions.RetireRoles((small.roles["PM"],)), here=False)
    assert models.GreyArea.objects.get().interim is None
    undo(organisation=small.organisation, number=done.revision, author=TESTER)
    assert everything(small) == before


def test_what_is_retired_comes_back_to_use_but_not_as_a_row_before(small):
    key = small.duties["VEN-1"]
    do(small, actions.RetireDuties((key,)))
    assert "retired. Bring it back on its page first" in str(refused(small, actions.AddRows((key,))))
    assert do(small, actions.RestoreDuty(key), here=False).sentence == "VEN-1 Do what VEN-1 says is in use again."
    do(small, actions.AddRows((key,)))
    assert rows(small) == ["VEN-2", "VEN-1", "FIN-1"]
    do(small, actions.RetireRoles((small.roles["PM"],)))
    do(small, actions.RestoreRole(small.roles["PM"]), here=False)
    assert not models.Role.objects.filter(retired=True).exists()


def test_a_row_that_does_not_apply_says_why_and_keeps_its_letters(small):
    key = small.duties["VEN-1"]
    small.set("VEN-1", "PM", "", "A/R")
    assert refused(small, actions.SetApplies(key, False, "  ")).field == "reason"
    done = do(small, actions.SetApplies(key, False, "No vendor in this project."))
    matrix = load_matrix(small.matrix)
    assert key not in matrix.applicable_rows
    assert matrix.letters(key, small.roles["PM"]) == "A/R"
    assert done.sentence == "VEN-1 Do what VEN-1 says does not apply in Projects any more."
    undo(organisation=small.organisation, number=done.revision, author=TESTER)
    assert load_matrix(small.matrix).rows[key].applies
    do(small, actions.SetApplies(key, False, "No vendor."))
    do(small, actions.SetApplies(key, True, "ignored"))
    assert load_matrix(small.matrix).rows[key].reason == ""


def test_a_matrix_starts_with_its_rows_and_columns_in_order(small):
    duties = (small.duties["FIN-1"], small.duties["VEN-1"])
    fields = {"title": "Operations", "scope_kind": "department", "scheme": "raci"}
    done = do(small, actions.StartMatrix(fields, duties, (small.roles["CIO"], small.roles["PM"])), here=False)
    matrix = load_matrix(models.Matrix.objects.get(key=done.key))
    assert (matrix.row_keys, matrix.sheet.position) == (duties, 1)
    assert matrix.column_keys == (small.roles["CIO"], small.roles["PM"])


class Meddled(tuple[str, ...]):
    """Keys that let somebody else write once, after the plan has read what is there."""

    def __iter__(self):
        yield from super().__iter__()
        while self.meddling:
            self.meddling.pop()()


def test_a_plan_made_of_what_has_changed_meanwhile_is_made_anew(small):
    first, second, last = small.duties.values()
    moved = Meddled((first,))
    moved.meddling = [lambda: do(small, actions.MoveRows((first,), last))]
    do(small, actions.MoveRows(moved, second))
    assert models.Revision.objects.filter(changes__kind="row", changes__field="position").distinct().count() == 2
    assert rows(small) == ["VEN-2", "VEN-1", "FIN-1"]


def test_letters_set_while_a_row_goes_are_taken_out_with_it(small):
    first = small.duties["VEN-1"]
    keys = Meddled((first,))
    keys.meddling = [lambda: small.set("VEN-1", "PM", "", "A")]
    do(small, actions.RemoveRows(keys))
    assert not models.Assignment.objects.exists()
    assert rows(small) == ["VEN-2", "FIN-1"]


def test_nothing_of_another_organisation_is_touched(small):
    other = Small("other")
    for action in (actions.RetireDuties((other.duties["VEN-1"],)), actions.AddColumns((other.roles["PM"],))):
        assert "any more" in str(refused(small, action))


@pytest.mark.parametrize("build", [actions.RetireDuties, actions.RemoveRows, actions.AddRows])
def test_the_number_of_queries_does_not_grow_with_the_duties(small, build):
    keys = [new_key() for _ in range(40)]
    write(small.organisation, *(create(Kind.DUTY, Duty(f"X-{n}", f"Try {n}"), key) for n, key in enumerate(keys)))

    def prepare(some: list[str]) -> None:
        if build is not actions.AddRows:
            write(small.organisation, *(create(Kind.ROW, Row(9), key, matrix=small.matrix_key) for key in some))
        load_matrix(small.matrix)

    def count(some: list[str]) -> int:
        prepare(some)
        with CaptureQueriesContext(connection) as captured:
            do(small, build(tuple(some)))
        return len(captured)

    assert count(keys[:2]) == count(keys[2:])

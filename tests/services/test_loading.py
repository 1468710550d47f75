"""A matrix in memory catches up with what happened since: the same as reading it anew, and much less to read."""

from dataclasses import replace
from datetime import date
from itertools import count
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import event, given, settings
from hypothesis import strategies as st

from raci import models
from raci.domain.change import Address, Change, invert
from raci.domain.matrix import Matrix
from raci.domain.records import Claim, GreyArea, Kind, Row
from raci.models.base import new_key
from raci.services import loading
from raci.services.door import apply_changes, changes_of, undo
from raci.services.loading import load_matrix, read_matrix
from tests.factories import TESTER, Small, create, write
from tests.services.test_history import Steps

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def anew(matrix: models.Matrix) -> Matrix:
    organisation = models.Organisation.objects.get(pk=matrix.organisation_id)
    return read_matrix(matrix, organisation.revision)


def agrees(matrix: models.Matrix) -> bool:
    """Whether what is in memory is what the rows say, and what it keeps worked out is still right."""
    loaded, read = load_matrix(matrix), anew(matrix)
    names = ("row_keys", "applicable_rows", "column_keys", "open_by_duty", "decision_by_duty")
    worked_out = all(getattr(loaded, name) == getattr(read, name) for name in names)
    worked_out = worked_out and dict(loaded.tally) == dict(read.tally)  # counters take zero for nothing
    return loaded == read and worked_out and loaded.revision == read.revision


class MoreSteps(Steps):
    """Steps of every kind, grey areas and claims among them."""

    def draw(self, matrix: Matrix) -> list[Change]:
        if matrix.rows and self.data.draw(st.integers(0, 3)) == 0:
            return self.grey(matrix)
        return super().draw(matrix)

    def grey(self, matrix: Matrix) -> list[Change]:
        own = {"matrix": matrix.key}
        if not matrix.grey_areas:
            (duty, *_) = sorted(matrix.rows)
            raised = GreyArea(duty, raised_on=TODAY, proposed=dict.fromkeys(sorted(matrix.columns)[:1], "A"))
            return [create(Kind.GREY_AREA, raised, self.new_key(), **own)]
        key = self.data.draw(st.sampled_from(sorted(matrix.grey_areas)))
        status = self.data.draw(st.sampled_from(["open", "withdrawn"]))
        address = Address(Kind.GREY_AREA, matrix.key, key)
        changes = [Change(address, "status", matrix.grey_areas[key].status.value, status)]
        if matrix.roles and (key, sorted(matrix.roles)[0]) not in matrix.claims:
            changes.append(create(Kind.CLAIM, Claim("A", made_on=TODAY), key, other=sorted(matrix.roles)[0], **own))
        return changes


@settings(max_examples=25)
@given(data=st.data())
def test_catching_up_is_the_same_as_reading_anew_whatever_happened(data):
    slug, numbers = new_key(), count()
    with patch("tests.factories.new_key", lambda: f"{slug[:8]}{next(numbers):04}"):
        small = Small(slug)
    steps = MoreSteps(data, numbers, slug[:8])
    state = load_matrix(small.matrix)
    for _ in range(data.draw(st.integers(1, 8))):
        outcome = apply_changes(organisation=small.organisation, changes=steps.draw(state), author=TESTER)
        state = anew(small.matrix)
        if data.draw(st.booleans()):  # else several revisions are caught up at once
            assert agrees(small.matrix)
        if outcome.revision and data.draw(st.integers(0, 3)) == 0:
            event("undone")
            undo(organisation=small.organisation, number=outcome.revision.number, author=TESTER)
            state = anew(small.matrix)
    assert agrees(small.matrix)


def statements(matrix: models.Matrix) -> int:
    with CaptureQueriesContext(connection) as captured:
        load_matrix(matrix)
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_only_what_changed_is_read(small):
    loading._cache.clear()
    everything = statements(small.matrix)
    small.set("VEN-1", "PM", "", "A")
    assert statements(small.matrix) == 4  # where it stands, whether it is the same history, changes, where it stands
    assert statements(small.matrix) == 1
    assert everything == 9


def test_a_history_that_went_another_way_is_not_caught_up_with(small):
    with transaction.atomic():
        small.set("VEN-1", "PM", "", "A")
        load_matrix(small.matrix)
        transaction.set_rollback(True)
    small.organisation.refresh_from_db()
    small.set("VEN-1", "ITM", "", "R")
    small.set("VEN-1", "CIO", "", "I")
    assert agrees(small.matrix)
    assert load_matrix(small.matrix).letters(small.duties["VEN-1"], small.roles["PM"]) == ""


def test_a_history_that_was_set_back_is_read_as_it_is(small):
    with transaction.atomic():
        small.set("VEN-1", "PM", "", "A")
        load_matrix(small.matrix)
        transaction.set_rollback(True)
    assert agrees(small.matrix)


def test_another_scheme_is_read_anew(small):
    definition = {**models.Scheme.objects.get().definition, "code": "other", "name": "Other"}
    models.Scheme.objects.create(code="other", name="Other", definition=definition)
    load_matrix(small.matrix)
    write(small.organisation, Change(Address(Kind.SHEET, "", small.matrix_key), "scheme", "raci", "other"))
    assert load_matrix(small.matrix).scheme.code == "other"
    assert agrees(small.matrix)


def test_a_matrix_that_was_removed_and_came_back_is_read_anew(small):
    other = new_key()
    there = create(Kind.SHEET, load_matrix(small.matrix).sheet, other)
    write(small.organisation, there)
    load_matrix(models.Matrix.objects.get(key=other))
    write(small.organisation, *invert([there]))
    write(small.organisation, there, create(Kind.ROW, Row(), small.duties["FIN-1"], matrix=other))
    assert agrees(models.Matrix.objects.get(key=other))


def test_other_matrices_are_passed_over(small):
    load_matrix(small.matrix)
    write(small.organisation, create(Kind.SHEET, load_matrix(small.matrix).sheet, new_key()))
    assert statements(small.matrix) == 4
    assert agrees(small.matrix)


def test_too_much_is_read_anew(small, monkeypatch):
    monkeypatch.setattr(loading, "_MOST_CHANGES", 1)
    load_matrix(small.matrix)
    small.set("VEN-1", "PM", "", "A")
    small.set("VEN-1", "ITM", "", "R")
    assert statements(small.matrix) > 10
    assert agrees(small.matrix)


def test_rows_altered_behind_the_history_are_read_as_they_are(small):
    small.set("VEN-1", "PM", "", "A")
    load_matrix(small.matrix)
    number = small.set("VEN-1", "PM", "A", "C").revision
    loading._cache[small.matrix.pk] = loading._cache[small.matrix.pk]._replace(
        matrix=replace(load_matrix(small.matrix), cells={}), head=number.previous, revision=number.number - 1
    )
    assert changes_of(number)[0].before == "A"
    assert agrees(small.matrix)


def test_one_copy_of_each_matrix_is_kept_and_few_of_them(small):
    loading._cache.clear()
    for number in range(6):
        other = Small(f"other-{number}")
        for letters in ("A", "R"):
            load_matrix(other.matrix)
            other.set("VEN-1", "PM", "" if letters == "A" else "A", letters)
            load_matrix(other.matrix)
    assert len(loading._cache) == loading._KEPT

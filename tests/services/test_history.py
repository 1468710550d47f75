"""Earlier states come back exactly, and nothing is altered unnoticed."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from raci import models
from raci.domain.applying import apply
from raci.domain.change import Address, Change, cell_change, invert
from raci.domain.matrix import Matrix
from raci.domain.records import Area, Column, Duty, GreyArea, Kind, Line, Record, Role, Row, encode, to_fields
from raci.models.base import new_key
from raci.services.anchors import anchors_of, compare
from raci.services.door import apply_changes, changes_of, to_change, undo
from raci.services.history import NoSuchRevision, matrix_as_of, verify
from raci.services.loading import load_matrix
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


# --- Any sequence of changes

LETTERS = ("", "A", "R", "C", "I", "A/R")
SHELVES = {
    Kind.ROLE: "roles",
    Kind.LINE: "lines",
    Kind.AREA: "areas",
    Kind.DUTY: "duties",
    Kind.ROW: "rows",
    Kind.COLUMN: "columns",
}
TEXTS = st.sampled_from(
    ["Plan", "Ändra", "=1+1", "“quoted” \\ 'text'", "línea\nbreak", "x" * 100, "東京", "true", "null"]
)
IN_MATRIX = (Kind.ROW, Kind.COLUMN)


def address_of(matrix: Matrix, kind: Kind, key: Any) -> Address:
    subject, other = key if kind is Kind.LINE else (key, "")
    return Address(kind, matrix.key if kind in IN_MATRIX else "", subject, other)


class Steps:
    """Draws sets of changes that fit the matrix as it is; those that the door refuses are part of the game."""

    def __init__(self, data: st.DataObject, numbers: Iterator[int], prefix: str) -> None:
        self.data, self.numbers, self.prefix = data, numbers, prefix
        self.removed: list[Change] = []

    def new_key(self) -> str:
        return f"{self.prefix}{next(self.numbers):04}"

    def draw(self, matrix: Matrix) -> list[Change]:
        kinds = [self.cells, self.fields, self.creation, self.removal, self.return_of_the_removed]
        found: dict[Any, Change] = {}
        for make in self.data.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3)):
            for change in make(matrix):
                found.setdefault((change.address, change.field), change)
        return list(found.values())

    def cells(self, matrix: Matrix) -> list[Change]:
        if not matrix.rows or not matrix.columns:
            return []
        places = st.tuples(st.sampled_from(matrix.row_keys), st.sampled_from(matrix.column_keys))
        wanted = self.data.draw(st.dictionaries(places, st.sampled_from(LETTERS), max_size=4))
        return [cell_change(matrix.key, *place, matrix.letters(*place), letters) for place, letters in wanted.items()]

    def fields(self, matrix: Matrix) -> list[Change]:
        kind, name, values = self.data.draw(
            st.sampled_from([
                (Kind.DUTY, "title", TEXTS),
                (Kind.DUTY, "code", st.sampled_from(["N-1", "N-2", "n-2"])),
                (Kind.DUTY, "area", st.sampled_from(["", *sorted(matrix.areas)])),
                (Kind.DUTY, "parent", st.sampled_from(["", *sorted(matrix.duties)])),
                (Kind.ROLE, "name", TEXTS),
                (Kind.ROLE, "retired", st.booleans()),
                (Kind.AREA, "description", TEXTS),
                (Kind.ROW, "position", st.integers(0, 9)),
                (Kind.COLUMN, "position", st.integers(0, 9)),
                (Kind.LINE, "dotted", st.booleans()),
            ])
        )  # fmt: skip
        shelf = getattr(matrix, SHELVES[kind])
        if not shelf:
            return []
        key = self.data.draw(st.sampled_from(sorted(shelf)))
        return [Change(address_of(matrix, kind, key), name, encode(getattr(shelf[key], name)), self.data.draw(values))]

    def creation(self, matrix: Matrix) -> list[Change]:
        key, text = self.new_key(), self.data.draw(TEXTS)
        made: list[tuple[Kind, Record, str, dict[str, str]]] = [
            (Kind.DUTY, Duty(f"D-{key}", text), key, {}),
            (Kind.ROLE, Role(f"R-{key}", text), key, {}),
            (Kind.AREA, Area(f"A-{key}", text), key, {}),
        ]
        for duty in sorted(matrix.duties.keys() - matrix.rows.keys())[:1]:
            made.append((Kind.ROW, Row(3, False, "Not here"), duty, {"matrix": matrix.key}))
        for role in sorted(matrix.roles.keys() - matrix.columns.keys())[:1]:
            made.append((Kind.COLUMN, Column(3), role, {"matrix": matrix.key}))
        if len(matrix.roles) > 1:
            first, second = sorted(matrix.roles)[:2]
            if (first, second) not in matrix.lines:
                made.append((Kind.LINE, Line(2, note="Öl"), first, {"other": second}))
        kind, record, key, rest = self.data.draw(st.sampled_from(made))
        return [create(kind, record, key, **rest)]

    def removal(self, matrix: Matrix) -> list[Change]:
        kind = self.data.draw(st.sampled_from(list(SHELVES)))
        shelf = getattr(matrix, SHELVES[kind])
        if not shelf:
            return []
        key = self.data.draw(st.sampled_from(sorted(shelf)))
        gone = Change(address_of(matrix, kind, key), "", to_fields(shelf[key]), None)
        self.removed.append(gone)
        return [*self._emptied(matrix, kind, key), gone]

    def _emptied(self, matrix: Matrix, kind: Kind, key: Any) -> list[Change]:
        """Most of the time, empty the row or column first, so that its removal is not refused."""
        if kind not in IN_MATRIX or not self.data.draw(st.integers(0, 3)):
            return []
        held = [(duty, role) for duty, row in matrix.cells.items() for role in row if key in (duty, role)]
        return [cell_change(matrix.key, *place, matrix.letters(*place), "") for place in held]

    def return_of_the_removed(self, matrix: Matrix) -> list[Change]:
        if not self.removed:
            return []
        return list(invert([self.data.draw(st.sampled_from(self.removed))]))


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_sequence_of_changes_can_be_looked_back_on_and_taken_back(data):
    slug, numbers = new_key(), count()
    # Keys in the order of their making, so that hypothesis can repeat itself; unlike those of other examples.
    with patch("tests.factories.new_key", lambda: f"{slug[:8]}{next(numbers):04}"):
        small = Small(slug)
    snapshots = {load_matrix(small.matrix).revision: load_matrix(small.matrix)}
    steps = Steps(data, numbers, slug[:8])
    for _ in range(data.draw(st.integers(1, 8))):
        changes = steps.draw(load_matrix(small.matrix))
        outcome = apply_changes(organisation=small.organisation, changes=changes, author=TESTER)
        event("written" if outcome.revision else "refused" if outcome.refusals else "conflict or nothing")
        now = load_matrix(small.matrix)
        if not outcome.revision:
            assert now == snapshots[max(snapshots)]  # whole or not at all
        snapshots[now.revision] = now
    for number, snapshot in snapshots.items():
        assert matrix_as_of(small.matrix, number) == snapshot
    assert verify(small.organisation) == []
    undo_one(data, small, max(snapshots))


def undo_one(data: st.DataObject, small: Small, latest: int) -> None:
    """Undo any revision: the state with its changes turned round, or a reason and the state as it was."""
    if latest == 1:
        return
    number = data.draw(st.integers(2, latest))
    before = load_matrix(small.matrix)
    outcome = undo(organisation=small.organisation, number=number, author=TESTER)
    after = load_matrix(small.matrix)
    if outcome.revision:
        event("undone")
        assert after == apply(before, changes_of(outcome.revision))
        taken_back = invert(changes_of(models.Revision.objects.get(organisation=small.organisation, number=number)))
        assert set(map(repr, changes_of(outcome.revision))) <= set(map(repr, taken_back))
    else:
        assert after == before
    assert verify(small.organisation) == []


# --- Particular cases


def test_a_matrix_did_not_exist_before_it_was_made(small):
    with pytest.raises(NoSuchRevision, match="did not exist at revision 0"):
        matrix_as_of(small.matrix, 0)
    with pytest.raises(NoSuchRevision, match="There is no revision 99; the latest is 1"):
        matrix_as_of(small.matrix, 99)


def test_a_matrix_that_was_removed_and_made_again_is_remembered_from_both_times(small):
    other = new_key()
    here = Address(Kind.SHEET, "", other)
    sheet = to_fields(load_matrix(small.matrix).sheet)
    write(small.organisation, Change(here, "", None, {**sheet, "title": "First"}))
    first = load_matrix(models.Matrix.objects.get(key=other))
    write(small.organisation, Change(here, "", {**sheet, "title": "First"}, None))
    write(small.organisation, Change(here, "", None, {**sheet, "title": "Second"}))
    again = models.Matrix.objects.get(key=other)
    assert matrix_as_of(again, first.revision) == first
    assert matrix_as_of(again, first.revision + 2).sheet.title == "Second"
    for number in (first.revision - 1, first.revision + 1):
        with pytest.raises(NoSuchRevision, match="did not exist"):
            matrix_as_of(again, number)


def test_an_earlier_state_has_the_scheme_and_the_number_of_its_time(small):
    definition = {**models.Scheme.objects.get().definition, "code": "other", "name": "Other"}
    models.Scheme.objects.create(code="other", name="Other", definition=definition)
    write(small.organisation, Change(Address(Kind.SHEET, "", small.matrix_key), "scheme", "raci", "other"))
    assert load_matrix(small.matrix).scheme.name == "Other"
    earlier = matrix_as_of(small.matrix, 1)
    assert (earlier.scheme.name, earlier.revision) == ("RACI", 1)


# --- Tampering

TAMPERING: dict[str, tuple[str, str]] = {
    "a reason altered": ("UPDATE raci_revision SET reason = 'x' WHERE number = 3", "revision 3 was altered"),
    "a time altered": ("UPDATE raci_revision SET at_us = at_us + 1 WHERE number = 3", "revision 3 was altered"),
    "an actor altered": ("UPDATE raci_revision SET actor_name = 'x' WHERE number = 3", "revision 3 was altered"),
    "a door altered": ("UPDATE raci_revision SET door = 'import' WHERE number = 3", "revision 3 was altered"),
    "a size altered": ("UPDATE raci_revision SET size = 9 WHERE number = 3", "revision 3 was altered"),
    "a hash altered": ("UPDATE raci_revision SET hash = 'x' WHERE number = 3", "revision 3 was altered"),
    "a link altered": ("UPDATE raci_revision SET previous = 'x' WHERE number = 3", "revision 3 does not follow"),
    "two revisions swapped": (
        "UPDATE raci_revision SET number = 99 WHERE number = 3; UPDATE raci_revision SET number = 3 WHERE number = 4; "
        "UPDATE raci_revision SET number = 4 WHERE number = 99",
        "revision 3 does not follow",
    ),
    "a revision removed from the middle": (
        "DELETE FROM raci_revisionchange WHERE revision_id IN (SELECT id FROM raci_revision WHERE number = 3); "
        "DELETE FROM raci_revision WHERE number = 3",
        "revision 3 is missing",
    ),
    "the first revision removed": (
        "DELETE FROM raci_revisionchange WHERE revision_id IN (SELECT id FROM raci_revision WHERE number = 1); "
        "DELETE FROM raci_revision WHERE number = 1",
        "revision 1 is missing",
    ),
    "the tail cut off": (
        "DELETE FROM raci_revisionchange WHERE revision_id IN (SELECT id FROM raci_revision WHERE number = 4); "
        "DELETE FROM raci_revision WHERE number = 4",
        "history ends at 3",
    ),
    "a revision put in": (
        "INSERT INTO raci_revision (organisation_id, number, at_us, actor_name, door, reason, size, previous, hash) "
        "SELECT organisation_id, 5, at_us, actor_name, door, reason, 0, hash, 'x' FROM raci_revision WHERE number = 4",
        "revision 5 was altered",
    ),
    "a change altered": ("UPDATE raci_revisionchange SET after = '\"I\"' WHERE {third}", "revision 3 was altered"),
    "a change moved to another cell": (
        "UPDATE raci_revisionchange SET other = 'x' WHERE {third}", "revision 3 was altered",
    ),
    "a change removed": ("DELETE FROM raci_revisionchange WHERE {third} AND ordinal = 0", "revision 3 was altered"),
    "a change put in": (
        "INSERT INTO raci_revisionchange (revision_id, ordinal, kind, matrix, subject, other, field, before, after) "
        "SELECT revision_id, 7, kind, matrix, subject, other, field, after, before FROM raci_revisionchange "
        "WHERE {third} AND ordinal = 0",
        "revision 3 was altered",
    ),
    "two changes swapped": (
        "UPDATE raci_revisionchange SET ordinal = 7 WHERE {third} AND ordinal = 0; "
        "UPDATE raci_revisionchange SET ordinal = 0 WHERE {third} AND ordinal = 1; "
        "UPDATE raci_revisionchange SET ordinal = 1 WHERE {third} AND ordinal = 7",
        "revision 3 was altered",
    ),
    "an ordinal altered": (
        "UPDATE raci_revisionchange SET ordinal = 7 WHERE {third} AND ordinal = 1", "revision 3 was altered",
    ),
    "a cell altered": ("UPDATE raci_assignment SET letters = 'I' WHERE letters = 'A'", "history says 'A'"),
    "a cell removed": ("DELETE FROM raci_assignment WHERE letters = 'A'", "the table holds None"),
    "a cell put in": (
        "INSERT INTO raci_assignment (row_id, column_id, letters) SELECT r.id, c.id, 'I' FROM raci_matrixrow r, "
        "raci_matrixcolumn c WHERE NOT EXISTS (SELECT 1 FROM raci_assignment a WHERE a.row_id = r.id AND "
        "a.column_id = c.id) LIMIT 1",
        "history says None, the table holds 'I'",
    ),
    "a duty altered": ("UPDATE raci_duty SET title = 'x' WHERE code = 'VEN-1'", "duty "),
    "a duty put in": (
        "INSERT INTO raci_duty (organisation_id, key, code, code_key, title, note, source, is_control, retired) "
        "SELECT organisation_id, 'planted', 'P-1', 'p-1', title, note, source, is_control, retired FROM raci_duty "
        "WHERE code = 'VEN-1'",
        "duty planted: history says None",
    ),
    "a duty removed": (
        "DELETE FROM raci_assignment WHERE row_id IN (SELECT r.id FROM raci_matrixrow r JOIN raci_duty d "
        "ON d.id = r.duty_id WHERE d.code = 'FIN-1'); "
        "DELETE FROM raci_matrixrow WHERE duty_id IN (SELECT id FROM raci_duty WHERE code = 'FIN-1'); "
        "DELETE FROM raci_duty WHERE code = 'FIN-1'",
        "the table holds None",
    ),
    "a role altered": ("UPDATE raci_role SET name = 'x' WHERE code = 'PM'", "role "),
    "a row moved": ("UPDATE raci_matrixrow SET position = 9 WHERE position = 1", "row "),
    "the head set back": (
        "UPDATE raci_organisation SET revision = 3", "stands at revision 3, its history ends at 4",
    ),
    "the head's hash altered": (
        "UPDATE raci_organisation SET head = 'x'", "revision 4 is not the one that the organisation stands at",
    ),
}  # fmt: skip


@pytest.fixture
def tampered(small) -> Callable[[str], None]:
    """Four revisions, the third with two changes; then SQL behind the application's back."""
    small.set("VEN-1", "PM", "", "R")
    write(small.organisation, small.cell("VEN-1", "PM", "R", "A"), small.cell("FIN-1", "PM", "", "C"))
    small.set("VEN-2", "ITM", "", "I")
    assert verify(small.organisation) == []

    def run(statements: str) -> None:
        drop_guards()
        third = "revision_id IN (SELECT id FROM raci_revision WHERE number = 3)"
        with connection.cursor() as cursor:
            for statement in statements.format(third=third).split("; "):
                cursor.execute(statement)
                assert cursor.rowcount > 0, statement

    return run


def drop_guards() -> None:
    """Remove the triggers by which the database itself refuses, as somebody with all rights to it could."""
    listed = (
        "SELECT tgname, ' ON ' || relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(listed)
        for name, on in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}{on}")


@pytest.mark.parametrize("case", TAMPERING)
def test_what_was_altered_behind_the_application_is_found(small, tampered, case):
    statements, said = TAMPERING[case]
    tampered(statements)
    (first, *_) = verify(small.organisation)
    assert said in first.message
    if said.startswith("revision "):
        assert first.revision == int(said.split()[1])


def test_a_cell_hung_under_a_column_of_another_matrix_is_found(small, tampered):
    other = new_key()
    sheet = to_fields(load_matrix(small.matrix).sheet)
    write(
        small.organisation,
        Change(Address(Kind.SHEET, "", other), "", None, sheet),
        create(Kind.COLUMN, Column(), small.roles["PM"], matrix=other),
    )
    column = models.MatrixColumn.objects.get(matrix__key=other).pk
    tampered(f"UPDATE raci_assignment SET column_id = {column} WHERE letters = 'A'")  # noqa: S608  # a number of ours
    assert len(verify(small.organisation)) == 2


CUT = (
    "DELETE FROM raci_revisionchange WHERE revision_id IN (SELECT id FROM raci_revision WHERE number = 4); "
    "DELETE FROM raci_revision WHERE number = 4; DELETE FROM raci_assignment WHERE letters = 'I'; "
    "UPDATE raci_organisation SET revision = 3, head = (SELECT hash FROM raci_revision WHERE number = 3)"
)


def test_a_tail_cut_off_with_the_head_set_back_is_found_by_an_anchor_only(small, tampered):
    anchors = anchors_of(models.Organisation.objects.all())
    assert compare(anchors) == {}
    tampered(CUT)
    assert verify(small.organisation) == []
    (fault,) = compare(anchors).values()
    assert (fault.revision, fault.message) == (4, "revision 4 was there when the anchor was set and is gone")


def test_history_written_anew_is_found_by_an_anchor(small, tampered):
    anchors = anchors_of(models.Organisation.objects.all())
    tampered(CUT)
    small.set("VEN-2", "ITM", "", "C")
    assert verify(small.organisation) == []
    (fault,) = compare(anchors).values()
    assert fault.message == "revision 4 is not the one that the anchor names"


def test_a_record_written_down_before_its_kind_had_all_fields_is_completed(small):
    """What was written then is what the row holds now, so that its revision can still be taken back."""
    key = new_key()
    today = to_fields(GreyArea(small.duties["VEN-1"], "Who signs?", raised_on=date(2026, 3, 2)))
    then = {name: value for name, value in today.items() if name != "reopened_on"}
    parts = (str(Kind.GREY_AREA), small.matrix_key, key, "", "")
    assert to_change(*parts, None, then) == Change(Address(Kind.GREY_AREA, small.matrix_key, key), "", None, today)
    assert to_change(*parts, then, None).before == today
    assert to_change(*parts, None, today).after == today

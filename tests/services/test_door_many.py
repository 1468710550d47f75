"""Large sets of cells: prepared before the lock, and otherwise the same as any other set."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Change, in_order
from raci.services import ahead, door
from raci.services.door import apply_changes, changes_of, undo
from raci.services.history import verify
from raci.services.loading import load_matrix
from tests.factories import TESTER, Small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many_is_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "MANY", 2)


def apply(small: Small, *changes: Change) -> door.Outcome:
    return apply_changes(organisation=small.organisation, changes=changes, author=TESTER)


def filled(small: Small, before: str, after: str) -> list[Change]:
    return [small.cell(duty, role, before, after) for duty in small.duties for role in small.roles]


def faults(small: Small) -> list[object]:
    return list(verify(models.Organisation.objects.get(pk=small.organisation.pk)))


@contextmanager
def somebody_first(monkeypatch: pytest.MonkeyPatch, *writes: object) -> Iterator[None]:
    """Let others write, one each time, after a large set has read what is there and before it has the lock."""
    waiting, stage = list(writes), ahead.Laid.staged

    def staged(laid: ahead.Laid) -> object:
        if waiting:
            waiting.pop(0)()
        return stage(laid)

    with monkeypatch.context() as patch:
        patch.setattr(ahead.Laid, "staged", staged)
        yield
    assert not waiting


def test_cells_are_filled_replaced_and_emptied_in_one_revision(small: Small) -> None:
    small.set("VEN-1", "PM", "", "A")
    small.set("VEN-1", "ITM", "", "R")
    wanted = [
        small.cell("VEN-1", "PM", "A", ""), small.cell("VEN-1", "ITM", "R", "A/R"), small.cell("VEN-2", "CIO", "", "I")
    ]  # fmt: skip
    outcome = apply(small, *wanted)
    assert changes_of(outcome.revision) == in_order(wanted)
    duties, roles = small.duties, small.roles
    assert load_matrix(small.matrix).cells == {
        duties["VEN-1"]: {roles["ITM"]: "A/R"}, duties["VEN-2"]: {roles["CIO"]: "I"}
    }  # fmt: skip
    assert faults(small) == []
    undo(organisation=small.organisation, number=outcome.revision.number, author=TESTER)
    assert load_matrix(small.matrix).cells == {duties["VEN-1"]: {roles["PM"]: "A", roles["ITM"]: "R"}}
    assert faults(small) == []


def test_what_was_read_is_read_again_where_somebody_wrote_in_between(small: Small, monkeypatch) -> None:
    with somebody_first(monkeypatch, lambda: models.Organisation.objects.update(head="x")):
        pass_by = apply(small, *filled(small, "", "C"))
    assert pass_by.ok
    assert models.Assignment.objects.count() == 9


def test_somebody_faster_is_a_conflict_and_nothing_is_written(small: Small, monkeypatch) -> None:
    with somebody_first(monkeypatch, lambda: _one(small, "", "A")):
        outcome = apply(small, *filled(small, "", "I"))
    assert [conflict.current for conflict in outcome.conflicts] == ["A"]
    assert models.Assignment.objects.count() == 1


def _one(small: Small, before: str, after: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ahead, "MANY", 1000)
        small.set("VEN-1", "PM", before, after)


def test_whoever_is_always_too_late_waits_for_the_lock_like_all_others(small: Small, monkeypatch) -> None:
    small.set("VEN-1", "PM", "", "A")
    back_and_forth = [("A", "R"), ("R", "A"), ("A", "R")]
    writes = [lambda pair=pair: _one(small, *pair) for pair in back_and_forth]
    others = [change for change in filled(small, "", "I") if change != small.cell("VEN-1", "PM", "", "I")]
    with somebody_first(monkeypatch, *writes):
        outcome = apply(small, *others)
    assert outcome.ok
    assert models.Assignment.objects.filter(letters="I").count() == 8
    assert faults(small) == []


def test_it_refuses_what_one_cell_would_be_refused_for(small: Small) -> None:
    (refusal,) = apply(small, small.cell("VEN-1", "PM", "", "Z"), small.cell("VEN-1", "ITM", "", "A")).refusals
    assert "Z is not a letter of RACI" in refusal.message
    other = Small("other")
    outside = other.cell("VEN-1", "PM", "", "A")
    stranger = [small.cell("VEN-1", "PM", "", "A"), Change(outside.address, "letters", "", "A")]
    assert not apply(small, *stranger).ok
    assert not models.Assignment.objects.exists()


def test_what_is_written_alongside_fails_with_all_of_it(small: Small) -> None:
    def breaks(_revision: models.Revision) -> None:
        raise RuntimeError

    revisions = models.Revision.objects.count()
    with pytest.raises(RuntimeError):
        apply_changes(organisation=small.organisation, changes=filled(small, "", "C"), author=TESTER, alongside=breaks)
    assert not models.Assignment.objects.exists()
    assert models.Revision.objects.count() == revisions
    assert apply(small, *filled(small, "", "C")).ok


def test_cells_altered_behind_the_door_are_not_overwritten(small: Small, monkeypatch) -> None:
    apply(small, *filled(small, "", "C"))
    with somebody_first(monkeypatch, lambda: models.Assignment.objects.filter(row__duty__code="VEN-1").delete()):
        outcome = apply(small, *filled(small, "C", "I"))
    assert {conflict.current for conflict in outcome.conflicts} == {""}


def test_statements_do_not_grow_with_the_cells(small: Small) -> None:
    def count(*changes: Change) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert apply(small, *changes).ok
        return len(captured)

    few = count(small.cell("VEN-1", "PM", "", "C"), small.cell("VEN-1", "ITM", "", "C"))
    assert count(*filled(small, "", "C")[2:]) == few


def test_the_trigger_still_keeps_a_cell_in_its_matrix(small: Small) -> None:
    from django.db import IntegrityError, transaction

    other = Small("other")
    small.set("VEN-1", "PM", "", "A")
    cell = models.Assignment.objects.get()
    for field, value in (("column", other.matrix.columns.first()), ("row", other.matrix.rows.first())):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Assignment.objects.filter(pk=cell.pk).update(**{field: value})

"""The work on imports: step by step, by one process at a time, taken up again where it broke off."""

from datetime import timedelta

import pytest
from django.utils import timezone

from raci import models
from raci.services.imports import asking, leases, running, starting
from raci.services.imports.leases import Cancelled, State, take_up
from raci.services.imports.taking_in import take_in
from tests.importing import Parts, ours, refused


@pytest.fixture
def parts(monkeypatch, small):
    made = Parts((small.cell("VEN-1", "PM", "", "R"),))
    made.install(monkeypatch)
    return made


@pytest.fixture
def ed(small):
    user = models.User.objects.create(username="ed", first_name="Ed")
    models.Membership.objects.create(organisation=small.organisation, user=user, level="editor")
    return user


def brought(small, user, content=b"a;b", name="matrix.csv", **more):
    return take_in(small.organisation, user, name=name, content=content, **more).item


def now(item):
    return models.Import.objects.select_related("work", "organisation").get(pk=item.pk)


def test_a_workbook_of_our_own_is_read_compared_and_applied_once(small, ed, parts):
    item = brought(small, ed, ours(), "home.xlsx")
    assert starting.settled(item).state == State.READY
    assert now(item).content is not None
    assert asking.begin_applying(now(item), user=ed, shown_revision=1, reason="Review of May")
    done = now(item)
    assert (done.state, done.revision) == (State.APPLIED, 2)
    assert done.content is None
    revision = models.Revision.objects.get(number=2)
    assert (revision.door, revision.actor, revision.reason) == ("import", ed, "Review of May")
    assert parts.calls == ["plan planning", "apply 1 import"]
    assert not asking.begin_applying(done, user=ed, shown_revision=1)
    assert not asking.begin_applying(models.Import(pk=item.pk, state=State.READY), user=ed, shown_revision=1)


def test_a_foreign_file_waits_for_the_answers_of_a_person(small, ed, parts):
    item = starting.settled(brought(small, ed))
    assert (item.state, item.kind) == (State.MAPPING, "csv")
    assert parts.calls == []
    assert asking.go_on(item, {"title": "New"})
    assert now(item).state == State.READY
    assert not asking.go_on(item, {"title": "Other"})
    assert asking.map_again(now(item))
    assert (now(item).state, now(item).proposal, now(item).choices) == (State.MAPPING, None, {"title": "New"})


def test_a_refusal_is_kept_as_a_sentence_and_the_file_is_forgotten(small, ed, parts):
    item = starting.settled(brought(small, ed, refused("This is a picture.")))
    assert (item.state, item.refusal["text"]) == (State.REFUSED, "This is a picture.")
    assert now(item).content is None


def test_a_file_without_a_matrix_is_refused_with_the_reason(small, ed, parts):
    nothing = b'{"foreign": {"kind": "csv", "matrices": [], "problems": [], "notes": []}}'
    item = starting.settled(brought(small, ed, nothing))
    assert item.state == State.REFUSED
    assert "no matrix" in item.refusal["text"]


def test_what_breaks_is_refused_and_the_others_go_on(small, ed, parts, caplog):
    def broken():
        raise ZeroDivisionError

    parts.before = broken
    first, second = brought(small, ed, ours(), "1.xlsx"), brought(small, ed, b"a;b")
    starting.wake(small.organisation)
    assert now(first).state == State.REFUSED
    assert "on our side" in now(first).refusal["text"]
    assert now(second).state == State.MAPPING
    assert "ZeroDivisionError" in caplog.text


def test_conflicts_lead_back_to_the_preview(small, ed, parts):
    item = starting.settled(brought(small, ed, ours()))
    small.set("VEN-1", "PM", "", "C")
    assert asking.begin_applying(now(item), user=ed, shown_revision=1)
    back = now(item)
    assert (back.state, back.asked["conflicts"], back.asked["refusals"]) == (State.READY, 1, [])
    assert models.Revision.objects.count() == 2


def test_only_one_process_works_in_an_organisation(small, ed, parts):
    brought(small, ed)
    brought(small, ed, b"c;d")
    lease = take_up(small.organisation.pk)
    assert lease
    assert take_up(small.organisation.pk) is None
    assert not leases.call(small.organisation.pk)
    lease.end(State.MAPPING)
    assert take_up(small.organisation.pk)


def test_another_organisation_does_not_wait(small, ed, parts):
    other = type(small)("other")
    brought(small, ed)
    brought(other, ed)
    assert take_up(small.organisation.pk)
    assert take_up(other.organisation.pk)


def grow_old(item, seconds=60):
    models.ImportWork.objects.filter(pk=item.pk).update(beat_at=timezone.now() - timedelta(seconds=seconds))


def test_what_broke_off_is_taken_up_again_and_the_first_has_no_say_any_more(small, ed, parts):
    item = brought(small, ed)
    dead = take_up(small.organisation.pk)
    grow_old(item)
    assert leases.call(small.organisation.pk)
    assert not leases.call(small.organisation.pk)  # one is on its way
    second = take_up(small.organisation.pk)
    assert second and dead
    for late in (lambda: dead.beat("parse", 1, 2), lambda: dead.end(State.MAPPING)):
        with pytest.raises(Cancelled):
            late()
    dead.release()
    assert now(item).work.runner == second.runner
    second.end(State.MAPPING)
    assert (now(item).state, now(item).work.attempts) == (State.MAPPING, 0)


def test_what_broke_off_twice_is_refused(small, ed, parts):
    item = brought(small, ed)
    for _ in range(2):
        assert take_up(small.organisation.pk)
        grow_old(item)
    assert running.run(small.organisation.pk) == 0
    assert now(item).state == State.REFUSED
    assert "twice" in now(item).refusal["text"]


def test_a_step_that_says_it_lives_is_left_alone(small, ed, parts):
    item = brought(small, ed)
    lease = take_up(small.organisation.pk)
    grow_old(item)
    assert lease
    lease.beat("lint", 3, 10)
    assert take_up(small.organisation.pk) is None
    work = now(item).work
    assert (work.stage, work.done, work.total) == ("lint", 3, 10)


def test_cancelling_stops_a_step_and_nothing_of_it_stays(small, ed, parts):
    item = brought(small, ed, ours())
    parts.before = lambda: asking.cancel(item)
    starting.wake(small.organisation)
    stopped = now(item)
    assert (stopped.state, stopped.proposal, stopped.content) == (State.CANCELLED, None, None)
    assert stopped.work.runner == ""


def test_what_is_applied_cannot_be_cancelled(small, ed, parts):
    item = starting.settled(brought(small, ed, ours()))
    asking.begin_applying(now(item), user=ed, shown_revision=1)
    assert not asking.cancel(now(item))
    assert now(item).state == State.APPLIED


def test_progress_is_written_at_most_twice_a_second(small, ed, parts, django_assert_max_num_queries):
    brought(small, ed)
    lease = take_up(small.organisation.pk)
    assert lease
    progress = running.Progress(lease)
    with django_assert_max_num_queries(1):
        for number in range(1000):
            progress("lint", number, 1000)
            assert not progress.cancelled()


def test_working_takes_the_same_number_of_statements_whatever_else_is_there(small, ed, parts):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2):
        for other in range(number * 5):
            starting.settled(brought(small, ed, f"other {other}".encode()))
        brought(small, ed, f"one {number}".encode())
        with CaptureQueriesContext(connection) as caught:
            starting.wake(small.organisation)
        counts.append(len(caught))
    assert counts[0] == counts[1]

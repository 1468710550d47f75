"""Comments through the one door: in the history, undone, checked, and never in the way of a row."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Comment, Kind, Row, to_fields
from raci.models.base import new_key
from raci.services.comments import change_comment, remove_comment, resolve_comment, write_comment, writers
from raci.services.comparing import compare_moments
from raci.services.describing import sentences
from raci.services.door import Author, Outcome, apply_changes, undo
from raci.services.history import matrix_as_of, verify
from raci.services.loading import load_matrix
from tests.factories import TESTER, Small, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


def comment(small: Small, text: str = "Is this still so?", role: str = "", author: Author = TESTER) -> str:
    """Write a comment on VEN-1 and return its key."""
    before = set(load_matrix(small.matrix).comments)
    outcome = write_comment(
        matrix=small.matrix, duty=small.duties["VEN-1"], role=small.roles.get(role, ""), text=text, author=author
    )
    assert outcome.ok, outcome.refusals
    (key,) = set(load_matrix(small.matrix).comments) - before
    return key


def latest() -> models.Revision:
    return models.Revision.objects.latest("number")


def test_a_comment_stands_in_the_matrix_and_in_the_history(small):
    key = comment(small, "Who signs?  \nNobody knows.", "PM")
    found = load_matrix(small.matrix).comments[key]
    assert (found.duty, found.role) == (small.duties["VEN-1"], small.roles["PM"])
    assert (found.text, found.written_by, found.resolved) == ("Who signs?  \nNobody knows.", "Tester", False)
    assert sentences(latest()) == [
        "Commented on VEN-1 Do what VEN-1 says in Projects, IT Project Manager: “Who signs? Nobody knows.”"
    ]
    assert verify(small.organisation) == []


def send(small: Small, **other: Any) -> Outcome:
    given = {"duty": small.duties["VEN-1"], "role": "", "text": "Is it?", "author": TESTER, "draft": "d1", **other}
    return write_comment(matrix=small.matrix, **given)


def test_what_is_sent_again_from_the_same_form_is_written_once_and_answered_alike(small):
    first, again = send(small), send(small, text=" Is it?\r\n")
    assert again.ok and again.revision == first.revision
    assert len(load_matrix(small.matrix).comments) == 1
    # So it is once somebody has resolved or deleted it.
    (key,) = load_matrix(small.matrix).comments
    assert remove_comment(matrix=small.matrix, key=key, author=TESTER).ok
    assert send(small).revision == first.revision
    assert load_matrix(small.matrix).comments == {}


def test_another_text_place_author_or_form_makes_another_comment(small):
    ann = Author.of(get_user_model().objects.create_user(username="ann"), "workspace")
    others = ({"text": "Is it not?"}, {"role": small.roles["PM"]}, {"author": ann}, {"draft": "d2"}, {"draft": ""})
    outcomes = [send(small, **other) for other in ({}, *others, *others[:-1])]
    assert len({outcome.revision.number for outcome in outcomes}) == len(load_matrix(small.matrix).comments) == 6


def test_the_same_sent_twice_at_once_is_written_once(small, monkeypatch):
    def late(**given):
        monkeypatch.undo()
        outcomes.append(send(small))  # between the look whether it is there and the lock
        return apply_changes(**given)

    outcomes: list[Outcome] = []
    monkeypatch.setattr("raci.services.comments.apply_changes", late)
    slower = send(small)
    assert slower.ok and slower.revision == outcomes[0].revision
    assert len(load_matrix(small.matrix).comments) == 1


def test_a_comment_that_is_refused_stays_refused_when_it_is_sent_again(small):
    for _ in range(2):
        assert send(small, text="").refusals
    assert load_matrix(small.matrix).comments == {}


def test_every_step_of_a_comment_is_a_readable_sentence(small):
    key, where = comment(small, "x" * 200), "VEN-1 Do what VEN-1 says in Projects"
    assert sentences(latest()) == [f"Commented on {where}: “{'x' * 118} …”"]
    assert change_comment(matrix=small.matrix, key=key, seen="x" * 200, text="Shorter.", author=TESTER).ok
    assert sentences(latest()) == [f"Changed a comment on {where} to “Shorter.”"]
    assert resolve_comment(matrix=small.matrix, key=key, resolved=True, author=TESTER).ok
    assert sentences(latest()) == [f"Resolved a comment on {where}"]
    assert resolve_comment(matrix=small.matrix, key=key, resolved=False, author=TESTER).ok
    assert sentences(latest()) == [f"Reopened a comment on {where}"]
    assert remove_comment(matrix=small.matrix, key=key, author=TESTER).ok
    assert sentences(latest()) == [f"Deleted a comment on {where}: “Shorter.”"]
    assert verify(small.organisation) == []


def test_only_comments_that_are_not_resolved_are_counted_oldest_first(small):
    keys = [comment(small, text) for text in ("one", "two", "three")]
    resolve_comment(matrix=small.matrix, key=keys[1], resolved=True, author=TESTER)
    assert load_matrix(small.matrix).comments_by_duty == {small.duties["VEN-1"]: (keys[0], keys[2])}


def test_what_is_resolved_already_is_not_resolved_again(small):
    key = comment(small)
    assert resolve_comment(matrix=small.matrix, key=key, resolved=True, author=TESTER).revision
    assert resolve_comment(matrix=small.matrix, key=key, resolved=True, author=TESTER).revision is None


def test_a_text_that_has_changed_meanwhile_is_not_overwritten(small):
    key = comment(small, "First.")
    change_comment(matrix=small.matrix, key=key, seen="First.", text="Second.", author=TESTER)
    late = change_comment(matrix=small.matrix, key=key, seen="First.", text="Third.", author=TESTER)
    assert [conflict.current for conflict in late.conflicts] == ["Second."]
    assert load_matrix(small.matrix).comments[key].text == "Second."


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_comment_that_says_nothing_is_refused(small, text):
    outcome = write_comment(matrix=small.matrix, duty=small.duties["VEN-1"], role="", text=text, author=TESTER)
    assert [str(refusal.message) for refusal in outcome.refusals] == ["Enter a text."]


def test_deleting_a_comment_can_be_undone(small):
    key = comment(small, "Keep me.")
    remove_comment(matrix=small.matrix, key=key, author=TESTER)
    gone = latest().number
    assert load_matrix(small.matrix).comments == {}
    assert undo(organisation=small.organisation, number=gone, author=TESTER).ok
    assert load_matrix(small.matrix).comments[key].text == "Keep me."
    assert matrix_as_of(small.matrix, gone).comments == {}
    assert verify(small.organisation) == []


def test_a_row_goes_and_returns_without_its_comments_being_in_the_way_or_lost(small):
    duty = small.duties["VEN-1"]
    key = comment(small)
    row = Change(Address(Kind.ROW, small.matrix_key, duty), "", to_fields(load_matrix(small.matrix).rows[duty]), None)
    number = write(small.organisation, row).revision.number
    assert load_matrix(small.matrix).comments.keys() == {key}
    assert undo(organisation=small.organisation, number=number, author=TESTER).ok
    assert duty in load_matrix(small.matrix).rows
    assert verify(small.organisation) == []


def test_a_comment_begins_on_a_row_of_its_matrix(small):
    other = Small("other")
    for key in (other.duties["VEN-1"], new_key()):
        outcome = write_comment(matrix=small.matrix, duty=key, role="", text="Here?", author=TESTER)
        assert [str(refusal.message) for refusal in outcome.refusals] == [
            f"There is no duty “{key}” in this organisation."
        ]
    gone = Change(Address(Kind.ROW, small.matrix_key, small.duties["FIN-1"]), "", to_fields(Row(2)), None)
    write(small.organisation, gone)
    outcome = write_comment(matrix=small.matrix, duty=small.duties["FIN-1"], role="", text="Here?", author=TESTER)
    assert "a comment is written on a row of its matrix" in str(outcome.refusals[0].message)


def test_who_wrote_a_comment_is_known_by_account_and_outlives_an_undo(small):
    eva, other = (get_user_model().objects.create_user(name, first_name="Eva", last_name="Lind") for name in "ab")
    mine = comment(small, "Mine.", author=Author.of(eva, "workspace"))
    theirs = comment(small, "Theirs.", author=Author.of(other, "workspace"))
    nobodys = comment(small, "From a command.")
    remove_comment(matrix=small.matrix, key=mine, author=TESTER)
    undo(organisation=small.organisation, number=latest().number, author=Author.of(other, "undo"))
    assert writers(small.matrix, [mine, theirs, nobodys]) == {mine: eva.pk, theirs: other.pk, nobodys: None}


def test_comments_are_compared_between_two_moments(small):
    small.organisation.refresh_from_db()
    before = small.organisation.revision
    comment(small, "New.")
    small.organisation.refresh_from_db()
    (part,) = compare_moments(small.matrix, before, small.organisation.revision).parts
    assert part.name == "comments"
    assert [told.sentence for told in part.told] == ["Commented on VEN-1 Do what VEN-1 says in Projects: “New.”"]


def test_a_comment_of_another_matrix_is_not_found_there(small):
    key = comment(small)
    other = Small("other")
    address = Address(Kind.COMMENT, other.matrix_key, key)
    outcome = apply_changes(
        organisation=small.organisation, changes=[Change(address, "text", "Is this still so?", "No.")], author=TESTER
    )
    assert outcome.conflicts
    fields = to_fields(Comment(small.duties["VEN-1"], other.roles["PM"], "x", "x", "x"))
    stray = Change(Address(Kind.COMMENT, small.matrix_key, new_key()), "", None, fields)
    outcome = apply_changes(organisation=small.organisation, changes=[stray], author=TESTER)
    assert str(outcome.refusals[0].message).startswith("There is no role")

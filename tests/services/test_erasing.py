"""Names go out of tables and history alike, and history still proves the rest."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from raci import models
from raci.domain.change import Change
from raci.domain.records import Kind
from raci.models.base import new_key
from raci.services.anchors import anchors_of, compare
from raci.services.comments import write_comment
from raci.services.door import apply_changes, undo
from raci.services.erasing import NotErased, erase, leaving
from raci.services.history import sealed_in, verify
from raci.services.loading import load_matrix
from raci.services.personal import ERASED
from tests.factories import TESTER, Small, create
from tests.services.erasing import (
    NAME,
    OWNER,
    TODAY,
    Traced,
    account,
    add_person,
    answer_as,
    by,
    decide_as,
    first_form,
    found_in_database,
    tamper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("old", [False, True])
def test_no_name_is_left_and_history_verifies(small, linked, old):
    traced = Traced(small, account(NAME, "zoe") if linked else None)
    load_matrix(small.matrix)
    if old:
        first_form()
    assert verify(small.organisation) == []
    heads = anchors_of([models.Organisation.objects.get(pk=small.organisation.pk)])
    assert found_in_database(NAME)
    assert traced.erase()
    assert found_in_database(NAME) == found_in_database("zoe@example.org") == []
    assert verify(small.organisation) == []
    assert compare(heads) == {}
    assert bool(sealed_in(small.organisation)) == old
    comment = models.Comment.objects.get(key="said")
    assert (comment.text, comment.written_by) == ("I say so", ERASED)
    assert load_matrix(small.matrix).decisions[traced.decision].decided_by == ERASED
    holding = models.Holding.objects.get(key="hold")
    assert (holding.person_id, holding.ends_on) == (traced.person.pk, TODAY)
    assert not models.Revision.objects.filter(actor__isnull=False).exists()


def test_erasing_twice_is_harmless(small):
    traced = Traced(small)
    traced.erase()
    number = models.Organisation.objects.get(pk=small.organisation.pk).revision
    assert not traced.erase()
    assert models.Organisation.objects.get(pk=small.organisation.pk).revision == number


def test_another_with_the_same_name_keeps_what_is_theirs(small):
    other = account(NAME, "other")
    namesake = add_person(small, user=other)
    traced = Traced(small, account(NAME, "zoe"))
    assert write_comment(
        matrix=small.matrix, text="Mine", author=by(NAME, other), duty=small.duties["VEN-1"], role=""
    ).ok
    traced.erase()
    namesake.refresh_from_db()
    assert namesake.name == NAME
    assert models.Comment.objects.get(text="Mine").written_by == NAME
    assert models.Revision.objects.get(actor=other).actor_name == NAME
    assert models.Comment.objects.get(key="said").written_by == ERASED
    assert verify(small.organisation) == []


def test_what_was_undone_and_removed_loses_the_name_and_can_be_undone_again(small):
    traced = Traced(small)
    made = models.Revision.objects.filter(organisation=small.organisation).latest("number")
    assert undo(organisation=small.organisation, number=made.number, author=TESTER).ok
    removed = models.Revision.objects.latest("number").number
    traced.erase()
    assert found_in_database(NAME) == []
    assert undo(organisation=small.organisation, number=removed, author=TESTER).ok
    assert models.Comment.objects.get(key="said").written_by == ERASED
    assert verify(small.organisation) == []


def test_private_things_go_and_an_owner_who_erases_themselves_is_not_named_again(small):
    user = account(NAME, "zoe")
    traced = Traced(small, user)
    models.Look.objects.create(user=user, organisation=small.organisation, number=3)
    models.Feed.objects.create(user=user, organisation=small.organisation, digest="0" * 64)
    models.Digest.objects.create(user=user, day=TODAY)
    told = leaving(traced.person, TODAY)
    assert {told.counts[name] for name in ("looks", "feeds", "digests", "holdings", "comments", "rounds")} == {1}
    assert told.counts["decisions"] == told.counts["answers"] == told.counts["grey_areas"] == 1
    assert erase(organisation=small.organisation, person=traced.person, author=by(NAME, user), today=TODAY)
    assert not models.Look.objects.exists()
    assert not models.Feed.objects.exists()
    assert not models.Digest.objects.exists()
    assert found_in_database(NAME) == []
    traced.person.refresh_from_db()
    assert traced.person.user is None
    assert str(traced.person) != ""


def test_texts_that_mention_them_are_shown_and_stay(small):
    traced = Traced(small)
    said = write_comment(
        matrix=small.matrix, text=f"Ask {NAME} first", author=TESTER, duty=small.duties["VEN-1"], role=""
    )
    assert said.ok
    assert leaving(traced.person, TODAY).mentions == (("comment", f"Ask {NAME} first"),)


# --- What was altered is still found


ALTERED = (
    "UPDATE raci_revision SET reason = 'Other' WHERE number = 3",
    "UPDATE raci_revision SET actor_name = 'Mallory' WHERE number = 3",
    "UPDATE raci_revision SET at_us = at_us + 1 WHERE number = 4",
    "UPDATE raci_revisionchange SET subject = 'x' WHERE kind = 'comment'",
    "UPDATE raci_comment SET text = 'Other'",
    "UPDATE raci_comment SET written_by = 'Mallory'",
    "UPDATE raci_decision SET decided_by = 'Mallory'",
)


@pytest.mark.parametrize("sql", ALTERED)
@pytest.mark.parametrize("old", [False, True])
def test_what_is_altered_after_erasing_is_found(small, sql, old):
    traced = Traced(small)
    if old:
        first_form()
    traced.erase()
    tamper(sql)
    assert verify(small.organisation)


@pytest.mark.parametrize("old", [False, True])
def test_another_name_where_one_was_erased_is_found(small, old):
    traced = Traced(small)
    if old:
        first_form()
    traced.erase()
    change = models.RevisionChange.objects.get(kind="comment")
    tamper(
        "UPDATE raci_revisionchange SET after = %s WHERE id = %s",
        json.dumps({**change.after, "written_by": "Mallory"}), change.pk,
    )  # fmt: skip
    tamper("UPDATE raci_comment SET written_by = 'Mallory'")
    assert [fault.revision for fault in verify(small.organisation)] == [change.revision.number]


def test_a_name_that_was_not_erased_cannot_be_replaced_unnoticed(small):
    Traced(small)
    tamper("UPDATE raci_revision SET actor_name = %s WHERE number = 3", ERASED)
    assert verify(small.organisation)


def test_erasing_does_not_cover_up_what_was_altered_before(small):
    traced = Traced(small)
    tamper("UPDATE raci_revision SET reason = 'Other' WHERE number = 3")
    with pytest.raises(NotErased):
        traced.erase()
    assert models.Person.objects.get(pk=traced.person.pk).name == NAME


# --- Any history

PEOPLE = ("Ann Arbor", "Bo Derek", "Ćirić Ž.", "D “quoted” O'Neil")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["comment", "edit", "remove", "decide", "answer", "undo", "cell"]), st.sampled_from(PEOPLE)
    ),
    min_size=1,
    max_size=8,
)


def do(small: Small, deed: str, name: str) -> None:
    """Do one thing in somebody's name; what is not possible then is not done."""
    author, organisation = by(name), small.organisation
    loaded = load_matrix(small.matrix)
    match deed:
        case "comment":
            write_comment(matrix=small.matrix, text="Text", author=author, duty=small.duties["VEN-1"], role="")
        case "edit" | "remove":
            alter_comment(small, deed, name)
        case "decide" if not loaded.decision_by_duty:
            decide_as(small, name)
        case "answer" if loaded.decisions:
            answer_as(small, next(iter(loaded.decisions)), name, new_key())
        case "undo" if models.Revision.objects.filter(organisation=organisation).count() > 2:
            number = models.Organisation.objects.get(pk=organisation.pk).revision
            undo(organisation=organisation, number=number, author=author)
        case "cell":
            there = loaded.cells.get(small.duties["VEN-1"], {}).get(small.roles["PM"], "")
            small.set("VEN-1", "PM", there, "" if there else "A")


def alter_comment(small: Small, deed: str, name: str) -> None:
    for key, comment in [*load_matrix(small.matrix).comments.items()][:1]:
        made = create(Kind.COMMENT, comment, key, matrix=small.matrix_key)
        if deed == "edit":
            wanted = Change(made.address, "written_by", comment.written_by, name)
        else:
            wanted = Change(made.address, "", made.after, None)
        apply_changes(organisation=small.organisation, changes=[wanted], author=by(name))


@given(deeds=DEEDS, later=DEEDS, gone=st.sets(st.sampled_from(PEOPLE), min_size=1), old=st.booleans())
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_history_keeps_its_integrity_when_names_go(db, deeds, later, gone, old):
    with transaction.atomic():
        small = Small(new_key())
        people = {name: add_person(small, name) for name in PEOPLE}
        for deed in deeds:
            do(small, *deed)
        if old:
            first_form()
        for deed in later:
            do(small, *deed)
        for name in sorted(gone):
            assert erase(organisation=small.organisation, person=people[name], author=OWNER, today=TODAY)
        assert verify(small.organisation) == []
        assert [name for name in gone if found_in_database(name)] == []
        number = models.Revision.objects.filter(organisation=small.organisation).order_by("number")[1].number
        tamper("UPDATE raci_revision SET door = 'import' WHERE number = %s", number)
        assert verify(small.organisation)
        transaction.set_rollback(True)

"""Names go out of tables and history alike, and history still proves the rest."""

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from raci import models
from raci.domain.change import Change
from raci.domain.records import Acknowledgement, Comment, Decision, DecisionType, GreyArea, Holding, Kind
from raci.domain.settlement import Round
from raci.models.base import new_key
from raci.services.anchors import anchors_of, compare
from raci.services.chain import Link
from raci.services.comments import write_comment
from raci.services.door import Author, apply_changes, undo
from raci.services.erasing import NotErased, _permit, erase, leaving
from raci.services.history import sealed_in, verify
from raci.services.loading import load_matrix
from raci.services.personal import ERASED
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
NAME = "Zoë Quimby"
OWNER = Author(name="Olga Owner", door="workspace", reason="Asked to")


@pytest.fixture
def small() -> Small:
    return Small()


def add_person(small: Small, name: str = NAME, **more: Any) -> models.Person:
    return models.Person.objects.create(organisation=small.organisation, name=name, **more)


def account(name: str, username: str) -> models.User:
    first, last = name.split(" ")
    return get_user_model().objects.create_user(username, first_name=first, last_name=last)


def by(name: str, user: models.User | None = None) -> Author:
    return Author(name=name, door="workspace", user=user)


def decide_as(small: Small, name: str) -> str:
    key = new_key()
    decision = Decision(
        small.duties["VEN-1"], type=DecisionType.DEFER, reason="Later", decided_on=TODAY, decided_by=name
    )
    write(small.organisation, create(Kind.DECISION, decision, key, matrix=small.matrix_key), author=by(name))
    return key


def answer_as(small: Small, decision: str, name: str, person: str = "") -> None:
    answer = Acknowledgement(small.roles["PM"], person=person, name=name, answered_on=TODAY)
    change = create(Kind.ACKNOWLEDGEMENT, answer, decision, matrix=small.matrix_key, other=new_key())
    write(small.organisation, change, author=by(name))


def first_form() -> None:
    """Turn all of history into what was written before names could be taken out."""
    tables = ("raci_revision",)
    with connection.cursor() as cursor:
        lift(cursor)
        previous = ""
        for revision in models.Revision.objects.order_by("organisation", "number"):
            previous = previous if revision.number > 1 else ""
            rows = revision.changes.order_by("ordinal").values_list(
                "kind", "matrix", "subject", "other", "field", "before", "after"
            )
            link = Link(
                revision.organisation.key, revision.number, revision.at_us, revision.actor_name, revision.door,
                revision.reason, revision.undoes, previous, [list(row) for row in rows],
            )  # fmt: skip
            cursor.execute(
                f"UPDATE {tables[0]} SET salts = NULL, previous = %s, hash = %s WHERE id = %s",  # noqa: S608
                [previous, link.digest(), revision.pk],
            )
            previous = link.digest()
            models.Organisation.objects.filter(pk=revision.organisation_id).update(head=previous)
        restore(cursor)


_lifted: list[tuple[str, str]] = []


def lift(cursor: Any) -> None:
    """Take the triggers of history away, as somebody could who owns the database."""
    if connection.vendor == "postgresql":
        for table in ("raci_revision", "raci_revisionchange"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'raci_revision%'")
    _lifted[:] = cursor.fetchall()
    for name, _ in _lifted:
        cursor.execute(f"DROP TRIGGER {name}")


def restore(cursor: Any) -> None:
    if connection.vendor == "postgresql":
        for table in ("raci_revision", "raci_revisionchange"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    for _, sql in _lifted:
        cursor.execute(sql)


def tamper(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        lift(cursor)
        cursor.execute(sql, list(values))
        restore(cursor)


def found_in_database(name: str, but: tuple[str, ...] = ("raci_user",)) -> list[str]:
    """Return the columns of the whole database in which a name stands, as it is or escaped in JSON."""
    escaped = json.dumps(name)[1:-1]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in but or table.startswith("django_migrations"):
                continue
            for column in connection.introspection.get_table_description(cursor, table):
                text = f'CAST("{column.name}" AS text)'
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE {text} LIKE %s OR {text} LIKE %s',  # noqa: S608
                    [f"%{name}%", f"%{escaped}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


class Traced:
    """An organisation in which a person left traces of every kind."""

    def __init__(self, small: Small, user: models.User | None = None) -> None:
        self.small, self.organisation = small, small.organisation
        self.person = add_person(small, email="zoe@example.org", user=user)
        who = by(NAME, user)
        holding = Holding(self.person.key, starts_on=date(2026, 1, 1))
        write(self.organisation, create(Kind.HOLDING, holding, small.roles["PM"], other="hold"), author=who)
        self.decision = decide_as(small, NAME)
        answer_as(small, self.decision, NAME, str(user.pk) if user else "")
        raised = GreyArea(small.duties["VEN-2"], raised_on=TODAY, raised_by=NAME)
        opened = Round("First", duties={small.duties["VEN-1"]: ""}, roles={small.roles["PM"]: ""}, opened_on=TODAY,
                       opened_by=NAME)  # fmt: skip
        write(self.organisation, create(Kind.GREY_AREA, raised, "grey", matrix=small.matrix_key), author=who)
        write(self.organisation, create(Kind.ROUND, opened, "round", matrix=small.matrix_key), author=who)
        said = Comment(small.duties["VEN-1"], text="I say so", written_by=NAME, written_at="2026-11-25T10:00:00+00:00")
        write(self.organisation, create(Kind.COMMENT, said, "said", matrix=small.matrix_key), author=who)

    def erase(self) -> bool:
        return erase(organisation=self.organisation, person=self.person, author=OWNER, today=TODAY)


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


# --- What the database lets through

COMMENT = {"duty": "d", "role": "", "text": "t", "written_by": "n", "written_at": "w", "resolved": False}
REFUSED = {
    "another author": ("raci_revision", "actor_name = 'Mallory'"),
    "another reason": ("raci_revision", "reason = 'Other'"),
    "another hash": ("raci_revision", "hash = 'x'"),
    "another time": ("raci_revision", "at_us = at_us + 1"),
    "seals": ("raci_revision", "seals = '{}'"),
    "another salt": ("raci_revision", """salts = '{"actor": "00"}'"""),
    "no salts": ("raci_revision", "salts = NULL"),
    "more salts": ("raci_revision", """salts = '{"actor": "=1", "x": "=2"}'"""),
    "another account": ("raci_revision", "actor_id = 99"),
    "another subject": ("raci_revisionchange", "subject = 'x'"),
    "another side": ("raci_revisionchange", """after = '{"title": "Other"}'"""),
    "nothing": ("raci_revisionchange", "after = NULL"),
    "another kind": ("raci_revisionchange", "kind = 'comment'"),
}


def update(table: str, what: str, where: str = "1 = 1") -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {what} WHERE {where}")  # noqa: S608


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("permitted", [False, True])
def test_nothing_but_names_can_be_altered_even_while_erasing(small, what, permitted):
    Traced(small)
    if not permitted:
        with pytest.raises(DatabaseError, match="history can only be added to"):
            update(*REFUSED[what])
        return
    with _permit(small.organisation), pytest.raises(DatabaseError, match="history can only be added to"):
        update(*REFUSED[what])


def test_a_name_goes_only_while_erasing_and_only_in_that_organisation(small):
    Traced(small)
    other = Small("other")
    name = f"actor_name = '{ERASED}'"
    with pytest.raises(DatabaseError, match="only be added to"):
        update("raci_revision", name)
    with _permit(other.organisation), pytest.raises(DatabaseError, match="only be added to"):
        update("raci_revision", name, f"organisation_id = {small.organisation.pk}")
    with _permit(small.organisation):
        update("raci_revision", name, f"organisation_id = {small.organisation.pk}")


def test_a_comment_loses_its_author_and_not_its_text(small):
    Traced(small)
    change = models.RevisionChange.objects.get(kind="comment")
    rows = models.RevisionChange.objects.filter(pk=change.pk)
    with _permit(small.organisation):
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
            rows.update(after={**change.after, "written_by": ERASED, "text": "Other"})
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
            rows.update(after={**change.after, "written_by": "Mallory"})
        rows.update(after={**change.after, "written_by": ERASED})


def test_nothing_is_deleted_even_while_erasing(small):
    Traced(small)
    with _permit(small.organisation), pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
        models.RevisionChange.objects.all().delete()


def test_no_permit_outlives_the_erasing(small):
    Traced(small).erase()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM raci_erasing")
        assert cursor.fetchone() == (0,)


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

"""What the tests of erasing share: somebody who left traces everywhere, and hands that alter what they may not."""

import json
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from raci import models
from raci.domain.records import Acknowledgement, Comment, Decision, DecisionType, GreyArea, Holding, Kind
from raci.domain.settlement import Round
from raci.models.base import new_key
from raci.services.chain import Link
from raci.services.door import Author
from raci.services.erasing import erase
from tests.factories import Small, create, write

TODAY = date(2026, 11, 25)
NAME = "Zoë Quimby"
OWNER = Author(name="Olga Owner", door="workspace", reason="Asked to")


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
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks of its rows wait
        for table in ("raci_revision", "raci_revisionchange"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'raci_revision%'")
    _lifted[:] = cursor.fetchall()
    for name, _ in _lifted:
        cursor.execute(f"DROP TRIGGER {name}")


def restore(cursor: Any) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
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

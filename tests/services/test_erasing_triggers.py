"""History lets names go while somebody is erased, and nothing else, whoever asks the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from raci import models
from raci.services.erasing import _permit
from raci.services.personal import ERASED
from tests.factories import Small
from tests.services.erasing import Traced

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


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

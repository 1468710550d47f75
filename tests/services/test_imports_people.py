"""Who brought a file: taken out with a person's data, erased with their name, kept within their organisation."""

import pytest
from django.db import IntegrityError, transaction

from raci import models
from raci.services.erasing import ERASED, erase, leaving
from raci.services.held_data import data_of
from raci.services.imports.store import packed
from raci.services.imports.taking_in import take_in
from tests.factories import Small
from tests.services.erasing import NAME, OWNER, TODAY, Traced, account, add_person, found_in_database

pytestmark = pytest.mark.django_db


def test_files_that_somebody_brought_are_theirs_until_they_are_erased(small):
    user = account(NAME, "zoe")
    item = take_in(small.organisation, user, name="raci.xlsx", content=b"x").item
    traced = Traced(small, user)
    [told] = data_of(traced.person, viewer=user)["account"]["imports"]
    assert (told["file_name"], told["state"], told["size"]) == ("raci.xlsx", "waiting", 1)
    assert leaving(traced.person, TODAY).counts["imports"] == 1
    assert traced.erase()
    item.refresh_from_db()
    assert (item.uploaded_by, item.uploaded_by_name) == (None, ERASED)
    assert found_in_database(NAME) == []


def test_the_papers_of_an_import_name_who_brought_it_so_they_go_too(small):
    user = account(NAME, "zoe")
    item = take_in(small.organisation, user, name="raci.xlsx", content=b"x").item
    proposal = packed({"seen": 1, "wishes": [], "problems": [], "by": NAME})
    models.Import.objects.filter(pk=item.pk).update(state="ready", proposal=proposal, asked={"by": NAME})
    assert Traced(small, user).erase()
    item.refresh_from_db()
    assert (item.state, item.content, item.proposal, item.asked) == ("cancelled", None, None, None)
    assert "Upload it again" in item.refusal["text"]


def test_files_brought_by_the_command_line_in_somebodys_name_are_found_by_it(small):
    item = take_in(small.organisation, None, name="raci.xlsx", content=b"x", by=NAME).item
    other = take_in(small.organisation, None, name="raci.xlsx", content=b"y", by="Somebody else").item
    person = add_person(small)
    assert leaving(person, TODAY).counts["imports"] == 1
    assert erase(organisation=small.organisation, person=person, author=OWNER, today=TODAY)
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.uploaded_by_name, other.uploaded_by_name) == (ERASED, "Somebody else")


@pytest.mark.parametrize("late", [False, True])
def test_no_import_belongs_to_a_matrix_of_another_organisation(small, late):
    other = Small("other")
    item = take_in(small.organisation, None, name="x.csv", content=b"x", by="Ed").item
    with pytest.raises(IntegrityError), transaction.atomic():
        if late:
            models.Import.objects.filter(pk=item.pk).update(matrix=other.matrix)
        else:
            take_in(small.organisation, None, name="y.csv", content=b"y", by="Ed", matrix=other.matrix)


def test_an_import_outlives_its_matrix_and_its_account_and_goes_with_the_organisation(small):
    user = account(NAME, "zoe")
    item = take_in(small.organisation, user, name="x.csv", content=b"x", matrix=small.matrix).item
    user.delete()
    item.refresh_from_db()
    assert (item.uploaded_by, item.uploaded_by_name) == (None, NAME)
    empty = models.Organisation.objects.create(slug="empty", name="Empty")
    gone = take_in(empty, None, name="x.csv", content=b"x", by="Ed").item
    empty.delete()
    assert not models.Import.objects.filter(pk=gone.pk).exists()

"""Tests that commit are cleaned up after, and the history stays protected in the next one."""

import pytest
from django.db import DatabaseError

from raci.models import Revision
from tests.factories import Small


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_each_one_starts_empty_and_the_database_refuses_to_alter_history(turn):
    assert not Revision.objects.exists()
    Small()
    with pytest.raises(DatabaseError, match="history can only be added to"):
        Revision.objects.update(reason="")

"""What the catalogue says of one role."""

import pytest
from django.core.management import call_command

from raci.services.catalogue import of_role


@pytest.fixture
def catalogue(db):
    call_command("loaddata", "catalogue", verbosity=0)


def test_a_role_has_its_own_entries_and_the_parties_of_the_same_statements(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = of_role("ROLE-PM")
    assert found[0].code == "ROLE-PM"
    assert {one.role for one in found[1:]} == {"ROLE-PM", ""}
    kinds = [one.kind for one in found]
    assert (kinds.count("purpose"), kinds.count("duty"), kinds.count("skill"), kinds.count("reporting_line")) == (
        3,
        21,
        9,
        2,
    )
    parties = {one.code for one in found if one.kind == "party"}
    assert {"PTY-MGT", "PTY-USR", "PTY-TM", "PTY-VEN", "PTY-IT", "PTY-STK"} <= parties
    assert "PTY-EXE" not in parties


def test_a_superior_has_itself_and_a_role_of_ones_own_nothing(catalogue):
    assert [one.code for one in of_role("ROLE-CIO")] == ["ROLE-CIO"]
    assert of_role("") == []

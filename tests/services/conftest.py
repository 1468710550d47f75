"""What the tests of services share."""

import pytest
from django.core.management import call_command

from raci import models
from raci.services.organisations import Started, start_organisation
from tests.factories import TESTER, Small


@pytest.fixture
def small(db) -> Small:
    return Small()


@pytest.fixture
def schemes(db) -> None:
    call_command("loaddata", "schemes", verbosity=0)


@pytest.fixture
def started(schemes) -> tuple[models.Organisation, Started]:
    """An organisation fresh from the template, with the keys of its records."""
    return start_organisation(name="Example Rail", author=TESTER)

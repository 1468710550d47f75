"""The figures of an organisation and of one matrix."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.measures import Share
from raci.domain.records import Decision, GreyArea, Kind, Sheet
from raci.models.base import new_key
from raci.services.door import Author
from raci.services.measuring import as_json, measured
from raci.services.organisations import start_organisation
from tests.factories import Small, create, write

TODAY = date(2026, 3, 1)
WEEK = timedelta(days=7)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def in_force(small: Small, duty: str) -> str:
    """The key of the decision on a duty that another has to replace, "" where there is none."""
    found = models.Decision.objects.in_force().filter(matrix=small.matrix, duty__key=duty)
    return found.values_list("key", flat=True).first() or ""


def settle(small: Small, duty: str, raised: int, decided: int | None) -> None:
    """Raise a grey area, and decide it if it is decided."""
    key, mine = new_key(), {"matrix": small.matrix_key}
    duty_key = small.duties[duty]
    status = "open" if decided is None else "decided"
    write(
        small.organisation,
        create(Kind.GREY_AREA, GreyArea(duty_key, status=status, raised_on=ago(raised)), key, **mine),
    )
    if decided is not None:
        known = {"reason": "So.", "decided_by": "Olga", "supersedes": in_force(small, duty_key)}
        made = Decision(duty_key, key, owner=small.roles["ITM"], decided_on=ago(decided), **known)
        write(small.organisation, create(Kind.DECISION, made, new_key(), **mine))


@pytest.fixture
def told(small) -> Small:
    settle(small, "VEN-1", 40, 10)
    settle(small, "VEN-2", 95, None)
    return small


def test_an_organisation_its_areas_and_its_matrices_are_measured(told):
    found = measured([told.matrix], TODAY)
    assert found.whole.coverage == Share(1, 3)
    assert found.whole.buckets == (0, 0, 0, 1)
    assert found.whole.time_to_decide.median == 30.0
    assert [(area.name, area.measures.coverage) for area in found.areas] == [
        ("Vendor management", Share(1, 2)),
        ("", Share(0, 1)),
    ]
    assert [(one.title, one.measures.open) for one in found.matrices] == [("Projects", 1)]
    assert [(item.code, item.matrix, item.age) for item in found.oldest] == [("VEN-2", "Projects", 95)]


def test_days_are_counted_from_the_organisation_or_from_the_matrix_of_a_project(schemes):
    began = datetime(2026, 1, 1, 12, tzinfo=UTC)
    author = Author(name="Tester", door="command", at=began)
    organisation, _ = start_organisation(name="Example Rail", author=author)
    key = new_key()
    write(organisation, create(Kind.SHEET, Sheet("Tram 7", "project"), key), author=replace(author, at=began + WEEK))
    write(
        organisation,
        Change(Address(Kind.SHEET, "", key), "title", "Tram 7", "Tram 8"),
        author=replace(author, at=began + 2 * WEEK),
    )
    matrix = models.Matrix.objects.get(key=key)
    assert measured([matrix], TODAY).started_on == date(2026, 1, 1)
    assert measured([matrix], TODAY, project=True).started_on == date(2026, 1, 8)


def test_a_matrix_without_rows_is_measured_as_nothing(small):
    key = new_key()
    write(small.organisation, create(Kind.SHEET, Sheet("Bare", "projects"), key))
    found = measured([models.Matrix.objects.get(key=key)], TODAY)
    assert found.is_empty
    assert found.whole.coverage.percent is None
    assert as_json(found)["measures"]["coverage"]["percent"] is None


def test_the_number_of_queries_does_not_grow_with_what_is_measured(told):
    measured([told.matrix], TODAY)
    with CaptureQueriesContext(connection) as few:
        measured([told.matrix], TODAY)
    for number in range(5):
        settle(told, "FIN-1", 50 + number, 20)
    measured([told.matrix], TODAY)
    with CaptureQueriesContext(connection) as many:
        measured([told.matrix], TODAY)
    assert len(many) == len(few)


def test_json_says_everything_in_plain_values(told):
    found = as_json(measured([told.matrix], TODAY))
    assert found["day"] == "2026-03-01"
    assert found["measures"]["days_to_decide"] == {"count": 1, "median": 30.0, "percentile_85": 30.0}
    assert found["areas"][0]["first_decision"]["decided_on"] == ago(10).isoformat()
    assert found["areas"][1]["first_decision"]["decided_on"] is None
    assert found["oldest"][0]["open_since"] == ago(95).isoformat()

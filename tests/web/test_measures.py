"""The measures page: figures, charts with tables beside, and what to do where there is nothing to measure."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Decision, GreyArea, Kind, Row, Sheet
from raci.models.base import new_key
from raci.web.measures_tables import shown_days
from tests.factories import create, write
from tests.web.conftest import Cast


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def page(cast: Cast, rest: str = "", visitor: str = "bob") -> str:
    return " ".join(cast.client(visitor).get(cast.url(f"measures/{rest}")).content.decode().split())


def figures(cast: Cast, rest: str = "") -> dict[str, str]:
    """The figures in the line on top, by their words."""
    line = re.search(r'<dl class="figures">(.*?)</dl>', page(cast, rest))[1]
    pairs = re.findall(r"<dt>\s*(.*?)\s*</dt>\s*<dd>\s*(?:<a[^>]*>)?(.*?)(?:</a>)?\s*</dd>", line)
    return dict(pairs)


def settle(cast: Cast, duty: str, raised: int, decided: int, **more) -> None:
    small, key = cast.small, new_key()
    item = GreyArea(small.duties[duty], status="decided", raised_on=ago(raised))
    made = {"reason": "So.", "decided_by": "Olga", "owner": small.roles["ITM"], "decided_on": ago(decided), **more}
    earlier = models.Decision.objects.in_force().filter(matrix__key=small.matrix_key, duty__key=small.duties[duty])
    decision = Decision(small.duties[duty], key, **made, supersedes=earlier[0].key if earlier else "")
    write(
        small.organisation,
        create(Kind.GREY_AREA, item, key, matrix=small.matrix_key),
        create(Kind.DECISION, decision, new_key(), matrix=small.matrix_key),
    )


def test_figures_stand_on_top(cast):
    models.GreyArea.objects.update(raised_on=ago(40))
    settle(cast, "FIN-1", 50, 20, review_on=ago(1))
    assert figures(cast) == {
        "rows covered by a decision, 1 of 3": "33 %",
        "grey areas open": "2",
        "median age in days": "40",
        "median days to decide": "30",
        "of those decided, reopened": "0 %",
        "decided after an escalation": "0 %",
        "reviews overdue": "1",
    }


def test_nothing_is_shared_over_nothing(cast):
    found = figures(cast)
    assert found["median days to decide"] == "–"
    assert found["of those decided, reopened"] == "–"
    text = page(cast)
    assert "No grey area was decided yet" in text
    assert "No decision has a review date" in text


def test_each_chart_has_its_table_beside_it(cast):
    models.GreyArea.objects.update(raised_on=ago(95))
    settle(cast, "FIN-1", 50, 20)
    text = page(cast)
    for name in ("covered", "open", "deciding", "waited"):
        assert f'aria-labelledby="{name}-title {name}-about"' in text
    assert len(re.findall(r'<table class="list measures">', text)) == 4
    rows = re.findall(r'<th scope="row">([^<]*)</th> <td class="number">([^<]*)</td>', text)
    assert ("Vendor management", "2") in rows
    assert ("Other duties", "1") in rows


def test_figures_are_narrowed_to_a_matrix(cast):
    small, key = cast.small, new_key()
    write(small.organisation, create(Kind.SHEET, Sheet("Tram 7", "project"), key))
    write(small.organisation, create(Kind.ROW, Row(), small.duties["FIN-1"], matrix=key))
    assert "grey areas open" in figures(cast)
    assert figures(cast)["grey areas open"] == "2"
    chosen = figures(cast, f"?matrix={key}")
    assert chosen["grey areas open"] == "0"
    assert chosen["rows covered by a decision, 0 of 1"] == "0 %"
    text = page(cast, f"?matrix={key}")
    assert f'<option value="{key}" selected>Tram 7</option>' in text
    assert "No grey area is open" in text
    assert "By matrix" not in text
    assert "By matrix" in page(cast)


def test_a_matrix_that_is_not_there_is_not_found(cast):
    foreign = cast.other.matrix_key
    for key in ("nonsense", foreign):
        assert cast.client("bob").get(cast.url(f"measures/?matrix={key}")).status_code == 404


def test_an_empty_organisation_is_told_what_to_do_first(cast):
    other = cast.other
    removals = []
    for row in models.MatrixRow.objects.filter(matrix__key=other.matrix_key).select_related("duty"):
        fields = {"position": row.position, "applies": True, "reason": ""}
        removals.append(Change(Address(Kind.ROW, other.matrix_key, row.duty.key), "", fields, None))
    write(other.organisation, *removals)
    text = " ".join(cast.client("charlie").get("/o/other/measures/").content.decode().split())
    assert "Nothing to measure yet" in text
    assert "put duties into it first" in text
    assert "%" not in re.sub(r"<svg.*?</svg>", "", text)
    bare = models.Organisation.objects.create(slug="bare", name="Bare")
    models.Membership.objects.create(organisation=bare, user=cast.people["charlie"], level="owner")
    text = cast.client("charlie").get("/o/bare/measures/").content.decode()
    assert "Make a matrix first" in text
    assert "/o/bare/matrices/new/" in text


def test_the_number_of_queries_does_not_grow_with_what_is_measured(cast):
    client, url = cast.client("bob"), cast.url("measures/")
    settle(cast, "FIN-1", 50, 20)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(4):
        settle(cast, "FIN-1", 60 + number, 30)
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("days", "shown"), [(None, "–"), (0.0, "0"), (36.5, "36.5"), (15.96, "16"), (1234.0, "1,234"), (1.85, "1.9")]
)
def test_days_have_a_decimal_only_where_they_need_one(days, shown):
    assert shown_days(days) == shown


def test_what_is_open_longest_leads_to_its_grey_area(cast):
    found = cast.leads(cast.client("bob").get(cast.url("measures/")))
    assert found == {
        code: {cast.url(f"grey-areas/{key}/")} for code, key in (("VEN-1", cast.contested), ("VEN-2", cast.open))
    }

"""Baselines: published, listed with the ways to what was, renamed, withdrawn, and followed on the page of a pair."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.web.charts import curve
from tests.web.conftest import Cast


@pytest.fixture
def url(cast: Cast) -> str:
    return cast.url("baselines/")


def publish(cast: Cast, name: str, **more: object) -> int:
    return cast.client("ed").post(cast.url("baselines/new/"), {"name": name, **more}).status_code


def test_a_revision_is_published_under_a_name(cast: Cast, url: str):
    latest = models.Organisation.objects.get(slug="small").revision
    assert publish(cast, "Kick-off", note="Told everybody") == 302
    assert (publish(cast, "kick-off"), publish(cast, ""), publish(cast, "Late", number=99)) == (422, 422, 422)
    text = cast.client("bob").get(url).content.decode()
    key = cast.small.matrix_key
    assert "Kick-off" in text and "Told everybody" in text
    assert f"matrices/{key}/?as_of={latest}" in text and f"matrices/{key}/compare/?from={latest}" in text
    assert "Publish a baseline" not in text
    assert "Publish a baseline" in cast.client("ed").get(url).content.decode()


def test_a_baseline_is_renamed_and_withdrawn(cast: Cast, url: str):
    publish(cast, "Kick-off", number=1)
    key, client = models.Baseline.objects.get().key, cast.client("ed")
    seen = {"name": "Kick-off", "note": ""}
    sent = {"name": "Start", "note": "New", "seen": json.dumps(seen)}
    assert client.post(f"{url}{key}/", sent).status_code == 302
    assert client.post(f"{url}{key}/", {**sent, "name": "Begin"}).status_code == 409
    assert models.Baseline.objects.get().name == "Start"
    now = {"name": "Start", "note": "New"}
    assert client.post(f"{url}{key}/", {**now, "seen": json.dumps(now), "action": "remove"}).status_code == 302
    assert not models.Baseline.objects.exists()
    assert client.get(f"{url}{key}/").status_code == 404


def test_an_organisation_without_any_is_told_what_they_are_for(cast: Cast, url: str):
    assert "No baseline yet" in cast.client("bob").get(url).content.decode()


def test_the_page_of_a_pair_draws_the_coefficient_over_them_with_a_table(cast: Cast):
    small = cast.small
    small.set("FIN-1", "PM", "", "A/R")
    small.set("FIN-1", "ITM", "", "R")
    publish(cast, "Both")
    small.set("VEN-1", "PM", "", "R")
    small.set("VEN-1", "ITM", "", "C")
    address = cast.url(f"boundaries/{small.roles['PM']}/{small.roles['ITM']}/")
    text = " ".join(cast.client("bob").get(address).content.decode().split())
    assert 'class="chart chart-curve"' in text and text.count('<circle class="dot') == 2
    assert '<th scope="row">Both</th>' in text and text.count(">1.00<") >= 3


def test_queries_do_not_grow_with_baselines(cast: Cast, url: str):
    pair = cast.url(f"boundaries/{cast.small.roles['PM']}/{cast.small.roles['ITM']}/")

    def counted(address: str) -> int:
        client = cast.client("bob")
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    publish(cast, "First", number=1)
    before = counted(url), counted(pair)
    for number in (1, 2, 3):
        publish(cast, f"Another {number}", number=number)
    assert (counted(url), counted(pair)) == before


def test_a_curve_is_interrupted_where_there_is_no_value():
    chart = curve([0.5, None, 1.0, 0.0], ["a", "b", "c", "d"], ["0.50", "–", "1.00", "0.00"])
    assert [dot.label for dot in chart.dots] == ["a", "c", "d"]
    assert len(chart.lines) == 1
    assert chart.dots[1].y == chart.top and chart.dots[2].y == chart.base
    assert curve([], [], []).dots == ()

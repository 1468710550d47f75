"""The figures from the command line."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from raci import models
from tests.factories import Small
from tests.services.test_digests import raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    made = Small()
    raised(made, "VEN-1")
    models.GreyArea.objects.update(raised_on=timezone.localdate() - timedelta(days=40))
    return made


def test_it_prints_figures_for_people(small, capsys):
    call_command("report_measures", "small")
    out = capsys.readouterr().out
    assert "covered by a valid decision: 0 of 3 (0 %)" in out
    assert "open: 1, by age 0 / 1 / 0 / 0, median 40.0 days, 85 of 100 up to 40.0" in out
    assert "time to decide: no days yet" in out
    assert "reopened: 0 of 0; after an escalation: 0 of 0" in out
    assert "Area Vendor management" in out
    assert "Open for 40 days: VEN-1 Do what VEN-1 says (Projects)" in out


def test_it_prints_json_of_one_matrix(small, capsys):
    call_command("report_measures", "small", matrix="Projects", json=True)
    told = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in told["matrices"]] == ["Projects"]
    assert told["measures"]["open_by_age"] == {"0-30": 0, "31-60": 1, "61-90": 0, "over 90": 0}


def test_it_says_what_to_do_where_there_is_nothing_to_measure(small):
    models.Organisation.objects.create(slug="bare", name="Bare")
    with pytest.raises(CommandError, match="Bare has no matrix yet; make one"):
        call_command("report_measures", "bare")
    with pytest.raises(CommandError, match="There is: bare, small"):
        call_command("report_measures", "large")

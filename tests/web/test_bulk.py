"""One thing done to the ticked rows of a list: foreseen in sentences, one revision, never what nobody foresaw."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Duty, Kind
from raci.models.base import new_key
from raci.services.loading import load_matrix
from tests.factories import create, write


def foreseen(cast, name, do, ticks, who="ed", **said):
    """Return the preview of an action, and what its form would send."""
    page = cast.client(who).get(cast.url(f"{name}/change/"), {"tick": ticks, "do": do, **said})
    text = page.content.decode()
    found = dict(re.findall(r'name="(mark|revision)"\s+value="([^"]+)"', text))
    return page, {"tick": ticks, "do": do, **said, **found}


def done(cast, name, sent, who="ed", **more):
    return cast.client(who).post(cast.url(f"{name}/change/"), {**sent, **more})


def duties(cast, *codes):
    return [cast.small.duties[code] for code in codes]


def duty(cast, code):
    return models.Duty.objects.get(key=cast.small.duties[code])


def revisions(cast):
    return models.Revision.objects.filter(organisation=cast.small.organisation).count()


def test_duties_move_to_an_area_in_one_revision_that_can_be_taken_back(cast):
    before = revisions(cast)
    page, sent = foreseen(cast, "duties", "area", duties(cast, "VEN-1", "FIN-1"), area=cast.small.area)
    text = page.content.decode()
    assert "1 change, as one revision" in text  # VEN-1 is there already
    assert "FIN-1 Do what FIN-1 says</a> into the area Vendor management" in text
    assert revisions(cast) == before
    answer = done(cast, "duties", sent, reason="Belongs there.")
    assert answer.status_code == 302
    assert duty(cast, "FIN-1").area.code == "VEN"
    latest = models.Revision.objects.latest("number")
    assert (revisions(cast), latest.reason, latest.actor_name) == (before + 1, "Belongs there.", "Ed")
    told = cast.client("ed").get(answer.url).content.decode()
    assert "1 duty is moved." not in told  # another client has no message
    cast.client("ed").post(cast.url(f"history/{latest.number}/undo/"))
    assert duty(cast, "FIN-1").area is None


def test_what_was_done_is_said_where_it_began_with_a_way_back(cast):
    _page, sent = foreseen(cast, "duties", "area", duties(cast, "FIN-1"), area=cast.small.area)
    client = cast.client("ed")
    answer = client.post(cast.url("duties/change/"), {**sent, "back": "q=fin&sort=-code"}, follow=True)
    assert answer.redirect_chain == [(cast.url("duties/?q=fin&sort=-code"), 302)]
    assert "1 duty is moved." in answer.content.decode()
    assert "/undo/" in answer.content.decode()


def test_duties_leave_their_area(cast):
    _page, sent = foreseen(cast, "duties", "area", duties(cast, "VEN-1", "VEN-2"), area="-")
    done(cast, "duties", sent)
    assert not cast.small.organisation.duties.exclude(area=None).exists()


def test_duties_are_retired_and_brought_back(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    page, sent = foreseen(cast, "duties", "retire", duties(cast, "FIN-1", "VEN-2"))
    for sentence in ("Retired the duty", "Took A from IT Project Manager for", "Withdrew the grey area"):
        assert sentence in page.content.decode()
    done(cast, "duties", sent)
    assert set(models.Duty.objects.filter(retired=True).values_list("code", flat=True)) == {"FIN-1", "VEN-2"}
    assert list(load_matrix(cast.small.matrix).rows) == duties(cast, "VEN-1")
    _page, sent = foreseen(cast, "duties", "restore", duties(cast, "FIN-1", "VEN-1"))
    done(cast, "duties", sent)
    assert list(models.Duty.objects.filter(retired=True).values_list("code", flat=True)) == ["VEN-2"]


def test_duties_are_taken_out_of_a_matrix_and_put_into_it(cast):
    matrix = {"matrix": cast.small.matrix_key}
    _page, sent = foreseen(cast, "duties", "take", duties(cast, "FIN-1", "VEN-2"), **matrix)
    done(cast, "duties", sent)
    assert list(load_matrix(cast.small.matrix).row_keys) == duties(cast, "VEN-1")
    page, sent = foreseen(cast, "duties", "put", duties(cast, "VEN-1", "FIN-1"), **matrix)
    assert "1 change, as one revision" in page.content.decode()
    done(cast, "duties", sent)
    assert list(load_matrix(cast.small.matrix).row_keys) == duties(cast, "VEN-1", "FIN-1")


def test_roles_are_retired_put_in_taken_out_and_brought_back(cast):
    role, matrix = [cast.small.roles["CIO"]], {"matrix": cast.small.matrix_key}
    for do, said in (("take", matrix), ("put", matrix), ("retire", {}), ("restore", {})):
        _page, sent = foreseen(cast, "roles", do, role, **said)
        assert done(cast, "roles", sent).status_code == 302, do
        stands = role[0] in load_matrix(cast.small.matrix).columns
        retired = models.Role.objects.get(key=cast.small.roles["CIO"]).retired
        assert (stands, retired) == {"take": (False, False), "put": (True, False), "retire": (False, True)}.get(
            do, (False, False)
        )


def test_grey_areas_get_a_decider_and_a_day(cast):
    said = {"decider": cast.small.roles["PM"], "due_on": "2027-04-01"}
    page, sent = foreseen(cast, "grey-areas", "terms", [cast.contested, cast.open], **said)
    assert page.content.decode().count("is due on 1 April 2027") == 2
    done(cast, "grey-areas", sent)
    found = models.GreyArea.objects.values_list("decider__code", "due_on")
    assert {(code, str(day)) for code, day in found} == {("PM", "2027-04-01")}


def test_what_is_left_empty_stays_as_it_is(cast):
    _page, sent = foreseen(cast, "grey-areas", "terms", [cast.contested], decider="", due_on="2027-04-01")
    done(cast, "grey-areas", sent)
    assert models.GreyArea.objects.get(key=cast.contested).decider.code == "CIO"


@pytest.mark.parametrize(
    ("name", "do", "said", "words"),
    [
        ("grey-areas", "terms", {"decider": "", "due_on": ""}, "Choose who decides, a day, or who owns it meanwhile."),
        ("grey-areas", "terms", {"due_on": "soon"}, "Enter a valid date."),
        ("duties", "area", {"area": ""}, "Choose an area."),
        ("duties", "put", {"matrix": "elsewhere"}, "Select a valid choice."),
    ],
)
def test_what_is_not_answered_is_asked_again(cast, name, do, said, words):
    ticks = [cast.open] if name == "grey-areas" else duties(cast, "VEN-1")
    page, _sent = foreseen(cast, name, do, ticks, **said)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_the_questions_come_first(cast):
    page, sent = foreseen(cast, "duties", "area", duties(cast, "VEN-1"))
    assert page.status_code == 200
    assert "mark" not in sent
    assert "Choose an area" in page.content.decode()


def test_retired_duties_cannot_be_put_into_a_matrix(cast):
    where = Address(Kind.DUTY, "", cast.small.duties["FIN-1"])
    row = Address(Kind.ROW, cast.small.matrix_key, cast.small.duties["FIN-1"])
    stood = {"position": 2, "applies": True, "reason": ""}
    write(cast.small.organisation, Change(row, "", stood, None), Change(where, "retired", False, True))
    page, sent = foreseen(cast, "duties", "put", duties(cast, "FIN-1"), matrix=cast.small.matrix_key)
    assert page.status_code == 422
    assert "mark" not in sent
    assert "retired. Bring it back" in page.content.decode()


def test_what_changed_since_it_was_looked_at_stops_it_and_is_shown(cast):
    _page, sent = foreseen(cast, "duties", "retire", duties(cast, "FIN-1"))
    cast.small.set("FIN-1", "PM", "", "A")
    before = revisions(cast)
    answer = done(cast, "duties", sent, reason="Too late")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert revisions(cast) == before
    assert "Something changed since you looked. Nothing was written." in text
    assert "Gave IT Project Manager A for" in text  # what happened since
    assert "Took A from IT Project Manager for" in text  # what would be done now
    assert "Too late</textarea>" in text
    mark = re.search(r'name="mark"\s+value="([^"]+)"', text)[1]
    assert done(cast, "duties", {**sent, "mark": mark}).status_code == 302
    assert duty(cast, "FIN-1").retired


def test_what_changes_elsewhere_does_not_stop_it(cast):
    _page, sent = foreseen(cast, "duties", "retire", duties(cast, "FIN-1"))
    cast.small.set("VEN-1", "PM", "", "A")
    assert done(cast, "duties", sent).status_code == 302


def test_nothing_is_done_that_was_not_shown(cast):
    before = revisions(cast)
    assert done(cast, "duties", {"tick": duties(cast, "FIN-1"), "do": "retire"}).status_code == 409
    assert revisions(cast) == before


def test_only_rows_of_this_organisation_are_changed(cast):
    theirs = cast.other.duties["FIN-1"]
    answer = cast.client("ed").get(cast.url("duties/change/"), {"tick": theirs, "do": "retire"}, follow=True)
    assert answer.redirect_chain[0][0] == cast.url("duties/")
    assert "Tick the rows that you want to change first." in answer.content.decode()


def test_an_action_that_a_list_does_not_have_is_not_found(cast):
    assert foreseen(cast, "roles", "area", [cast.small.roles["PM"]])[0].status_code == 404


def test_what_is_so_already_needs_no_revision(cast):
    page, _sent = foreseen(cast, "duties", "restore", duties(cast, "VEN-1"))
    assert "Nothing would change: it is so already." in page.content.decode()


@pytest.mark.parametrize("name", ["duties", "roles", "grey-areas"])
def test_only_those_who_may_write_can_tick(cast, name):
    assert 'name="tick"' in cast.client("ed").get(cast.url(f"{name}/")).content.decode()
    text = cast.client("bob").get(cast.url(f"{name}/")).content.decode()
    assert 'name="tick"' not in text
    assert 'id="ticked"' not in text


@pytest.mark.parametrize("do", ["retire", "area"])
def test_queries_do_not_grow_with_the_ticked_rows(cast, do):
    counts = []
    for size in (10, 20):
        keys = [new_key() for _ in range(size)]
        write(cast.small.organisation, *(create(Kind.DUTY, Duty(f"N{size}-{n}", "Do"), k) for n, k in enumerate(keys)))
        with CaptureQueriesContext(connection) as captured:
            page, _sent = foreseen(cast, "duties", do, keys, area=cast.small.area)
        assert f"{size} changes" in page.content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]

"""A matrix as something to build, without any script: its head, what stands in it, in which order."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Duty, Kind, Row, Sheet
from raci.domain.structure import rows_in_order
from raci.models.base import new_key
from raci.services.loading import load_matrix
from tests.factories import create, write

SEEN = {"title": "Projects", "scope_kind": "projects", "scope_name": "", "scheme": "raci", "description": ""}


@pytest.fixture
def url(cast):
    return cast.url(f"matrices/{cast.small.matrix_key}/edit/")


@pytest.fixture
def press(cast, url):
    """Press a button of the page with some lines ticked; what was said, or the page that refused it."""

    def send(action, *tick, status=302, **more):
        client = cast.client("ed")
        answer = client.post(url, {"action": action, "tick": list(tick), **more})
        assert answer.status_code == status, answer.content.decode()
        return answer if status != 302 else [str(message) for message in client.get(url).context["messages"]]

    return send


def rows(cast):
    matrix = load_matrix(cast.small.matrix)
    return [matrix.duties[key].code for key in rows_in_order(matrix)]


def columns(cast):
    matrix = load_matrix(cast.small.matrix)
    return [matrix.roles[key].code for key in matrix.column_keys]


def test_the_head_is_saved_and_a_stale_form_keeps_what_was_typed(cast, url):
    client, sent = cast.client("ed"), {**SEEN, "seen": json.dumps(SEEN), "action": "save"}
    client.post(url, {**sent, "title": "IT projects", "scope_name": "All of them"})
    assert str(models.Matrix.objects.get(key=cast.small.matrix_key)) == "IT projects"
    answer = client.post(url, {**sent, "title": "Our projects"})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["title"].value(), form["scope_name"].value()) == ("Our projects", "All of them")


def test_letters_that_a_scheme_has_no_place_for_hold_it(cast, url):
    cast.small.set("VEN-1", "PM", "", "A/R")
    definition = {"code": "x", "name": "X", "letters": [{"code": "X", "label": "Does it", "letter_class": "doer"}]}
    models.Scheme.objects.create(code="x", name="X", definition=definition)
    answer = cast.client("ed").post(url, {**SEEN, "seen": json.dumps(SEEN), "scheme": "x", "action": "save"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["scheme"] == ["X has no place for A/R; change those cells first."]


def test_rows_are_ticked_out_and_in(cast, press):
    first, second = cast.small.duties["VEN-1"], cast.small.duties["VEN-2"]
    said = press("remove-rows", first, second)
    assert said == ["Took VEN-1, VEN-2 out of Projects. 2 open grey areas are withdrawn."]
    assert press("add-rows", second) == ["Added VEN-2 Do what VEN-2 says to Projects."]
    assert rows(cast) == ["VEN-2", "FIN-1"]


def test_rows_go_a_step_up_and_down_within_their_section(cast, press):
    first, second = cast.small.duties["VEN-1"], cast.small.duties["VEN-2"]
    press(f"row-up:{second}")
    assert rows(cast) == ["VEN-2", "VEN-1", "FIN-1"]
    press(f"row-down:{second}")
    assert rows(cast) == ["VEN-1", "VEN-2", "FIN-1"]
    for beyond in (f"row-up:{first}", f"row-down:{second}", "row-up:nobody", "row-up:"):
        press(beyond, status=422)


def test_ticked_rows_are_put_behind_another_and_take_its_area(cast, press):
    small = cast.small
    assert press("move-rows", small.duties["FIN-1"], behind=small.duties["VEN-1"]) == [
        "Moved FIN-1 Do what FIN-1 says to Vendor management."
    ]
    assert rows(cast) == ["VEN-1", "FIN-1", "VEN-2"]
    press("move-rows", small.duties["VEN-2"], small.duties["VEN-1"], behind="first:")
    assert rows(cast) == ["FIN-1", "VEN-2", "VEN-1"]
    press("move-rows", small.duties["VEN-2"], behind="nobody", status=422)


def test_columns_are_ticked_and_moved(cast, press):
    small = cast.small
    press(f"column-down:{small.roles['PM']}")
    assert columns(cast) == ["ITM", "PM", "CIO"]
    press(f"column-up:{small.roles['CIO']}")
    assert columns(cast) == ["ITM", "CIO", "PM"]
    press("move-columns", small.roles["PM"], small.roles["CIO"], behind="")
    assert columns(cast) == ["PM", "CIO", "ITM"]
    press("remove-columns", small.roles["CIO"])
    assert press("add-columns", small.roles["CIO"]) == ["Added Chief Information Officer to Projects."]
    assert columns(cast) == ["PM", "ITM", "CIO"]
    press(f"column-up:{small.roles['PM']}", status=422)


def test_a_button_without_a_tick_says_so(press):
    assert "Tick something first." in press("remove-rows", status=422).content.decode()
    assert "Tick something first." in press("explode", "x", status=422).content.decode()


def test_the_lists_show_what_stands_in_it_and_what_could(cast, url, press):
    press("remove-rows", cast.small.duties["VEN-1"])
    press("remove-columns", cast.small.roles["CIO"])
    lists = cast.client("ed").get(url).context["lists"]
    assert [(section.title, [line.code for line in section.lines]) for section in lists.rows] == [
        ("Vendor management", ["VEN-2"]),
        ("Other duties", ["FIN-1"]),
    ]
    assert [line.code for section in lists.other_duties for line in section.lines] == ["VEN-1"]
    assert [line.code for line in lists.other_roles] == ["CIO"]
    assert [(line.up, line.down) for line in lists.columns] == [(False, True), (True, False)]
    narrowed = cast.client("ed").get(url, {"q": "ven", "area": cast.small.area}).context["lists"]
    assert (narrowed.found, narrowed.row_count) == (1, 2)


def test_many_rows_come_page_by_page_in_as_many_queries(cast, url):
    client = cast.client("ed")

    def count():
        load_matrix(cast.small.matrix)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url, {"page": "2"})
        return len(captured), page.context["lists"]

    few, _ = count()
    keys = [new_key() for _ in range(450)]
    write(
        cast.small.organisation,
        *(create(Kind.DUTY, Duty(f"X-{number}", f"Try {number}"), key) for number, key in enumerate(keys)),
        *(create(Kind.ROW, Row(number), key, matrix=cast.small.matrix_key) for number, key in enumerate(keys[:210])),
    )
    many, lists = count()
    assert many == few
    assert (lists.page, lists.pages, sum(len(section.lines) for section in lists.rows)) == (2, 2, 13)
    assert (sum(len(section.lines) for section in lists.other_duties), lists.others_left_out) == (200, 40)


def test_a_new_matrix_starts_with_what_was_ticked(cast):
    client, small = cast.client("ed"), cast.small
    sent = {**SEEN, "title": "Operations", "roles": [small.roles["CIO"]], "areas": [small.area]}
    answer = client.post(cast.url("matrices/new/"), sent)
    matrix = models.Matrix.objects.get(title="Operations")
    assert answer.headers["Location"] == cast.url(f"matrices/{matrix.key}/")
    loaded = load_matrix(matrix)
    assert [loaded.duties[key].code for key in loaded.row_keys] == ["VEN-1", "VEN-2"]
    assert loaded.column_keys == (small.roles["CIO"],)
    assert client.post(cast.url("matrices/new/"), {**SEEN, "title": ""}).status_code == 422


def test_an_empty_matrix_leads_editors_to_where_it_is_filled(cast):
    key = new_key()
    write(cast.small.organisation, create(Kind.SHEET, Sheet("Empty"), key))
    address = cast.url(f"matrices/{key}/")
    assert f"{address}edit/#columns" in cast.client("ed").get(address).content.decode()
    assert f"{address}edit/" not in cast.client("bob").get(address).content.decode()
    assert cast.client("ed").get(f"{address}edit/").status_code == 200

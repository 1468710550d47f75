"""The pages of blind rounds."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.services import rounds
from raci.services.door import Author
from tests.blind import Blind, stand
from tests.factories import write
from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def blind(cast: Cast) -> Blind:
    made = Blind(cast.small)
    cast.people |= {"pat": made.pat, "ida": made.ida, "cleo": made.cleo}
    return made


def page(cast: Cast, blind: Blind, rest: str = "") -> str:
    return cast.url(f"rounds/{blind.round.key}/{rest}")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


# --- The list


def test_without_a_round_the_list_says_what_a_round_is_for(cast):
    assert "Open the first round" in text(cast.client("ed").get(cast.url("rounds/")))
    assert "Open the first round" not in text(cast.client("bob").get(cast.url("rounds/")))


def test_the_list_parts_rounds_by_their_state_and_takes_as_many_queries_for_many(cast, blind):
    client, url = cast.client("ed"), cast.url("rounds/")
    client.get(url)
    few = queries(client, url)
    for title in ("Second", "Third"):
        blind.open(title)
    blind.reveal()
    assert queries(client, url) == few
    shown = text(client.get(url))
    assert shown.index("Second") < shown.index("Revealed") < shown.index("Whose is it?")
    assert "0 of 6" in shown


# --- A new one


def new(cast: Cast, **given: object) -> dict[str, object]:
    small = cast.small
    asked = {"matrix": small.matrix_key, "title": "Spring", "roles": [small.roles["PM"], small.roles["ITM"]]}
    return {**asked, "which": "overlaps", **given}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"which": "open"}, {"VEN-1", "VEN-2"}),
        ({"which": "overlaps"}, {"VEN-1", "VEN-2"}),
        ({"which": "areas", "areas": [""]}, {"FIN-1"}),
        ({"which": "rows", "rows": ["FIN-1", "VEN-2"]}, {"FIN-1", "VEN-2"}),
    ],
)
def test_a_round_is_opened_over_the_rows_that_are_chosen(cast, given, codes):
    if "rows" in given:
        given["rows"] = [cast.small.duties[code] for code in given["rows"]]
    answer = cast.client("ed").post(cast.url("rounds/new/"), new(cast, due_on="2027-01-31", **given))
    made = models.Round.objects.get()
    assert answer["Location"] == cast.url(f"rounds/{made.key}/")
    assert set(made.duties) == {cast.small.duties[code] for code in codes}
    assert set(made.roles) == {cast.small.roles["PM"], cast.small.roles["ITM"]}
    assert (made.title, made.due_on, made.opened_by) == ("Spring", date(2027, 1, 31), "Ed")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"roles": []}, "Tick two roles or more"),
        ({"title": ""}, "This field is required"),
        ({"which": "areas"}, "Tick an area."),
        ({"which": "rows"}, "Tick a row."),
        ({"which": ""}, "Choose which rows."),
        ({"which": "nonsense"}, "not one of the available choices"),
        ({"due_on": "soon"}, "Enter a valid date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(cast, given, message):
    answer = cast.client("ed").post(cast.url("rounds/new/"), new(cast, **{"title": "Spring cleaning", **given}))
    assert answer.status_code == 422
    assert message in text(answer)
    assert "title" in given or "Spring cleaning" in text(answer)
    assert not models.Round.objects.exists()


def test_rows_of_which_there_are_none_are_said_to_be_none(cast):
    models.GreyArea.objects.update(status="withdrawn")
    write_nothing = cast.client("ed").post(cast.url("rounds/new/"), new(cast, which="open"))
    assert "open grey area" in text(write_nothing)


def test_with_one_matrix_nobody_is_asked_which(cast):
    assert "Roles that are asked" in text(cast.client("ed").get(cast.url("rounds/new/")))


def test_the_matrix_and_the_list_of_grey_areas_lead_to_rounds(cast):
    client, small = cast.client("ed"), cast.small
    assert f"rounds/new/?matrix={small.matrix_key}" in text(client.get(cast.url(f"matrices/{small.matrix_key}/")))
    assert cast.url("rounds/") in text(client.get(cast.url("grey-areas/")))


# --- Marking


def fill(blind: Blind, code: str, **marks: str) -> dict[str, str]:
    """What the form without scripts sends: VEN_1="mine" and so on; VEN_1_why is the reason."""
    sent = {"role": blind.small.roles[code]}
    for name, value in marks.items():
        duty = blind.small.duties[name.removesuffix("_why").replace("_", "-")]
        sent[f"reason-{duty}" if name.endswith("_why") else f"mark-{duty}"] = value
    return sent


def test_the_form_without_scripts_keeps_what_is_marked_and_says_what_is_left(cast, blind):
    client, url = cast.client("pat"), page(cast, blind, "mark/")
    sent = fill(blind, "PM", VEN_1="mine", VEN_1_why="We sign.", VEN_2="theirs")
    answer = client.post(url, sent, follow=True)
    assert "Kept. 1 row is left." in text(answer)
    assert 'value="We sign."' in text(answer)
    assert f'data-first="{blind.small.duties["FIN-1"]}"' in text(answer)
    answer = client.post(url, fill(blind, "PM", FIN_1="nobody"), follow=True)
    assert "All rows are marked" in text(answer)
    assert answer.redirect_chain == [(page(cast, blind), 302)]


def test_a_reason_without_a_mark_is_asked_about_at_its_row(cast, blind):
    sent = fill(blind, "PM", VEN_1="mine", VEN_2_why="I cannot say.")
    answer = cast.client("pat").post(page(cast, blind, "mark/"), sent)
    assert answer.status_code == 422
    assert "a reason alone is not counted" in text(answer)
    assert 'value="I cannot say."' in text(answer)
    assert not models.Mark.objects.exists()


def test_a_reason_that_is_too_long_is_measured(cast, blind):
    sent = fill(blind, "PM", VEN_1="mine", VEN_1_why="x" * 501)
    answer = cast.client("pat").post(page(cast, blind, "mark/"), sent)
    assert (answer.status_code, "501 characters; at most 500" in text(answer)) == (422, True)


def test_who_is_asked_twice_marks_for_one_role_after_the_other(cast, blind):
    stand(cast.small, "pat", "PM", "ITM")
    client, url = cast.client("pat"), page(cast, blind, "mark/")
    client.post(url, fill(blind, "ITM", VEN_1="mine", VEN_2="mine", FIN_1="mine"))
    assert "You mark as IT Project Manager" in text(client.get(url))
    assert "You mark as IT Manager" in text(client.get(f"{url}?role={cast.small.roles['ITM']}"))


def test_among_three_the_others_are_named(cast):
    blind = Blind(cast.small, "PM", "ITM", "CIO")
    cast.people["pat"] = blind.pat
    url = page(cast, blind, "mark/")
    assert "Theirs: IT Manager" in text(cast.client("pat").get(url))
    cast.client("pat").post(url, fill(blind, "PM", VEN_1=f"theirs:{cast.small.roles['CIO']}"))
    assert models.Mark.objects.get().whose.code == "CIO"


def test_a_round_that_is_over_sends_who_would_mark_to_what_it_came_to(cast, blind):
    blind.reveal()
    for method in ("get", "post"):
        answer = getattr(cast.client("pat"), method)(page(cast, blind, "mark/"), follow=True)
        assert "takes no marks any more" in text(answer)


def test_the_page_takes_as_many_queries_whatever_is_marked(cast, blind):
    client, url = cast.client("pat"), page(cast, blind, "mark/")
    client.get(url)
    empty = queries(client, url)
    blind.mark_all(PM="mine mine -")
    assert queries(client, url) == empty


def one(blind: Blind, **given: object) -> dict[str, object]:
    place = {"role": blind.small.roles["PM"], "duty": blind.small.duties["VEN-1"]}
    return {**place, "value": "mine", "reason": "", **given}


def send(cast: Cast, blind: Blind, body: object, who: str = "pat"):
    return cast.client(who).post(page(cast, blind, "mark.json"), json.dumps(body), content_type="application/json")


def test_a_script_is_told_how_many_rows_are_marked(cast, blind):
    assert send(cast, blind, one(blind, reason="We sign.")).json() == {"answered": 1, "of": 3}
    assert models.Mark.objects.get().reason == "We sign."


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"value": "perhaps"}, 400),
        ({"value": 1}, 400),
        ({"role": "nobody"}, 400),
        ({"duty": "elsewhere"}, 422),
        ({"reason": "x" * 501}, 422),
        ({"reason": None}, 400),
    ],
)
def test_a_script_is_told_what_is_wrong(cast, blind, given, status):
    answer = send(cast, blind, one(blind, **given))
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not models.Mark.objects.exists()


def test_a_script_is_told_that_the_round_is_over_that_it_is_not_asked_and_that_there_is_none(cast, blind):
    assert send(cast, blind, {**one(blind), "role": cast.small.roles["ITM"]}).status_code == 403
    assert send(cast, blind, one(blind), "ed").status_code == 403
    missing = cast.client("pat").post(cast.url("rounds/nothing/mark.json"), "{}", content_type="application/json")
    assert (missing.status_code, missing.json()["error"]) == (404, "There is no such round.")
    blind.reveal()
    assert send(cast, blind, one(blind)).status_code == 409


# --- What waits


def test_a_round_waits_for_who_is_asked_until_every_row_is_marked(cast, blind):
    overview = cast.url()
    assert "3 rows left" in text(cast.client("pat").get(overview))
    assert "To mark in private" not in text(cast.client("ed").get(overview))
    blind.mark_all(PM="mine mine -")
    assert "1 row left" in text(cast.client("pat").get(overview))
    blind.mark_all(PM="- - mine")
    assert "To mark in private" not in text(cast.client("pat").get(overview))


# --- Reveal and end


def test_who_reveals_is_told_what_is_missing_and_has_to_mean_it(cast, blind):
    blind.mark_all(PM="mine mine mine", ITM="mine - -")
    client, url = cast.client("ed"), page(cast, blind, "reveal/")
    shown = text(client.get(url))
    assert "Ida has marked 1 of 3 rows" in shown
    assert "Pat has marked" not in shown
    assert client.post(url).status_code == 422
    blind.refresh()
    assert blind.round.status == "open"
    answer = client.post(url, {"anyway": "on"}, follow=True)
    assert "Whose is it? is revealed." in text(answer)
    assert "no answer" in text(answer)


def test_with_every_row_marked_there_is_nothing_to_confirm(cast, blind):
    blind.mark_all(PM="mine mine mine", ITM="mine mine mine")
    assert cast.client("ed").post(page(cast, blind, "reveal/")).status_code == 302
    blind.refresh()
    assert (blind.round.status, blind.round.revealed_on is not None) == ("revealed", True)


def test_a_round_can_be_closed_before_and_after_its_reveal(cast, blind):
    blind.mark_all(PM="mine mine mine")
    answer = cast.client("ed").post(page(cast, blind, "close/"), follow=True)
    assert "What was marked stays private" in text(answer)
    assert "PM says mine" not in text(answer)
    other = Blind(cast.small)
    other.mark_all(PM="mine mine mine")
    other.reveal()
    answer = cast.client("ed").post(page(cast, other, "close/"), follow=True)
    assert "PM says mine" in text(answer)


def test_ctrl_z_in_the_grid_takes_back_letters_and_never_a_round(cast, blind):
    ed = cast.people["ed"]
    author = Author.of(ed, "workspace")
    write(cast.small.organisation, cast.small.cell("FIN-1", "PM", "", "A"), author=author)
    assert rounds.close(blind=blind.round, author=author).ok
    base = cast.url(f"matrices/{cast.small.matrix_key}/")
    answer = cast.client("ed").post(f"{base}undo.json", '{"since": 1}', content_type="application/json")
    assert answer.status_code == 200
    assert not models.Assignment.objects.exists()
    blind.refresh()
    assert blind.round.status == "closed"

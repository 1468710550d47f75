"""The pages of a blind round that is revealed, and what follows from it."""

import pytest

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind
from tests.blind import Blind, stand
from tests.factories import write
from tests.web.test_rounds import blind, page, queries, text

__all__ = ["blind"]

pytestmark = pytest.mark.django_db


# --- What it came to


@pytest.fixture
def revealed(blind) -> Blind:
    blind.mark_all(PM="mine mine theirs", ITM="theirs mine theirs")
    blind.reveal()
    return blind


def test_the_heat_map_shows_marks_reasons_and_verdicts_to_every_member(cast, revealed):
    shown = text(cast.client("bob").get(page(cast, revealed)))
    for words in ("PM says mine", "Agreed", "Collision", "Orphan", "33 %", "Vendor management", "Other duties"):
        assert words in shown
    assert "-0.50" in shown
    assert "Apply agreed rows" not in shown


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("verdict=collision", "VEN-2", "VEN-1"),
        ("area=.", "FIN-1", "VEN-1"),
        ("verdict=nonsense&pair=x.y", "VEN-1", "nothing"),
    ],
)
def test_the_heat_map_is_narrowed_to_a_verdict_or_an_area(cast, revealed, query, there, gone):
    shown = text(cast.client("bob").get(f"{page(cast, revealed)}?{query}"))
    rows = shown[shown.index("<tbody") : shown.index("</table>")]
    assert there in rows
    assert gone not in rows


def test_a_filter_that_nothing_fits_says_so(cast, revealed):
    assert "No row fits these filters" in text(cast.client("bob").get(f"{page(cast, revealed)}?verdict=partial"))


def test_earlier_rounds_of_the_matrix_stand_beside_it_and_those_that_are_open_do_not(cast, revealed):
    earlier = Blind(cast.small)
    earlier.mark_all(PM="mine mine mine", ITM="theirs theirs theirs")
    earlier.reveal()
    hidden = Blind(cast.small)
    hidden.mark_all(PM="mine mine mine", ITM="mine mine mine")
    shown = text(cast.client("bob").get(page(cast, revealed)))
    assert page(cast, earlier) in shown
    assert "100 %" in shown
    assert page(cast, hidden) not in shown


def test_the_page_takes_as_many_queries_for_many_rounds(cast, revealed):
    client, url = cast.client("bob"), page(cast, revealed)
    client.get(url)
    few = queries(client, url)
    for _ in range(2):
        other = Blind(cast.small)
        other.mark_all(PM="mine mine mine")
        other.reveal()
    client.get(url)
    assert queries(client, url) == few


def test_among_three_roles_every_pair_can_be_looked_at(cast):
    blind = Blind(cast.small, "PM", "ITM", "CIO")
    blind.mark_all(PM="mine mine mine", ITM="theirs:PM nobody mine", CIO="mine nobody theirs:PM")
    blind.reveal()
    roles = cast.small.roles
    url = page(cast, blind)
    shown = text(cast.client("bob").get(url))
    assert "Every two of them" in shown
    one_pair = text(cast.client("bob").get(f"{url}?pair={roles['ITM']}.{roles['CIO']}"))
    rows = one_pair[one_pair.index("<tbody") : one_pair.index("</table>")]
    assert rows.count("Orphan") == 1  # VEN-2: nobody of the two
    assert "PM says mine" not in rows


def test_people_of_one_role_who_differ_are_shown_one_by_one(cast, blind):
    pia = stand(cast.small, "pia", "PM")
    blind.mark_all(PM="mine - -")
    blind.mark(pia, "PM", "VEN-1", "shared", "We all do.")
    blind.reveal()
    shown = text(cast.client("bob").get(page(cast, blind)))
    assert "they differ" in shown
    assert "<b>Pia:</b> shared – We all do." in shown


# --- What follows


def test_agreed_rows_show_exactly_the_cells_that_change_and_become_one_revision(cast, revealed):
    client, url = cast.client("ed"), page(cast, revealed, "agree/")
    shown = text(client.get(url))
    assert "VEN-1" in shown
    assert "VEN-2" not in shown
    duty = cast.small.duties["VEN-1"]
    before = models.Revision.objects.count()
    answer = client.post(url, {"tick": duty, f"seen-{duty}": "{}"}, follow=True)
    assert "1 agreed row is decided." in text(answer)
    assert models.Revision.objects.count() == before + 1
    assert models.Assignment.objects.get(row__duty__key=duty, column__role__code="PM").letters == "A/R"
    assert models.Decision.objects.get().reason == "Agreed in the blind round Whose is it?"
    assert models.GreyArea.objects.get(key=cast.contested).status == "decided"
    assert "1 agreed row stands as agreed already." in text(client.get(url))


def test_rows_that_are_grey_areas_lead_to_them_and_the_others_where_they_led(cast, revealed):
    contested, open_ = (cast.url(f"grey-areas/{key}/") for key in (cast.contested, cast.open))
    heat, agree, rest = (
        cast.leads(cast.client("ed").get(page(cast, revealed, part))) for part in ("", "agree/", "raise/")
    )
    assert heat == {"VEN-1": {contested}, "VEN-2": {open_}, "FIN-1": {cast.duty_url("FIN-1")}}
    assert agree == {"VEN-1": {contested}}
    assert rest == {"VEN-2": {open_}, "FIN-1": {cast.assign_url("FIN-1")}}
    address = Address(Kind.GREY_AREA, cast.small.matrix_key, cast.contested)
    write(cast.small.organisation, Change(address, "status", "open", "withdrawn"))
    assert cast.leads(cast.client("ed").get(page(cast, revealed, "agree/"))) == {"VEN-1": {cast.assign_url()}}


def test_a_cell_that_changed_since_it_was_shown_is_a_conflict(cast, revealed):
    cast.small.set("VEN-1", "PM", "", "I")
    duty = cast.small.duties["VEN-1"]
    answer = cast.client("ed").post(page(cast, revealed, "agree/"), {"tick": duty, f"seen-{duty}": "{}"})
    assert answer.status_code == 409
    assert "Somebody was faster" in text(answer)
    assert not models.Decision.objects.exists()


@pytest.mark.parametrize("rest", ["agree/", "raise/"])
@pytest.mark.parametrize("sent", [{}, {"tick": "nonsense"}])
def test_nothing_ticked_or_nonsense_writes_nothing(cast, revealed, rest, sent):
    before = models.Revision.objects.count()
    answer = cast.client("ed").post(page(cast, revealed, rest), sent)
    assert answer.status_code in (302, 422)
    assert models.Revision.objects.count() == before


def test_the_rest_is_raised_with_claims(cast, revealed):
    client, url = cast.client("ed"), page(cast, revealed, "raise/")
    shown = text(client.get(url))
    assert "is a grey area already" in shown  # VEN-2
    ticked = [cast.small.duties[code] for code in ("VEN-2", "FIN-1")]
    answer = client.post(url, {"tick": ticked}, follow=True)
    assert "is a grey area now" in text(answer)
    raised = models.GreyArea.objects.get(duty__code="FIN-1")
    assert (raised.origin, raised.raised_by) == ("round", "Ed")
    assert models.Claim.objects.filter(grey_area__key=cast.open).count() == 2


def test_unlike_rows_that_a_role_outside_answers_for_are_not_to_be_ticked(cast, revealed):
    cast.small.set("VEN-1", "CIO", "", "A")
    shown = text(cast.client("ed").get(page(cast, revealed, "agree/")))
    assert "Chief Information Officer is accountable now and had no part in the round" in shown
    assert 'name="tick"' not in shown

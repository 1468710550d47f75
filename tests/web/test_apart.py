"""Duties that must be in different hands, on a page."""

import pytest

from raci import models
from raci.domain.records import Holding, Kind
from tests.factories import create, write
from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db


def send(cast: Cast, who: str = "ed", **data: str):
    return cast.client(who).post(cast.url("incompatible/"), data)


def keep(cast: Cast, **more: str):
    return send(cast, action="keep", **{"duty": "ven-1", "other": "FIN-1", "reason": "Order and pay", **more})


def page(cast: Cast) -> str:
    return cast.client("bob").get(cast.url("incompatible/")).content.decode()


def meet(cast: Cast) -> None:
    """Let one person answer for VEN-1 by one role and for FIN-1 by another."""
    small = cast.small
    person = models.Person.objects.create(organisation=small.organisation, name="Zoe Quimby")
    for role in ("PM", "ITM"):
        write(small.organisation, create(Kind.HOLDING, Holding(person.key), small.roles[role], other="h"))
    small.set("VEN-1", "PM", "", "A/R")
    small.set("FIN-1", "ITM", "", "A/R")


def test_a_pair_is_kept_altered_and_let_go(cast):
    assert "No pair is on record" in page(cast)
    assert keep(cast).status_code == 302
    made = models.Incompatibility.objects.get()
    assert (made.duty.code, made.other.code, made.reason) == ("VEN-1", "FIN-1", "Order and pay")
    pair = {"duty": made.duty.key, "other": made.other.key}
    seen = '{"reason": "Order and pay", "control": "", "control_until": ""}'
    sent = {**pair, "reason": "Order and pay", "control": "Four eyes", "control_until": "2030-01-31", "seen": seen}
    assert send(cast, action="alter", **sent).status_code == 302
    assert "A control makes up for it" in page(cast)
    assert send(cast, action="alter", **{**sent, "control": "Other"}).status_code == 409
    assert send(cast, action="allow", **pair).status_code == 302
    assert not models.Incompatibility.objects.exists()
    assert send(cast, action="allow", **pair).status_code == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"other": "VEN-1"}, "kept apart from itself"),
        ({"other": "NO-1"}, "no duty with the code"),
        ({"other": ""}, "Enter the code of the other duty"),
        ({"control_until": "2030-01-01"}, "Say which control ends then"),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_field(cast, more, said):
    answer = keep(cast, **more)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_pair_is_kept_once_whichever_way_round(cast):
    keep(cast)
    assert "kept apart already" in keep(cast, duty="FIN-1", other="VEN-1").content.decode()


def test_where_one_person_holds_both_it_is_told_without_their_name(cast):
    meet(cast)
    assert "In one hand today" not in page(cast)
    keep(cast)
    shown = page(cast)
    assert "In one hand today" in shown
    assert "Zoe" not in shown
    assert "VEN-1 is in the same hand as: FIN-1, held as IT Manager, IT Project Manager." in shown
    assert "P02" in cast.client("bob").get(cast.url("findings/")).content.decode()

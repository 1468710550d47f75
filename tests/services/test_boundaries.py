"""What stands between two roles: read with the catalogue, written through the door, followed over the baselines."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Agreement, Difference, GreyArea, Kind
from raci.models.base import new_key
from raci.services import boundaries, bounding
from raci.services.boundaries import between, pairs_of, trend
from raci.services.history import verify
from raci.services.whole import load_whole
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def told(code: str, **fields) -> None:
    options = {"kind": "difference", "role": "ROLE-PM", "other_role": "ROLE-ITM", "title": code, "text": "", **fields}
    models.CatalogueEntry.objects.create(code=code, **options)


@pytest.fixture
def known(small: Small) -> Small:
    """Two roles that the catalogue knows, and what it says of them."""
    codes = ("PM", "ITM")
    write(
        small.organisation,
        *(Change(Address(Kind.ROLE, "", small.roles[code]), "source", "", f"ROLE-{code}") for code in codes),
    )
    span = {"dimension": "Span", "first": "one project", "second": "the department"}
    told("DIF-1", details=span)
    told("DIF-2", details={"dimension": "Focus", "first": "tactical", "second": "strategic"})
    told("OVL-VEN", kind="overlap", text="Both may. Elsewhere one does (DIF-4, ITM-D09).")
    told("PRIN-1", kind="principle", text="Settle it early.")
    told("DUTY-1", kind="duty")
    return small


def pair(small: Small, first: str = "PM", second: str = "ITM"):
    found = between(small.organisation, small.roles[first], small.roles[second], TODAY)
    assert found
    return found


def fresh(small: Small) -> models.Organisation:
    return models.Organisation.objects.get(pk=small.organisation.pk)


def test_the_catalogue_stands_beside_the_pair_whichever_role_is_first(known):
    (span, _focus) = pair(known).found.differences
    assert (span.entry.first, span.entry.second, span.key) == ("one project", "the department", "")
    turned = pair(known, "ITM", "PM").found.differences[0]
    assert (turned.entry.first, turned.entry.second) == ("the department", "one project")
    said = {one.code: one.text for one in pair(known).said}
    assert said == {"OVL-VEN": "Both may. Elsewhere one does.", "PRIN-1": "Settle it early."}
    assert pair(known, "PM", "CIO").said == ()


def test_a_role_that_is_not_on_record_stands_beside_nobody(small):
    assert between(small.organisation, small.roles["PM"], "nobody", TODAY) is None


def take(small: Small, sides) -> None:
    stands = pair(small)
    outcome = bounding.take_over(
        organisation=fresh(small),
        register=stands.register,
        pair=(stands.found.first, stands.found.second),
        sides=sides,
        author=TESTER,
    )
    assert outcome.ok, (outcome.refusals, outcome.conflicts)


def test_what_the_catalogue_says_is_taken_over_only_where_it_is_asked_for_and_blank(known):
    small = known
    own = Difference(small.roles["ITM"], small.roles["PM"], "Width", "all of it", "", source="DIF-1", position=3)
    write(small.organisation, create(Kind.DIFFERENCE, own, new_key()))
    first, _focus = pair(small).found.differences
    assert (first.first, first.second, first.blanks) == ("", "all of it", 1)

    take(small, [first])
    assert [(side.first, side.second) for side in pair(small).found.differences] == [
        ("one project", "all of it"), ("", ""),
    ]  # fmt: skip
    take(small, pair(small).found.differences)
    focus = models.Difference.objects.get(source="DIF-2")
    assert (focus.dimension, focus.first_value, focus.second_value, focus.position) == (
        "Focus", "tactical", "strategic", 4,
    )  # fmt: skip
    assert models.Difference.objects.count() == 2
    assert verify(fresh(small)) == []


@pytest.mark.parametrize("values", [("own", ""), ("", "own")])
def test_a_side_that_says_something_stays_whatever_the_catalogue_says(known, values):
    own = Difference(known.roles["PM"], known.roles["ITM"], "Focus", *values, "DIF-2")
    write(known.organisation, create(Kind.DIFFERENCE, own, new_key()))
    take(known, pair(known).found.differences[:1])
    found = models.Difference.objects.get()
    assert (found.first_value, found.second_value) == (values[0] or "tactical", values[1] or "strategic")


def test_a_dimension_stands_once_for_a_pair(small):
    one = Difference(small.roles["PM"], small.roles["ITM"], "Span", "one", "all")
    other = Difference(small.roles["ITM"], small.roles["PM"], " span", "all", "one")
    for wanted, refused in ((one, 0), (other, 1)):
        outcome = bounding.add_difference(
            organisation=small.organisation, register=load_whole(small.organisation).register, wanted=wanted,
            author=TESTER,
        )  # fmt: skip
        assert len(outcome.refusals) == refused
    assert outcome.refusals[0].field == "dimension"


def test_a_difference_that_somebody_changed_is_not_taken_off(small):
    key, record = new_key(), Difference(small.roles["PM"], small.roles["ITM"], "Span", "one", "all")
    write(small.organisation, create(Kind.DIFFERENCE, record, key))
    seen = {"dimension": "Span", "first_value": "one", "second_value": "all"}
    changed = bounding.edit_difference(
        organisation=small.organisation, key=key, seen=seen, wanted={**seen, "second_value": "most"}, author=TESTER
    )
    assert changed.ok
    whole = {**seen, "first_role": record.first_role, "second_role": record.second_role, "source": "", "position": 0}
    removed = bounding.remove(organisation=small.organisation, kind=Kind.DIFFERENCE, key=key, seen=whole, author=TESTER)
    assert len(removed.conflicts) == 1 and models.Difference.objects.exists()


def publish(small: Small, name: str, number: int | None = None):
    organisation = fresh(small)
    register = load_whole(organisation).register
    return bounding.publish(
        organisation=organisation, register=register, name=name, number=number, note="", author=TESTER
    )


def test_a_baseline_names_the_revision_that_stands_or_any_earlier_one(small):
    now = fresh(small).revision
    assert publish(small, "Now").ok and publish(small, "First", 1).ok
    assert dict(models.Baseline.objects.values_list("name", "number")) == {"Now": now, "First": 1}
    assert publish(small, "None", 99).refusals[0].field == "number"
    assert publish(small, "none", 0).refusals[0].field == "number"
    assert publish(small, "NOW").refusals[0].field == "name"
    key = models.Baseline.objects.get(name="Now").key
    seen = {"name": "Now", "note": ""}
    for name, fits in (("first", False), ("now", True)):
        outcome = bounding.edit_baseline(
            organisation=small.organisation, register=load_whole(small.organisation).register, key=key, seen=seen,
            wanted={"name": name, "note": "Told everybody"}, author=TESTER,
        )  # fmt: skip
        assert outcome.ok is fits


def shares(small: Small):
    organisation = fresh(small)
    found = trend(organisation, load_whole(organisation).register, small.roles["PM"], small.roles["ITM"])
    return [(point.baseline.name, point.share and point.share.coefficient) for point in found]


def test_the_coefficient_is_followed_over_the_baselines_and_read_once(small):
    small.set("FIN-1", "PM", "", "A/R")
    publish(small, "One works")
    small.set("FIN-1", "ITM", "", "R")
    publish(small, "Both work")
    small.set("FIN-1", "ITM", "R", "C")
    assert shares(small) == [("One works", None), ("Both work", 1.0)]
    register = load_whole(fresh(small)).register
    with CaptureQueriesContext(
        connection,
    ) as found:
        trend(fresh(small), register, small.roles["PM"], small.roles["CIO"])
    assert len(found) == 2  # the organisation, the hashes: nothing of the past is read again


def test_a_past_that_was_set_back_is_not_taken_for_another(small, monkeypatch):
    monkeypatch.setattr(boundaries, "_KEPT", 1)
    small.set("FIN-1", "PM", "", "A/R")
    publish(small, "A", 1)
    publish(small, "B")
    assert shares(small) == shares(small) == [("A", None), ("B", None)]
    assert len(boundaries._then) == 1


def test_pairs_cost_as_many_queries_with_twice_as_many_duties(small):
    def counted() -> int:
        organisation = fresh(small)
        load_whole(organisation)
        with CaptureQueriesContext(connection) as found:
            pairs_of(organisation)
        return len(found)

    before = counted()
    for duty in ("VEN-1", "VEN-2", "FIN-1"):
        small.set(duty, "PM", "", "A/R")
        small.set(duty, "ITM", "", "R")
        opened = GreyArea(small.duties[duty], raised_on=TODAY)
        write(small.organisation, create(Kind.GREY_AREA, opened, new_key(), matrix=small.matrix_key))
    assert counted() == before
    (found,) = pairs_of(fresh(small))[1]
    assert (found.share.common, found.undecided, len(found.areas)) == (3, 3, 1)


def test_agreements_of_the_two_stand_whichever_role_they_name_first(small):
    roles = small.roles
    for first, second in (("PM", "ITM"), ("ITM", "PM"), ("PM", "CIO")):
        wanted = Agreement(roles[first], roles[second], reference=first)
        assert bounding.add_agreement(organisation=small.organisation, wanted=wanted, author=TESTER).ok
    assert {one.reference for one in pair(small).agreements.values()} == {"PM", "ITM"}

"""Who speaks for a role: members named for it, and today's holders and those who stand in."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from raci import models
from raci.domain.records import Absence, Holding, Kind, Round
from raci.domain.staffed import Staffed
from raci.models.base import new_key
from raci.services.marks import may_mark
from raci.services.speaking import Speaker, speakers, spoken_by
from tests.domain.test_staffed import ABSENCES, HOLDINGS
from tests.factories import Small, create, write


class Stage:
    """Members ada, bob and cyd, each a person on record."""

    def __init__(self) -> None:
        self.small = Small()
        self.users, self.people = {}, {}
        for name in ("ada", "bob", "cyd"):
            user = self.users[name] = get_user_model().objects.create_user(name, first_name=name.title())
            models.Membership.objects.create(organisation=self.small.organisation, user=user, level="contributor")
            self.people[name] = models.Person.objects.create(
                organisation=self.small.organisation, name=name.title(), user=user
            )

    def hold(self, name: str, role: str = "PM", **terms: date) -> None:
        record = Holding(self.people[name].key, **terms)
        write(self.small.organisation, create(Kind.HOLDING, record, self.small.roles[role], other=new_key()))

    def away(self, name: str, cover: str = "", **terms: date) -> None:
        covering = self.people[cover].key if cover else ""
        record = Absence(self.people[name].key, terms.get("starts_on", timezone.localdate()), cover=covering)
        write(self.small.organisation, create(Kind.ABSENCE, record, new_key()))

    def spoken(self, name: str, day: date | None = None) -> set[str]:
        found = models.Role.objects.filter(spoken_by(self.users[name].pk, day or timezone.localdate()))
        return set(found.values_list("code", flat=True))

    def speaking(self, day: date | None = None, roles: list[str] | None = None) -> set[tuple[str, str]]:
        codes = {key: code for code, key in self.small.roles.items()}
        members = models.Membership.objects.filter(organisation=self.small.organisation).order_by("pk")
        found: list[Speaker] = speakers(members, day or timezone.localdate(), roles)
        return {(one.member.user.username, codes[one.role]) for one in found}


@pytest.fixture
def office(db) -> Stage:
    return Stage()


def test_a_member_speaks_for_a_role_that_they_stand_for_as_before(office):
    membership = models.Membership.objects.get(user=office.users["bob"])
    membership.stands_for.add(models.Role.objects.get(key=office.small.roles["CIO"]))
    assert office.spoken("bob") == {"CIO"} and office.speaking() == {("bob", "CIO")}


def test_the_holder_of_today_speaks_until_the_last_day(office):
    today = timezone.localdate()
    office.hold("ada", ends_on=today)
    assert office.spoken("ada") == {"PM"} and office.speaking() == {("ada", "PM")}
    tomorrow = today + timedelta(days=1)
    assert office.spoken("ada", tomorrow) == set() == office.speaking(tomorrow)


def test_who_stands_in_speaks_while_the_holder_is_away(office):
    office.hold("ada")
    office.away("ada", cover="bob")
    assert office.spoken("ada") == set() and office.spoken("bob") == {"PM"}
    assert office.speaking() == {("bob", "PM")}
    office.away("bob")
    assert office.speaking() == set()


def test_both_ways_are_one_voice_and_only_the_roles_asked_for(office):
    office.hold("ada")
    office.hold("ada", "ITM")
    models.Membership.objects.get(user=office.users["ada"]).stands_for.add(
        models.Role.objects.get(key=office.small.roles["PM"])
    )
    assert office.spoken("ada") == {"PM", "ITM"}
    assert office.speaking(roles=[office.small.roles["PM"]]) == {("ada", "PM")}


def test_a_holder_marks_in_a_blind_round_only_as_far_as_their_level_allows(office):
    office.hold("ada")
    small = office.small
    wanted = Round("Whose?", duties={small.duties["VEN-1"]: ""}, roles={small.roles["PM"]: "", small.roles["ITM"]: ""})
    key = new_key()
    dated = {"opened_on": date(2026, 1, 1), "opened_by": "Ed"}
    write(small.organisation, create(Kind.ROUND, Round(**{**wanted.__dict__, **dated}), key, matrix=small.matrix_key))
    blind = models.Round.objects.get(key=key)
    assert may_mark(blind, office.users["ada"]) == (small.roles["PM"],)
    assert may_mark(blind, office.users["bob"]) == ()
    models.Membership.objects.filter(user=office.users["ada"]).update(level="reader")
    assert may_mark(blind, office.users["ada"]) == ()


def test_asking_takes_the_same_queries_for_many_people(office, django_assert_num_queries):
    office.hold("ada")
    office.away("ada", cover="bob")
    with django_assert_num_queries(2):
        office.speaking()
    office.hold("bob")
    office.hold("cyd", "ITM")
    with django_assert_num_queries(2):
        office.speaking()


class TestAgainstTheDomain(TestCase):
    """The database says the same as the records."""

    @settings(max_examples=25)
    @given(HOLDINGS, ABSENCES, st.integers(0, 29))
    def test_whom_the_database_finds_is_whom_the_records_say(self, holdings, absences, number):
        stage, day = Stage(), date(2026, 6, 1) + timedelta(days=number)
        absences = {key: one for key, one in absences.items() if one.cover != one.person and one.starts_on is not None}
        key_of = {name: person.key for name, person in stage.people.items()}
        changes = [
            create(
                Kind.HOLDING,
                Holding(key_of[one.person], one.manner, one.starts_on, one.ends_on),
                stage.small.roles[role],
                other=new_key(),
            )
            for (role, _key), one in holdings.items()
        ]
        changes += [
            create(
                Kind.ABSENCE,
                Absence(key_of[one.person], one.starts_on, one.ends_on, key_of.get(one.cover, "")),
                new_key(),
            )
            for one in absences.values()
        ]
        if changes:
            write(stage.small.organisation, *changes)
        known = Staffed(holdings, absences)
        expected = {(name, role) for role in ("PM", "ITM") for name in known.working(role, day)}
        assert stage.speaking(day) == expected
        assert {(name, role) for name in stage.users for role in stage.spoken(name, day)} == expected

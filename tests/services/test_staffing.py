"""Roles are given and ended, people go away and are covered; no role is left vacant by accident."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from raci import models
from raci.domain.records import Absence, Holding, Manner
from raci.services.door import undo
from raci.services.loading import load_matrix
from raci.services.people import accounts, add_person, alter_person, is_used, remove_person
from raci.services.structure import Done, NotPossible, actions, perform
from raci.services.structure import staffing_actions as wishes
from raci.services.structure.holdings import SuccessorWanted
from tests.factories import TESTER, Small

JUNE = [date(2026, 6, 1) + timedelta(days=day) for day in range(30)]


class Office:
    """Ada and Bob, and an organisation in which the project manager answers for two duties."""

    def __init__(self, small: Small) -> None:
        self.small, self.organisation = small, small.organisation
        self.ada = add_person(organisation=self.organisation, name="Ada Lovelace")
        self.bob = add_person(organisation=self.organisation, name="Bob Marsh")
        self.pm, self.itm = small.roles["PM"], small.roles["ITM"]
        small.set("VEN-1", "PM", "", "A")
        small.set("FIN-1", "PM", "", "A/R")
        small.set("VEN-2", "ITM", "", "R")

    def do(self, action: actions.Action) -> Done:
        done = perform(organisation=self.organisation, action=action, author=TESTER)
        assert done.outcome.ok, (done.outcome.conflicts, done.outcome.refusals)
        return done

    def give(self, person: models.Person, role: str = "", **terms: object) -> Done:
        return self.do(wishes.GiveRole(role or self.pm, person.key, **terms))  # type: ignore[arg-type]

    def held(self, role: str = "") -> list[Holding]:
        found = load_matrix(self.small.matrix).holdings
        mine = [one for (of, _key), one in found.items() if of == (role or self.pm)]
        return sorted(mine, key=lambda one: (one.starts_on or date.min, one.person))


@pytest.fixture
def office(small: Small) -> Office:
    return Office(small)


# --- Holdings


def test_a_role_is_given_and_the_history_says_so_and_takes_it_back(office):
    done = office.give(office.ada, manner="acting", starts_on=JUNE[2], ends_on=JUNE[16])
    assert "Ada Lovelace holds IT Project Manager acting, from" in done.sentence
    assert office.held() == [Holding(office.ada.key, Manner.ACTING, JUNE[2], JUNE[16])]
    assert undo(organisation=office.organisation, number=done.revision, author=TESTER).ok
    assert office.held() == []


def test_one_person_holds_a_role_once_at_a_time(office):
    office.give(office.ada, starts_on=JUNE[0], ends_on=JUNE[9])
    with pytest.raises(NotPossible, match="Ada Lovelace holds IT Project Manager already, from") as refused:
        office.give(office.ada, manner="deputy", starts_on=JUNE[9])
    assert refused.value.field == "person"
    office.give(office.ada, manner="deputy", starts_on=JUNE[10])
    office.give(office.bob, starts_on=JUNE[0])
    office.give(office.ada, office.itm)
    assert len(office.held()) == 3


def test_a_longer_term_must_not_run_into_the_next(office):
    first = office.give(office.ada, starts_on=JUNE[0], ends_on=JUNE[4])
    office.give(office.ada, starts_on=JUNE[10])
    with pytest.raises(NotPossible, match="holds IT Project Manager already"):
        office.do(wishes.EndHolding(office.pm, first.key, JUNE[12]))
    office.do(wishes.EndHolding(office.pm, first.key, JUNE[9]))
    assert office.held()[0].ends_on == JUNE[9]


@pytest.mark.parametrize("what", ["days", "retired", "person", "role"])
def test_what_makes_no_sense_is_refused(office, what):
    wanted = {
        "days": wishes.GiveRole(office.pm, office.ada.key, starts_on=JUNE[1], ends_on=JUNE[0]),
        "retired": wishes.GiveRole(office.pm, office.ada.key),
        "person": wishes.GiveRole(office.pm, "nobody"),
        "role": wishes.GiveRole("nothing", office.ada.key),
    }[what]
    if what == "retired":
        office.do(actions.RetireRoles((office.pm,)))
    with pytest.raises(NotPossible):
        office.do(wanted)


def test_ending_the_last_holding_of_an_accountable_role_asks_for_a_successor(office):
    only = office.give(office.ada)
    with pytest.raises(SuccessorWanted) as asked:
        office.do(wishes.EndHolding(office.pm, only.key, JUNE[16]))
    assert [one.code for one in asked.value.duties] == ["VEN-1", "FIN-1"]
    assert asked.value.day == JUNE[17]
    assert office.held() == [Holding(office.ada.key)]

    done = office.do(wishes.EndHolding(office.pm, only.key, JUNE[16], successor=office.bob.key))
    assert office.held() == [
        Holding(office.ada.key, ends_on=JUNE[16]), Holding(office.bob.key, starts_on=JUNE[17]),
    ]  # fmt: skip
    assert "Bob Marsh holds IT Project Manager" in done.sentence
    assert models.Revision.objects.filter(organisation=office.organisation, number=done.revision).get().size == 2


def test_a_role_is_left_vacant_only_where_that_is_said(office):
    only = office.give(office.ada)
    office.do(wishes.EndHolding(office.pm, only.key, JUNE[16], leave_vacant=True))
    assert office.held() == [Holding(office.ada.key, ends_on=JUNE[16])]


def test_nobody_is_asked_where_another_holds_it_or_it_answers_for_nothing(office):
    first, other = office.give(office.ada), office.give(office.ada, office.itm)
    office.give(office.bob, manner="deputy", starts_on=JUNE[5])
    office.do(wishes.EndHolding(office.itm, other.key, JUNE[0]))
    with pytest.raises(SuccessorWanted):
        office.do(wishes.EndHolding(office.pm, first.key, JUNE[3]))
    office.do(wishes.EndHolding(office.pm, first.key, JUNE[4]))


def test_taking_the_last_holding_off_the_record_asks_too_and_an_old_one_does_not(office):
    today = timezone.localdate()
    past = office.give(office.bob, ends_on=today - timedelta(days=1))
    only = office.give(office.ada, starts_on=today)
    office.do(wishes.RemoveHolding(office.pm, past.key))
    with pytest.raises(SuccessorWanted):
        office.do(wishes.RemoveHolding(office.pm, only.key))
    office.do(wishes.RemoveHolding(office.pm, only.key, successor=office.bob.key))
    assert office.held() == [Holding(office.bob.key, starts_on=today)]


def test_a_successor_who_holds_it_already_is_refused(office):
    only = office.give(office.ada)
    office.give(office.bob, starts_on=JUNE[20])
    with pytest.raises(NotPossible, match="Bob Marsh holds IT Project Manager already") as refused:
        office.do(wishes.EndHolding(office.pm, only.key, JUNE[10], successor=office.bob.key))
    assert refused.value.field == "successor"


def test_retiring_a_role_ends_no_holding_and_says_who_is_left(office):
    office.give(office.ada)
    done = office.do(actions.RetireRoles((office.pm,)))
    assert "Ada Lovelace still holds it on record" in done.sentence
    assert office.held() == [Holding(office.ada.key)]


def test_the_holding_of_somebody_whose_name_was_erased_can_be_ended(office):
    only = office.give(office.ada)
    models.Person.objects.filter(pk=office.ada.pk).update(name="", email="", erased_on=JUNE[0])
    office.do(wishes.EndHolding(office.pm, only.key, JUNE[1], leave_vacant=True))
    with pytest.raises(NotPossible):
        office.give(office.ada, starts_on=JUNE[20])


# --- Absences


def test_somebody_is_away_and_covered(office):
    done = office.do(wishes.AddAbsence(office.ada.key, JUNE[2], JUNE[16]))
    assert load_matrix(office.small.matrix).absences == {done.key: Absence(office.ada.key, JUNE[2], JUNE[16])}
    seen = {"starts_on": "2026-06-03", "ends_on": "2026-06-17", "cover": ""}
    edited = office.do(wishes.EditAbsence(done.key, seen, {**seen, "cover": office.bob.key}))
    assert "Bob Marsh stands in" in edited.sentence
    assert load_matrix(office.small.matrix).absences[done.key].cover == office.bob.key
    office.do(wishes.RemoveAbsence(done.key))
    assert load_matrix(office.small.matrix).absences == {}


def test_cover_that_is_away_too_is_told(office):
    office.do(wishes.AddAbsence(office.bob.key, JUNE[10], JUNE[12]))
    done = office.do(wishes.AddAbsence(office.ada.key, JUNE[2], JUNE[16], office.bob.key))
    assert "But Bob Marsh is away in a part of that time too." in done.sentence


@pytest.mark.parametrize("what", ["days", "cover", "person"])
def test_an_absence_that_makes_no_sense_is_refused(office, what):
    wanted = {
        "days": wishes.AddAbsence(office.ada.key, JUNE[1], JUNE[0]),
        "cover": wishes.AddAbsence(office.ada.key, JUNE[1], cover=office.ada.key),
        "person": wishes.AddAbsence("nobody", JUNE[1]),
    }[what]
    with pytest.raises(NotPossible) as refused:
        office.do(wanted)
    assert refused.value.field == {"days": "ends_on"}.get(what, what)


def test_an_absence_seen_otherwise_is_a_conflict(office):
    key = office.do(wishes.AddAbsence(office.ada.key, JUNE[2])).key
    stale = wishes.EditAbsence(key, {"starts_on": "2026-06-01"}, {"starts_on": "2026-06-05"})
    assert perform(organisation=office.organisation, action=stale, author=TESTER).outcome.conflicts


# --- People


def test_a_person_is_put_on_record_renamed_and_linked(office, django_user_model):
    user = django_user_model.objects.create_user("ada", first_name="Ada")
    with pytest.raises(NotPossible, match="no member"):
        alter_person(person=office.ada, name="Ada", email="", account=user.pk)
    models.Membership.objects.create(organisation=office.organisation, user=user, level="reader")
    assert accounts(office.organisation) == {user.pk: "Ada"}
    alter_person(person=office.ada, name=" Ada King ", email="ada@example.org", account=user.pk)
    office.ada.refresh_from_db()
    assert (office.ada.name, office.ada.email, office.ada.user) == ("Ada King", "ada@example.org", user)
    with pytest.raises(NotPossible, match="that of Ada King already"):
        alter_person(person=office.bob, name="Bob", email="", account=user.pk)


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        (" ", "", "name"),
        ("x" * 201, "", "name"),
        ("Ada\x00", "", "name"),
        ("Cyd", "cyd", "email"),
        ("BOB marsh", "", "name"),
    ],
)
def test_a_person_needs_a_name_of_their_own(office, name, email, field):
    with pytest.raises(NotPossible) as refused:
        add_person(organisation=office.organisation, name=name, email=email)
    assert refused.value.field == field


def test_a_namesake_is_told_apart_by_address(office):
    assert add_person(organisation=office.organisation, name="Bob Marsh", email="bob2@example.org").pk


def test_only_who_never_had_a_role_is_taken_off_the_record(office):
    key = office.give(office.ada).key
    office.do(wishes.RemoveHolding(office.pm, key, leave_vacant=True))
    away = office.do(wishes.AddAbsence(office.ada.key, JUNE[0], cover=office.bob.key)).key
    office.do(wishes.RemoveAbsence(away))
    assert is_used(office.ada) and is_used(office.bob)
    with pytest.raises(NotPossible, match="stands in the history"):
        remove_person(office.ada)
    cyd = add_person(organisation=office.organisation, name="Cyd")
    remove_person(cyd)
    assert not models.Person.objects.filter(name="Cyd").exists()


def test_a_person_of_another_organisation_cannot_hold_a_role_here(office):
    other = Small("other")
    stranger = add_person(organisation=other.organisation, name="Cyd")
    with pytest.raises(NotPossible, match="no such person"):
        office.give(stranger)

"""Who owns what, out of the database."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from raci import models
from raci.domain.change import Address, Change
from raci.domain.find import Sort
from raci.domain.owned import Findable
from raci.domain.records import Decision, Duty, GreyArea, Kind
from raci.models.base import new_key
from raci.services.finding import who_owns
from tests.factories import Small, create, write


def fresh(small: Small) -> models.Organisation:
    """The organisation as the next request would read it."""
    return models.Organisation.objects.get(pk=small.organisation.pk)


def best(small: Small, typed: str):
    return who_owns(fresh(small), typed).best[0]


def test_the_answer_stands_in_the_result(small):
    small.set("VEN-1", "ITM", "", "A/R")
    small.set("VEN-1", "PM", "", "C")
    found = best(small, "ven1")
    assert found.entry.title == "Do what VEN-1 says"
    assert found.answers[0].title == "Projects"
    assert found.answers[0].held == (("A/R", "IT Manager"), ("C", "IT Project Manager"))


def test_what_was_written_is_found_at_once(small):
    assert who_owns(fresh(small), "catering").total == 0
    write(small.organisation, create(Kind.DUTY, Duty("NEW-1", "Order the catering"), new_key()))
    assert best(small, "catering").entry.code == "NEW-1"


def test_a_decision_is_found_by_its_reason_and_by_who_made_it(small):
    decision = Decision(
        small.duties["VEN-1"],
        owner=small.roles["ITM"],
        letters={small.roles["ITM"]: "A"},
        reason="Contracts outlive projects.",
        decided_on=date(2026, 3, 3),
        decided_by="Robin Vale",
    )
    write(small.organisation, create(Kind.DECISION, decision, new_key(), matrix=small.matrix_key))
    for typed in ("outlive", "robin vale"):
        found = best(small, typed)
        assert found.entry.sort is Sort.DECISION
        assert (found.decided.owner, found.decided.duty.code, found.decided.state) == ("IT Manager", "VEN-1", "")
    assert best(small, "VEN-1").answers[0].decision == decision


def test_a_withdrawn_decision_says_so(small):
    day = date(2026, 3, 3)
    gone = Decision(
        small.duties["VEN-1"],
        owner=small.roles["ITM"],
        letters={small.roles["ITM"]: "A"},
        reason="Once",
        decided_on=day,
        decided_by="Robin Vale",
        withdrawn_on=day,
    )
    write(small.organisation, create(Kind.DECISION, gone, new_key(), matrix=small.matrix_key))
    assert best(small, "once").decided.state == "withdrawn"
    assert best(small, "VEN-1").answers[0].decision is None


def test_an_open_duty_that_nobody_claims_lies_between_its_pair(small):
    grey_area = GreyArea(small.duties["VEN-1"], raised_on=date(2026, 3, 3), interim=small.roles["CIO"])
    write(small.organisation, create(Kind.GREY_AREA, grey_area, new_key(), matrix=small.matrix_key))
    answer = best(small, "VEN-1").answers[0]
    assert (answer.claimed, answer.claimants) == (False, ("IT Project Manager", "IT Manager"))
    assert answer.interim == "Chief Information Officer"


def test_a_role_and_an_area_have_answers_too(small):
    small.set("VEN-1", "ITM", "", "A/R")
    role, area = best(small, "it manager"), best(small, "vendor management")
    assert role.loads[0].counts == (("A", 1), ("R", 1))
    assert area.pair == ("IT Project Manager", "IT Manager")
    assert area.extents[0].owners == (("IT Manager", 1),)


def join(small: Small, name: str, *codes: str, **options: bool) -> models.Membership:
    first, _, last = name.partition(" ")
    user = get_user_model().objects.create_user(first.lower(), first_name=first, last_name=last, **options)
    joined = models.Membership.objects.create(organisation=small.organisation, user=user)
    joined.stands_for.set(models.Role.objects.filter(key__in=[small.roles[code] for code in codes]))
    return joined


def test_a_person_is_found_with_the_roles_that_they_stand_for_and_what_those_hold(small):
    small.set("VEN-1", "ITM", "", "A/R")
    join(small, "Tomasz Wieczorek", "ITM", "CIO")
    found = best(small, "wieczorek")
    assert found.entry.sort is Sort.PERSON
    assert {post.name for post in found.posts} == {"IT Manager", "Chief Information Officer"}
    (post,) = (post for post in found.posts if post.loads)
    assert post.loads[0].counts == (("A", 1), ("R", 1))
    assert best(small, "it manager").people == ("Tomasz Wieczorek",)


def test_who_joins_leaves_or_changes_roles_is_known_at_once_though_no_revision_is_made(small):
    who_owns(fresh(small), "ven")
    joined = join(small, "Tomasz Wieczorek", "ITM")
    assert best(small, "tomasz").posts[0].name == "IT Manager"
    joined.stands_for.clear()
    assert best(small, "tomasz").posts == ()
    joined.user.is_active = False
    joined.user.save()
    assert who_owns(fresh(small), "tomasz").total == 0


def test_only_members_of_the_organisation_are_found_as_people(small):
    other = Small("other")
    join(other, "Sten Secret", "ITM")
    assert who_owns(fresh(small), "sten").total == 0
    bare = models.Organisation.objects.create(slug="bare", name="Bare")
    models.Membership.objects.create(organisation=bare, user=get_user_model().objects.get(username="sten"))
    assert [found.entry.title for found in who_owns(bare, "secret").best] == ["Sten Secret"]


def test_after_a_write_only_what_it_touched_is_indexed_anew(small, monkeypatch):
    who_owns(fresh(small), "ven")
    made = []
    entry = Findable._entry
    monkeypatch.setattr(Findable, "_entry", lambda self, *given: made.append(given[0].key) or entry(self, *given))
    small.set("VEN-1", "ITM", "", "A/R")
    assert best(small, "ven1").answers[0].held == (("A/R", "IT Manager"),)
    assert made == []
    key = small.duties["VEN-2"]
    renamed = Change(Address(Kind.DUTY, "", key), "title", "Do what VEN-2 says", "Order the catering")
    write(small.organisation, renamed)
    assert best(small, "catering").entry.key == key
    assert made == [key]
    assert who_owns(fresh(small), "do what ven2").total == 0


def test_nothing_of_another_organisation_is_found(small):
    other = Small("other")
    write(other.organisation, create(Kind.DUTY, Duty("SEC-1", "Keep the secret"), new_key()))
    assert who_owns(fresh(small), "secret").total == 0
    assert who_owns(fresh(other), "secret").total == 1


def test_an_organisation_without_a_matrix_has_nothing_to_find(db):
    bare = models.Organisation.objects.create(slug="bare", name="Bare")
    assert who_owns(bare, "anything").total == 0


def test_a_known_revision_is_searched_asking_the_database_only_for_the_people(small, django_assert_num_queries):
    organisation = fresh(small)
    who_owns(organisation, "ven")
    with django_assert_num_queries(1):
        assert who_owns(organisation, "vednor").total == 3


@pytest.mark.parametrize("typed", ["'; DROP TABLE --", "\x00", "\ud800", "%", "a" * 5000])
def test_odd_text_is_only_text(small, typed):
    assert who_owns(fresh(small), typed).total == 0

"""Charters are written in one revision, signed as they were shown, and what changes later is told line by line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Accountability, Charter, Kind, Need, Verb, to_fields
from raci.services.charters import (
    Draft,
    NotYours,
    RowDraft,
    current_digests,
    draw,
    drawing,
    holders,
    late,
    save_charter,
    save_needs,
    sign,
    to_sign,
    told,
)
from raci.services.charters.signing import State
from raci.services.door import Author
from raci.services.linting import findings
from raci.services.reminders import gather
from raci.services.whole import load_whole
from tests.chartered import hold, person, write_charter
from tests.factories import TESTER, Small, create, write


@pytest.fixture
def ida(small: Small) -> models.User:
    """The IT manager: holds the role, and may contribute."""
    user = models.User.objects.create_user("ida", "ida@example.org", first_name="Ida")
    models.Membership.objects.create(organisation=small.organisation, user=user, level="contributor")
    person(small, "pida", user)
    write_charter(small)
    hold(small, "pida")
    return user


def fresh(small: Small) -> models.Organisation:
    return models.Organisation.objects.get(pk=small.organisation.pk)


def state(small: Small) -> list[tuple[State, list[str], list[str]]]:
    drawn = draw(fresh(small), small.roles["ITM"])
    return [
        (one.state, told(one.difference.removed), told(one.difference.added))
        for one in holders(small.organisation, drawn)
    ]


def signed(small: Small, user: models.User, **shown: object) -> object:
    drawn = draw(fresh(small), small.roles["ITM"])
    given = {"digest": drawn.digest, "number": drawn.view.revision, **shown}
    return sign(organisation=small.organisation, role=small.roles["ITM"], author=Author.of(user, "workspace"), **given)


# --- signing


def test_a_new_holder_is_asked_at_once_and_no_more_once_they_signed(small, ida):
    assert state(small) == [(State.UNSIGNED, [], [])]
    assert [(one.role, one.again) for one in to_sign(fresh(small), ida)] == [(small.roles["ITM"], False)]

    assert signed(small, ida).outcome.ok

    assert state(small) == [(State.SIGNED, [], [])]
    assert to_sign(fresh(small), ida) == ()
    signature = models.Signature.objects.get()
    assert (signature.number, signature.signed_on) == (fresh(small).revision - 1, timezone.localdate())


def test_a_change_that_touches_it_is_told_with_exactly_its_lines(small, ida):
    signed(small, ida)
    small.set("VEN-2", "PM", "", "A/R")  # somebody else's
    assert state(small) == [(State.SIGNED, [], [])]
    small.set("VEN-1", "ITM", "A/R", "A")

    assert state(small) == [
        (
            State.CHANGED,
            ["A/R: VEN-1 Do what VEN-1 says, in “Projects”"],
            ["A: VEN-1 Do what VEN-1 says, in “Projects”"],
        )
    ]
    assert [one.again for one in to_sign(fresh(small), ida)] == [True]
    # Taken back, what they signed is what there is.
    small.set("VEN-1", "ITM", "A", "A/R")
    assert state(small) == [(State.SIGNED, [], [])]


def test_what_moved_while_it_was_read_is_shown_and_not_signed(small, ida):
    before = draw(fresh(small), small.roles["ITM"])
    small.set("VEN-2", "ITM", "", "C")

    done = signed(small, ida, digest=before.digest, number=before.view.revision)

    assert told(done.moved.added) == ["C: VEN-2 Do what VEN-2 says, in “Projects”"]
    assert done.moved.removed == ()
    assert not models.Signature.objects.exists()


def test_signing_twice_writes_once(small, ida):
    signed(small, ida)
    revision = fresh(small).revision
    assert signed(small, ida).outcome.ok
    assert fresh(small).revision == revision


def test_only_a_holder_of_today_can_sign(small, ida):
    stranger = models.User.objects.create_user("sam")
    with pytest.raises(NotYours, match="linked to your account"):
        signed(small, stranger)
    person(small, "psam", stranger)
    with pytest.raises(NotYours, match="holds the role today"):
        signed(small, stranger)
    yesterday = timezone.localdate() - timedelta(days=1)
    hold(small, "psam", ends_on=yesterday)
    with pytest.raises(NotYours, match="holds the role today"):
        signed(small, stranger)
    assert [one.person for one in holders(small.organisation, draw(fresh(small), small.roles["ITM"]))] == ["pida"]


def test_nobody_signs_what_nobody_wrote(small, ida):
    hold(small, "pida", "PM")
    drawn = draw(fresh(small), small.roles["PM"])
    author = Author.of(ida, "workspace")
    done = sign(organisation=small.organisation, role=small.roles["PM"], digest=drawn.digest, number=1, author=author)
    assert [refusal.message for refusal in done.outcome.refusals] == [
        "Nobody has written this charter yet; there is nothing to sign."
    ]
    assert [one.role for one in to_sign(fresh(small), ida)] == [small.roles["ITM"]]


def test_an_erased_name_leaves_the_signature(small, ida):
    signed(small, ida)
    models.Person.objects.update(name="", user=None, erased_on=timezone.localdate())
    (one,) = holders(small.organisation, draw(fresh(small), small.roles["ITM"]))
    assert (one.name, one.state) == ("", State.SIGNED)


# --- writing


def draft(small: Small, *rows: RowDraft, **wanted: object) -> Draft:
    role = {"purpose": "", "scope": ""}
    seen = to_fields(load_whole(fresh(small)).register.charters[small.roles["ITM"]])
    return Draft(small.roles["ITM"], role, role, seen, {**seen, **wanted}, rows)


def test_all_of_a_form_is_one_revision(small, ida):
    before = fresh(small).revision
    old = to_fields(Accountability("Sign contracts", duty=small.duties["VEN-1"]))
    new = {"text": "Pay invoices", "area": "", "duty": "", "share": 0, "position": 1}
    made = draft(
        small,
        RowDraft(Kind.ACCOUNTABILITY, "m1", old, {**old, "share": 60}),
        RowDraft(Kind.ACCOUNTABILITY, "", {}, new),
        measures="Contracts in time",
    )
    made = replace(made, role_wanted={"purpose": "It holds.", "scope": ""})
    outcome = save_charter(organisation=small.organisation, draft=made, author=TESTER)

    assert outcome.ok
    assert fresh(small).revision == before + 1
    view = draw(fresh(small), small.roles["ITM"]).view
    assert [(one.text, one.share) for one in view.main_duties] == [("Sign contracts", 60), ("Pay invoices", 0)]
    assert (view.charter.measures, view.role.purpose) == ("Contracts in time", "It holds.")
    gone = RowDraft(Kind.ACCOUNTABILITY, "m1", {**old, "share": 60}, None)
    assert save_charter(organisation=small.organisation, draft=draft(small, gone), author=TESTER).ok
    assert [one.text for one in draw(fresh(small), small.roles["ITM"]).view.main_duties] == ["Pay invoices"]


def test_the_first_thing_said_makes_the_charter(small):
    empty = to_fields(Charter())
    nothing = {"purpose": "", "scope": ""}
    first = Draft(small.roles["PM"], nothing, nothing, empty, empty)
    assert save_charter(organisation=small.organisation, draft=first, author=TESTER).revision is None
    wanted = {**empty, "excludes": "Budgets", "review_on": "2030-01-01"}
    assert save_charter(organisation=small.organisation, draft=replace(first, charter_wanted=wanted), author=TESTER).ok
    assert models.Charter.objects.get().review_on == date(2030, 1, 1)


def test_what_somebody_else_changed_meanwhile_is_a_conflict(small, ida):
    stale = draft(small, excludes="The plan")
    address = Address(Kind.CHARTER, "", small.roles["ITM"])
    write(small.organisation, Change(address, "excludes", "The schedule", "The staff"))

    outcome = save_charter(organisation=small.organisation, draft=stale, author=TESTER)

    assert [conflict.current for conflict in outcome.conflicts] == ["The staff"]
    assert models.Charter.objects.get().excludes == "The staff"


def test_needs_are_written_and_held_against_the_owner(small, ida):
    need = to_fields(Need("Contracts", Verb.SIGN, "EUR", "80000"))
    row = RowDraft(Kind.NEED, "", {}, need)
    assert save_needs(organisation=small.organisation, duty=small.duties["VEN-1"], rows=[row], author=TESTER).ok
    found = [item.text for item in findings(small.matrix) if item.rule == "A01"]
    assert found == ["VEN-1: IT Manager owns it, but has no authority to: sign Contracts up to 80,000 EUR."]
    address = Address(Kind.AUTHORITY, "", small.roles["ITM"], "a1")
    write(small.organisation, Change(address, "ceiling", "50000", "80000"))
    assert [item.rule for item in findings(small.matrix) if item.rule == "A01"] == []


# --- what lint and digests are told


def rules(small: Small, ahead: int = 0) -> list[str]:
    late._cache.clear()
    day = timezone.localdate() + timedelta(days=ahead)
    return [item.text for item in findings(small.matrix, day) if item.rule in ("M02", "P04")]


def test_a_holder_has_two_weeks_to_sign(small, ida):
    assert rules(small) == []
    assert rules(small, 13) == []
    assert rules(small, 14) == ["The charter of IT Manager is not signed by all who hold it: 1 missing."]
    signed(small, ida)
    assert rules(small, 60) == []


def test_a_change_leaves_two_weeks_again(small, ida):
    signed(small, ida)
    small.set("VEN-1", "ITM", "A/R", "A")
    assert rules(small, 13) == []
    assert rules(small, 14) == [
        "The charter of IT Manager has changed since it was signed by those who hold it: 1 to sign again."
    ]


def test_charter_and_matrix_are_held_against_one_another(small, ida):
    small.set("VEN-1", "ITM", "A/R", "C")
    small.set("VEN-2", "ITM", "", "A")
    # While nobody owns VEN-1 it is undecided, and no contradiction.
    assert rules(small) == ["IT Manager owns 1 duties here that its charter does not name: VEN-2."]
    small.set("VEN-1", "CIO", "", "A")
    assert rules(small) == [
        "The charter of IT Manager claims what no matrix gives it: Sign contracts.",
        "IT Manager owns 1 duties here that its charter does not name: VEN-2.",
    ]


def test_a_digest_asks_holders_to_sign(small, ida):
    hold(small, "pida", holding="again")
    found = gather(timezone.localdate(), 7)
    (reminder,) = found.reminders
    ((part,),) = [reminder.parts]
    assert [(item.wait, item.title, item.roles) for item in part.waiting] == [
        ("sign", "IT Manager", frozenset({small.roles["ITM"]}))
    ]
    assert part.role_names == {small.roles["ITM"]: "IT Manager"}
    models.Membership.objects.update(level="reader")
    assert gather(timezone.localdate(), 7).reminders == []


# --- queries


def test_as_many_queries_whatever_the_number_of_holders_and_signatures(small, ida):
    def queries() -> tuple[int, int]:
        drawing._cache.clear()
        late._cache.clear()
        organisation = fresh(small)
        current_digests(organisation)
        drawing._cache.clear()
        with CaptureQueriesContext(connection) as waits:
            to_sign(organisation, ida)
        with CaptureQueriesContext(connection) as linted:
            findings(small.matrix, timezone.localdate() + timedelta(days=30))
        return len(waits), len(linted)

    queries()  # what is read once for ever
    few = queries()
    for number in range(8):
        person(small, f"p{number}")
        hold(small, f"p{number}")
        write_more = Accountability(f"Report on part {number}")
        write(small.organisation, create(Kind.ACCOUNTABILITY, write_more, small.roles["CIO"], other=f"m{number}"))
    queries()
    assert queries() == few


def test_what_waits_is_one_query_once_the_digests_are_known(small, ida, django_assert_num_queries):
    organisation = fresh(small)
    to_sign(organisation, ida)
    with django_assert_num_queries(1):
        to_sign(organisation, ida)

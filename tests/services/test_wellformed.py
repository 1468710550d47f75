"""What neither database nor history could keep is refused at the door, with a sentence."""

from datetime import date
from typing import Any

import pytest

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Duty, GreyArea, Kind, to_fields
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.history import verify
from raci.services.loading import load_matrix
from tests.factories import TESTER, Small, create, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return Small()


def apply(small: Small, *changes: Change, author: Author = TESTER) -> Outcome:
    """Apply, and see that history still accounts for everything."""
    outcome = apply_changes(organisation=small.organisation, changes=changes, author=author)
    assert verify(small.organisation) == []
    return outcome


def message(outcome: Outcome) -> str:
    (refusal,) = outcome.refusals
    return refusal.message


@pytest.mark.parametrize("key", ["x" * 13, "nul\x00", "\ud800", "", "a b", "ä"])
def test_a_key_that_a_database_or_an_address_cannot_hold(small, key):
    cell = small.cell("VEN-1", "PM", "", "A")
    for change in (
        create(Kind.DUTY, Duty("N-1", "Do it"), key),
        cell._replace(address=cell.address._replace(other=key)),
        cell._replace(address=cell.address._replace(matrix=key)),
    ):
        assert message(apply(small, change)) == "This is not the address of anything that can be kept."


def test_an_address_with_more_parts_than_its_kind_has(small):
    change = create(Kind.DUTY, Duty("N-1", "Do it"), new_key())._replace(address=Address(Kind.DUTY, "m", "d", "o"))
    assert message(apply(small, change)) == "This is not the address of anything that can be kept."


@pytest.mark.parametrize(
    ("field", "after"), [("letters", None), ("letters", 5), ("letters", ["A"]), ("", "A"), ("x", "A")]
)
def test_a_cell_that_would_hold_anything_but_letters(small, field, after):
    change = small.cell("VEN-1", "PM", "", "A")._replace(field=field, after=after)
    assert message(apply(small, change)) == "A cell holds letters only."


@pytest.mark.parametrize("proposed", [{"nul\x00": "A"}, {"role": 7}, {"role": "\ud800"}, {7: "A"}])
def test_letters_by_role_that_are_no_such_thing(small, proposed: dict[Any, Any]):
    area = GreyArea(small.duties["VEN-1"], raised_on=date(2026, 1, 1), proposed=proposed)
    outcome = apply(small, create(Kind.GREY_AREA, area, new_key(), matrix=small.matrix_key))
    assert message(outcome) == "Letters and the like are given by the key of a record."


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("Eva", "nul\x00", "The reason has the character U+0000 at position 4"),
        ("Eva", "\ud800", "The reason has the character U+D800 at position 1"),
        ("Eva", "x" * 10_001, "The reason is 10,001 characters long; at most 10,000 can be stored."),
        ("x" * 201, "", "The name is 201 characters long; at most 200 can be stored."),
    ],
)
def test_an_author_whose_words_cannot_be_kept(small, name, reason, said):
    outcome = apply(small, small.cell("VEN-1", "PM", "", "A"), author=Author(name, "command", reason))
    assert message(outcome).startswith(said)


def test_the_longest_name_that_an_account_can_have_is_cut_to_what_history_holds(small):
    user = models.User.objects.create(username="x", first_name="x" * 150, last_name="y" * 150)
    assert apply(small, small.cell("VEN-1", "PM", "", "A"), author=Author.of(user, "workspace")).refusals == ()


def test_a_record_that_is_removed_and_altered_in_one_set(small):
    key = new_key()
    duty = Duty("N-1", "Do it")
    write(small.organisation, create(Kind.DUTY, duty, key))
    address = Address(Kind.DUTY, "", key)
    outcome = apply(
        small, Change(address, "", to_fields(duty), None), Change(address, "title", "Do it", "Do it otherwise")
    )
    assert {refusal.message for refusal in outcome.refusals} == {"The same place is named twice in one set of changes."}


def test_a_date_is_kept_in_one_form(small):
    key = new_key()
    area = GreyArea(small.duties["VEN-1"], raised_on=date(2026, 1, 1))
    write(small.organisation, create(Kind.GREY_AREA, area, key, matrix=small.matrix_key))
    assert apply(small, Change(Address(Kind.GREY_AREA, small.matrix_key, key), "due_on", "", "20260201")).ok
    assert load_matrix(small.matrix).grey_areas[key].due_on == date(2026, 2, 1)


def test_duties_that_would_be_part_of_themselves(small):
    keys = list(small.duties.values())
    circle = [
        Change(Address(Kind.DUTY, "", key), "parent", "", parent)
        for key, parent in zip(keys, [*keys[1:], keys[0]], strict=True)
    ]
    assert message(apply(small, *circle)) == "The duty FIN-1 would be part of itself."
    assert apply(small, *circle[:2]).ok
    assert message(apply(small, circle[2])) == "The duty FIN-1 would be part of itself."


def test_a_scheme_that_has_no_place_for_letters_that_are_there(small):
    definition = models.Scheme.objects.get().definition
    letters = [letter for letter in definition["letters"] if letter["code"] != "C"]
    models.Scheme.objects.create(
        code="rai", name="RAI", definition={**definition, "code": "rai", "name": "RAI", "letters": letters}
    )
    small.set("VEN-1", "PM", "", "C")
    change = Change(Address(Kind.SHEET, "", small.matrix_key), "scheme", "raci", "rai")
    assert message(apply(small, change)) == "RAI has no place for C; change those cells first."
    small.set("VEN-1", "PM", "C", "R")
    assert apply(small, change).ok

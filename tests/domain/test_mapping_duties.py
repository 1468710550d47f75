"""Which duty and area of ours a line and a section of a document is."""

from dataclasses import replace

import pytest

from raci.domain.mapping.choosing import NEW, Detail, Fit
from raci.domain.mapping.duties import Duties, suggested_areas, suggested_details, titles_of
from raci.domain.mapping.texts import Kept, area_name
from raci.domain.reading import Item
from raci.domain.records import Area, Duty
from tests.domain.builders import matrix_of

OURS = {
    "d1": Duty("VEN-1", "Select the vendor", "ven"),
    "d2": Duty("VEN-2", "Sign the contract", "ven"),
    "d3": Duty("FIN-1", "Approve the yearly budget", "fin"),
    "d4": Duty("FIN-2", "Report the status", "fin"),
    "d5": Duty("VEN-3", "Report the status", "ven"),
    "old": Duty("OLD-1", "Archive the files", retired=True),
}
REGISTER = replace(
    matrix_of(""), duties=OURS, areas={"ven": Area("VEN", "Vendor management"), "fin": Area("FIN", "Finance")}
)


def taken(*items: Item | str, here: frozenset[str] = frozenset()):
    items = tuple(one if isinstance(one, Item) else Item(one) for one in items)
    areas = suggested_areas([one.section for one in items if one.section], REGISTER)
    return Duties(REGISTER, here).suggested(items, areas)


def test_a_line_is_found_by_its_title_and_by_code_with_title():
    assert [
        (choice.to, choice.fit) for choice in taken("select THE vendor", Item("Sign contracts", code="ven-02"))
    ] == [
        ("d1", Fit.EXACT),
        ("d2", Fit.EXACT),
    ]


def test_a_code_alone_is_asked_about_and_a_number_says_nothing():
    letters, number = taken(Item("Water the plants", code="VEN-1"), Item("Feed the cat", code="1"))
    assert (letters.to, letters.fit, letters.others) == (NEW, Fit.SIMILAR, ("d1",))
    assert "Select the vendor" in str(letters.why)
    assert (number.to, number.fit) == (NEW, Fit.NEW)


def test_what_has_nearly_the_same_words_is_the_same_and_what_looks_like_it_is_asked():
    same, typing, near, other = taken(
        "Selecting... Vendors, select", "Aprove the yearly budget", "Approve the budget", "Feed the cat"
    )
    assert (typing.to, typing.fit) == ("d3", Fit.SIMILAR)
    assert (near.to, near.fit, near.others[0]) == (NEW, Fit.SIMILAR, "d3")
    assert (same.to, other.to, other.fit) == (NEW, NEW, Fit.NEW)


def test_a_retired_duty_is_not_taken():
    assert taken("Archive the files")[0].to == NEW


def test_the_same_title_under_two_sections_is_two_duties():
    ven, fin = taken(Item("Report the status", section="Vendor management"), Item("Report the status", section="FIN"))
    assert (ven.to, fin.to) == ("d5", "d4")


def test_of_several_duties_with_a_title_that_of_the_matrix_comes_first():
    (choice,) = taken("Report the status", here=frozenset({"d5"}))
    assert (choice.to, choice.fit, choice.others) == ("d5", Fit.SIMILAR, ("d4",))


def test_no_duty_is_taken_for_two_lines():
    first, second = taken("Sign the contract", "Sign contracts")
    assert (first.to, second.to, second.others[0]) == ("d2", NEW, "d2")


def test_a_title_that_stands_twice_in_a_section_gets_a_number():
    items = [Item("Plan", section="A"), Item("plan", section="A"), Item("Plan", section="B")]
    assert titles_of(items) == ("Plan", "plan (2)", "Plan")


def test_sections_are_areas_by_name_code_and_likeness():
    found = suggested_areas(["finance", "VEN", "Management of vendors", "Security"], REGISTER)
    assert {section: (choice.to, choice.fit) for section, choice in found.items()} == {
        "finance": ("fin", Fit.EXACT),
        "VEN": ("ven", Fit.EXACT),
        "Management of vendors": ("ven", Fit.SIMILAR),
        "Security": (NEW, Fit.NEW),
    }


@pytest.mark.parametrize(
    "section", ["1. Vendor management", "2.3 vendor management", "IV) Vendor management", "b. VENDOR MANAGEMENT"]
)
def test_the_number_of_a_section_is_no_part_of_its_name(section):
    (choice,) = suggested_areas([section], REGISTER).values()
    assert (choice.to, choice.fit) == ("ven", Fit.EXACT)


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("3. Budget", "Budget"), ("1.2.3: Budget", "Budget"), ("3 lines of defence", "3 lines of defence"),
        ("24/7 desk", "24/7 desk"), ("IT", "IT"), ("2.", "2."), ("Phase 1. Plan", "Phase 1. Plan"),
    ],
)  # fmt: skip
def test_a_new_area_is_called_like_its_section_without_the_number(section, name):
    assert area_name(section) == Kept(name)


def test_the_number_of_a_line_is_no_part_of_its_title():
    assert titles_of([Item("1.1 Plan"), Item("1.2 Check"), Item("1.3 Plan")]) == ("Plan", "Check", "Plan (2)")
    (numbered,) = taken(Item("4.2. Sign the contract"))
    assert numbered == taken(Item("Sign the contract"))[0]


def test_a_title_under_two_numbers_of_one_section_gets_a_number():
    items = [Item("Plan", section="1. Budget"), Item("Plan", section="2. Budget")]
    assert titles_of(items) == ("Plan", "Plan (2)")


def test_columns_that_tell_more_become_notes_and_others_are_left():
    headings = ["Task description", "Bemerkungen", "Описание", "Priority", "Hours"]
    wanted = [Detail.NOTE, Detail.NOTE, Detail.NOTE, Detail.LEFT, Detail.LEFT]
    assert list(suggested_details(headings).values()) == wanted


def test_ten_thousand_lines_are_looked_up_without_comparing_each_with_each():
    many = {f"d{at}": Duty(f"D-{at}", f"Check the system {at} of department {at % 97}") for at in range(10_000)}
    register = replace(matrix_of(""), duties=many)
    items = [Item(duty.title.replace("Check", "Verify")) for duty in list(many.values())[:300]]
    found = Duties(register).suggested(items, {})
    assert sum(f"d{at}" in choice.others for at, choice in enumerate(found)) >= 290

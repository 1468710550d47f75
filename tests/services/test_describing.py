"""Changes as sentences: every field by its own words, days as people write them, keys as names."""

import re
from datetime import date
from enum import StrEnum

import pytest
from django.utils import translation

from raci.domain.change import Address, Change
from raci.domain.matrix import IN_MATRIX, PAIRED
from raci.domain.records import RECORD_TYPES, Claim, Column, Decision, GreyArea, Kind, Line, Row, field_types, to_fields
from raci.domain.scheme import LetterClass
from raci.services.describing import describe, tell
from raci.services.labels import CHOICES, KINDS, LABELS, in_words
from raci.services.naming import Names, names_for
from raci.services.said import Named, Said
from tests.factories import Small, create

VEN = "VEN-1 Do what VEN-1 says"
FIELDS = [(kind, name) for kind in RECORD_TYPES for name in field_types(kind)]


def address(small: Small, kind: Kind) -> Address:
    """Return an address of a kind in the small organisation, with names for all its parts."""
    duty, role, other = small.duties["VEN-1"], small.roles["ITM"], small.roles["CIO"]
    subjects = {Kind.AREA: small.area, Kind.SHEET: small.matrix_key, Kind.DUTY: duty, Kind.ROW: duty}
    roles = dict.fromkeys((Kind.ROLE, Kind.LINE, Kind.COLUMN), role)
    matrix = small.matrix_key if kind in IN_MATRIX else ""
    with_other = kind in PAIRED or kind is Kind.CELL
    return Address(kind, matrix, (subjects | roles).get(kind, "greyareakey1"), other if with_other else "")


def samples(small: Small, kind: Kind, name: str):
    """Return two values of a field in their JSON form."""
    wanted = field_types(kind)[name]
    if name in ("area", "first_role", "second_role", "parent", "decider", "interim", "owner", "duty", "role", "giver"):
        return {"area": (small.area, ""), "duty": (small.duties["VEN-1"], small.duties["VEN-2"])}.get(
            name, (small.roles["PM"], small.roles["ITM"])
        )
    if wanted == date | None:
        return "2026-03-01", "2026-12-24"
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        values = [item.value for item in wanted]
        return values[0], values[-1]
    if wanted is bool:
        return False, True
    if wanted is int:
        return 1, 2
    return ({small.roles["PM"]: "A"}, {small.roles["PM"]: "R"}) if wanted not in (str,) else ("one", "other")


def said(small: Small, kind: Kind, name: str, before, after) -> str:
    change = Change(address(small, kind), name, before, after)
    names = names_for([change])
    duty_of = {**names.duty_of, "greyareakey1": small.duties["VEN-1"]}
    by_key = {**names.by_key, small.duties["VEN-1"]: "VEN-1 Do what VEN-1 says"}
    return describe(change, Names(by_key, duty_of, names.code_of, names.there))


def test_every_kind_and_every_field_has_its_words():
    assert set(KINDS) == set(RECORD_TYPES) == set(LABELS)
    assert {kind: set(words) for kind, words in LABELS.items()} == {kind: set(field_types(kind)) for kind in LABELS}


def test_every_field_of_few_values_has_words_for_each():
    few = {
        (kind, name): {item.value for item in wanted}
        for kind in RECORD_TYPES
        for name, wanted in field_types(kind).items()
        if isinstance(wanted, type) and issubclass(wanted, StrEnum) and wanted is not LetterClass
    }
    assert {key: set(CHOICES[key]) for key in few} == few


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_no_sentence_shows_how_a_field_is_stored(small, kind, name):
    one, other = samples(small, kind, name)
    for before, after in ((one, other), (other, one), (type(one)(), other), (one, type(one)())):
        if before == after:
            continue
        text = said(small, kind, name, before, after)
        assert not re.search(r"\d{4}-\d\d-\d\d|[a-z]_[a-z]|True|False|None|[{}%]", text), text
        assert not any(key in text for key in (*small.roles.values(), *small.duties.values(), small.area)), text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ((Kind.DUTY, "title", "Sign it", "Sign"), "Renamed VEN-1 from “Sign it” to “Sign”"),
        ((Kind.ROLE, "name", "Lead", "Head"), "Renamed the role “Lead” to “Head”"),
        ((Kind.ROLE, "retired", False, True), "Retired the role IT Manager"),
        ((Kind.DUTY, "retired", True, False), f"Brought back the duty {VEN}"),
        ((Kind.ROLE, "kind", "post", "group"), "Changed the kind of the role IT Manager from Post to Group"),
        ((Kind.DUTY, "is_control", False, True), f"Marked {VEN} as a control"),
        ((Kind.DUTY, "note", "", "Mind it"), f"Set the note of the duty {VEN} to “Mind it”"),
        ((Kind.DUTY, "note", "Mind it", ""), f"Cleared the note of the duty {VEN}"),
        ((Kind.ROW, "position", 1, 4), f"Moved {VEN} down in Projects"),
        ((Kind.COLUMN, "position", 4, 1), "Moved the column IT Manager to the left in Projects"),
        ((Kind.ROW, "applies", True, False), f"{VEN} does not apply in Projects"),
        ((Kind.ROW, "reason", "", "No vendor"), f"{VEN} does not apply in Projects because: “No vendor”"),
        ((Kind.GREY_AREA, "due_on", "", "2026-03-01"),
         f"The grey area {VEN} in Projects is due on 1 March 2026"),
        ((Kind.GREY_AREA, "due_on", "2026-03-01", "2026-04-02"),
         f"The grey area {VEN} in Projects is due on 2 April 2026 instead of 1 March 2026"),
        ((Kind.GREY_AREA, "status", "open", "withdrawn"),
         f"Withdrew the grey area {VEN} in Projects"),
        ((Kind.CLAIM, "letters", "A", "C"),
         f"Chief Information Officer claims C instead of A for {VEN} in Projects"),
        ((Kind.DECISION, "withdrawn_on", "", "2026-03-01"),
         f"Withdrew the decision on {VEN} in Projects"),
    ],
)  # fmt: skip
def test_what_happens_often_is_said_as_people_say_it(small, changed, sentence):
    assert said(small, *changed) == sentence


def test_who_decides_who_owns_meanwhile_and_which_area_are_said_by_name(small):
    itm, area = small.roles["ITM"], small.area
    place = "VEN-1 Do what VEN-1 says"
    assert said(small, Kind.GREY_AREA, "decider", "", itm) == f"IT Manager decides on the grey area {place} in Projects"
    assert said(small, Kind.GREY_AREA, "interim", "", itm) == f"IT Manager owns {place} in Projects in the interim"
    assert (
        said(small, Kind.GREY_AREA, "interim", itm, "")
        == f"IT Manager no longer owns {place} in Projects in the interim"
    )
    assert said(small, Kind.DUTY, "area", "", area) == f"Put {place} into the area Vendor management"
    assert said(small, Kind.DUTY, "area", area, "") == f"Took {place} out of the area Vendor management"


@pytest.mark.parametrize(
    ("kind", "record", "added", "removed"),
    [
        (Kind.LINE, Line(), "IT Manager reports to Chief Information Officer",
         "IT Manager no longer reports to Chief Information Officer"),
        (Kind.ROW, Row(), f"Put {VEN} into Projects", f"Took {VEN} out of Projects"),
        (Kind.COLUMN, Column(), "Added the column IT Manager to Projects",
         "Took the column IT Manager out of Projects"),
    ],
)  # fmt: skip
def test_places_come_and_go_in_words(small, kind, record, added, removed):
    where = address(small, kind)
    for change, sentence in (
        (Change(where, "", None, to_fields(record)), added),
        (Change(where, "", to_fields(record), None), removed),
    ):
        assert describe(change, names_for([change])) == sentence


def test_grey_areas_claims_and_decisions_are_raised_made_and_taken(small):
    duty, itm = small.duties["VEN-1"], small.roles["ITM"]
    mine = {"matrix": small.matrix_key}
    raised = create(Kind.GREY_AREA, GreyArea(duty, raised_on=date(2026, 1, 1)), "greyareakey1", **mine)
    claimed = create(Kind.CLAIM, Claim("A/R"), "greyareakey1", other=itm, **mine)
    decided = create(Kind.DECISION, Decision(duty, owner=itm, reason="So"), "decisionkey1", **mine)
    names = names_for([raised, claimed, decided])
    place = "VEN-1 Do what VEN-1 says in Projects"
    assert [describe(change, names) for change in (raised, claimed, decided)] == [
        f"Raised the grey area {place}",
        f"IT Manager claims A/R for {place}",
        f"Decided {place}: IT Manager is accountable",
    ]


def test_days_and_numbers_follow_the_language_of_the_reader(small):
    with translation.override("de"):
        assert in_words(Kind.GREY_AREA, "due_on", "2026-03-01") == "1. März 2026"


def test_a_sentence_knows_the_duty_that_it_names_while_that_is_on_record(small):
    change = small.cell("VEN-1", "PM", "", "A")

    def duties(part):
        if isinstance(part, Said):
            return [key for inner in part.parts.values() for key in duties(inner)]
        return [part.duty] if isinstance(part, Named) and part.duty else []

    assert duties(tell(change, names_for([change]))) == [small.duties["VEN-1"]]
    assert duties(tell(change, Names({}, {}))) == []

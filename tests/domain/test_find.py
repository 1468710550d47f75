"""Finding by what somebody typed, and the answers beside what was found."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.find import Entry, Index, Rank, Sort, Where, words
from raci.domain.owned import Findable, Person, area_extents, duty_answers, role_loads
from raci.domain.records import Claim, Decision, Role
from tests.domain.builders import matrix_of, open_grey_area, overlap


def duty(code: str, title: str, beside: str = "") -> Entry:
    return Entry(Sort.DUTY, code, code, title, beside)


REGISTER = (
    Entry(Sort.ROLE, "pm", "PM", "IT Project Manager", "Delivers the project"),
    Entry(Sort.AREA, "ven", "VEN", "Vendor management"),
    duty("VEN-4", "Sign the contract", "Vendor management"),
    duty("VEN-40", "Renew a subcontract", "Vendor management"),
    duty("VEN-10", "Select the vendor", "Vendor management"),
    duty("VEN-2", "Select the vendor", "Vendor management"),
    duty("FIN-1", "Prüfe das Übernahmebudget", "Money"),
    Entry(Sort.DECISION, "d", "", "", "Contracts outlive projects. Renée Øster"),
)
INDEX = Index(REGISTER)


def found(typed: str, index: Index = INDEX) -> list[str]:
    return [hit.entry.key for hit in index.find(typed).best]


def ranks(typed: str) -> dict[str, Rank]:
    return {hit.entry.key: hit.rank for hit in INDEX.find(typed).best}


@pytest.mark.parametrize("typed", ["VEN-4", "ven-4", "Ven 4", "ven4", "VEN-04", "ven04", " VEN – 4 ", "ＶＥＮ-4"])
def test_an_exact_code_comes_first_however_it_is_typed(typed):
    assert found(typed)[:2] == ["VEN-4", "VEN-40"]
    assert ranks(typed)["VEN-4"] is Rank.CODE


def test_what_fits_better_comes_first():
    index = Index(
        [
            duty("X-1", "Subcontract the rest"),
            duty("X-2", "Sign the contract"),
            duty("X-3", "Contract with care"),
            duty("contract", "Anything"),
            duty("X-4", "Anything", "contract"),
        ]
    )
    best = index.find("contract").best
    assert [hit.entry.key for hit in best] == ["contract", "X-3", "X-2", "X-1", "X-4"]
    assert [hit.rank for hit in best] == [Rank.CODE, Rank.START, Rank.WORDS, Rank.WITHIN, Rank.BESIDE]


def test_equals_stand_in_the_order_in_which_people_count():
    assert found("select") == ["VEN-2", "VEN-10"]


def test_every_word_must_be_there_in_any_order():
    assert found("contract sign") == ["VEN-4"]
    assert found("contract nonsense") == []


@pytest.mark.parametrize("typed", ["prufe", "PRÜFE", "prüfe", "U\u0308bernahme", "übernahmebudget prüfe"])
def test_case_and_accents_do_not_matter(typed):
    assert found(typed) == ["FIN-1"]


def test_people_are_found_by_the_decisions_that_they_made():
    assert found("renee oster") == ["d"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("contrcat sign", "VEN-4"),  # two letters changed places
        ("sgn contract", "VEN-4"),  # a letter is missing
        ("siggn contract", "VEN-4"),  # a letter too many
        ("zign", "VEN-4"),  # a wrong letter
        ("vne 4", "VEN-4"),
        ("projekt managr", "pm"),
        ("ubernahmebugdte", "FIN-1"),
    ],
)
def test_typing_errors_are_forgiven_and_said(typed, meant):
    hits = INDEX.find(typed)
    assert hits.is_near
    assert hits.best[0].entry.key == meant
    assert hits.best[0].rank is Rank.NEARLY


def test_fewer_errors_come_first():
    index = Index([duty("X-1", "subcontarcting"), duty("X-2", "subcontracting")])
    assert found("subcontractnig", index) == ["X-2", "X-1"]


def test_what_a_title_nearly_says_comes_before_what_stands_nearly_beside():
    index = Index([duty("X-1", "Advise", "contracts"), duty("X-2", "Sign the contarct")])
    assert found("contrcat", index) == ["X-2", "X-1"]


def test_nothing_is_guessed_where_something_is_written_so():
    index = Index([duty("X-1", "Contact the vendor"), duty("X-2", "Sign the contract")])
    assert found("contact", index) == ["X-1"]


def test_another_number_is_no_typing_error():
    assert found("VEN-77") == []


@pytest.mark.parametrize("typed", ["", "   ", "–", "%_'\"", "zzzzzz"])
def test_nothing_is_found_by_nothing(typed):
    hits = INDEX.find(typed)
    assert (hits.best, hits.total, hits.is_near) == ((), 0, False)


def test_only_the_best_are_handed_out_and_all_are_counted():
    hits = INDEX.find("ven", limit=2)
    assert [hit.entry.key for hit in hits.best] == ["ven", "VEN-2"]
    assert hits.total == 5


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_alike_in_every_case_and_form(typed):
    best = INDEX.find(typed)
    assert INDEX.find(unicodedata.normalize("NFD", typed)) == best
    assert all(word.isalnum() for word in words(typed))


@given(st.sampled_from(REGISTER))
def test_everything_is_found_by_its_own_words(entry):
    assert entry.key in found(entry.title or entry.beside)


def test_a_letter_by_itself_is_looked_for_only_at_beginnings():
    index = Index([duty("X-1", "Sign"), duty("X-2", "Assign")])
    assert found("s", index) == ["X-1"]
    assert found("si", index) == ["X-1", "X-2"]


ENTRIES = st.builds(
    duty, st.sampled_from("ABCDEF"), st.lists(st.sampled_from(["sign", "assign", "contract", "vendor"])).map(" ".join)
)


@given(st.lists(ENTRIES), st.lists(st.tuples(st.sets(st.sampled_from("ABCDEF")), st.lists(ENTRIES)), max_size=4))
def test_what_was_replaced_is_found_as_if_the_index_were_new(first, steps):
    held = {entry.where: entry for entry in first}
    index = Index(held.values())
    for keys, new in steps:
        gone = {Where(Sort.DUTY, key) for key in keys}
        added = {entry.where: entry for entry in new}
        index = index.replaced(gone, added.values())
        held = {where: entry for where, entry in held.items() if where not in gone} | added
    for typed in ("a", "sign", "sing", "vendor contract", "vednor contract"):
        assert index.find(typed, 3) == Index(held.values()).find(typed, 3)


def test_an_index_in_which_much_was_replaced_is_built_anew():
    index = Index(duty(f"X-{number}", "Sign") for number in range(200))
    for number in range(200):
        index = index.replaced([], [duty(f"X-{number}", "Decline")])
    assert index.find("sign").total == 0
    assert index.find("decline").total == 200


def test_duties_come_before_the_decisions_whose_reason_speaks_of_them():
    assert found("contract") == ["VEN-4", "VEN-40", "d"]


def test_a_duty_says_who_holds_it_heaviest_letter_first():
    matrix = matrix_of("A B C", "I C AR")
    (answer,) = duty_answers([matrix], "1")
    assert answer.held == (("A/R", "C"), ("C", "B"), ("I", "A"))
    assert (answer.decision, answer.grey_area, answer.claimants) == (None, None, ())


def test_an_open_duty_says_who_claims_it_and_who_acts_meanwhile():
    matrix = matrix_of(
        "A B C",
        ". . .",
        grey_areas={"g": open_grey_area("1", interim="C")},
        claims={("g", "B"): Claim("A"), ("g", "A"): Claim("A/R")},
        decisions={"old": Decision("1", owner="A", decided_on=date(2026, 1, 1))},
    )
    (answer,) = duty_answers([matrix], "1")
    assert (answer.claimed, answer.claimants) == (True, ("A", "B"))
    assert (answer.interim, answer.decision) == ("C", None)


def test_a_decided_duty_shows_the_decision_in_force():
    decisions = {"old": Decision("1", owner="A"), "new": Decision("1", owner="B", supersedes="old")}
    (answer,) = duty_answers([matrix_of("A B", ". A", decisions=decisions)], "1")
    assert answer.decision == decisions["new"]


def test_a_duty_in_no_matrix_has_no_answer():
    assert duty_answers([matrix_of("A", "A")], "2") == ()


def test_a_role_says_how_many_duties_it_holds_by_each_letter():
    first, second = matrix_of("A B", "AR C", "R .", "I A"), matrix_of("B", "A")
    (load,) = role_loads([first, second], "A")
    assert load.counts == (("A", 1), ("R", 2), ("I", 1))


def test_an_area_says_who_owns_how_much_of_it():
    matrix = overlap(
        matrix_of("A B", "A .", "A C", ". A", ". .", "A .", grey_areas={"g": open_grey_area("4")}, not_applying=["5"]),
        "A",
        "B",
    )
    (extent,) = area_extents([matrix], "ovl")
    assert (extent.rows, extent.open, extent.owners) == (4, 1, (("A", 2), ("B", 1)))


def test_the_register_is_found_once_and_the_decisions_of_every_matrix():
    first = matrix_of("A", "A", decisions={"d": Decision("1", owner="A", reason="Because")})
    second = replace(first, key="n", decisions={"e": Decision("1", owner="A", reason="Because")})
    first = replace(first, roles={"A": Role("A", "Alpha")})
    sorts = [(entry.sort, entry.key, entry.matrix) for entry in Findable.of([first, second]).entries()]
    assert sorts == [
        (Sort.ROLE, "A", ""),
        (Sort.DUTY, "1", ""),
        (Sort.DECISION, "d", "m"),
        (Sort.DECISION, "e", "n"),
    ]
    assert list(Findable.of([]).entries()) == []


def test_people_are_found_by_their_names_and_after_the_roles_that_they_stand_for():
    matrix = replace(matrix_of("A B", "A C"), roles={"A": Role("A", "IT Manager"), "B": Role("B", "Bystander")})
    index = Index(
        Findable.of([matrix], {"7": Person("Tomasz Wieczorek", ("A", "gone")), "8": Person("Ann Other")}).entries()
    )
    assert [entry.title for entry in (hit.entry for hit in index.find("tomasz").best)] == ["Tomasz Wieczorek"]
    assert [hit.entry.sort for hit in index.find("it manager").best] == [Sort.ROLE, Sort.PERSON]
    assert [entry.title for entry in Findable.of([], {"8": Person("Ann Other")}).entries()] == ["Ann Other"]

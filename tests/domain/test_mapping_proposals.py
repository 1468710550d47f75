"""What a foreign document wants: all that it says comes in or is named, and nothing else changes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from raci.domain.applying import apply
from raci.domain.change import Change, in_order
from raci.domain.mapping import LEFT, NEW, Choice, Choices, Detail, Fit, asked_anew, offered, propose
from raci.domain.mapping.duties import titles_of
from raci.domain.mapping.roles import names_of
from raci.domain.mapping.texts import area_name, kept
from raci.domain.matrix import Matrix, record_at, records, value_at
from raci.domain.proposal import Group, Proposal, Standing, Wish, accepted, standing
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party
from raci.domain.records import Duty, Kind, Origin, Role
from raci.domain.references import dangling
from raci.domain.scheme import split_letters
from raci.domain.text import code_key, fold
from tests.domain.builders import RACI, matrix_of
from tests.domain.readings import BEARER, found_of, reading_of, register_of
from tests.domain.strategies import matrices, texts

ROLES = {"pm": Role("PM", "Project Manager"), "itm": Role("ITM", "IT Manager")}
DUTIES = {"d1": Duty("D-1", "Sign the contract"), "d2": Duty("D-2", "Pay the invoice")}


def ours(*lines: str) -> Matrix:
    """Return a matrix of two roles by two duties."""
    plain = matrix_of("pm itm", *(lines or (". .", ". .")), duties=["d1", "d2"])
    return replace(plain, roles=ROLES, duties=DUTIES)


def proposed(seen: Matrix, found: FoundMatrix, **answers: Any) -> Proposal:
    register, reading = register_of(seen), reading_of(found)
    (choice,) = offered(register, reading).matrices
    choice = asked_anew(register, found, replace(choice, target=seen.key))
    choices = Choices((replace(choice, **answers),))
    return propose(register, seen, reading, choices, BEARER)


def of(proposal: Proposal, group: Group) -> list[Wish]:
    return [wish for wish in proposal.wishes if wish.group is group]


def changes_of(proposal: Proposal, ids: Iterable[str] | None = None) -> tuple[Change, ...]:
    chosen = [wish.id for wish in proposal.wishes] if ids is None else ids
    made, lacking = accepted(proposal.wishes, chosen)
    assert ids is not None or not lacking
    return in_order(change for wish in made for change in wish.changes)


def taken_in(seen: Matrix, proposal: Proposal) -> Matrix:
    return apply(seen, changes_of(proposal))


def said(proposal: Proposal) -> str:
    return "\n".join(f"{problem.where}: {problem.message}" for problem in proposal.problems)


# --- cells


def test_an_empty_cell_is_filled_and_what_somebody_put_down_is_kept_unless_asked():
    proposal = proposed(ours("C .", ". ."), found_of(["PM", "IT Manager"], {"Sign the contract": "A/R I"}))
    overwriting, filling = of(proposal, Group.CELLS)
    assert (overwriting.changes[0].before, overwriting.changes[0].after, overwriting.offered) == ("C", "A/R", False)
    assert (filling.changes[0].after, filling.offered, filling.where) == ("I", True, "Sheet1!C2")
    assert str(overwriting.about) == "D-1 Sign the contract, Project Manager: C becomes A/R"


def test_what_stands_here_already_makes_no_wish_and_missing_rows_are_not_taken_away():
    proposal = proposed(ours("A/R C", "A R"), found_of(["PM", "IT Manager"], {"Sign the contract": "R/A C"}))
    assert proposal.wishes == ()


def test_letters_that_may_not_share_a_cell_become_a_comment_with_their_address():
    proposal = proposed(ours(), found_of(["PM"], {"Sign the contract": "A/C"}))
    (cell,), (comment,) = of(proposal, Group.CELLS), of(proposal, Group.COMMENTS)
    assert cell.changes[0].after == "A"
    assert comment.changes[0].after["text"] == "A/C – file.xlsx, Sheet1!B2"
    assert comment.changes[0].after["written_by"] == "Ada"
    assert "Sheet1!B2: C cannot stand beside A in RACI: it becomes a comment." in said(proposal)


def test_a_remark_comes_home_as_a_comment_once():
    found = found_of(["PM"], {"Sign the contract": "R(veto)"})
    seen = ours()
    proposal = proposed(seen, found)
    assert len(of(proposal, Group.COMMENTS)) == 1
    assert of(proposed(taken_in(seen, proposal), found), Group.COMMENTS) == []


def test_a_letter_that_is_left_out_is_said_with_its_address():
    proposal = proposed(ours(), found_of(["PM", "ITM"], {"Sign the contract": "X R"}))
    assert "Sheet1!B2: “X” is left out: it has the letter X." in said(proposal)
    assert len(of(proposal, Group.CELLS)) == 1


def test_two_columns_that_become_one_role_put_their_letters_together_and_say_so():
    found = found_of(["IT Manager (Ops)", "IT Manager"], {"Sign the contract": "R A", "Pay the invoice": "C R"})
    choices = (Choice("itm", Fit.SIMILAR), Choice("itm", Fit.EXACT))
    proposal = proposed(ours(), found, roles=choices)
    assert [wish.changes[0].after for wish in of(proposal, Group.CELLS)] == ["A/R", "R"]
    assert "“IT Manager” and “IT Manager (Ops)” both become IT Manager" in said(proposal)
    assert "Several cells of the document come together" in said(proposal)


# --- roles, areas, duties


def test_a_role_that_is_new_is_a_column_with_a_code_and_its_cells_need_it():
    seen = ours()
    proposal = proposed(seen, found_of(["Vendor Manager"], {"Sign the contract": "R"}))
    (column,), (cell,) = of(proposal, Group.NEW_COLUMNS), of(proposal, Group.CELLS)
    assert [change.address.kind for change in column.changes] == [Kind.ROLE, Kind.COLUMN]
    assert column.changes[0].after["code"] == "VM"
    assert cell.needs == (column.id,)
    made, lacking = accepted(proposal.wishes, [cell.id])
    assert (made, lacking) == ((), (cell,))


def test_names_that_were_only_alike_are_remembered_and_exact_the_second_time():
    found = found_of(["Proj. Mgr", "IT Manger"], {"Sign the contract": "A R"})
    seen = ours()
    proposal = proposed(seen, found)
    assert [wish.changes[0].after["name"] for wish in of(proposal, Group.ALIASES)] == ["Proj. Mgr", "IT Manger"]
    after = taken_in(seen, proposal)
    (choice,) = offered(register_of(after), reading_of(found)).matrices
    assert [(one.to, one.fit) for one in choice.roles] == [("pm", Fit.ALIAS), ("itm", Fit.ALIAS)]
    assert proposed(after, found).wishes == ()


def test_new_duties_get_codes_of_their_area_and_keep_their_own_where_free():
    items = [
        (Item("Order licences", "S!2", "Vendors and contracts"), "R"),
        (Item("Check licences", "S!3", "Vendors and contracts"), "R"),
        (Item("Plan", "S!4", code="P-7"), "R"),
        (Item("Plan more", "S!5", code="d-01"), "R"),
        (Item("Plan less", "S!6"), "R"),
    ]
    after = taken_in(ours(), proposed(ours(), found_of(["PM"], items)))
    codes = {duty.title: duty.code for key, duty in after.duties.items() if key not in DUTIES}
    assert codes == {
        "Order licences": "VEND-1", "Check licences": "VEND-2", "Plan": "P-7", "Plan more": "D-3", "Plan less": "D-4",
    }  # fmt: skip
    (area,) = after.areas.values()
    assert (area.code, area.name) == ("VEND", "Vendors and contracts")


def test_other_columns_are_notes_of_new_duties_or_left_out_and_said():
    item = Item("Order licences", "S!2", details={"Description": "All of them", "Priority": "1", "Notes": "Soon"})
    proposal = proposed(ours(), found_of(["PM"], [(item, "R")]))
    (row,) = of(proposal, Group.NEW_ROWS)
    assert row.changes[0].after["note"] == "Description: All of them\nNotes: Soon"
    assert "The column “Priority” is left out." in said(proposal)
    left = {"Description": Detail.LEFT, "Priority": Detail.LEFT, "Notes": Detail.NOTE}
    (row,) = of(proposed(ours(), found_of(["PM"], [(item, "R")]), details=left), Group.NEW_ROWS)
    assert row.changes[0].after["note"] == "Soon"


def test_names_that_are_too_long_are_cut_between_words_and_kept_whole():
    title, party = "Approve " * 40, "Very important manager " * 8
    after = taken_in(ours(), proposal := proposed(ours(), found_of([party], [(Item(title, "S!2"), "R")])))
    (duty,) = (one for key, one in after.duties.items() if key not in DUTIES)
    (role,) = (one for key, one in after.roles.items() if key not in ROLES)
    assert len(duty.title) <= 200 and duty.title.endswith("Approve …")
    assert (duty.note, role.purpose) == (title.strip(), party.strip())
    assert said(proposal).count("was cut") == 2


def test_people_beside_a_role_are_named_and_not_taken_in():
    proposal = proposed(ours(), found_of([Party("PM", "S!B1", people=("Ben", "Cleo"))], {"Sign the contract": "R"}))
    assert "S!B1: The names beside “PM” are not taken in: Ben, Cleo." in said(proposal)


# --- rule breaks


def test_several_owners_are_taken_in_and_become_a_question_with_claims():
    seen = ours()
    proposal = proposed(seen, found_of(["PM", "ITM"], {"Sign the contract": "A A/R", "Pay the invoice": "R C"}))
    assert [wish.changes[0].after for wish in of(proposal, Group.CELLS)] == ["A", "A/R", "R", "C"]
    (wish,) = of(proposal, Group.GREY_AREAS)
    after = taken_in(seen, proposal)
    (grey_area,) = after.grey_areas.values()
    assert (grey_area.duty, grey_area.origin, grey_area.raised_by) == ("d1", Origin.IMPORT, "Ada")
    assert {role: claim.letters for (_key, role), claim in after.claims.items()} == {"pm": "A", "itm": "A/R"}
    assert wish.offered
    assert of(proposed(after, found_of(["PM", "ITM"], {"Sign the contract": "A A/R"})), Group.GREY_AREAS) == []


# --- any document


def names(seen: Matrix, shelf: str, name: str) -> st.SearchStrategy[str]:
    known = [getattr(one, name) for one in getattr(seen, shelf).values() if getattr(one, name)]
    return st.one_of(st.sampled_from(known), texts()) if known else texts()


@st.composite
def documents(draw: st.DrawFn) -> tuple[Matrix, FoundMatrix]:
    """A matrix, and a foreign one that shares some of its names."""
    seen = draw(matrices())
    parties = draw(st.lists(names(seen, "roles", "name"), min_size=1, max_size=5))
    titles = draw(st.lists(names(seen, "duties", "title"), min_size=1, max_size=5))
    sections = draw(st.lists(names(seen, "areas", "name"), min_size=1, max_size=2))
    letters = st.lists(st.sampled_from(["A", "R", "C", "I", "S", "X"]), min_size=1, max_size=3, unique=True)
    items = [Item(title, f"S!{row}", draw(st.sampled_from(["", *sections]))) for row, title in enumerate(titles)]
    places = draw(st.sets(st.tuples(st.integers(0, len(titles) - 1), st.integers(0, len(parties) - 1)), max_size=12))
    crossings = [
        Crossing(item, party, tuple(codes := draw(letters)), "/".join(codes), f"S!{item}.{party}",
                 draw(st.sampled_from(["", "", "veto"])))
        for item, party in sorted(places)
    ]  # fmt: skip
    columns = tuple(Party(name, f"S!{at}") for at, name in enumerate(parties))
    return seen, FoundMatrix("S", "S", Layout.ROLES_ACROSS, columns, tuple(items), tuple(crossings))


def where_it_went(seen: Matrix, after: Matrix, found: FoundMatrix) -> tuple[list[str], list[str]]:
    """Return the keys of the roles and duties that parties and items became, "" where they were left out."""
    (choice,) = offered(register_of(seen), reading_of(found)).matrices
    new_roles = {fold(role.name): key for key, role in after.roles.items() if key not in seen.roles}
    roles = [
        new_roles.get(fold(kept(name, 120).text), "") if one.to == NEW else one.to.replace(LEFT, "")
        for name, one in zip(names_of(found.parties), choice.roles, strict=True)
    ]
    new: dict[tuple[str, str], str] = {}
    for key in after.duties.keys() - seen.duties.keys():
        area = after.areas.get(after.duties[key].area)
        new[fold(after.duties[key].title), fold(area.name) if area else ""] = key
    duties = []
    for item, title, one in zip(found.items, titles_of(found.items), choice.duties, strict=True):
        to = choice.areas[item.section].to if item.section else ""
        area = after.areas[to].name if to in after.areas else area_name(item.section).text
        place = fold(kept(title, 200).text), fold(area)
        duties.append(new.get(place, "") if one.to == NEW else one.to.replace(LEFT, ""))
    return roles, duties


@given(documents())
def test_every_cell_comes_in_or_is_named_and_nothing_else_changes(document):
    seen, found = document
    proposal = proposed(seen, found)
    after = taken_in(seen, proposal)
    assert dangling(after) == []
    assert all(record_at(after, address) == record for address, record in records(seen))
    roles, duties = where_it_went(seen, after, found)
    named = said(proposal)
    touched = set()
    for crossing in found.crossings:
        duty, role = duties[crossing.item], roles[crossing.party]
        touched.add((duty, role))
        held = set(split_letters(after.letters(duty, role))) if duty and role else set()
        codes = {{"S": "C"}.get(letter, letter) for letter in crossing.letters}
        assert codes <= held or f"{crossing.where}: " in named or "come together" in named
        assert held <= set(RACI.by_code)
    for duty, row in {**seen.cells, **after.cells}.items():
        for role in {**seen.cells.get(duty, {}), **row}:
            assert (duty, role) in touched or seen.letters(duty, role) == after.letters(duty, role)


@given(documents())
def test_nothing_that_stands_here_is_overwritten_before_somebody_says_so(document):
    seen, found = document
    proposal = proposed(seen, found)
    after = apply(seen, changes_of(proposal, [wish.id for wish in proposal.wishes if wish.offered]))
    assert all(after.letters(duty, role) == held for duty, row in seen.cells.items() for role, held in row.items())


@given(documents())
def test_the_same_document_gives_the_same_wishes_and_taken_in_they_are_done(document):
    seen, found = document
    proposal = proposed(seen, found)
    assert proposed(seen, found) == proposal
    assert Proposal.from_data(proposal.to_data()) == proposal
    after = taken_in(seen, proposal)
    for wish in proposal.wishes:
        now = {(change.address, change.field): value_at(after, change.address, change.field) for change in wish.changes}
        assert standing(wish, now)[0] is Standing.DONE
    again = proposed(after, found)
    assert of(again, Group.NEW_COLUMNS) == of(again, Group.AREAS) == of(again, Group.ALIASES) == []


@given(documents())
def test_no_code_and_no_other_name_is_given_twice(document):
    seen, found = document
    after = taken_in(seen, proposed(seen, found))
    for shelf, name in (("roles", "code"), ("areas", "code"), ("duties", "code"), ("aliases", "name")):
        keys = [code_key(getattr(one, name)) for one in getattr(after, shelf).values()]
        assert len(set(keys)) == len(keys)


@given(documents())
def test_answers_survive_being_kept(document):
    seen, found = document
    choices = offered(register_of(seen), reading_of(found))
    assert Choices.from_data(choices.to_data()) == choices


def test_names_that_were_cut_are_known_the_second_time():
    seen, lines = ours(), [(Item("Approve " * 40, "S!2"), "R"), (Item("Approve " * 40, "S!3"), "A")]
    found = found_of(["Very important manager " * 8], lines)
    after = taken_in(seen, proposed(seen, found))
    assert len(after.duties) == len(seen.duties) + 2
    assert proposed(after, found).wishes == ()

"""Which of our names a name of a document means, and why."""

from dataclasses import replace

import pytest

from raci.domain.mapping.choosing import NEW, Fit
from raci.domain.mapping.likeness import likeness
from raci.domain.mapping.roles import Roles, names_of
from raci.domain.reading import Party
from raci.domain.records import Alias, Role
from tests.domain.builders import matrix_of

OURS = {
    "pm": Role("PM", "Project Manager"),
    "itm": Role("ITM", "IT Manager"),
    "cio": Role("CIO", "Chief Information Officer"),
    "po": Role("PO", "Product Owner"),
    "sec": Role("SEC", "Head of Information Security"),
    "old": Role("OLD", "Steering Committee", retired=True),
}


def roles(**aliases: str) -> Roles:
    known = {(role, "k"): Alias(name.replace("_", " ")) for role, name in aliases.items()}
    return Roles(replace(matrix_of(""), roles=OURS, aliases=known))


def taken(*names: str, **aliases: str) -> list[tuple[str, Fit]]:
    choices = roles(**aliases).suggested([Party(name) for name in names])
    return [(choice.to, choice.fit) for choice in choices]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Proj. Mgr", "Project Manager"),
        ("Project Manger", "Project Manager"),
        ("Manager, Projects", "Project Manager"),
        ("project managers", "Project Manager"),
        ("PM", "Project Manager"),
        ("ITPM", "IT Project Manager"),
        ("IT Manager (Ops)", "IT Manager"),
        ("IT Manager / Head of IT", "Head of IT"),
        ("Project Manager (PM)", "Project Manager"),
        ("Head of the Information Security", "Head of Information Security"),
        ("Der Projektleiter", "Projektleiter"),
        ("Le chef de projet", "Chef de projet"),
        ("Sr Engineer", "Senior Engineer"),
        ("Dev Team", "Development Team"),
    ],
)
def test_names_that_mean_the_same_are_found_alike_with_a_reason(said, name):
    found = likeness(said, name)
    assert found
    assert 0 < found.sureness < 100
    assert str(found.why)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Product Manager", "Project Manager"),
        ("HR Manager", "IT Manager"),
        ("Team A", "Team B"),
        ("Manager", "Project Manager"),
        ("HR Manager", "Hardware Manager"),
        ("Test Lead", "Tech Lead"),
        ("", "PM"),
        ("Legal", "Logal Fees"),
    ],
)
def test_names_that_only_look_alike_are_not(said, name):
    assert likeness(said, name) is None


def test_a_role_is_known_by_name_code_and_other_names():
    assert taken("project MANAGER", "ＣＩＯ", "Delivery Lead", itm="Delivery lead") == [
        ("pm", Fit.EXACT),
        ("cio", Fit.EXACT),
        ("itm", Fit.ALIAS),
    ]


def test_what_is_alike_is_similar_and_what_is_not_is_new():
    assert taken("Prodct Owner", "Auditor") == [("po", Fit.SIMILAR), (NEW, Fit.NEW)]


def test_a_retired_role_is_not_taken():
    assert taken("Steering Committee") == [(NEW, Fit.NEW)]


def test_a_role_that_is_only_alike_is_taken_for_one_name_alone():
    choices = roles().suggested([Party("IT Manager (Ops)"), Party("IT Manager (Apps)"), Party("IT Manager")])
    assert [choice.to for choice in choices] == [NEW, NEW, "itm"]
    assert choices[0].others == ("itm",)
    assert "fits better" in str(choices[0].why)


def test_the_same_name_twice_is_the_same_role():
    assert taken("Auditor", "IT Manager", "it manager") == [(NEW, Fit.NEW), ("itm", Fit.EXACT), ("itm", Fit.EXACT)]


def test_a_name_that_comes_near_to_several_roles_is_asked_about():
    ours = {"a": Role("A1", "Service Desk Lead"), "b": Role("B1", "Lead, Service Desks")}
    (choice,) = Roles(replace(matrix_of(""), roles=ours)).suggested([Party("Lead Service Desk")])
    assert (choice.to, set(choice.others)) == (NEW, {"a", "b"})


def test_the_same_name_under_two_headings_is_two_roles():
    parties = [Party("Manager", group="IT"), Party("Manager", group="Finance"), Party("Clerk", group="Finance")]
    assert names_of(parties) == ("Manager (IT)", "Manager (Finance)", "Clerk")

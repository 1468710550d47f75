"""Whom roles share above them, by which alternative, and that circles do no harm: against trying everything."""

from collections.abc import Iterable, Mapping
from itertools import pairwise, product

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from raci.domain.records import Line
from raci.domain.reporting import Lines, Reporting, Shared

# As in the article: hedged on both sides ("a project executive or a manager", "typically the CIO or CTO").
ARTICLE = {
    ("PM", "PEX"): Line(1),
    ("PM", "MGR"): Line(2),
    ("ITM", "CIO"): Line(1),
    ("ITM", "CTO"): Line(2),
}


def shared(lines: Lines, *roles: str, passing: Iterable[str] = ()) -> Shared | None:
    return Reporting(lines).shared_superior(roles, passing=tuple(passing))


def test_in_the_article_the_two_managers_share_no_superior() -> None:
    assert shared(ARTICLE, "PM", "ITM") is None


def test_the_chosen_lines_come_first() -> None:
    lines = {**ARTICLE, ("PEX", "CEO"): Line(), ("CIO", "CEO"): Line(), ("MGR", "CIO"): Line()}

    assert shared(lines, "PM", "ITM") == Shared("CEO", {})


def test_an_alternative_is_named_where_only_that_leads_to_a_shared_superior() -> None:
    assert shared({**ARTICLE, ("MGR", "CIO"): Line()}, "PM", "ITM") == Shared("CIO", {"PM": 2})
    assert shared({**ARTICLE, ("MGR", "CTO"): Line()}, "PM", "ITM") == Shared("CTO", {"PM": 2, "ITM": 2})


def test_a_dotted_line_counts_where_full_ones_do_not_lead_there() -> None:
    lines = {**ARTICLE, ("PEX", "CIO"): Line(dotted=True)}

    assert shared(lines, "PM", "ITM") == Shared("CIO", {}, dotted=True)
    assert shared({**lines, ("PEX", "CEO"): Line(), ("CIO", "CEO"): Line()}, "PM", "ITM") == Shared("CEO", {})


def test_who_takes_part_does_not_settle_it() -> None:
    lines = {("PM", "ITM"): Line(), ("ITM", "CIO"): Line()}

    assert shared(lines, "PM", "ITM") == Shared("CIO", {})
    assert shared({("PM", "ITM"): Line()}, "PM", "ITM") is None


def test_the_lowest_is_taken_although_another_is_as_near() -> None:
    lines = {("PM", "CIO"): Line(), ("ITM", "CIO"): Line(), ("PM", "CEO"): Line(), ("ITM", "CEO"): Line(),
             ("CIO", "CEO"): Line()}  # fmt: skip

    assert shared(lines, "PM", "ITM") == Shared("CIO", {})
    assert shared(lines, "PM", "ITM", passing=["CIO"]) == Shared("CEO", {})


def test_three_roles_and_one_alone_and_none() -> None:
    lines = {("PM", "CIO"): Line(), ("ITM", "CIO"): Line(), ("CIO", "CEO"): Line(), ("FIN", "CEO"): Line()}

    assert shared(lines, "PM", "ITM", "FIN") == Shared("CEO", {})
    assert shared(lines, "PM") == Shared("CIO", {})
    assert shared(lines) is None
    assert shared(lines, "CEO", "PM") is None


def test_circles_end() -> None:
    lines = {("PM", "A"): Line(), ("A", "B"): Line(), ("B", "A"): Line(), ("ITM", "B"): Line(), ("X", "X1"): Line()}

    assert shared(lines, "PM", "ITM") == Shared("A", {})
    assert shared(lines, "PM", "X") is None
    assert not Reporting(lines).ranks_below("A", "B")
    assert Reporting(lines).ranks_below("PM", "B")


@pytest.mark.parametrize(
    ("role", "other", "below"),
    [("PM", "PEX", True), ("PM", "MGR", False), ("PEX", "PM", False), ("PM", "ITM", False), ("PM", "PM", False)],
)
def test_rank_goes_by_the_chosen_lines(role: str, other: str, below: bool) -> None:
    assert Reporting(ARTICLE).ranks_below(role, other) == below


def test_a_dotted_line_is_no_rank() -> None:
    assert not Reporting({("PM", "ITM"): Line(dotted=True)}).ranks_below("PM", "ITM")


def test_superiors_come_from_the_nearest_upwards() -> None:
    lines = {**ARTICLE, ("PEX", "CEO"): Line(), ("CEO", "board"): Line()}

    assert Reporting(lines).superiors("PM") == ("PEX", "CEO", "board")
    assert Reporting(lines).superiors("board") == ()


ROLES = ("a", "b", "c", "d", "e", "f")
LINES = st.dictionaries(
    st.tuples(st.sampled_from(ROLES), st.sampled_from(ROLES)).filter(lambda pair: pair[0] != pair[1]),
    st.builds(Line, st.integers(1, 2), st.sampled_from((False, False, True))),
    max_size=9,
)
SEVERAL = st.sets(st.sampled_from(ROLES), min_size=1, max_size=3)


def reached(lines: Lines, role: str) -> set[str]:
    """Return all superiors of a role, by repeating what the lines say until nothing is added."""
    found: set[str] = set()
    while True:
        more = {superior for (one, superior) in lines if one == role or one in found}
        if more <= found:
            return found
        found |= more


def alternatives(lines: Lines) -> Iterable[Mapping[str, int]]:
    """Yield every way to choose one option of each role."""
    options: dict[str, set[int]] = {}
    for (role, _superior), line in lines.items():
        options.setdefault(role, set()).add(line.option)
    for choice in product(*map(sorted, options.values())):
        yield dict(zip(options, choice, strict=True))


def under(lines: Lines, options: Mapping[str, int], dotted: bool) -> Lines:
    return {
        pair: line for pair, line in lines.items() if line.option == options[pair[0]] and (dotted or not line.dotted)
    }


def shared_by_trying(lines: Lines, roles: set[str]) -> set[str]:
    """Return all superiors that roles share such that no other that they share ranks below."""
    found = set.intersection(*(reached(lines, role) for role in roles)) - roles
    above = {one: reached(lines, one) for one in found}
    return {one for one in found if not any(one in above[other] and other not in above[one] for other in found)}


@given(LINES, SEVERAL)
def test_the_shared_superior_is_the_one_that_trying_all_alternatives_finds(lines: Lines, roles: set[str]) -> None:
    found = Reporting(lines).shared_superior(roles)
    chosen = next(iter(alternatives(lines)))
    tries = [(chosen, False), (chosen, True)]
    tries += [(options, dotted) for dotted in (False, True) for options in alternatives(lines)]
    hits = [(options, dotted) for options, dotted in tries if shared_by_trying(under(lines, options, dotted), roles)]
    event("none" if not hits else "chosen" if hits[0][0] == chosen else "another alternative")
    if not hits:
        assert found is None
        return

    assert found is not None
    assert found.dotted == hits[0][1]
    assert (hits[0][0] == chosen) == (not found.options)
    # What it says holds: by that alternative, and by full lines unless it says otherwise.
    taken = {**chosen, **found.options}
    assert found.superior in shared_by_trying(under(lines, taken, found.dotted), roles)
    assert all(option != chosen[role] for role, option in found.options.items())


@given(LINES, st.sampled_from(ROLES), st.sampled_from(ROLES))
def test_a_role_ranks_below_whom_it_reports_to_and_never_both_ways(lines: Lines, role: str, other: str) -> None:
    plain = under(lines, next(iter(alternatives(lines))), dotted=False)
    reporting = Reporting(lines)

    assert reporting.ranks_below(role, other) == (other in reached(plain, role) and role not in reached(plain, other))
    assert not (reporting.ranks_below(role, other) and reporting.ranks_below(other, role))
    assert set(reporting.superiors(role)) == reached(plain, role)


def test_the_way_up_names_everybody_on_it() -> None:
    lines = {**ARTICLE, ("PEX", "CEO"): Line(), ("CIO", "CEO"): Line(), ("MGR", "CIO"): Line()}
    found = shared(lines, "PM", "ITM")
    assert found is not None
    assert Reporting(lines).way_up("PM", found) == ("PM", "PEX", "CEO")
    assert Reporting(lines).way_up("ITM", found) == ("ITM", "CIO", "CEO")


def test_the_way_up_goes_by_the_alternative_under_which_it_leads_there() -> None:
    lines = {**ARTICLE, ("MGR", "CIO"): Line()}
    assert Reporting(lines).way_up("PM", Shared("CIO", {"PM": 2})) == ("PM", "MGR", "CIO")
    assert Reporting(lines).way_up("PM", Shared("CEO", {})) == ("PM",)


@given(LINES, SEVERAL)
def test_the_way_up_leads_from_each_role_to_what_they_share(lines: Lines, roles: set[str]) -> None:
    reporting = Reporting(lines)
    found = reporting.shared_superior(roles)
    if found is None:
        return
    for role in roles:
        way = reporting.way_up(role, found)
        assert (way[0], way[-1]) == (role, found.superior)
        assert len(set(way)) == len(way)
        assert all(step in lines for step in pairwise(way))
        assert found.dotted or not any(lines[step].dotted for step in pairwise(way))

"""The boundary of two roles: whose every row is, where work passes on, how much is common, how they differ."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raci.domain.boundary import HAND_OVER, Boundary, HandOver, Line, LineClass, Pair, Passing, Share, boundary, pairs
from raci.domain.difference import Entry, Side
from raci.domain.matrix import Matrix
from raci.domain.records import Area, Claim, Decision, Difference, GreyAreaStatus
from raci.domain.whole import Whole, register_of
from tests.domain import strategies
from tests.domain.builders import TODAY, matrix_of, open_grey_area, overlap, scheme_named
from tests.domain.strategies import ROLE_KEYS, matrices

CATALOGUE = (Entry("DIF-1", "Span", "one project", "the department"), Entry("DIF-2", "Focus", "tactical", "strategic"))


def whole_of(*sheets: Matrix) -> Whole:
    return Whole(register_of(sheets[0]), sheets)


def between(*sheets: Matrix, first: str = "PM", second: str = "ITM") -> Boundary:
    return boundary(whole_of(*sheets), first, second, today=TODAY)


def lines(found: Boundary) -> list[Line]:
    return [line for part in found.areas for line in part.lines]


def second_sheet(matrix: Matrix, *rows: str) -> Matrix:
    """Return another matrix of the same duties and roles."""
    other = matrix_of(list(matrix.columns), *rows)
    return replace(matrix, key="n", cells=other.cells, grey_areas={}, claims={}, decisions={}, parts={})


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    first = draw(matrices())
    drawn = replace(first, cells=draw(strategies._cells(first.scheme)))
    cells = strategies._sound_cells(drawn, dict(first.rows), dict(first.columns))
    return whole_of(first, replace(second_sheet(first), cells=cells))


def swapped(found: Boundary) -> Boundary:
    """Return what the boundary must be with its roles the other way round."""
    turned = {LineClass.MINE: LineClass.YOURS, LineClass.YOURS: LineClass.MINE}

    def share(one: Share) -> Share:
        return Share(one.second, one.first, one.common)

    def side(one: Side) -> Side:
        entry = one.entry and replace(one.entry, first=one.entry.second, second=one.entry.first)
        return replace(one, first=one.second, second=one.first, entry=entry, swapped=bool(one.key) and not one.swapped)

    parts = tuple(
        replace(
            part,
            lines=tuple(
                replace(line, kind=turned.get(line.kind, line.kind), first=line.second, second=line.first)
                for line in part.lines
            ),
            hand_overs=tuple(replace(point, first=point.second, second=point.first) for point in part.hand_overs),
            share=share(part.share),
        )
        for part in found.areas
    )
    return Boundary(found.second, found.first, tuple(map(side, found.differences)), parts, share(found.share))


@settings(max_examples=40)
@given(wholes(), st.permutations(ROLE_KEYS))
def test_swapping_the_roles_mirrors_everything(whole: Whole, roles: list[str]) -> None:
    first, second, *_ = roles
    there = boundary(whole, first, second, today=TODAY, catalogue=CATALOGUE)
    turned = tuple(replace(entry, first=entry.second, second=entry.first) for entry in CATALOGUE)
    assert boundary(whole, second, first, today=TODAY, catalogue=turned) == swapped(there)


@settings(max_examples=40)
@given(wholes(), st.permutations(ROLE_KEYS))
def test_every_row_that_applies_is_in_exactly_one_class_of_one_area(whole: Whole, roles: list[str]) -> None:
    found = boundary(whole, roles[0], roles[1], today=TODAY)
    placed = Counter((line.matrix, line.duty) for line in lines(found))
    rows = {(matrix.key, duty) for matrix in whole.matrices for duty in matrix.applicable_rows}
    assert set(placed.values()) <= {1} and placed.keys() <= rows
    assert len(placed) + sum(part.beside for part in found.areas) == len(rows)
    assert LineClass.NEITHER not in {line.kind for line in lines(found)}
    assert sum(found.counts.values()) == len(placed)


@settings(max_examples=40)
@given(wholes(), st.permutations(ROLE_KEYS))
def test_the_coefficient_is_a_share_and_areas_add_up(whole: Whole, roles: list[str]) -> None:
    found = boundary(whole, roles[0], roles[1], today=TODAY)
    coefficient = found.share.coefficient
    assert coefficient is None or 0 <= coefficient <= 1
    assert (coefficient is None) == (min(found.share.first, found.share.second) == 0)
    assert sum(part.share.common for part in found.areas) == found.share.common
    assert sum(part.share.first for part in found.areas) == found.share.first


@settings(max_examples=40)
@given(wholes(), st.permutations(ROLE_KEYS))
def test_narrowing_takes_away_and_adds_nothing(whole: Whole, roles: list[str]) -> None:
    found = boundary(whole, roles[0], roles[1], today=TODAY)
    assert found.narrowed() == replace(
        found, areas=tuple(part for part in found.areas if part.lines or part.hand_overs)
    )
    by_class = [lines(found.narrowed(kinds=[kind])) for kind in LineClass]
    assert Counter(line for some in by_class for line in some) == Counter(lines(found))
    by_sheet = [lines(found.narrowed(sheet=matrix.key)) for matrix in whole.matrices]
    assert Counter(line for some in by_sheet for line in some) == Counter(lines(found))
    for point in found.narrowed(kinds=[HAND_OVER]).hand_overs:
        assert point in found.hand_overs


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("AR C I", LineClass.MINE),
        ("C AR I", LineClass.YOURS),
        ("AR R .", LineClass.SHARED),
        ("R R A", LineClass.SHARED),
        ("R C A", LineClass.MINE),
        ("C I AR", None),
        (". . .", None),
    ],
)
def test_a_row_is_whose_works_on_it(row: str, kind: LineClass | None) -> None:
    found = lines(between(matrix_of("PM ITM CIO", row)))
    assert [line.kind for line in found] == ([kind] if kind else [])


def test_a_shared_row_says_who_is_accountable_even_a_third_role() -> None:
    (line,) = lines(between(matrix_of("PM ITM CIO", "R R A")))
    assert line.owners == ("CIO",)


def test_a_row_that_does_not_apply_is_nobodys() -> None:
    found = between(matrix_of("PM ITM", "AR R", not_applying=["1"]))
    assert (found.areas, found.share) == ((), Share())


def test_in_a_scheme_without_owners_leading_counts_as_owning() -> None:
    (line,) = lines(between(matrix_of("PM ITM", "O C", scheme=scheme_named("mocha"))))
    assert (line.kind, line.owners) == (LineClass.MINE, ("PM",))


OPEN = {"g": open_grey_area("1", TODAY - timedelta(days=12), interim="PM")}
BY_PM = {("g", "PM"): Claim(letters="A")}
RAISED = {"g": open_grey_area("1")}


@pytest.mark.parametrize(
    ("matrix", "undecided"),
    [
        (matrix_of("PM ITM CIO", ". R .", grey_areas=OPEN), True),
        (matrix_of("PM ITM CIO", ". C .", grey_areas=OPEN), False),
        (matrix_of("PM ITM CIO", "R A .", grey_areas=RAISED), True),
        (matrix_of("PM ITM CIO", "R . A", grey_areas=RAISED), False),
        (matrix_of("PM ITM CIO", ". . .", grey_areas=RAISED), False),
        (matrix_of("PM ITM CIO", "R . .", grey_areas={"g": open_grey_area("1", proposed={"ITM": "A"})}), True),
        (matrix_of("PM ITM CIO", "R . .", grey_areas={"g": open_grey_area("1", proposed={"ITM": "C"})}), False),
        (matrix_of("PM ITM CIO", ". R .", grey_areas=RAISED, claims=BY_PM), True),
        (matrix_of("PM ITM CIO", ". . R", grey_areas=RAISED, claims=BY_PM), False),
        (overlap(matrix_of("PM ITM CIO", ". . .", grey_areas=RAISED), "ITM", "PM"), True),
        (overlap(matrix_of("PM ITM CIO", ". . .", grey_areas=RAISED), "CIO", "PM"), False),
        (
            matrix_of("PM ITM CIO", "A R .", grey_areas={"g": replace(OPEN["g"], status=GreyAreaStatus.DECIDED)}),
            False,
        ),
    ],
)
def test_an_open_grey_area_is_undecided_where_it_lies_between_the_two(matrix: Matrix, undecided: bool) -> None:
    assert between(matrix).counts[LineClass.UNDECIDED] == undecided


def test_a_pair_says_how_many_rows_between_the_two_are_open() -> None:
    matrix = matrix_of("PM ITM CIO", "R A .", "R A .", "R . A", grey_areas=OPEN | {"h": open_grey_area("3")})
    found = {(pair.first, pair.second): pair.undecided for pair in pairs(whole_of(matrix))}
    assert found == {("ITM", "PM"): 1, ("CIO", "PM"): 1}


def test_a_row_open_between_others_is_classed_by_its_letters_and_says_that_it_is_open() -> None:
    (line,) = lines(between(matrix_of("PM ITM CIO", "R . A", grey_areas=RAISED)))
    assert (line.kind, line.grey_area, line.age) == (LineClass.MINE, "g", 0)


def test_an_undecided_line_has_its_interim_owner_and_age_the_oldest_first() -> None:
    again = replace(open_grey_area("2", TODAY - timedelta(days=90)), reopened_on=TODAY - timedelta(days=2))
    matrix = matrix_of("PM ITM", "R A", "R A", "R A", grey_areas=OPEN | {"h": again, "i": open_grey_area("3", None)})
    found = between(matrix).undecided
    assert [(line.duty, line.grey_area, line.interim, line.age) for line in found] == [
        ("1", "g", "PM", 12), ("2", "h", "", 2), ("3", "i", "", None),
    ]  # fmt: skip


def test_decisions_in_force_stand_behind_their_line() -> None:
    decisions = {"x": Decision("1"), "y": Decision("1", supersedes="x"), "z": Decision("1", withdrawn_on=TODAY)}
    (line,) = lines(between(matrix_of("PM ITM", "AR C", decisions=decisions)))
    assert line.decisions == ("y",)


def test_a_duty_that_each_owns_in_another_scope_is_handed_over_across() -> None:
    here = matrix_of("PM ITM CIO", "AR C .", "AR . .", "A A .")
    found = between(here, second_sheet(here, "C AR .", "AR . .", ". AR ."))
    assert found.hand_overs == (HandOver("1", Passing.ACROSS, ("m",), ("n",)),)
    assert [line.kind for line in lines(found)[:2]] == [LineClass.MINE, LineClass.MINE]


@pytest.mark.parametrize(
    ("row", "points"),
    [
        ("A R .", [HandOver("1", Passing.WITHIN, ("m",), ())]),
        ("R A .", [HandOver("1", Passing.WITHIN, (), ("m",))]),
        ("AR R .", []),
        ("R R A", []),
        ("A C .", []),
        ("A A .", []),
    ],
)
def test_what_one_owns_and_only_the_other_does_is_handed_over_within(row: str, points: list[HandOver]) -> None:
    assert list(between(matrix_of("PM ITM CIO", row)).hand_overs) == points


def test_an_undecided_row_hands_nothing_over() -> None:
    here = matrix_of("PM ITM", "A R", grey_areas=OPEN)
    assert between(here, second_sheet(here, ". AR")).hand_overs == ()


def test_the_coefficient_is_that_of_szymkiewicz_and_simpson_over_all_matrices() -> None:
    here = matrix_of("PM ITM", "AR R", "AR C", "R C", "C AR")
    found = between(here, second_sheet(here, "AR .", ". AR", ". .", ". ."))
    assert found.share == Share(3, 3, 2)
    assert found.share.coefficient == pytest.approx(2 / 3)
    assert between(matrix_of("PM ITM", "AR C")).share.coefficient is None


def test_declared_overlaps_of_the_pair_come_first_in_either_order() -> None:
    areas = {
        "a": Area("A", "Alpha", position=1),
        "b": Area("B", "Beta", position=2, first_role="ITM", second_role="PM"),
        "c": Area("C", "Gamma", position=0, first_role="PM", second_role="CIO"),
    }
    matrix = matrix_of("PM ITM CIO", "AR . .", "AR . .", "AR . .", "AR . .", areas=areas)
    duties = {key: replace(duty, area=area) for (key, duty), area in zip(matrix.duties.items(), "abc ", strict=True)}
    found = between(replace(matrix, duties={key: replace(one, area=one.area.strip()) for key, one in duties.items()}))
    assert [(part.area, part.declared) for part in found.areas] == [
        ("b", True), ("c", False), ("a", False), ("", False),
    ]  # fmt: skip


def test_pairs_of_declared_overlaps_come_before_those_with_something_in_common() -> None:
    matrix = matrix_of("PM ITM CIO FIN", "AR R . .", "AR . R .", "AR . R .", ". . . I")
    areas = {
        "x": Area("X", "X", first_role="ITM", second_role="PM"),
        "y": Area("Y", "Y", first_role="PM", second_role="ITM"),
    }
    found = pairs(whole_of(replace(matrix, areas=areas)))
    assert found == (
        Pair("ITM", "PM", Share(1, 3, 1), ("x", "y")),
        Pair("CIO", "PM", Share(2, 3, 2)),
    )
    assert len(pairs(whole_of(replace(matrix, areas=areas)), most=0)) == 1


def test_differences_stand_in_either_order_of_the_pair_beside_the_catalogue() -> None:
    records = {
        "d2": Difference("ITM", "PM", "Span", "all of it", "", "DIF-1", 2),
        "d1": Difference("PM", "ITM", "Pay", "hourly", "yearly", position=1),
        "d3": Difference("PM", "CIO", "Rank", "low", "high"),
    }
    found = boundary(
        whole_of(matrix_of("PM ITM CIO", ". . .", differences=records)), "PM", "ITM", today=TODAY, catalogue=CATALOGUE
    ).differences
    assert found == (
        Side("d1", "Pay", "hourly", "yearly"),
        Side("d2", "Span", "", "all of it", CATALOGUE[0], swapped=True),
        Side("", "Focus", "", "", CATALOGUE[1]),
    )
    assert [(side.blanks, side.fillable) for side in found] == [(0, False), (1, True), (2, True)]

"""Which overlaps are to be raised."""

from dataclasses import replace
from datetime import date

from raci.domain.raising import unraised_overlaps, withdrawn_before
from raci.domain.records import Decision, GreyArea, GreyAreaStatus
from tests.domain.builders import matrix_of, overlap


def contested():
    """Two duties in an overlap of PM and ITM, one outside of it."""
    found = overlap(matrix_of("PM ITM", ". .", ". .", ". ."), "PM", "ITM")
    return replace(found, duties={**found.duties, "3": replace(found.duties["3"], area="")})


def test_rows_of_an_overlap_are_to_be_raised():
    assert unraised_overlaps(contested()) == ("1", "2")


def test_not_what_is_open_or_decided():
    grey = replace(contested(), grey_areas={"g": GreyArea("1")})
    assert unraised_overlaps(grey) == ("2",)
    assert unraised_overlaps(replace(grey, decisions={"d": Decision("2", owner="PM")})) == ()


def test_a_decision_that_was_withdrawn_or_a_grey_area_that_is_settled_does_not_count():
    settled = GreyArea("1", status=GreyAreaStatus.DECIDED)
    ended = Decision("1", owner="PM", withdrawn_on=date(2026, 1, 1))
    assert "1" in unraised_overlaps(replace(contested(), grey_areas={"g": settled}, decisions={"d": ended}))


def test_not_where_the_row_does_not_apply_or_one_of_the_two_has_no_column():
    base = contested()
    rows = {**base.rows, "1": replace(base.rows["1"], applies=False)}
    assert unraised_overlaps(replace(base, rows=rows)) == ("2",)
    assert unraised_overlaps(replace(base, columns={"PM": base.columns["PM"]})) == ()


def test_it_knows_what_somebody_withdrew():
    grey = {"g": GreyArea("1", status=GreyAreaStatus.WITHDRAWN), "h": GreyArea("2")}
    assert withdrawn_before(replace(contested(), grey_areas=grey)) == {"1"}

"""Another question or due date of a grey area, held against what happened to it since the export."""

from dataclasses import replace

from raci.domain.homecoming import BroughtQuestion
from raci.domain.previewing import Pick, Picks, Preview, Verdict, settle
from raci.domain.proposal import Standing
from raci.domain.records import GreyAreaStatus
from tests.domain.returning import after, example, exported, home

EDITED = {"question": "Grey areas!D5", "due_on": "Grey areas!K5"}


def _typed(question: str | None = None, due: str | None = None) -> BroughtQuestion:
    return BroughtQuestion("g1", "", "Grey areas!N5", "", "Grey areas!O5", question, due, EDITED)


def test_question_and_day_are_made_as_they_were_typed() -> None:
    matrix = example()
    found = home(matrix, replace(exported(matrix), questions=(_typed("Who signs?", "2027-01-31"),)))
    grey = after(matrix, found.wishes).grey_areas["g1"]
    assert (grey.question, str(grey.due_on), grey.status) == ("Who signs?", "2027-01-31", GreyAreaStatus.OPEN)


def test_of_a_grey_area_that_somebody_settled_meanwhile_both_are_disputed_and_it_is_never_opened_again() -> None:
    matrix = example()
    found = home(matrix, replace(exported(matrix), questions=(_typed("Who signs?", "2027-01-31"),)))
    settled = replace(matrix.grey_areas["g1"], status=GreyAreaStatus.DECIDED)
    preview = Preview(found, {matrix.key: replace(matrix, grey_areas={**matrix.grey_areas, "g1": settled})})
    assert {line.standing for line in preview.lines.values()} == {Standing.DISPUTED}
    assert settle(preview, Picks()).changes == ()
    insisting = Picks(lines={key: Pick(Verdict.INSIST, line.seen) for key, line in preview.lines.items()})
    assert {change.field: change.after for change in settle(preview, insisting).changes} == {
        "question": "Who signs?", "due_on": "2027-01-31"
    }  # fmt: skip

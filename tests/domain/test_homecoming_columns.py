"""Columns of a workbook that came home, and what was put down beside grey areas."""

from dataclasses import replace

import pytest

from raci.domain.homecoming import BroughtBack, BroughtColumn, BroughtQuestion
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import Claim, GreyAreaStatus
from tests.domain.builders import open_grey_area
from tests.domain.returning import (
    after,
    cut,
    example,
    exported,
    home,
    reported,
    said,
)

# --- columns


def test_a_role_that_was_renamed_comes_home() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(
        matrix, replace(brought, columns=(brought.columns[0]._replace(name="Project lead"), *brought.columns[1:]))
    )
    assert said(found) == ["Role PM is called Project lead"]
    assert after(matrix, found.wishes).roles["PM"].name == "Project lead"


def test_a_column_that_bears_the_name_of_another_role_is_reported() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(matrix, replace(brought, columns=(brought.columns[0]._replace(name="ITM"), *brought.columns[1:])))
    assert (found.wishes, reported(found)[0][0]) == ((), "Matrix!H")


def test_columns_that_were_moved_come_home() -> None:
    matrix = example()
    brought = exported(matrix)
    turned = replace(
        brought,
        columns=tuple(brought.columns[index] for index in (2, 0, 1)),
        rows=tuple(
            row._replace(letters="\t".join(row.letters.split("\t")[i] for i in (2, 0, 1))) for row in brought.rows
        ),
    )
    found = home(matrix, turned)
    assert said(found) == ["Columns in another order: FIN, PM, ITM"]
    assert after(matrix, found.wishes).column_keys == ("FIN", "PM", "ITM")


def _with_column(brought: BroughtBack, column: BroughtColumn, cells: list[str], at: int = 3) -> BroughtBack:
    rows = []
    for row, text in zip(brought.rows, cells, strict=True):
        parts = row.letters.split("\t")
        rows.append(row._replace(letters="\t".join([*parts[:at], text, *parts[at:]])))
    return replace(brought, columns=(*brought.columns[:at], column, *brought.columns[at:]), rows=tuple(rows))


def test_an_inserted_column_is_a_new_role_with_its_letters() -> None:
    matrix = example()
    brought = _with_column(exported(matrix), BroughtColumn("", "Legal counsel", "K"), ["", "C", "", "", "I"])
    found = home(matrix, brought)
    assert said(found) == [
        "New column Legal counsel",
        "Approve the budget, Legal counsel: empty → C",
        "Pay the invoice, Legal counsel: empty → I",
    ]
    made = after(matrix, found.wishes)
    role = made.column_keys[-1]
    assert (made.roles[role].name, made.roles[role].code) == ("Legal counsel", "LC")


def test_an_inserted_column_may_be_a_role_of_the_register() -> None:
    matrix = example()
    register = {**matrix.roles, "LEG": replace(matrix.roles["PM"], code="LEG", name="Legal")}
    matrix = replace(matrix, roles=register)
    brought = _with_column(exported(matrix), BroughtColumn("", "legal", "K"), ["", "C", "", "", ""])
    found = home(matrix, brought)
    assert after(matrix, found.wishes).roles == matrix.roles
    assert after(matrix, found.wishes).letters("2", "LEG") == "C"


def test_a_column_of_remarks_is_left() -> None:
    matrix = example()
    brought = _with_column(exported(matrix), BroughtColumn("", "Remarks", "K"), ["", "ask Ben", "", "", "I"])
    found = home(matrix, brought)
    assert (found.wishes, [problem.weight for problem in found.problems]) == ((), [Weight.NOTE])
    beside = _with_column(exported(matrix), BroughtColumn("", "Remarks", "T", inside=False), [""] * 5)
    assert home(matrix, beside).wishes == ()


def test_a_column_that_is_missing_is_offered_and_not_accepted() -> None:
    matrix = replace(example(), grey_areas={"g1": open_grey_area("4", interim="FIN")})
    brought = exported(matrix)
    found = home(matrix, replace(brought, columns=brought.columns[:2], rows=tuple(map(cut, brought.rows))))
    (wish,) = found.wishes
    assert (wish.group, wish.offered, str(wish.about)) == (Group.MISSING_COLUMNS, False, "Column FIN is missing")
    made = after(matrix, found.wishes)
    assert "FIN" not in made.columns and made.grey_areas["g1"].interim == ""
    assert not any("FIN" in row for row in made.cells.values())


def test_a_column_of_which_only_the_hidden_key_is_left_is_missing() -> None:
    matrix = example()
    brought = exported(matrix)
    columns = (*brought.columns[:2], brought.columns[2]._replace(name=""))
    found = home(matrix, replace(brought, columns=columns, rows=tuple(
        row._replace(letters=row.letters.rpartition("\t")[0] + "\t") for row in brought.rows
    )))  # fmt: skip
    assert said(found) == ["Column FIN is missing"]


def test_copies_of_a_column_are_told_apart() -> None:
    matrix = example()
    brought = exported(matrix)
    same_cells = [row.letters.split("\t")[2] for row in brought.rows]
    alike = _with_column(brought, brought.columns[2]._replace(at="K"), same_cells)
    assert (home(matrix, alike).wishes, home(matrix, alike).problems[0].weight) == ((), Weight.NOTE)
    renamed = _with_column(brought, brought.columns[2]._replace(at="K", name="Legal"), ["A"] * 5)
    assert (home(matrix, renamed).wishes, len(home(matrix, renamed).problems)) == ((), 1)
    other = _with_column(brought, brought.columns[2]._replace(at="K"), ["A"] * 5)
    assert (home(matrix, other).wishes, len(home(matrix, other).problems)) == ((), 1)


def test_a_field_whose_column_is_gone_is_not_compared() -> None:
    matrix = example()
    brought = exported(matrix)
    found = home(matrix, replace(
        brought, fields={"key": "A", "title": "G"}, rows=tuple(row._replace(code="", area="") for row in brought.rows)
    ))  # fmt: skip
    assert (found.wishes, len(found.problems)) == ((), 2)


# --- grey areas


def _asked(owner: str = "", comment: str = "", key: str = "g1") -> BroughtBack:
    return replace(
        exported(example()), questions=(BroughtQuestion(key, owner, "Grey areas!N5", comment, "Grey areas!O5"),)
    )


def test_a_proposed_owner_is_a_claim_and_never_a_decision() -> None:
    matrix = example()
    found = home(matrix, _asked("itm"), by="Ann", at="2026-11-12T14:05:00.000000+00:00")
    (wish,) = found.wishes
    assert (wish.group, wish.where, str(wish.about)) == (
        Group.CLAIMS,
        "Grey areas!N5",
        "ITM is to own Sign the contract",
    )
    made = after(matrix, found.wishes)
    claim = made.claims["g1", "ITM"]
    assert (claim.letters, str(claim.made_on)) == ("A", "2026-11-12")
    assert (made.cells, made.decisions, made.grey_areas) == (matrix.cells, {}, matrix.grey_areas)


def test_several_owners_may_be_proposed_and_a_claim_that_stands_is_not_made_again() -> None:
    matrix = replace(example(), claims={("g1", "PM"): Claim("A", "mine"), ("g1", "FIN"): Claim("C")})
    found = home(matrix, _asked("PM; ITM\nFIN"))
    assert [wish.id for wish in found.wishes] == ["claim.g1.ITM", "claim.g1.FIN"]
    assert after(matrix, found.wishes).claims["g1", "FIN"].letters == "A"


def test_a_comment_beside_a_grey_area_is_one_on_its_row() -> None:
    found = home(example(), _asked(comment=" Ask legal first. "))
    (comment,) = after(example(), found.wishes).comments.values()
    assert (comment.duty, comment.role, comment.text) == ("4", "", "Ask legal first.")


@pytest.mark.parametrize(("owner", "key"), [("Nobody known", "g1"), ("PM", "g9"), ("PM", "")])
def test_a_proposal_that_nobody_understands_is_reported(owner: str, key: str) -> None:
    found = home(example(), _asked(owner, key=key))
    assert (found.wishes, reported(found)[0][0]) == ((), "Grey areas!N5")


def test_what_is_settled_cannot_be_claimed() -> None:
    matrix = replace(example(), grey_areas={"g1": open_grey_area("4", status=GreyAreaStatus.DECIDED)})
    assert (home(matrix, _asked("PM")).wishes, len(home(matrix, _asked("PM")).problems)) == ((), 1)

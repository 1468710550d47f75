"""Grids of letters in the shapes in which people draw them."""

import pytest

from raci.documents.intake.recognise import columns
from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.table import Span
from raci.domain.reading import Layout, Weight
from tests.documents.recognise.making import (
    PLAIN,
    PLAIN_CELLS,
    ROLES,
    cells,
    markdown,
    only,
    read,
    read_rows,
    sheet,
    told,
)

LEGEND = (("R", "Responsible"), ("A", "Accountable"), ("C", "Consulted"), ("I", "Informed"))


def test_a_plain_grid_is_read_with_the_address_of_everything() -> None:
    matrix = only(read_rows(*PLAIN))
    assert cells(matrix) == PLAIN_CELLS
    assert (matrix.layout, matrix.where) == (Layout.ROLES_ACROSS, "Plan!A1:D4")
    assert [party.where for party in matrix.parties] == ["Plan!B1", "Plan!C1", "Plan!D1"]
    assert [item.where for item in matrix.items] == ["Plan!A2", "Plan!A3", "Plan!A4"]
    assert matrix.crossings[-2].where == "Plan!B4"
    assert matrix.crossings[-2].raw == "A/R"


def test_titles_and_a_legend_above_do_not_move_the_header() -> None:
    matrix = only(read_rows(("Ferry landing",), (), *LEGEND, (), *PLAIN))
    assert cells(matrix) == PLAIN_CELLS
    assert matrix.name == "Ferry landing"
    assert matrix.legend["A"] == "Accountable"


def test_the_first_of_several_titles_is_the_name() -> None:
    titles = (("Harbour services",), ("Version 3, draft",))

    assert only(read_rows(*titles, (), *PLAIN)).name == "Harbour services"
    assert only(read_rows(("Contents",), (), *titles, *PLAIN)).name == "Harbour services"


def test_a_legend_on_the_rows_of_duties_is_no_column_of_letters() -> None:
    rows = [(*row, *(["", ""] if number == 0 else ["", *LEGEND[number - 1]])) for number, row in enumerate(PLAIN)]
    reading = read_rows(*rows)
    assert cells(only(reading)) == PLAIN_CELLS
    assert [party.name for party in only(reading).parties] == list(ROLES)
    assert only(reading).legend == {"R": "Responsible", "A": "Accountable", "C": "Consulted"}
    assert not told(reading)


def test_a_legend_below_inside_the_columns_of_roles_is_no_duty() -> None:
    reading = read_rows(*PLAIN, (), *(("", f"{letter} - {word}") for letter, word in LEGEND))
    assert cells(only(reading)) == PLAIN_CELLS
    assert len(only(reading).items) == 3


def test_a_header_may_have_groups_above_its_roles_and_people_below() -> None:
    rows = (
        ("", "Quay", "", "Yard"),
        ("Task", *ROLES),
        ("", "Ada", "Bo", "Cy"),
        *PLAIN[1:],
    )
    parties = only(read_rows(*rows, merged=(Span(0, 1, 0, 2),))).parties
    assert [(party.name, party.group, party.people) for party in parties] == [
        ("Harbour Master", "Quay", ("Ada",)),
        ("Tug Captain", "Quay", ("Bo",)),
        ("Crane Crew", "Yard", ("Cy",)),
    ]


def test_groups_may_stand_below_the_roles() -> None:
    parties = only(read_rows(PLAIN[0], ("", "Quay", "Quay", "Yard"), *PLAIN[1:])).parties
    assert [(party.name, party.group) for party in parties] == list(zip(ROLES, ("Quay", "Quay", "Yard"), strict=True))


def test_rows_with_one_text_are_sections_and_the_last_of_several_headings_counts() -> None:
    rows = (PLAIN[0], ("PHASE 1",), ("Task or deliverable",), PLAIN[1], ("PHASE 2",), PLAIN[2], PLAIN[3])
    matrix = only(read_rows(*rows))
    assert [(item.title, item.section) for item in matrix.items] == [
        ("Moor the ferry", "PHASE 1"),
        ("Unload the ferry", "PHASE 2"),
        ("Log the arrival", "PHASE 2"),
    ]


def test_a_section_that_is_written_into_all_its_cells_is_a_section() -> None:
    assert [item.section for item in only(read_rows(PLAIN[0], ("Dusk",) * 4, *PLAIN[1:])).items] == ["Dusk"] * 3


@pytest.mark.parametrize("filled", [("Dawn", "", "Dusk"), ("Dawn", "Dawn", "Dusk")])
def test_a_column_of_sections_is_filled_once_or_on_every_row(filled: tuple[str, ...]) -> None:
    rows = [(section, *row) for section, row in zip(("Phase", *filled), PLAIN, strict=True)]
    assert [item.section for item in only(read_rows(*rows)).items] == ["Dawn", "Dawn", "Dusk"]


def test_codes_and_other_columns_go_with_their_duty() -> None:
    before = [("ID", "Status"), ("F-1", "Open"), ("F-2", "Done"), ("F-3", "Open")]
    after = [("Hours",), ("2",), ("5",), ("1",)]
    rows = [
        (code, row[0], status, *row[1:], *hours)
        for (code, status), row, hours in zip(before, PLAIN, after, strict=True)
    ]
    matrix = only(read_rows(*rows))
    assert cells(matrix) == PLAIN_CELLS
    assert [(item.code, dict(item.details)) for item in matrix.items] == [
        ("F-1", {"Status": "Open", "Hours": "2"}),
        ("F-2", {"Status": "Done", "Hours": "5"}),
        ("F-3", {"Status": "Open", "Hours": "1"}),
    ]


def test_a_title_that_is_merged_over_two_rows_is_one_duty() -> None:
    rows = (PLAIN[0], ("Moor the ferry", "A", "", ""), ("", "", "R", ""), PLAIN[2])
    matrix = only(read_rows(*rows, merged=(Span(1, 0, 2, 0),)))
    assert cells(matrix)["Moor the ferry", "Tug Captain"] == "R"
    assert [item.title for item in matrix.items] == ["Moor the ferry", "Unload the ferry"]


def test_a_title_goes_on_in_the_next_row_where_letters_are_merged_over_both() -> None:
    rows = (PLAIN[0], ("Moor the ferry", "A", "R", "I"), ("at the north quay",), PLAIN[2])
    matrix = only(read_rows(*rows, merged=(Span(1, 2, 2, 2),)))
    assert [item.title for item in matrix.items] == ["Moor the ferry at the north quay", "Unload the ferry"]


def test_a_repeated_header_goes_on_with_the_same_matrix() -> None:
    reading = read_rows(*PLAIN[:2], (), PLAIN[0], *PLAIN[2:])
    assert cells(only(reading)) == PLAIN_CELLS
    assert told(reading, Weight.NOTE) == [("Plan!4", "This row repeats the header; the matrix goes on below it.")]


def test_two_grids_in_one_sheet_are_two_matrices() -> None:
    other = (("Task", "Cook", "Waiter"), ("Set the table", "A", "R"), ("Carve the roast", "A/R", "I"))
    first, second = read_rows(*PLAIN, (), ("Dinner",), *other).matrices
    assert cells(first) == PLAIN_CELLS
    assert [party.name for party in second.parties] == ["Cook", "Waiter"]
    assert cells(second)["Carve the roast", "Cook"] == "A/R"


def test_hidden_sheets_are_read_and_others_are_named() -> None:
    reading = read(sheet(("Welcome",), name="Read me"), sheet(*PLAIN, name="Old", hidden=True))
    assert only(reading).hidden
    assert told(reading) == [("Read me", "Sheet “Read me” holds no matrix.")]


def test_roles_may_go_down() -> None:
    rows = [("Work step\nRole", *(row[0] for row in PLAIN[1:]))]
    rows += [(role, *(row[number] for row in PLAIN[1:])) for number, role in enumerate(ROLES, start=1)]
    matrix = only(read_rows(*rows))
    assert matrix.layout is Layout.ROLES_DOWN
    assert cells(matrix) == PLAIN_CELLS


def test_names_of_roles_are_never_split() -> None:
    roles = ("Master / Deputy", "Crew (night, day)", "R&D")
    assert [party.name for party in only(read_rows(("Task", *roles), *PLAIN[1:])).parties] == list(roles)


def test_names_may_repeat() -> None:
    matrix = only(
        read_rows(("[Task]", "[Name]", "[Name]", "[Name]"), *(("[Enter a task]", *row[1:]) for row in PLAIN[1:]))
    )
    assert (len(matrix.parties), len(matrix.items), len(matrix.crossings)) == (3, 3, 8)


def test_a_column_without_any_letter_is_a_role_where_it_says_none() -> None:
    rows = [(*row, "Pilot" if number == 0 else "—") for number, row in enumerate(PLAIN)]
    reading = read_rows(*rows)
    assert [party.name for party in only(reading).parties] == [*ROLES, "Pilot"]
    assert told(reading) == [("Plan!E2", "3 cells say “—”, the first one here: nobody has a part there.")]


def test_what_is_no_letter_is_left_with_its_address() -> None:
    reading = read_rows(*PLAIN, ("Wash the deck", "A", "X", "see the crew list"))
    assert told(reading, Weight.DOUBT) == [("Plan!C5", "“X” was left out: no legend says what this letter means.")]
    assert told(reading, Weight.LEFT) == [("Plan!D5", "“see the crew list” was left out: it holds no letter.")]


def test_letters_without_a_role_or_a_duty_are_left() -> None:
    reading = read_rows(*PLAIN, ("", "R", "", ""), ("Wash the deck", "A", "R", "", "I"))
    assert told(reading, Weight.LEFT) == [
        ("Plan!5", "This row has letters, but nothing says what they are for; write a title and try again."),
        ("Plan!E6", "“I” was left out: no role stands above it. Name the role in the header and try again."),
    ]


def test_a_duty_that_nobody_has_is_taken_and_said() -> None:
    reading = read_rows(*PLAIN, ("Wash the deck",))
    assert [item.title for item in only(reading).items][-1] == "Wash the deck"
    assert told(reading) == [("Plan!5", "“Wash the deck” has no letters; it was taken as a duty that nobody has yet.")]


def test_totals_are_left() -> None:
    reading = read_rows(*PLAIN, ("Total", "3", "2", "3"), merged=())
    assert len(only(reading).items) == 3


def test_a_letter_that_only_the_legend_explains_is_taken() -> None:
    legend = ("Z = Zealous watcher, R = Responsible, A = Accountable, C = Consulted, I = Informed",)
    reading = read_rows(legend, *PLAIN, ("Wash the deck", "A", "Z", "R"))
    assert cells(only(reading))["Wash the deck", "Tug Captain"] == "Z"
    assert only(reading).legend["Z"] == "Zealous watcher"


def test_a_legend_in_another_alphabet_explains_its_letters() -> None:
    legend = [("О — ответственный",), ("У — утверждает",), ("К — консультирует",), ("И — информируется",)]
    rows = (("Задача", "Капитан", "Лоцман", "Боцман"), ("Швартовка", "О", "У", "К"), ("Разгрузка", "И", "О", "У"))
    assert cells(only(read_rows(*legend, *rows)))["Швартовка", "Лоцман"] == "У"


@pytest.mark.parametrize(
    ("family", "letters"),
    [("DACI", "DACI"), ("RAPID", "RAPD"), ("CAIRO", "CAIO"), ("PARIS", "PARS"), ("RACI-VS", "RVSA")],
)
def test_a_title_that_names_a_scheme_explains_its_letters(family: str, letters: str) -> None:
    roles = [f"Captain {number}" for number in range(len(letters))]
    rows = [("Task", *roles), ("Moor", *letters), ("Unload", *reversed(letters))]
    found = only(read_rows((f"{family} matrix of the quay",), *rows))
    assert [cells(found)["Moor", role] for role in roles] == list(letters)


def test_whole_words_are_letters() -> None:
    words = {
        "A": "Accountable",
        "R": "Responsible",
        "C": "Consulted",
        "I": "Informed",
        "A/R": "Accountable / Responsible",
    }
    rows = [PLAIN[0], *((row[0], *(words.get(letter, "") for letter in row[1:])) for row in PLAIN[1:])]
    assert cells(only(read_rows(*rows))) == PLAIN_CELLS


def test_one_column_of_letters_is_one_role() -> None:
    rows = (("Area", "Step", "Role"), ("Quay", "Moor", "A"), ("", "Unload", "A/R"), ("Yard", "Stack", "R/C"))
    matrix = only(read_rows(("Captain RACI",), *rows))
    assert cells(matrix) == {("Moor", "Role"): "A", ("Unload", "Role"): "A/R", ("Stack", "Role"): "R/C"}
    assert [item.section for item in matrix.items] == ["Quay", "Quay", "Yard"]


def test_markdown_tables_are_read_with_their_headings_and_lines() -> None:
    text = "# RACI\n\n## At dawn\n\n| Task | Master | Crew |\n|---|---|---|\n| **Dawn** | | |\n"
    text += "| Moor \\| tie | **A** | R (`veto`) |\n"
    matrix = only(markdown(text))
    assert (matrix.name, cells(matrix)) == ("At dawn", {("Moor | tie", "Master"): "A", ("Moor | tie", "Crew"): "R"})
    assert [(one.where, one.note) for one in matrix.crossings] == [
        ("line 8, column 2", ""),
        ("line 8, column 3", "veto"),
    ]
    assert matrix.items[0].section == "Dawn"


def test_an_empty_column_that_is_called_roles_is_none() -> None:
    rows = [
        ("", "ROLES", *ROLES),
        ("Deliverable or task", "Status", "Quay"),
        *((row[0], "", *row[1:]) for row in PLAIN[1:]),
    ]
    matrix = only(read_rows(*rows, merged=(Span(1, 2, 1, 4),)))
    assert [party.name for party in matrix.parties] == list(ROLES)
    assert cells(matrix) == PLAIN_CELLS


def test_a_header_that_comes_again_under_another_corner_begins_a_section() -> None:
    reading = read_rows(("DAWN", *ROLES), *PLAIN[1:3], ("DUSK", *ROLES), PLAIN[3])
    assert cells(only(reading)) == PLAIN_CELLS
    assert [item.section for item in only(reading).items] == ["DAWN", "DAWN", "DUSK"]
    assert not reading.problems


def test_a_column_of_a_legend_is_no_detail_and_hides_no_section() -> None:
    legend = (("Legend",), ("R", "Responsible"), ("A", "Accountable"), ("C", "Consulted"), ("", "Who is who"))
    rows = (PLAIN[0], ("Dawn", "", "", ""), PLAIN[1], PLAIN[2], ("Dusk", "", "", ""), PLAIN[3])
    beside = [(*row, "", *extra) for row, extra in zip(rows, (*legend, ()), strict=True)]
    matrix = only(read_rows(*beside))
    assert cells(matrix) == PLAIN_CELLS
    assert [(item.section, dict(item.details)) for item in matrix.items] == [("Dawn", {}), ("Dawn", {}), ("Dusk", {})]


def test_what_stands_above_at_the_right_is_no_title() -> None:
    assert (
        only(read_rows(("Ferry landing",), ("", "", "", "", "", "printed by Quayside"), *PLAIN)).name == "Ferry landing"
    )


def test_a_cell_that_is_merged_with_the_title_is_no_detail() -> None:
    rows = [(row[0], "", *row[1:]) for row in PLAIN]
    matrix = only(read_rows(*rows, merged=tuple(Span(row, 0, row, 1) for row in range(1, 4))))
    assert cells(matrix) == PLAIN_CELLS
    assert [dict(item.details) for item in matrix.items] == [{}] * 3


@pytest.mark.parametrize("title", ["Responsibility matrix", "Matriz de responsabilidades", "Матрица ответственности"])
def test_a_matrix_of_responsibilities_may_have_two_letters_of_its_own(title: str) -> None:
    rows = (("Task", *ROLES), ("Moor the ferry", "P", "S", ""), ("Unload it", "", "P", "S"), ("Log it", "P", "", ""))
    matrix = only(read_rows((title, "", "P: Primary   S: Support"), (), *rows))
    assert cells(matrix)["Unload it", "Tug Captain"] == "P"
    assert matrix.legend == {"P": "Primary", "S": "Support"}
    assert not read_rows(("Attendance", "", "P: Present   S: Sick"), (), *rows).matrices


def test_a_code_that_begins_with_letters_is_no_part() -> None:
    rows = [(code, *row) for code, row in zip(("ID", "RA-MOOR", "RA-VOID", "CI-LOG"), PLAIN, strict=True)]
    matrix = only(read_rows(("RACI matrix",), *rows))
    assert [party.name for party in matrix.parties] == list(ROLES)
    assert cells(matrix) == PLAIN_CELLS


def test_a_legend_may_begin_beside_the_header() -> None:
    rows = [(*row, "", *entry) for row, entry in zip(PLAIN, LEGEND, strict=True)]
    matrix = only(read_rows(*rows))
    assert [party.name for party in matrix.parties] == list(ROLES)
    assert cells(matrix) == PLAIN_CELLS
    assert matrix.legend == dict(LEGEND)


def test_a_title_above_the_header_is_no_section() -> None:
    matrix = only(read_rows(("", "RACI"), *(("", *row) for row in PLAIN)))
    assert [item.section for item in matrix.items] == [""] * 3


def test_a_text_far_to_the_right_does_not_have_all_columns_before_it_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    side_of = columns.side_of

    def counted(sight: Sight, block: Block, column: int) -> columns.Side:
        looked_at.append(column)
        return side_of(sight, block, column)

    monkeypatch.setattr(columns, "side_of", counted)
    rows = [(*PLAIN[0], *[""] * 16_000, "see below"), *PLAIN[1:]]
    assert cells(only(read_rows(*rows))) == PLAIN_CELLS
    assert set(looked_at) <= {0, 16_004}

"""Matrices that are no grids of letters."""

from raci.documents.intake.table import Span
from raci.domain.reading import Layout, Weight
from tests.documents.recognise.making import PLAIN, cells, markdown, only, read_rows, told

FERRY = {
    ("Moor", "Captain"): "R",
    ("Moor", "Master"): "A",
    ("Moor", "Pilot"): "C",
    ("Moor", "Crew"): "C/I",
    ("Unload", "Crew"): "R",
    ("Unload", "Master"): "A",
}


def test_columns_of_letters_hold_names_parted_by_commas() -> None:
    rows = (
        ("Task", "Responsible", "Accountable", "Consulted", "Informed"),
        ("Moor", "Captain", "Master", "Pilot, Crew", "Crew"),
        ("Unload", "Crew", "Master", "-", ""),
    )
    matrix = only(read_rows(*rows))
    assert (matrix.layout, cells(matrix)) == (Layout.LETTERS_ACROSS, FERRY)


def test_headings_may_be_bare_letters_or_words_with_their_letter() -> None:
    rows = (("Moor", "Captain", "Master", "Pilot"), ("Unload", "Crew", "Master", "Pilot"))
    for heads in (
        ("R", "A", "C"),
        ("Doer (R)", "Owner (A)", "Asked (C)"),
        ("Responsável", "Aprovador", "Consultado"),
        ("role_responsible", "role_accountable", "role_consulted"),
    ):
        matrix = only(read_rows(("Tarefa", *heads), *rows))
        assert cells(matrix)["Unload", "Crew"] == "R"
        assert cells(matrix)["Moor", "Master"] == "A"


def test_one_word_for_both_columns_makes_the_second_one_accountable() -> None:
    rows = (("Tâche", "Responsable", "Responsable", "Consulté", "Informé"), ("Amarrer", "Ada", "Bo", "Cy", "Di"))
    reading = read_rows(*rows)
    assert cells(only(reading))["Amarrer", "Bo"] == "A"
    assert told(reading, Weight.DOUBT) == [
        ("Plan!C1", "“Responsable” was read as A, because another column is R; see whether that is meant.")
    ]


def test_brackets_and_slashes_keep_a_name_together() -> None:
    rows = (("Task", "R", "A", "C"), ("Moor", "Crew (night, day)", "Master / Deputy", "Pilot + Tug"))
    reading = read_rows(*rows)
    assert [party.name for party in only(reading).parties] == ["Crew (night, day)", "Master / Deputy", "Pilot + Tug"]
    assert told(reading, Weight.DOUBT) == [
        ("Plan!D2", "“Pilot + Tug” was read as one party; see whether it is several.")
    ]


def test_rows_of_roles_with_duties_under_the_letters_are_turned() -> None:
    rows = (
        ("Role", "R", "A", "C", "I"),
        ("Captain", "mooring / towing", "log", "--", "--"),
        ("Crew", "unloading", "-- (Captain A)", "towing", "log"),
    )
    assert cells(only(read_rows(*rows))) == {
        ("mooring", "Captain"): "R",
        ("towing", "Captain"): "R",
        ("log", "Captain"): "A",
        ("unloading", "Crew"): "R",
        ("towing", "Crew"): "C",
        ("log", "Crew"): "I",
    }


def test_cells_may_hold_names_with_their_letters() -> None:
    rows = (
        ("Task", "Quay", "Yard"),
        ("Moor", "Ben (A), Ann (R)", "Cy (I)"),
        ("Unload", "Ben (A)", "Cy (R)"),
        ("Log", "Ann (A/R)", ""),
    )
    matrix = only(read_rows(("RACI of the landing",), *rows))
    assert matrix.layout is Layout.NAMED_CELLS
    assert cells(matrix) == {
        ("Moor", "Ben"): "A",
        ("Moor", "Ann"): "R",
        ("Moor", "Cy"): "I",
        ("Unload", "Ben"): "A",
        ("Unload", "Cy"): "R",
        ("Log", "Ann"): "A/R",
    }


def test_letters_may_stand_before_their_names() -> None:
    rows = (
        ("Task", "RACI"),
        ("Moor", "R: Ann, Cy; A: Ben"),
        ("Unload", "R: Cy; A: Ben; I: Ann"),
        ("Log", "A: Ann; R: Di"),
    )
    assert cells(only(read_rows(*rows)))["Moor", "Cy"] == "R"


def test_a_list_of_duty_role_and_letter_is_one_matrix() -> None:
    rows = (("Task", "Role", "RACI"), ("Moor", "Captain", "R"), ("Moor", "Master", "A"), ("Unload", "Master", "A"))
    assert cells(only(read_rows(*rows))) == {
        ("Moor", "Captain"): "R",
        ("Moor", "Master"): "A",
        ("Unload", "Master"): "A",
    }


def test_a_list_may_have_marks_under_the_letters() -> None:
    rows = (
        ("Task", "Role", "R", "A", "C", "I"),
        ("Moor", "Captain", "x", "", "", ""),
        ("Moor", "Master", "", "x", "", "x"),
        ("Unload", "Master", "", "x", "", ""),
    )
    assert cells(only(read_rows(*rows)))["Moor", "Master"] == "A/I"


def test_headings_with_lists_of_names_are_cards() -> None:
    text = """# RACI

## Moor
- Responsible: Captain
- Accountable: Master
- Consulted: Pilot, Crew
- Informed: Crew

## Unload
- Responsible: Crew
- Accountable: Master
"""
    matrix = only(markdown(text))
    assert (matrix.layout, cells(matrix)) == (Layout.CARDS, FERRY)


def test_nested_lists_and_single_lines_are_cards_too() -> None:
    nested = "# RACI\n\n- Moor\n  - R: Captain\n  - A: Master\n- Unload\n  - R: Crew\n  - A: Master\n"
    lines = "# RACI\n\n- Moor: R = Captain, A = Master\n- Unload: R = Crew, A = Master\n"
    expected = {key: letters for key, letters in FERRY.items() if key[1] not in ("Pilot",) and letters != "C/I"}
    assert cells(only(markdown(nested))) == cells(only(markdown(lines))) == expected


def test_blocks_of_two_columns_are_cards() -> None:
    rows = (
        ("RACI cards",),
        ("Task", "Moor"),
        ("Responsible", "Captain"),
        ("Accountable", "Master"),
        ("Consulted", "Pilot, Crew"),
        ("Informed", "Crew"),
        (),
        ("Task", "Unload"),
        ("Responsible", "Crew"),
        ("Accountable", "Master"),
    )
    assert cells(only(read_rows(*rows))) == FERRY


def test_an_empty_table_of_names_still_has_its_duties() -> None:
    matrix = only(read_rows(("Task", "Responsible", "Accountable", "Consulted", "Informed"), ("Moor",), ("Unload",)))
    assert ([item.title for item in matrix.items], matrix.crossings) == (["Moor", "Unload"], ())


def test_tables_of_names_may_stand_side_by_side() -> None:
    head = ("R", "A", "C", "I")
    left = (
        ("Task", *head),
        ("Moor the ferry", "Crew", "Master", "Pilot", "Clerk"),
        ("Unload it", "Yard", "Master", "", ""),
    )
    right = (
        ("Decision", *head),
        ("Close the quay", "Pilot", "Clerk", "Crew", ""),
        ("Buy a crane", "Yard", "Clerk", "", ""),
    )
    for gap in ((), ("",)):
        first, second = read_rows(*((*one, *gap, *other) for one, other in zip(left, right, strict=True))).matrices
        assert cells(first)["Moor the ferry", "Pilot"] == "C"
        assert cells(second)["Close the quay", "Pilot"] == "R"
        assert (len(first.crossings), len(second.crossings)) == (6, 5)


def test_a_row_that_names_the_scheme_is_no_header_of_letters() -> None:
    rows = (
        ("ID", "Task", "Frame", "Accountable", "Responsible", "Consulted", "Informed"),
        ("RA-MOOR", "Moor the ferry", "RACI", "Master", "Crew", "Pilot", "Clerk"),
        ("RA-LOAD", "Unload it", "RACI", "Master", "Yard", "Crew", "Clerk"),
    )
    matrix = only(read_rows(*rows))
    assert (matrix.layout, len(matrix.crossings)) == (Layout.LETTERS_ACROSS, 8)
    assert [item.code for item in matrix.items] == ["RA-MOOR", "RA-LOAD"]


def test_lines_headed_by_roles_say_what_each_of_them_does() -> None:
    text = "# RACI\n\n- Harbour manager: A – berths, tariffs; R – moorings\n- Crane team: R – unloading; C – moorings\n"
    assert cells(only(markdown(text))) == {
        ("berths", "Harbour manager"): "A",
        ("tariffs", "Harbour manager"): "A",
        ("moorings", "Harbour manager"): "R",
        ("unloading", "Crane team"): "R",
        ("moorings", "Crane team"): "C",
    }


def test_a_line_of_owners_is_about_its_heading() -> None:
    text = "# RACI of the landing\n\n"
    text += "".join(
        f"## {title}\n\n**Owner:** {one} (Accountable), {other} (Responsible)\n\n"
        for title, one, other in (("Punctuality", "Ann", "Ben"), ("Safety", "Cy", "Ann"), ("Cost", "Ben", "Cy"))
    )
    assert cells(only(markdown(text + "- RACI: `landing.md`\n")))["Safety", "Cy"] == "A"
    assert {item.title for item in only(markdown(text)).items} == {"Punctuality", "Safety", "Cost"}


def test_a_legend_beside_a_matrix_is_no_card_and_no_cell_with_names() -> None:
    table = "# RACI\n\n| Task | Master | Crew |\n|---|---|---|\n| Moor | A | R |\n| Load | A | C |\n\n"
    assert len(markdown(table + "- R: the doer\n- A: the boss\n- C: the adviser\n- I: the audience\n").matrices) == 1
    meanings = (
        "Responsible",
        "Accountable — owns it",
        "Consulted — gives input (before)",
        "Informed — hears (later)",
    )
    rows = (*PLAIN, (), ("Legend",), *zip("RACI", meanings, strict=True))
    merged = tuple(Span(row, 1, row, 3) for row in range(len(PLAIN) + 2, len(rows)))
    assert only(read_rows(*rows, merged=merged)).layout is Layout.ROLES_ACROSS

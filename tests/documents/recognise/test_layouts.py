"""Matrices that are no grids of letters."""

from raci.domain.reading import Layout, Weight
from tests.documents.recognise.making import cells, markdown, only, read_rows, told

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

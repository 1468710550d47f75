"""Shapes of single files that several readers of them stumbled over: headers, legends and letters of their own kind."""

import pytest

from raci.documents.intake.recognise import recognise
from raci.documents.intake.table import Medium, Sheaf, Span, Table
from raci.domain.reading import Layout, Weight
from tests.documents.recognise.making import PLAIN, PLAIN_CELLS, ROLES, cells, markdown, only, read_rows, sheet, told


def named(name: str, *rows: tuple) -> Sheaf:
    return Sheaf("xlsx", (sheet(*rows),), name=name)


# Two columns of letters for each person, under one merged heading.
BY_PERSON = (
    ("Quay works",),
    ("Task", "State", "Ada", "", "", "Bo", "", ""),
    ("Spring", "", "", "", "", "", "", ""),
    ("Moor the ferry", "done", "R", "A", "", "", "", "I"),
    ("Unload the ferry", "done", "", "", "C", "R", "A", ""),
    ("Log the arrival", "open", "R", "", "", "", "A", ""),
)
OVER = (Span(1, 2, 1, 4), Span(1, 5, 1, 7))


def test_columns_under_one_merged_heading_are_one_role() -> None:
    matrix = only(read_rows(*BY_PERSON, merged=OVER))
    assert [party.name for party in matrix.parties] == ["Ada", "Bo"]
    assert cells(matrix) == {
        ("Moor the ferry", "Ada"): "R/A",
        ("Moor the ferry", "Bo"): "I",
        ("Unload the ferry", "Ada"): "C",
        ("Unload the ferry", "Bo"): "R/A",
        ("Log the arrival", "Ada"): "R",
        ("Log the arrival", "Bo"): "A",
    }
    assert (matrix.crossings[0].where, matrix.crossings[0].raw) == ("Plan!C4", "R | A")


def test_a_title_that_is_merged_over_all_columns_is_no_header_of_one_role() -> None:
    rows = (("Quay works", "", ""), ("Moor", "A", "R"), ("Unload", "A", "C"))
    assert not read_rows(*rows, merged=(Span(0, 0, 0, 2),)).matrices


def test_the_table_above_a_blank_row_gives_no_groups() -> None:
    above = (("Code", "Name", "Employer"), ("HM", "Harbour master", "Port"), ("TC", "Tug captain", "Tug company"), ())
    assert {party.group for party in only(read_rows(*above, *PLAIN)).parties} == {""}


@pytest.mark.parametrize("beside", ["Unnamed: 3", "Unnamed: 3_level_0"])
def test_a_table_that_pandas_wrote_has_blanks_where_it_had_none(beside: str) -> None:
    head = ("Unnamed: 0", "Quay works", "Unnamed: 2", beside)
    rows = (head, ("NaN",) * 4, *(tuple(text or "NaN" for text in row) for row in PLAIN))
    matrix = only(recognise(Sheaf("csv", (Table(rows, Medium.TEXT),))))
    assert cells(matrix) == PLAIN_CELLS
    assert [party.name for party in matrix.parties] == list(ROLES)


def test_nan_without_such_a_header_is_left_as_text() -> None:
    assert told(read_rows(*PLAIN, ("Wash the deck", "R", "NaN", "A")), Weight.LEFT)


LETTERS_BEHIND = (("", "Lead", "L"), ("", "Approve", "A"), ("", "Support", "S"), ("", "Carry out", "C"))


def test_a_legend_may_have_its_letters_behind_their_meanings() -> None:
    rows = (("Task", *ROLES), ("Moor", "L", "A", "S"), ("Unload", "C", "L", "A"), ("Log", "A", "S", "L"))
    matrix = only(read_rows(*rows, (), *LETTERS_BEHIND))
    assert matrix.legend == {"L": "Lead", "A": "Approve", "S": "Support", "C": "Carry out"}
    assert cells(matrix)["Moor", "Harbour Master"] == "L"
    assert len(matrix.items) == 3


def test_letters_behind_duties_are_no_legend() -> None:
    rows = (("Task", "Captain"), ("Run the pump", "A"), ("Clear the deck", "R"), ("Inspect the hull", "A"))
    matrix = only(read_rows(("RACI of the tug",), *rows))
    assert (len(matrix.items), matrix.legend) == (3, {})


def test_a_legend_in_one_cell_may_have_its_letters_in_brackets_behind_their_words() -> None:
    matrix = only(read_rows(("Responsible (R), Accountable (A), Consulted (C), Informed (I)",), (), *PLAIN))
    assert matrix.legend == {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}


def test_a_legend_is_known_by_the_words_inside_its_meanings() -> None:
    legend = ("R=Responsible", "M=Must be consulted", "S=May be consulted", "I=May be told")
    rows = (("Part", *ROLES), ("Hull", "R", "M", "I"), ("Keel", "S", "R", "M"), ("Mast", "M", "S", "R"))
    matrix = only(read_rows(("", *legend), *rows))
    assert cells(matrix)["Hull", "Tug Captain"] == "M"
    assert cells(matrix)["Keel", "Harbour Master"] == "S"


@pytest.mark.parametrize("meaning", ["None", "No part", "Not involved", "Does not play a role", "Nicht beteiligt"])
def test_a_letter_of_those_who_have_no_part_is_none(meaning: str) -> None:
    legend = [("R", "Responsible"), ("A", "Accountable"), ("C", "Consulted"), ("N", meaning)]
    reading = read_rows(*legend, (), *PLAIN, ("Wash the deck", "A", "N", "R"))
    assert ("Wash the deck", "Tug Captain") not in cells(only(reading))
    assert not told(reading, Weight.DOUBT)


UNEXPLAINED = (
    ("Nr", "Part of the work", *ROLES, "Done?"),
    ("1", "Hull", "A", "P", "", "Y"),
    ("2", "Keel", "S", "", "P", "Y"),
    ("3", "Mast", "P", "I", "S", "Y"),
    ("4", "Sails", "A", "P", "S", "Y"),
)


def test_letters_without_a_legend_are_taken_where_the_file_is_called_a_matrix_of_responsibilities() -> None:
    for name in ("Responsibility Matrix.xlsx", "work-responsibility-matrix.csv", "ResponsibilityMatrix.ods"):
        reading = recognise(named(name, *UNEXPLAINED))
        assert cells(only(reading))["Mast", "Harbour Master"] == "P"
        assert len(only(reading).parties) == 3
        assert told(reading, Weight.DOUBT) == [
            ("Plan!D2", "No legend says what “P” means; it was taken as it is."),
        ]
    assert not recognise(named("Works.xlsx", *UNEXPLAINED)).matrices


def test_letters_that_nothing_explains_are_read_side_by_side_too() -> None:
    rows = [(*row, "", *row) for row in UNEXPLAINED]
    matrices = recognise(named("Responsibility matrix.xlsx", *rows)).matrices
    assert len(matrices) == 2
    assert (
        cells(matrices[0])
        == cells(matrices[1])
        == cells(only(recognise(named("Responsibility matrix.xlsx", *UNEXPLAINED))))
    )


def test_a_file_that_is_called_so_makes_no_other_table_a_matrix() -> None:
    grades = (("Pupil", "Maths", "French"), ("Ada", "A", "B"), ("Bo", "B", "D"), ("Cy", "B", "D"), ("Di", "D", "B"))
    assert not recognise(named("Responsibility matrix.xlsx", *grades)).matrices


DECISIONS = (("Berth plan", "Ann", "Ben", "Cy, Di", "Crew"), ("Crane hire", "Cy", "Ben", "Ann", "Crew"))


@pytest.mark.parametrize(
    ("heads", "letters"),
    [
        (("Drivers", "Approvers", "Contributors", "Informed"), "DACI"),
        (("Driver", "Approver", "Contributor(s)", "Informees"), "DACI"),
        (("Executor (Responsible)", "Owner (Accountable)", "Helper (Contributor)", "Told (Informed)"), "RACI"),
    ],
)
def test_headings_may_be_plurals_and_say_contributor(heads: tuple, letters: str) -> None:
    matrix = only(read_rows(("Decision", *heads), *DECISIONS))
    assert matrix.layout is Layout.LETTERS_ACROSS
    assert "".join(cells(matrix)["Berth plan", name] for name in ("Ann", "Ben", "Cy", "Crew")) == letters


def test_a_contributor_among_roles_is_a_role() -> None:
    rows = (("Task", "Contributor", "Maintainer", "Council"), ("Fix", "R", "A", "I"), ("Merge", "C", "R", "A"))
    assert [party.name for party in only(read_rows(*rows)).parties] == ["Contributor", "Maintainer", "Council"]


def test_a_comma_between_figures_parts_no_names() -> None:
    rows = (("Task", "Crew"), ("Moor", "Berth 3,4 (R), Ann (A)"), ("Unload", "Ann (A)"), ("Log", "Berth 3,4 (I)"))
    assert {party.name for party in only(read_rows(("RACI of the quay",), *rows)).parties} == {"Berth 3,4", "Ann"}


def test_somebody_who_is_still_to_be_named_is_a_party_where_the_post_is_said() -> None:
    rows = (
        ("Task", "Responsible (R)", "Accountable (A)", "Informed (I)"),
        ("Moor", "Crew", "TBD (Harbour manager)", "N/A (see below)"),
        ("Unload", "Crew", "TBD", "Pilot"),
    )
    assert cells(only(read_rows(*rows))) == {
        ("Moor", "Crew"): "R",
        ("Moor", "TBD (Harbour manager)"): "A",
        ("Unload", "Crew"): "R",
        ("Unload", "Pilot"): "I",
    }


def test_a_column_called_raci_beside_roles_explains_the_letters() -> None:
    words = ("RACI", "Responsible", "Accountable", "Consulted")
    rows = [(*row, "", word) for row, word in zip(PLAIN, words, strict=True)]
    matrix = only(read_rows(*rows))
    assert (cells(matrix), len(matrix.parties)) == (PLAIN_CELLS, 3)


NONE = {
    "a form with placeholders": (
        ("RACI of the quay", "Role", "Role", "Role"),
        ("Tasks", "Responsible", "Responsible", "Responsible"),
        ("R", "Responsible for the work"),
        ("A", "Accountable, approves"),
        ("C", "Has to be consulted"),
        ("I", "Has to be informed"),
    ),
    "abbreviations": (
        ("Short", "Long", "What it is"),
        ("ABC", "Always be careful", "A rule of the quay"),
        ("QA", "Quality assurance", "Those who look again"),
        ("RACI", "Responsible, Accountable, Consulted, Informed", "Who does what"),
        ("RAC", "Responsible, Accountable, Consulted", "The same without I"),
    ),
    "agencies": (
        ("Number", "Committee", "Agency"),
        ("1", "Ropes", "SAC"),
        ("2", "Anchors", "SA"),
        ("3", "Buoys", "CSA"),
        ("4", "Chains", "RA"),
    ),
    "attitudes": (
        ("Stakeholder", "Role and responsibility", "Position"),
        ("Port", "Pays", "Supportive"),
        ("Town", "Allows", "Supportive"),
        ("Crew", "Works", "Supportive"),
    ),
    "questions": (
        ("Column", "Who? (R)", "Who? (A)", "Who? (C)", "Who? (I)"),
        ("What it says", "Who does it?", "Who approves it?", "Who has to be asked?", "Who has to be told?"),
    ),
}


@pytest.mark.parametrize("rows", NONE.values(), ids=NONE)
def test_what_only_looks_like_letters_is_refused(rows: tuple) -> None:
    for title in ((), ("RACI matrix",)):
        assert not read_rows(title, *rows).matrices


@pytest.mark.parametrize(
    "lines",
    [
        "- Local: dry runs\n- CI: pumps, cranes\n- Lights: all on\n- AI: forecasts\n",
        "- Filter\n  - R (Responsible) - Does the work\n  - A (Accountable) - Owner\n  - C (Consulted) - Expert\n",
        "- Colour codes:\n  - **A** or **A+R**: green (#92D050), bold\n  - **R**: red (#E6B8B8)\n  - **C**: violet\n"
        '- Labels:\n  - [A]: "Accountable (Owner)"\n  - [R]: "Responsible (Doer)"\n  - [C]: "Consulted"\n'
        '  - [A+R]: "Accountable & Responsible (Both)"\n',
        "**Legend:**\n- A: 最終責任（Accountable）\n- R: 実行（Responsible）\n- C: 協議（Consulted）\n",
    ],
)
def test_lines_with_short_words_or_meanings_are_no_cards(lines: str) -> None:
    assert not markdown(f"# RACI of the quay\n\n{lines}").matrices


def test_the_same_description_of_each_role_is_no_card() -> None:
    role = "## {}\n\n### RACI\n\n- Responsible: ropes, anchors\n- Accountable: all ships\n- Consulted: on winds\n\n"
    assert not markdown("# Roles\n\n" + "".join(map(role.format, ("Pilot", "Master", "Crew")))).matrices

"""What looks like a matrix and is none is refused, with the reason and what to do."""

import pytest

from raci.domain.reading import Weight
from tests.documents.recognise.making import PLAIN, markdown, read, read_rows, sheet, told

RISKS = (
    ("ID", "Type", "Risk", "Owner", "RAG"),
    ("R1", "R", "Ice on the quay", "Master", "A"),
    ("R2", "I", "Fog", "Pilot", "R"),
    ("R3", "A", "Strike", "Crew", "G"),
    ("R4", "D", "Late crane", "Yard", "G"),
)
PERMISSIONS = (
    ("Page", "Admin", "Editor", "Reader"),
    ("Orders", "CRUD", "C/R/U", "R"),
    ("Users", "CRUD", "R", "-"),
    ("Logs", "R", "R", "-"),
)
GRADES = (("Pupil", "Maths", "French"), ("Ada", "A", "B"), ("Bo", "C", "A"), ("Cy", "B", "D"), ("Di", "A", "F"))
SKILLS = (("Person", "Knots", "Cranes"), ("Ada", "3", "1"), ("Bo", "2", "5"))
TOTALS = (("Role", "R", "A", "C", "I"), ("Captain", "3", "1", "0", "2"), ("Crew", "1", "2", "2", "4"))
STAKEHOLDERS = (("Stakeholder", "Interest", "Influence"), ("Port", "High", "Low"), ("Town", "Low", "High"))
LEGEND = (
    ("Letter", "Name", "Meaning"),
    ("R", "Responsible", "Does it"),
    ("A", "Accountable", "Answers for it"),
    ("C", "Consulted", "Is asked"),
    ("I", "Informed", "Is told"),
)
DEFINITIONS = (
    ("Responsible", "Accountable", "Consulted", "Informed"),
    (
        "The person who does the work that is needed to complete the task, of whom there is at least one",
        "The person who answers for the correct and thorough completion, of whom there is exactly one",
        "Those whose opinion is sought before the work is done, usually experts of the subject matter",
        "Those who are kept up to date, often only when the task is complete, and are never asked",
    ),
)
SCREENS = (
    ("Screen", "Admin", "Editor", "Reader"),
    ("Orders", "R C U", "R U", "R"),
    ("Users", "R C X", "R", "R"),
    ("Logs", "R A X", "R U own", "-"),
)
MOVEMENTS = (
    ("Process", "Kind", "What happens", "", "E (Entry)", "something comes in"),
    ("Book a berth", "E", "The captain writes", "", "R (Read)", "something is looked up"),
    ("Show the berths", "R", "The list is shown", "", "W (Write)", "something is kept"),
    ("Free a berth", "W", "The berth is free", "", "X (Exit)", "something goes out"),
)
FLAGS = (("Name", "R", "A", "C", "I"), ("Port", "x", "", "", ""), ("Town", "", "", "x", "x"))


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(
    "rows", [RISKS, PERMISSIONS, GRADES, SKILLS, TOTALS, STAKEHOLDERS, LEGEND, DEFINITIONS, FLAGS, SCREENS]
)
def test_other_tables_are_refused(rows: tuple, named: bool) -> None:
    reading = read_rows(*((("RACI matrix of the landing",), ()) if named else ()), *rows)
    assert not reading.matrices, reading.matrices
    assert [problem.weight for problem in reading.problems] == [Weight.REFUSED]


def test_a_legend_of_other_letters_makes_no_column_of_kinds_a_matrix() -> None:
    assert not read_rows(*MOVEMENTS).matrices


def test_a_refusal_names_the_sheet_and_says_what_to_do() -> None:
    assert told(read_rows(*SKILLS)) == [
        (
            "Plan",
            "Sheet “Plan” holds no row with R, A, C or I in two or more columns, "
            "and no columns for them that hold names. Put the duties in rows and the roles in columns, "
            "with a letter where they cross, and try again.",
        )
    ]
    assert "explains letters" in told(read_rows(*LEGEND))[0][1]


FORMS = {
    "no duties yet": (PLAIN[0],),
    "duties": (PLAIN[0], ("Moor the ferry",), ("Unload the ferry",)),
    "none-marks": (PLAIN[0], ("Moor the ferry", "-", "-", "-")),
}


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_matrix_that_is_not_filled_in_yet_is_refused_as_such(rows: tuple) -> None:
    reading = read_rows(("RACI matrix of the landing",), (), *rows)
    assert not reading.matrices
    assert told(reading, Weight.REFUSED) == [
        (
            "Plan",
            "Sheet “Plan” is a matrix that is not filled in yet: Plan!3 has headings for the duties and for 3 columns "
            "from “Harbour Master” to “Crane Crew”, but no letter or name stands below them. "
            "Fill in who has which part, and try again.",
        )
    ]


def test_a_table_of_letters_without_a_row_is_not_filled_in_yet() -> None:
    reading = markdown(
        "# RACI\n\n| Activity | Responsible | Accountable | Consulted | Informed |\n|---|---|---|---|---|\n"
    )
    assert "is a matrix that is not filled in yet: line 3 has headings" in told(reading, Weight.REFUSED)[0][1]


@pytest.mark.parametrize(
    "rows", [(("Task", "Status", "Due date"), ("Moor",)), (("Task", "Wind", "Tide"), ("Moor",)), SKILLS]
)
def test_other_tables_are_not_called_a_form(rows: tuple) -> None:
    assert "not filled in" not in str(told(read_rows(*rows)))


def test_an_empty_document_is_refused() -> None:
    for reading in (read(), read(sheet()), markdown("")):
        assert told(reading, Weight.REFUSED) == [
            ("", "The document is empty, or holds no table. Upload one that has a table with duties and roles.")
        ]


def test_prose_about_raci_is_refused() -> None:
    reading = markdown(
        "# RACI\n\nRACI says who does what.\n\n- R = Responsible: does the work\n- A = Accountable: answers\n"
        "- C = Consulted: is asked\n- I = Informed: is told\n"
    )
    assert not reading.matrices
    assert len(told(reading, Weight.REFUSED)) == 1


def test_a_legend_of_people_in_general_is_no_card() -> None:
    text = "# RACI\n\n## Legend\n\n- Responsible: the doer\n- Accountable: the owner\n- Consulted: experts\n"
    assert not markdown(text).matrices


def test_sureness_is_higher_where_the_document_says_more() -> None:
    bare = read_rows(("", *PLAIN[0][1:]), *PLAIN[1:]).matrices[0].sureness
    said = read_rows(("RACI matrix",), *PLAIN).matrices[0].sureness
    assert 60 <= bare < said <= 100


@pytest.mark.parametrize(
    "text",
    [
        "# RACI 流程\n\n- **R（Responsible）** — 执行者实际完成任务\n- **A（Accountable）** — 问责者最终负责\n"
        "- **C（Consulted）** — 提供意见的人\n",
        "# RACI\n\n| 概念 | 说明 |\n|---|---|\n| R（Responsible） | 实际完成任务 |\n| A（Accountable） | 最终负责 |\n"
        "| C（Consulted） | 提供意见 |\n",
        "# RACI\n\n| Folder | What |\n|---|---|\n| `ai/` | Models |\n| `ia/` | Screens |\n| `ci/` | Builds |\n",
    ],
)
def test_explanations_and_folders_are_no_matrix(text: str) -> None:
    assert not markdown(text).matrices


def test_an_index_of_areas_with_a_letter_each_is_no_matrix() -> None:
    rows = (("Contents", "", "1", "Transport", "T"), ("Plans", "", "2", "Communication", "C"))
    assert not read_rows(*rows, ("Maps", "", "3", "Automation", "A"), ("Lists", "", "4", "Ice", "I")).matrices

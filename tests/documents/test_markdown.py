"""The matrix as Markdown."""

import re
from dataclasses import replace

from hypothesis import given, settings

from raci.documents.edition import Edition
from raci.documents.markdown import write_markdown
from tests.documents.sample import sample
from tests.documents.strategies import editions


def table(text: str) -> list[list[str]]:
    """Return the cells of the table, split where a bar has no backslash before it."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]


def test_it_has_a_head_and_a_line_per_duty() -> None:
    text = write_markdown(sample())
    assert text.startswith("# Who owns what in an IT project\n\n**Example Rail** · scope: every single project")
    assert "**54 rows, 48 clean, 5 to settle, 1 not applicable here**" in text
    assert "| Vendor management | VEN-4 | Sign the contract | **R** | **A** |" in text
    assert len(table(text)) == 56


def test_who_owns_a_row_meanwhile_is_said_to_be_in_the_interim() -> None:
    assert "; IT manager in the interim" in write_markdown(sample())


@settings(max_examples=25, deadline=None)
@given(editions())
def test_every_line_of_the_table_has_all_its_cells(edition: Edition) -> None:
    rows = table(write_markdown(edition))
    assert {len(row) for row in rows} == {len(edition.matrix.columns) + 4}
    assert len(rows) == len(edition.matrix.rows) + 2


def test_text_is_no_markup() -> None:
    edition = sample()
    duty = replace(edition.matrix.duties["VEN-4"], title="a | b\n<b>*bold*</b> [x](y) `z` \\")
    matrix = replace(edition.matrix, duties={**edition.matrix.duties, "VEN-4": duty})
    assert r"| a \| b \<b\>\*bold\*\</b\> \[x\](y) \`z\` \\ |" in write_markdown(replace(edition, matrix=matrix))

"""Markdown and HTML as tables of text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from raci.documents.intake.markup import tables_of_html, tables_of_markdown
from raci.documents.intake.table import Medium, Span, Table


def grids(text: str) -> list[Table]:
    return [table for table in tables_of_markdown(text) if table.medium is Medium.MARKUP]


def test_a_pipe_table_has_its_heading_and_lines_and_no_marks() -> None:
    text = "# Harbour\n\nWords.\n\n| **Task** | `Crew` |\n|:---|---:|\n| [Moor](http://x.example) | A<br>R |\n"
    (table,) = grids(text)
    assert table.rows == (("Task", "Crew"), ("Moor", "A\nR"))
    assert (table.heading, table.lines) == ("Harbour", (5, 7))
    assert table.place(1, 1) == "line 7, column 2"


def test_outer_pipes_may_be_missing_and_pipes_may_be_escaped() -> None:
    (table,) = grids("Task | Crew\n--- | ---\nMoor \\| tie | A\n")
    assert table.rows == (("Task", "Crew"), ("Moor | tie", "A"))


def test_a_cell_too_many_is_kept_and_a_rule_of_the_wrong_width_does_not_matter() -> None:
    assert grids("| T | A |\n|---|---|\n| x | R | I |\n")[0].rows[1] == ("x", "R", "I")
    assert grids("| T | A |\n|---|\n| x | R |\n")[0].rows == (("T", "A"), ("x", "R"))


def test_tables_in_code_are_no_tables() -> None:
    assert not grids("```\n| T | A |\n|---|---|\n| x | R |\n```\n")
    assert not grids("```html\n<table><tr><td>x</td></tr></table>\n```\n")


def test_a_bold_line_heads_a_table() -> None:
    assert grids("# Big\n\n**At dawn:**\n\n| T | A |\n|---|---|\n| x | R |\n")[0].heading == "At dawn:"


def test_html_in_markdown_keeps_spans_and_lines() -> None:
    text = "# Harbour\n\n<table>\n<tr><th rowspan=2>Task</th><th colspan='2'>Quay</th></tr>\n\n"
    text += "<tr><td>Ada</td><td>Bo</td></tr>\n"
    text += "<tr><td>Moor</td><td> A </td><td><b>R</b><br/>C</td></tr></table>\n\n"
    text += "| T | A |\n|---|---|\n| x | R |\n"
    html, pipes = grids(text)
    assert html.rows == (("Task", "Quay", ""), ("", "Ada", "Bo"), ("Moor", "A", "R\nC"))
    assert html.merged == (Span(0, 0, 1, 0), Span(0, 1, 0, 2))
    assert (html.heading, html.lines) == ("Harbour", (4, 6, 7))
    assert pipes.lines == (9, 11)


def test_lists_and_paragraphs_keep_their_depth() -> None:
    text = "# Cards\n\nIntro: here\n\n- Moor\n  - Responsible: Crew\n- Unload\n"
    (table,) = tables_of_markdown(text)
    assert table.medium is Medium.LIST
    assert table.rows == (("Intro: here",), ("Moor",), ("", "Responsible: Crew"), ("Unload",))
    assert (table.heading, table.lines) == ("Cards", (3, 5, 6, 7))


def test_html_is_read_without_scripts_and_with_nested_tables_apart() -> None:
    text = (
        "<h2>Harbour</h2><script>x</script><table><caption>Landing</caption><tr><td>a<script>b</script></td>"
        "<td><table><tr><td>in</td></tr></table></td></tr></table><table><tr><td>&amp;</td></tr></table>"
    )
    assert [(table.heading, table.rows) for table in tables_of_html(text)] == [
        ("Landing", (("in",),)),
        ("Landing", (("a", ""),)),
        ("Landing", (("&",),)),
    ]


def test_spans_are_cut_to_what_the_table_has() -> None:
    (table,) = tables_of_html("<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>")
    assert table.rows == (("x",),)
    assert table.merged == (Span(0, 0, 0, 0),)


@given(st.text(alphabet="|-*`_[]()<>#\\\n abRA&;", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_fall_over(text: str) -> None:
    for table in [*tables_of_markdown(text), *tables_of_html(text)]:
        assert not table.rows or len(table.lines) == len(table.rows)

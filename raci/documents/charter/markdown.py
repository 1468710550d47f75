"""A charter as Markdown: for a wiki or a repository."""

from collections.abc import Iterator

from raci.documents.charter.parts import Section, Table
from raci.documents.charter.told import Edition, tell
from raci.documents.markdown import line, plain
from raci.documents.speech import speaking


def write_markdown(edition: Edition) -> str:
    """Return the charter as a Markdown document."""
    told = tell(edition)
    with speaking(edition.language):
        lines = [f"# {plain(told.title)} ({plain(told.code)})", "", f"**{plain(told.subtitle)}**", ""]
        lines += [f"- {plain(name)}: {plain(value)}" for name, value in told.facts]
        for section in told.sections:
            lines += ["", f"## {plain(section.title)}", "", *_section(section)]
        lines += ["", f"## {plain(told.signing.title)}", "", *_table(told.signing)]
    return "\n".join([*lines, ""])


def _section(section: Section) -> Iterator[str]:
    if section.is_empty:
        yield f"*{plain(section.empty)}*"
    if section.text:
        yield plain(section.text)
    for item in section.items:
        yield f"- {plain(item)}"
    for at, table in enumerate(section.tables):
        if at:
            yield ""
        if table.title:
            yield from (f"### {plain(table.title)}", "")
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield line([plain(head) for head in table.heads])
    yield line(["---"] * len(table.heads))
    for row in table.rows:
        cells = [plain(cell) for cell in row.cells] + [""] * (len(table.heads) - len(row.cells))
        yield line([f"**{cell}**" if cell and row.kind != "row" else cell for cell in cells])

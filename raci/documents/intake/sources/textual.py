"""Text as tables: comma, semicolon, tab or pipe separated, pasted, Markdown or a web page."""

import re
from dataclasses import replace
from itertools import islice

from raci.documents.formulas import bare
from raci.documents.intake.guard import ending, words
from raci.documents.intake.guard.limits import MOST_CELLS, MOST_ROWS
from raci.documents.intake.sources.encodings import decoded
from raci.documents.intake.sources.later import markup
from raci.documents.intake.sources.separated import Separated, records_of, separator_of
from raci.documents.intake.sources.values import clean
from raci.documents.intake.table import Medium, Sheaf, Table, trimmed
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_FILE = Sentence(_("The file"))
# The line below the head of a table in Markdown, and a list with two levels.
_RULE = re.compile(
    r"^[ \t]{0,9}\|?[ \t]{0,9}:?-{1,99}:?[ \t]{0,9}(?:\|[ \t]{0,9}:?-{1,99}:?[ \t]{0,9}){1,999}\|?[ \t]{0,9}$", re.M
)
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_LIST = re.compile(r"^[ \t]{0,99}(?:[-*+]|\d{1,4}[.)])[ \t]", re.M)
_INNER_TAB = re.compile(r"\S\t")
# So many lines say whether a text is a pasted sheet, and so much of them must have a tab behind a text.
_SAMPLE, _TABBED = 200, 0.8
_MARKDOWN_NAMES = ("md", "markdown")
# Where HTML may be a part of the text only.
MARKDOWN_OR_PASTED = (*_MARKDOWN_NAMES, "txt")
_SEPARATED_NAMES = ("csv", "tsv", "tab")
_SEPARATORS = {
    ",": _("separated by commas"),
    ";": _("separated by semicolons"),
    "\t": _("separated by tabs"),
    "|": _("separated by pipes"),
    "": _("in one column"),
}


def read_markup(content: bytes, notes: tuple[Sentence, ...]) -> Sheaf:
    """Return the tables of a web page. Raises `Refused`."""
    text, encoding = decoded(content)
    return Sheaf("html", tuple(_bounded(markup().tables_of_html(clean(text)))), (*notes, _read_as(encoding)))


def read_text(content: bytes, name: str, notes: tuple[Sentence, ...]) -> Sheaf:
    """Return the tables of a text. What stands in it says how it is read, and its name where that is not clear."""
    text, encoding = decoded(content)
    text, named = clean(text), ending(name)
    parted = separator_of(text)
    if named not in _SEPARATED_NAMES or not parted.separator:
        kind, tables = _marked_up(text, parted, certain=named in _MARKDOWN_NAMES and not _is_pasted(text))
        if tables:
            return Sheaf(kind, tuple(_bounded(tables)), (*notes, _read_as(encoding)))
    how = Sentence(
        _("Read as {encoding}, {separated}."),
        {"encoding": encoding, "separated": Sentence(_SEPARATORS[parted.separator])},
    )
    return Sheaf(_kind(parted), tuple(_bounded([_table(text, parted)])), (*notes, how))


def _is_pasted(text: str) -> bool:
    """Whether the cells of a sheet were pasted into a file that is called Markdown: tabs stand in nearly all lines."""
    lines = [line for line in islice(text.split("\n"), _SAMPLE) if line.strip()]
    return len(lines) > 1 and sum(bool(_INNER_TAB.search(line)) for line in lines) >= _TABBED * len(lines)


def _read_as(encoding: str) -> Sentence:
    return Sentence(_("Read as {encoding}."), {"encoding": encoding})


def _kind(parted: Separated) -> str:
    if not parted.separator:
        return "text"
    return "tsv" if parted.separator == "\t" else "csv"


def _marked_up(text: str, parted: Separated, *, certain: bool) -> tuple[str, list[Table]]:
    """Return the tables and lists of a text in Markdown or HTML; none where it looks like something else."""
    if certain or _RULE.search(text):
        return "md", list(markup().tables_of_markdown(text))
    if _HTML_TABLE.search(text):
        return "html", list(markup().tables_of_html(text))
    if _LIST.search(text) and not parted.separator:
        return "md", list(markup().tables_of_markdown(text))
    return "", []


def _table(text: str, parted: Separated) -> Table:
    rows, lines = records_of(text, parted)
    if any(cell.startswith("'") for row in rows for cell in row):
        rows = _without_apostrophes(rows)
    kept = trimmed(rows)
    return Table(rows=kept, medium=Medium.TEXT, lines=tuple(lines[: len(kept)]))


def _without_apostrophes(rows: list[list[str]]) -> list[list[str]]:
    """Take away what our own export puts before texts that look like formulas."""
    return [[bare(cell) for cell in row] for row in rows]


def _bounded(tables: list[Table]) -> list[Table]:
    """Refuse more than can be looked at; tables without anything in them are left out."""
    cells = sum(len(row) for table in tables for row in table.rows)
    if cells > MOST_CELLS:
        raise words.too_much(_FILE, _("cells"), MOST_CELLS)
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise words.too_much(_FILE, _("lines"), MOST_ROWS)
    return [replace(table, name="") if table.medium is Medium.TEXT else table for table in tables if table.rows]

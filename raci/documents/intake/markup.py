"""Tables in Markdown: pipe tables, HTML tables among them, and what stands in lists and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from raci.documents.intake.markup_html import HtmlTables, tables_of_html
from raci.documents.intake.table import Medium, Table

__all__ = ["tables_of_html", "tables_of_markdown"]

# A paragraph that is longer is prose: no legend, and no line of a card.
LONGEST_LINE = 400
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1`*~*\s*?$", re.DOTALL | re.MULTILINE)
_HTML_HEADING = re.compile(
    r"<h[1-6]\b[^>]*>(.*?)</h[1-6]\s*>|<summary\b[^>]*>(.*?)</summary\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")
_MARKS = re.compile(r"[*_`\[\]<>&\\!~]")


@dataclass
class _Section:
    """What stands under one heading, besides tables: the lines of lists and paragraphs, each with its depth."""

    heading: str
    rows: list[tuple[int, int, str]] = field(default_factory=list)  # line, depth, text

    def table(self) -> Table:
        rows = tuple(("",) * depth + (text,) for _line, depth, text in self.rows)
        lines = tuple(line for line, _depth, _text in self.rows)
        return Table(rows, Medium.LIST, heading=self.heading, lines=lines)


class _Document:
    """Walks over the tokens of a text, and keeps its tables with the line in which each begins."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.markdown = MarkdownIt("commonmark").enable("table")
        self.found: list[tuple[int, Table]] = []
        self.heading = ""
        self.section = _Section("")
        self.depth = -1
        self.at = 0  # the line of the heading

    def read(self, text: str) -> None:
        tokens = self.markdown.parse(text)
        skipping = ""
        for before, token in pairwise([Token("start", "", 0), *tokens]):
            if skipping:
                skipping = "" if token.type == skipping else skipping
            elif token.type == "table_open":
                self._pipe_table(*(token.map or [0, 0]))
                skipping = "table_close"
            else:
                self._take(before, token)
        self._close()

    def _take(self, before: Token, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "html_block":
            self._html(token)
        elif token.type == "inline" and before.type == "heading_open":
            self._begin(self._plain(token.content), (token.map or [0, 0])[0])
        elif token.type == "inline":
            self._lines(token)

    def _begin(self, heading: str, line: int) -> None:
        self._close()
        self.at = line
        self.heading = " ".join(heading.split())
        self.section = _Section(self.heading)

    def _close(self) -> None:
        if self.section.rows or self.section.heading:
            self.found.append((self.section.rows[0][0] if self.section.rows else self.at, self.section.table()))
        self.section = _Section(self.heading)

    def _html(self, token: Token) -> None:
        headings = [one or other for one, other in _HTML_HEADING.findall(token.content)]
        if headings:
            self._begin(_TAG.sub("", headings[-1]), (token.map or [0, 0])[0])
            return
        self._add_lines((token.map or [0, 0])[0], _TAG.sub("", _BREAK.sub("\n", token.content)))

    def _lines(self, token: Token) -> None:
        """Take a paragraph: a table whose rule is broken, a heading in bold letters, or lines of text."""
        first = (token.map or [0, 0])[0]
        source = token.content.split("\n")
        piped = [line for line in source if len(_PIPE.findall(line)) >= 2]
        if len(piped) >= 2 and len(piped) == len(source):
            self._pipe_table(first, first + len(source))
        elif self.depth < 0 and _is_bold(token):
            self._begin(self._plain(token.content), first)
        else:
            self._add_lines(first, self._plain(token.content))

    def _add_lines(self, first: int, text: str) -> None:
        depth = max(0, self.depth)
        for number, line in enumerate(text.split("\n")):
            if line.strip() and len(line) <= LONGEST_LINE:
                self.section.rows.append((first + number + 1, depth, " ".join(line.split())))

    def _pipe_table(self, first: int, last: int) -> None:
        rows, lines = [], []
        for number in range(first, min(last, len(self.lines))):
            line = self.lines[number].strip().lstrip("> ")
            if line and not _RULE.match(line):
                rows.append(tuple(self._plain(cell).strip() for cell in _cells(line)))
                lines.append(number + 1)
        if rows:
            self.found.append((first, Table(tuple(rows), Medium.MARKUP, heading=self.heading, lines=tuple(lines))))

    def _plain(self, text: str) -> str:
        """Return a text without inline marks; a line break in it is kept."""
        if not _MARKS.search(text):
            return text
        tokens = self.markdown.parseInline(_BREAK.sub("\n", text))
        return "".join(_spoken(tokens[0].children or []))


def tables_of_markdown(text: str) -> list[Table]:
    """Return the tables of a Markdown text in its order, with the line of each row and the nearest heading above it.

    Lists and paragraphs come as tables too, one for each heading that has some (`Medium.LIST`).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    document = _Document(text)
    hidden = [(match.start(), match.end()) for match in _FENCE.finditer(text)]
    html = []
    rest = text
    for match in _HTML_TABLE.finditer(text):
        if not any(start <= match.start() < end for start, end in hidden):
            html.append((text.count("\n", 0, match.start()), match.group()))
            rest = rest.replace(match.group(), "\n" * match.group().count("\n"), 1)
    document.read(rest)
    for line, source in html:
        reader = HtmlTables(first_line=line + 1)
        reader.feed(source)
        heading = next((table.heading for at, table in reversed(document.found) if at <= line), document.heading)
        document.found += [(line, _under(table, heading)) for table in reader.tables()]
    return [table for _line, table in sorted(document.found, key=lambda one: one[0])]


def _under(table: Table, heading: str) -> Table:
    return replace(table, heading=table.heading or heading)


def _cells(line: str) -> Iterator[str]:
    """Yield the cells of a row, with or without pipes at its ends."""
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    for cell in _PIPE.split(inner):
        yield cell.replace("\\|", "|").strip()


def _spoken(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image" or (token.type == "html_inline" and not _TAG.fullmatch(token.content)):
            yield token.content


def _is_bold(token: Token) -> bool:
    """Whether a paragraph is one line and all of it is bold: people head tables so."""
    children = [child for child in token.children or [] if child.content or child.type != "text"]
    bold = len(children) > 2 and children[0].type == "strong_open"
    closed = [place for place, child in enumerate(children) if child.type == "strong_close"]
    rest = "".join(_spoken(children[closed[0] + 1 :])) if bold and closed else "x"
    return bold and "\n" not in token.content and not rest.strip(" :") and len(token.content) <= LONGEST_LINE

"""Tables in HTML, cells that span rows and columns written into each place that they cover."""

from html.parser import HTMLParser

from raci.documents.intake.table import Medium, Span, Table

# Wider or longer spans than any table of people has are cut.
LONGEST_SPAN = 500
SILENT = frozenset(["script", "style", "template", "head"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary"])
BREAKS = frozenset(["br", "p", "div", "li"])


class _Grid:
    """One table while it is read: texts by row and column, and what is covered from above."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.rows: list[dict[int, str]] = []
        self.lines: list[int] = []
        self.spans: list[Span] = []
        self._covered: dict[tuple[int, int], str] = {}

    def begin_row(self, line: int) -> None:
        self.rows.append({})
        self.lines.append(line)

    def add(self, text: str, across: int, down: int) -> None:
        if not self.rows:
            return
        row, column = len(self.rows) - 1, 0
        while column in self.rows[row] or (row, column) in self._covered:
            column += 1
        for one in range(row, row + down):
            for other in range(column, column + across):
                self._covered[one, other] = ""
        self.rows[row][column] = text
        if across > 1 or down > 1:
            self.spans.append(Span(row, column, row + down - 1, column + across - 1))

    def table(self) -> Table:
        width = max((max(row, default=-1) for row in self.rows), default=-1) + 1
        rows = tuple(tuple(row.get(column, "") for column in range(width)) for row in self.rows)
        spans = tuple(
            Span(span.top, span.left, min(span.bottom, len(rows) - 1), min(span.right, max(width - 1, span.left)))
            for span in self.spans
        )
        return Table(rows, Medium.MARKUP, heading=self.heading, lines=tuple(self.lines), merged=spans)


class HtmlTables(HTMLParser):
    """Collects the tables of a text. A table in a cell is one of its own; its cell holds nothing of it."""

    def __init__(self, first_line: int = 1) -> None:
        super().__init__(convert_charrefs=True)
        self._first_line = first_line
        self._done: list[_Grid] = []
        self._open: list[_Grid] = []
        self._cells: list[tuple[int, list[str], int, int]] = []  # the depth of their table first
        self._heading = ""
        self._heard: list[str] | None = None
        self._silent = 0

    def tables(self) -> list[Table]:
        """Return the tables that hold anything, in their order."""
        self.close()
        while self._open:
            self._end_table()
        return [grid.table() for grid in self._done if any(any(row.values()) for row in grid.rows)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(_Grid(self._heading))
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].begin_row(self._first_line + self.getpos()[0] - 1)
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            self._cells.append((len(self._open), [], _span(attrs, "colspan"), _span(attrs, "rowspan")))
        elif tag in HEADINGS:
            self._heard = []
        elif tag in BREAKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_table()
        elif tag in HEADINGS and self._heard is not None:
            self._heading = " ".join("".join(self._heard).split())
            self._heard = None
            if tag == "caption" and self._open:
                self._open[-1].heading = self._heading

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._heard is not None:
            self._heard.append(data)
        elif self._cells:
            self._cells[-1][1].append(data if data == "\n" else " ".join(f" {data} ".replace("\n", " ").split(" ")))

    def _end_cell(self) -> None:
        if self._cells and self._cells[-1][0] == len(self._open) > 0:
            _depth, texts, across, down = self._cells.pop()
            lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
            self._open[-1].add("\n".join(line for line in lines if line), across, down)

    def _end_table(self) -> None:
        if self._open:
            self._end_cell()
            self._done.append(self._open.pop())


def tables_of_html(text: str) -> list[Table]:
    """Return the tables of an HTML text in its order, with the line of each row and the nearest heading above it."""
    reader = HtmlTables()
    reader.feed(text)
    return reader.tables()


def _span(attrs: list[tuple[str, str | None]], name: str) -> int:
    value = next((value for key, value in attrs if key == name), None) or "1"
    return min(LONGEST_SPAN, max(1, int(value))) if value.isdecimal() else 1

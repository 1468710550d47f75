"""The Workload sheet: live counts per role and letter, and a chart of them."""

from collections.abc import Iterator

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.held import place
from raci.documents.speech import gettext as _
from raci.documents.tally import Tally
from raci.documents.workbook import cells, layout, styles
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, TABLE_FIRST_ROW, TABLE_HEADER_ROW, Grid, letter
from raci.documents.workbook.parts import Part, Styles, heading, set_page
from raci.domain.scheme import Letter, LetterClass

_FIRST_COUNT = 2
# The fill of each class in the chart: dark to light, so that it reads in grey.
_FILLS = {
    LetterClass.OWNER: styles.NAVY,
    LetterClass.LEAD: styles.STRONG,
    LetterClass.DOER: "FF9DB7E6",
    LetterClass.INPUT: "FFD3D8E2",
    LetterClass.NOTICE: "FFECEEF3",
}
_OTHER_FILL = "FFC2C9D6"


def workload(edition: Edition, grid: Grid, tally: Tally, footer: str) -> Part:
    matrix = edition.matrix
    letters = matrix.scheme.letters
    last_row = TABLE_HEADER_ROW + max(len(matrix.column_keys), 1)

    def set_up(sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].width = 32
        for column in range(_FIRST_COUNT, _FIRST_COUNT + len(letters) + 2):
            sheet.column_dimensions[letter(column)].width = 13
        sheet.freeze_panes = f"B{TABLE_FIRST_ROW}"
        set_page(sheet, footer)
        sheet.page_setup.fitToHeight = 1
        if matrix.column_keys:
            sheet.add_chart(_chart(sheet, letters, last_row), f"A{last_row + 2}")

    return Part(
        layout.sheet_name(layout.WORKLOAD),
        set_up,
        _FIRST_COUNT + len(letters) + 1,
        last_row,
        lambda looks: _rows(edition, grid, tally, looks),
    )


def _rows(edition: Edition, grid: Grid, tally: Tally, looks: Styles) -> Iterator[str]:
    matrix = edition.matrix
    note = _("How many duties each role has, by letter. The figures follow the Matrix sheet as it is edited.")
    yield from heading(_(layout.WORKLOAD), note, looks)
    heads = [_("Role"), *map(words.letter_label, matrix.scheme.letters), _("All letters"), _("Share of all")]
    yield cells.row(
        TABLE_HEADER_ROW,
        [
            cells.text(letter(index), looks["header" if index == 1 else "header_middle"], head)
            for index, head in enumerate(heads, start=1)
        ],
        height=34,
    )
    for position, role in enumerate(matrix.column_keys):
        with place(
            layout.sheet_name(layout.WORKLOAD),
            TABLE_FIRST_ROW + position,
            _("role {code}").format(code=matrix.roles[role].code),
        ):
            yield _row(position, tally, grid, looks)


def _row(position: int, tally: Tally, grid: Grid, looks: Styles) -> str:
    matrix = tally.matrix
    role = matrix.column_keys[position]
    row = TABLE_FIRST_ROW + position
    source = letter(FIRST_ROLE_COLUMN + position)
    parts = [cells.text("A", looks["table_strong"], matrix.roles[role].name)]
    for step, item in enumerate(matrix.scheme.letters):
        expression = f"{layout.sheet_reference(layout.MATRIX)}!{source}{grid.first_count_row + step}"
        count = tally.letters[role, item.code]
        parts.append(cells.formula(letter(_FIRST_COUNT + step), looks["table_number"], expression, count))
    last = _FIRST_COUNT + len(matrix.scheme.letters) - 1
    first_name, last_name, sum_name = letter(_FIRST_COUNT), letter(last), letter(last + 1)
    total = sum(tally.letters[role, item.code] for item in matrix.scheme.letters)
    whole = f"SUM(${sum_name}${TABLE_FIRST_ROW}:${sum_name}${TABLE_HEADER_ROW + len(matrix.column_keys)})"
    share = total / tally.letters.total() if total else 0
    parts.append(cells.formula(sum_name, looks["table_number"], f"SUM({first_name}{row}:{last_name}{row})", total))
    parts.append(
        cells.formula(letter(last + 2), looks["table_share"], f"IF({whole}=0,0,{sum_name}{row}/{whole})", share)
    )
    return cells.row(row, parts)


def _chart(sheet: Worksheet, letters: tuple[Letter, ...], last_row: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.title = None
    for column, item in enumerate(letters, start=_FIRST_COUNT):
        series = Series(
            Reference(sheet, min_col=column, min_row=TABLE_FIRST_ROW, max_row=last_row),
            title=words.letter_label(item),
        )
        series.graphicalProperties.solidFill = _FILLS.get(item.letter_class, _OTHER_FILL)[2:]
        series.graphicalProperties.line.solidFill = "FFFFFF"
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=TABLE_FIRST_ROW, max_row=last_row))
    chart.legend.position = "b"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E7EE"))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.x_axis.scaling.orientation = "maxMin"  # the first role on top, as in the table
    chart.width, chart.height = 26, max(7.0, 3.0 + 0.85 * (last_row - TABLE_HEADER_ROW))
    return chart

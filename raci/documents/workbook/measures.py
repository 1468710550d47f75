"""The Measures sheet: how much of the matrix is decided, how old what is open is, and how long deciding takes.

Plain figures of the day of the export, since ages depend on the day; docs/measures.md has the formulas.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents.edition import Edition
from raci.documents.speech import day
from raci.documents.speech import gettext as _
from raci.documents.workbook import layout, styles
from raci.documents.workbook.layout import TABLE_FIRST_ROW, TABLE_HEADER_ROW
from raci.documents.workbook.parts import Column, Part, Table, Value
from raci.domain.measured import facts_of
from raci.domain.measures import FirstDecision, Measures, Share, first_decisions, measure, measure_areas

# Where the buckets of ages begin, counted from one, and what they are filled with: light to dark, so that it reads in
# grey.
_FIRST_BUCKET = 6
_FILLS = ("FFECEEF3", "FFD3D8E2", "FF9DB7E6", styles.NAVY)


@dataclass(frozen=True)
class _Line:
    """The figures of one area, or of all."""

    name: str
    measures: Measures
    first: FirstDecision | None = None


def measures(edition: Edition, footer: str) -> Part:
    lines = _lines(edition)
    table = Table(
        name=layout.sheet_name(layout.MEASURES),
        note=_note(edition),
        columns=_columns(),
        records=lines,
        make=_figures,
        about=lambda line: line.name,
        header_height=48,
    )
    return table.part(footer, _dress(len(lines)))


def _note(edition: Edition) -> str:
    text = _("Figures of {day}. Covered: rows that apply, with a decision that is in force and in its term.").format(
        day=day(edition.today)
    )
    if edition.started_on is None:
        return text
    return text + " " + _("Days to the first decision are counted from {day}.").format(day=day(edition.started_on))


def _columns() -> tuple[Column, ...]:
    figures = (
        _("Rows"),
        _("With a valid decision"),
        _("Covered"),
        _("Open"),
        _("up to 30 days"),
        "31–60",
        "61–90",
        _("over 90"),
        _("Median age, days"),
        _("85 of 100 up to"),
        _("Decided"),
        _("Median days to decide"),
        _("85 of 100 up to"),
        _("Reopened"),
        _("After an escalation"),
        _("Reviews set"),
        _("Reviews overdue"),
        _("Days to the first decision"),
    )
    share = {_("Covered")}
    return (
        Column(_("Area"), 30, "table_strong"),
        *(Column(name, 10, "table_share" if name in share else "table_number") for name in figures),
        Column(_("First decision"), 13, "table_date"),
    )


def _lines(edition: Edition) -> list[_Line]:
    """Return all areas that have any figures, in their order, those without an area last, then all together."""
    matrix = edition.matrix
    facts = facts_of(matrix, edition.today)
    first = first_decisions(facts, edition.started_on, edition.today) if edition.started_on else {}
    by_area = measure_areas(facts, edition.today)
    order = sorted(by_area, key=lambda key: (not key, matrix.areas[key].position if key else 0, key))
    return [
        *(_Line(matrix.areas[key].name if key else _("Other duties"), by_area[key], first.get(key)) for key in order),
        _Line(_("All"), measure(facts, edition.today)),
    ]


def _figures(line: _Line) -> Sequence[Value]:
    item, first = line.measures, line.first
    return (
        line.name,
        item.coverage.of,
        item.coverage.count,
        _part(item.coverage),
        item.open,
        *item.buckets,
        *_days(item.open_age.median, item.open_age.p85),
        item.time_to_decide.count,
        *_days(item.time_to_decide.median, item.time_to_decide.p85),
        item.reopened.count,
        item.escalated.count,
        item.overdue_reviews.of,
        item.overdue_reviews.count,
        first.days if first else "",
        first.decided_on if first else None,
    )


def _part(share: Share) -> Value:
    """Return a share as a part of one, "" where there is nothing to share."""
    return "" if share.percent is None else share.percent / 100


def _days(*values: float | None) -> tuple[Value, ...]:
    return tuple("" if value is None else round(value, 1) for value in values)


def _dress(lines: int) -> Callable[[Worksheet, int], None]:
    def dress(sheet: Worksheet, last_row: int) -> None:
        sheet.freeze_panes = f"B{TABLE_FIRST_ROW}"
        areas = lines - 1
        if areas:
            sheet.add_chart(_chart(sheet, areas), f"A{last_row + 2}")

    return dress


def _chart(sheet: Worksheet, areas: int) -> BarChart:
    """Return what is open by age, a bar for each area."""
    last_row = TABLE_HEADER_ROW + areas
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.title = None
    for step, fill in enumerate(_FILLS):
        place = {"min_col": _FIRST_BUCKET + step, "min_row": TABLE_FIRST_ROW, "max_row": last_row}
        series = Series(Reference(sheet, **place), title=_columns()[_FIRST_BUCKET + step - 1].header)
        series.graphicalProperties.solidFill = fill[2:]
        series.graphicalProperties.line.solidFill = "FFFFFF"
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=TABLE_FIRST_ROW, max_row=last_row))
    chart.legend.position = "b"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E7EE"))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.x_axis.scaling.orientation = "maxMin"  # the first area on top, as in the table
    chart.width, chart.height = 26, max(7.0, 3.0 + 0.85 * areas)
    return chart

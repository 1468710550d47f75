"""The Matrix sheet: openpyxl sets it up, what it holds comes as text."""

from collections.abc import Iterator
from functools import cached_property

from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.held import place
from raci.documents.speech import day
from raci.documents.speech import gettext as _
from raci.documents.tally import Tally
from raci.documents.workbook import cells, layout
from raci.documents.workbook.dressing import dress_matrix
from raci.documents.workbook.formulas import Formulas
from raci.documents.workbook.layout import FIRST_ROLE_COLUMN, FIRST_ROW, HEADER_ROW, Grid, letter
from raci.documents.workbook.parts import Part, Styles, set_page
from raci.documents.workbook.rows import body

_ROLE_WIDTH = 5.7
_HIDDEN_WIDTH = 12
_WIDTHS = {layout.AREA_COLUMN: 22, layout.CODE_COLUMN: 9, layout.DUTY_COLUMN: layout.DUTY_WIDTH}


class MatrixSheet:
    """The first sheet of a workbook."""

    def __init__(self, edition: Edition, grid: Grid, tally: Tally, footer: str) -> None:
        self.edition, self.matrix, self.grid, self.tally, self.footer = edition, edition.matrix, grid, tally, footer
        self.formulas = Formulas(grid, tally.verdicts, FIRST_ROW)

    def part(self) -> Part:
        last_row = self.grid.last_count_row
        return Part(layout.sheet_name(layout.MATRIX), self._set_up, self.grid.check_column, last_row, self._rows)

    # What openpyxl writes.

    def _set_up(self, sheet: Worksheet) -> None:
        grid = self.grid
        self._set_widths(sheet)
        sheet.freeze_panes = f"{letter(FIRST_ROLE_COLUMN)}{FIRST_ROW}"
        sheet.auto_filter.ref = grid.table
        if grid.columns:
            sheet.add_data_validation(self._choice())
        dress_matrix(sheet, grid, self.matrix.scheme)
        set_page(sheet, self.footer, header_row=HEADER_ROW)
        sheet.print_area = grid.printed
        sheet.sheet_properties.tabColor = "1F3A78"

    def _set_widths(self, sheet: Worksheet) -> None:
        dimensions = sheet.column_dimensions
        for column in layout.HIDDEN_COLUMNS:
            dimensions[letter(column)].width = _HIDDEN_WIDTH
            dimensions[letter(column)].hidden = True
        for column, width in _WIDTHS.items():
            dimensions[letter(column)].width = width
        for column in range(FIRST_ROLE_COLUMN, self.grid.owners_column):
            dimensions[letter(column)].width = _ROLE_WIDTH
            # Empty crossings have no cells: this is what a letter typed into one looks like.
            dimensions[letter(column)].alignment = Alignment(horizontal="center", vertical="center")
        for column in (self.grid.owners_column, self.grid.doers_column):
            dimensions[letter(column)].width = 5
        dimensions[self.grid.check].width = layout.CHECK_WIDTH

    def _choice(self) -> DataValidation:
        scheme = self.matrix.scheme
        choice = DataValidation(type="list", formula1=layout.LEGAL_LETTERS, allow_blank=True, showErrorMessage=True)
        choice.errorTitle = _("Not a letter of this matrix")
        ask = _("Choose from the list, or leave the cell empty.")
        choice.error = words.short(f"{ask} {words.known_letters(scheme)}", 255)
        choice.add(self.grid.cells)
        return choice

    # What is streamed.

    def _rows(self, styles: Styles) -> Iterator[str]:
        yield from self._head(styles)
        yield from body(self.matrix, self.grid, self.tally, styles)
        yield from self._counts(styles)

    def _head(self, styles: Styles) -> Iterator[str]:
        edition, matrix, tally = self.edition, self.matrix, self.tally
        first = letter(layout.AREA_COLUMN)
        subject = _("{organisation} · Scope: {scope} · Letters: {scheme}").format(
            organisation=edition.organisation, scope=words.scope(matrix.sheet), scheme=_(matrix.scheme.name)
        )
        look = "part" if edition.narrowed_to else "subject"
        if edition.narrowed_to:
            subject = f"{words.narrowed(edition.narrowed_to)} · {subject}"
        revision = _("Revision {revision} of {moment} by {person} · prepared by {exporter}, {day}").format(
            revision=edition.revision,
            moment=f"{day(edition.revised_at)}, {edition.revised_at:%H:%M %Z}".strip(),
            person=edition.revised_by,
            exporter=edition.exported_by,
            day=day(edition.exported_at),
        )
        total = words.total(len(matrix.rows), tally.clean, tally.not_here)
        lines = {
            layout.TITLE_ROW: (26, cells.text(first, styles["title"], matrix.sheet.title)),
            layout.SUBJECT_ROW: (17, cells.text(first, styles[look], subject)),
            layout.REVISION_ROW: (16, cells.text(first, styles["revision"], revision)),
            layout.TOTAL_ROW: (21, cells.formula(first, styles["total"], self.formulas.total, total)),
            layout.READING_ROW: (17, cells.text(first, styles["reading"], self._how_to_read())),
        }
        for row, (height, cell) in lines.items():
            with place(layout.sheet_name(layout.MATRIX), row, _("the head of the matrix")):
                yield cells.row(row, [cell], height=height)
        with place(layout.sheet_name(layout.MATRIX), HEADER_ROW, _("the names of the roles")):
            yield cells.row(layout.KEY_ROW, self._keys(styles), hidden=True)
            yield cells.row(HEADER_ROW, self._headers(styles), height=self._header_height)

    def _how_to_read(self) -> str:
        scheme = self.matrix.scheme
        text = _("{letters} · empty: {empty} · hatched: not decided yet · dashed: owner in the interim")
        return text.format(letters=words.known_letters(scheme), empty=_(scheme.empty_means))

    def _keys(self, styles: Styles) -> Iterator[str]:
        grid, style = self.grid, styles["key"]
        for column, name in layout.FIELD_OF_COLUMN.items():
            yield cells.text(letter(column), style, name)
        for column, role in enumerate(self.matrix.column_keys, start=FIRST_ROLE_COLUMN):
            yield cells.text(letter(column), style, layout.ROLE_PREFIX + role)
        names = (layout.OWNERS_FIELD, layout.DOERS_FIELD, layout.CHECK_FIELD)
        for column, name in enumerate(names, start=grid.owners_column):
            yield cells.text(letter(column), style, name)

    def _headers(self, styles: Styles) -> Iterator[str]:
        grid, matrix, verdicts = self.grid, self.matrix, self.tally.verdicts
        for column, name in layout.FIELD_OF_COLUMN.items():
            yield cells.text(letter(column), styles["header"], _(layout.HEADS.get(column, name.capitalize())))
        for column, role in enumerate(matrix.column_keys, start=FIRST_ROLE_COLUMN):
            look = "header_pair" if role in self._pairs else "header_role"
            yield cells.text(letter(column), styles[look], matrix.roles[role].name)
        for column, label in enumerate((verdicts.owner_label, verdicts.doer_label), start=grid.owners_column):
            head = _("How many {label}").format(label=label) if label else _("How many do it")
            yield cells.text(letter(column), styles["header_count"], head)
        yield cells.text(grid.check, styles["header"], _("Check"))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """The roles between which areas are declared overlaps: they stand out by weight."""
        return frozenset(role for area in self.matrix.areas.values() for role in area.pair)

    @property
    def _header_height(self) -> float:
        """Room for the longest role name, turned, in two lines where it is very long."""
        longest = max((len(self.matrix.roles[role].name) for role in self.matrix.column_keys), default=0)
        return min(max(110.0, 5.6 * longest + 14), 190.0)

    def _counts(self, styles: Styles) -> Iterator[str]:
        tally = self.tally
        label = letter(layout.DUTY_COLUMN)
        for row, item in enumerate(self.matrix.scheme.letters, start=self.grid.first_count_row):
            key = cells.text(letter(layout.KEY_COLUMN), styles["key"], layout.COUNT_PREFIX + item.code)
            parts = [key, cells.text(label, styles["foot_label"], words.letter_label(item))]
            for column, role in enumerate(self.matrix.column_keys, start=FIRST_ROLE_COLUMN):
                name = letter(column)
                expression = self.formulas.count_in_column(item.code, name)
                parts.append(cells.formula(name, styles["foot_count"], expression, tally.letters[role, item.code]))
            yield cells.row(row, parts)

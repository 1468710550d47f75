"""Conditional formats: how cells look for what they hold, so that an edit dresses itself."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents.speech import gettext as _
from raci.documents.words import CLEAN, NOT_HERE, UNDECIDED
from raci.documents.workbook import styles
from raci.documents.workbook.cells import literal
from raci.documents.workbook.formulas import begins_with, has
from raci.documents.workbook.layout import (
    AREA_COLUMN,
    CLAIM_COLUMN,
    FIRST_ROLE_COLUMN,
    FIRST_ROW,
    HEADER_ROW,
    INTERIM_COLUMN,
    KEY_ROW,
    Grid,
    letter,
)
from raci.domain.scheme import LetterClass, Scheme

_OUTLINED = (LetterClass.VETO, LetterClass.SIGN, LetterClass.VERIFY, LetterClass.INPUT)
_PLAIN = (LetterClass.HELP, LetterClass.NOTICE, LetterClass.COACH, LetterClass.OUT)


def _box(colour: str, style: str = "thin") -> Border:
    # Conditional formats know thin lines only: no medium, no thick.
    return Border(*(Side(style=style, color=colour),) * 4)


def _solid(colour: str) -> PatternFill:
    # In a conditional format the ground of a solid fill is its background.
    return PatternFill("solid", fgColor=colour, bgColor=colour)


_GRID_LINES = _box(styles.LINE)
_NOT_HERE = DifferentialStyle(font=Font(color=styles.FAINT, italic=True), border=_GRID_LINES)
_INTERIM = DifferentialStyle(
    font=Font(color=styles.INK, bold=True, italic=True), fill=_solid(styles.WHITE), border=_box(styles.INK, "dashed")
)
_BOTH = DifferentialStyle(font=Font(color=styles.PALE, bold=True), fill=_solid(styles.NAVY), border=_box(styles.STRONG))
_OWNER = DifferentialStyle(font=Font(color=styles.WHITE, bold=True), fill=_solid(styles.NAVY), border=_box(styles.NAVY))
_LEAD = DifferentialStyle(
    font=Font(color=styles.WHITE, bold=True), fill=_solid(styles.STRONG), border=_box(styles.STRONG)
)
_DOER = DifferentialStyle(font=Font(color=styles.NAVY, bold=True), fill=_solid(styles.TINT), border=_box(styles.PALE))
_ASKED = DifferentialStyle(font=Font(color=styles.INK), border=_box(styles.FAINT))
_TOLD = DifferentialStyle(font=Font(color=styles.QUIET), border=_GRID_LINES)
_HATCHED = DifferentialStyle(fill=styles.hatch(), border=_GRID_LINES)


def _rule(formula: str, style: DifferentialStyle, *, last: bool = False) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=style, stopIfTrue=last or None)


def dress_matrix(sheet: Worksheet, grid: Grid, scheme: Scheme) -> None:
    """Add the formats of the Matrix sheet, the strongest first."""
    claim, interim, area = (f"${letter(column)}" for column in (CLAIM_COLUMN, INTERIM_COLUMN, AREA_COLUMN))
    check = f"${grid.check}{FIRST_ROW}"
    not_here = begins_with(check, NOT_HERE)
    hatched = _rule(f'{claim}{FIRST_ROW}<>""', _HATCHED)
    add = sheet.conditional_formatting.add
    if grid.columns:
        first = letter(FIRST_ROLE_COLUMN)
        interim_here = f'AND({interim}{FIRST_ROW}<>"",{first}${KEY_ROW}={interim}{FIRST_ROW})'
        add(grid.cells, _rule(not_here, _NOT_HERE, last=True))
        add(grid.cells, _rule(interim_here, _INTERIM, last=True))
        heavy, light = letter_rules(scheme, f"{first}{FIRST_ROW}")
        # Some programs show one format only: on an open row that is the hatching, unless the letter is a heavy one.
        for rule in (*heavy, hatched, *light):
            add(grid.cells, rule)
        add(grid.cells, _rule("TRUE", DifferentialStyle(border=_GRID_LINES)))
    last_text = letter(FIRST_ROLE_COLUMN - 1)
    texts = f"{letter(AREA_COLUMN)}{FIRST_ROW}:{last_text}{grid.last_row}"
    edge = f"{letter(grid.owners_column)}{FIRST_ROW}:{grid.check}{grid.last_row}"
    words = f"{grid.check}{FIRST_ROW}:{grid.check}{grid.last_row}"
    _dress_words(sheet, words, check, not_here)
    areas = f"{letter(AREA_COLUMN)}{FIRST_ROW}:{letter(AREA_COLUMN)}{grid.last_row}"
    begins = f"{area}{FIRST_ROW}<>{area}{HEADER_ROW if grid.rows else FIRST_ROW}"
    add(areas, _rule(begins, DifferentialStyle(font=Font(color=styles.INK, bold=True))))
    add(areas, _rule("TRUE", DifferentialStyle(font=Font(color=styles.FAINT))))
    for cells in (texts, edge):
        add(cells, _rule(not_here, DifferentialStyle(font=Font(color=styles.FAINT, italic=True))))
        add(cells, hatched)


def _dress_words(sheet: Worksheet, cells: str, check: str, not_here: str) -> None:
    undecided = begins_with(check, UNDECIDED)
    amber = DifferentialStyle(font=Font(color=styles.AMBER, bold=True), fill=styles.hatch())
    for formula, style in (
        (f"{check}={literal(_(CLEAN))}", DifferentialStyle(font=Font(color=styles.GREEN))),
        (not_here, DifferentialStyle(font=Font(color=styles.FAINT, italic=True))),
        (undecided, amber),
        (f'{check}<>""', DifferentialStyle(font=Font(color=styles.RED, bold=True))),
    ):
        sheet.conditional_formatting.add(cells, _rule(formula, style, last=True))


def letter_rules(scheme: Scheme, first_cell: str) -> tuple[list[Rule], list[Rule]]:
    """Return the formats of letters by class, for a range that begins at a cell: the heavy ones and the light."""
    owners, doers = scheme.codes_of(LetterClass.OWNER), scheme.codes_of(LetterClass.DOER)
    heavy = []
    if owners and doers:
        both = f"AND({has(sorted(owners), first_cell)}>0,{has(sorted(doers), first_cell)}>0)"
        heavy.append(_rule(both, _BOTH, last=True))
    heavy += _class_rules(
        scheme, first_cell, {LetterClass.OWNER: _OWNER, LetterClass.LEAD: _LEAD, LetterClass.DOER: _DOER}
    )
    light = dict.fromkeys(_OUTLINED, _ASKED) | dict.fromkeys(_PLAIN, _TOLD)
    return heavy, _class_rules(scheme, first_cell, light)


def _class_rules(scheme: Scheme, first_cell: str, looks: dict[LetterClass, DifferentialStyle]) -> list[Rule]:
    return [
        _rule(f"{has(sorted(codes), first_cell)}>0", look)
        for letter_class, look in looks.items()
        if (codes := scheme.codes_of(letter_class))
    ]

"""The look: one table of cell styles, and the conditional formats that dress letters as they change.

Letters carry the weight and lines stay quiet. The order of weight survives a greyscale print: who
answers is filled dark, who works is tinted, who is asked is outlined, who is told is plain. Red is for
what is wrong, amber and hatching for what is undecided; neither is ever a letter's.
"""

from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from raci.documents.speech import gettext as _
from raci.domain.text import gettext_noop

INK = "FF1A2233"
QUIET = "FF5B6475"
FAINT = "FF9AA3B2"
LINE = "FFD5DAE3"
BAND = "FFF3F5F9"
NAVY = "FF1F3A78"
STRONG = "FF5F7DBB"
TINT = "FFC6D6F5"
PALE = "FFC9D8F5"
WHITE = "FFFFFFFF"
AMBER = "FF8A5A00"
HATCH_LINE = "FFE3C37E"
HATCH_GROUND = "FFFFF6E0"
RED = "FFB3261E"
GREEN = "FF3D6B4F"

FACE = "Calibri"
# Translators: how a workbook shows a date; d, mmm and yyyy stay what they are.
DATE_FORMAT = gettext_noop("d mmm yyyy")
_HAIR = Side(style="thin", color=LINE)
UNDERLINE = Border(bottom=_HAIR)
GRID = Border(left=_HAIR, right=_HAIR, bottom=_HAIR)


def hatch() -> PatternFill:
    """Return the texture of what is undecided. It reads without colour."""
    return PatternFill("lightUp", fgColor=HATCH_LINE, bgColor=HATCH_GROUND)


@dataclass(frozen=True)
class Look:
    """One cell style."""

    size: float = 11
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: PatternFill = field(default_factory=PatternFill)
    border: Border = field(default_factory=Border)
    across: str = "left"
    upright: str = "center"
    wrap: bool = False
    turned: bool = False
    indent: int = 0
    shape: str = "General"


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


_HEAD = {
    "bold": True,
    "colour": INK,
    "fill": _filled(BAND),
    "border": Border(bottom=Side(style="medium", color=NAVY), top=_HAIR),
    "upright": "bottom",
}

LOOKS = {
    "plain": Look(),
    "title": Look(size=18, bold=True, colour=NAVY),
    "subject": Look(size=11, colour=INK),
    "part": Look(size=11, bold=True, colour=AMBER),
    "revision": Look(size=10, colour=QUIET),
    "total": Look(size=12, bold=True),
    "reading": Look(size=9, colour=QUIET, upright="top"),
    "key": Look(size=8, colour=FAINT),
    "header": Look(**_HEAD, wrap=True),
    "header_middle": Look(**_HEAD, wrap=True, across="center"),
    "header_role": Look(**(_HEAD | {"bold": False}), across="center", turned=True, wrap=True),
    "header_pair": Look(**_HEAD, across="center", turned=True, wrap=True),
    "header_count": Look(**(_HEAD | {"bold": False, "colour": QUIET}), across="center", turned=True, wrap=True),
    "area": Look(size=10, colour=QUIET, border=UNDERLINE, wrap=True),
    "code": Look(size=10, colour=QUIET, border=UNDERLINE),
    "duty": Look(border=UNDERLINE, wrap=True),
    "letter": Look(border=GRID, across="center"),
    "count": Look(size=10, colour=QUIET, border=UNDERLINE, across="center"),
    "check": Look(size=10, border=UNDERLINE, wrap=True, indent=1),
    "foot_label": Look(size=10, colour=QUIET, across="right"),
    "foot_count": Look(size=10, colour=INK, border=GRID, across="center"),
    "table_text": Look(size=10, border=UNDERLINE, wrap=True, upright="top"),
    "table_strong": Look(size=10, bold=True, border=UNDERLINE, wrap=True, upright="top"),
    "table_quiet": Look(size=10, colour=QUIET, border=UNDERLINE, wrap=True, upright="top"),
    "table_date": Look(size=10, border=UNDERLINE, upright="top", shape=DATE_FORMAT),
    "table_number": Look(size=10, border=UNDERLINE, upright="top", across="center"),
    "table_share": Look(size=10, border=UNDERLINE, upright="top", across="center", shape="0%"),
    "legend_text": Look(size=10, border=UNDERLINE, wrap=True, indent=1),
    "legend_line": Look(size=10, indent=1),
    "legend_word": Look(size=10, bold=True, across="center"),
    "sample": Look(size=12, bold=True, border=GRID, across="center"),
    "sample_hatch": Look(border=GRID, fill=hatch(), across="center"),
    "sample_interim": Look(
        bold=True, italic=True, across="center", border=Border(*(Side(style="dashed", color=INK),) * 4)
    ),
}


def register(workbook: Workbook) -> dict[str, int]:
    """Make every look known to a workbook; return the style number of each, as cells name it."""
    sheet = workbook.worksheets[0]
    return {name: _number(Cell(sheet, row=1, column=1), look) for name, look in LOOKS.items()}


def _number(cell: Cell, look: Look) -> int:
    cell.font = Font(name=FACE, size=look.size, bold=look.bold, italic=look.italic, color=look.colour)
    cell.fill = look.fill
    cell.border = look.border
    cell.alignment = Alignment(
        horizontal=look.across,
        vertical=look.upright,
        wrap_text=look.wrap or None,
        text_rotation=90 if look.turned else 0,
        indent=look.indent,
    )
    cell.number_format = _(look.shape) if look.shape == DATE_FORMAT else look.shape
    number: int = cell.style_id
    return number

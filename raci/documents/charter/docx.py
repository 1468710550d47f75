"""A charter as a Word document: one page or two that a meeting reads and signs."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from raci.documents.charter.parts import Row, Section, Table
from raci.documents.charter.told import Edition, Told, tell
from raci.documents.held import check
from raci.documents.speech import gettext as _
from raci.documents.speech import speaking
from raci.documents.workbook.styles import BAND, INK, LINE, NAVY, QUIET

_FACE = "Calibri"
_WIDTH = 17.0  # centimetres between the margins of an A4 page
_BLANK_LINES = 3  # rows to sign by hand where nobody is on record
_SIGNING_HEIGHT = 0.9  # centimetres: room for a name written by hand


def write_docx(edition: Edition, stream: BinaryIO) -> None:
    """Write the charter to a stream. Raises `CannotBeHeld` where a text has signs that XML does not know."""
    told = tell(edition)
    with speaking(edition.language):
        document = _document(told, edition)
        _head(document, told)
        for section in told.sections:
            _section(document, section)
        _signing(document, told.signing)
    document.save(stream)


def _document(told: Told, edition: Edition) -> Any:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.0)
    page.top_margin, page.bottom_margin = Cm(1.8), Cm(1.8)
    _styles(document)
    about = document.core_properties
    about.title, about.subject, about.author = _text(told.title), _text(told.subtitle), _text(edition.organisation)
    footer = page.footer.paragraphs[0]
    said = f"{told.title} · {told.subtitle} · "
    _run(footer, said + _("revision {number}").format(number=edition.view.revision) + " · ", 8, QUIET)
    _field(footer, "PAGE")
    _run(footer, " / ", 8, QUIET)
    _field(footer, "NUMPAGES")
    return document


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FACE, Pt(10), _rgb(INK)
    normal.paragraph_format.space_after, normal.paragraph_format.space_before = Pt(3), Pt(0)
    looks = {"Title": (22, NAVY, 0, 0), "Heading 1": (12, NAVY, 11, 3), "Heading 2": (10, INK, 6, 2)}
    for name, (size, colour, before, after) in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _FACE, Pt(size), True
        style.font.color.rgb = _rgb(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme would win over the face
        fonts.set(qn("w:ascii"), _FACE)
        fonts.set(qn("w:hAnsi"), _FACE)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
    document.styles["Footer"].font.size = Pt(8)
    border = document.styles["Title"].element.find(qn("w:pPr")).find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _head(document: Any, told: Told) -> None:
    document.add_paragraph(_text(told.title), style="Title")
    line = document.add_paragraph()
    _run(line, f"{told.subtitle} · {told.code}", 10.5, QUIET)
    line.paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=2, cols=len(told.facts))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _fix_widths(table, [_WIDTH / len(told.facts)] * len(told.facts))
    for column, (name, value) in enumerate(told.facts):
        _fill(table.cell(0, column), name, size=8, colour=QUIET, fill=BAND)
        _fill(table.cell(1, column), value, bold=True, fill=BAND)
    for row in table.rows:
        _keep_whole(row)


def _section(document: Any, section: Section) -> None:
    document.add_heading(_text(section.title), level=1)
    if section.is_empty:
        _run(document.add_paragraph(), section.empty, 10, QUIET).italic = True
    for line in filter(None, section.text.split("\n")):
        document.add_paragraph(_text(line))
    for item in section.items:
        bullet = document.add_paragraph(_text(item), style="List Bullet")
        bullet.paragraph_format.space_after = Pt(1)
    for table in section.tables:
        if table.title:
            document.add_heading(_text(table.title), level=2)
        _table(document, table)


def _table(document: Any, table: Table, height: float = 0.0) -> None:
    made = document.add_table(rows=1, cols=len(table.heads))
    for cell, head in zip(made.rows[0].cells, table.heads, strict=True):
        _fill(cell, head, size=8, bold=True, colour=QUIET, line=NAVY)
    _repeat(made.rows[0])
    for row in table.rows:
        _row(made, row, height)
    total = sum(table.widths)
    _fix_widths(made, [_WIDTH * width / total for width in table.widths])


def _row(made: Any, row: Row, height: float) -> None:
    added = made.add_row()
    _keep_whole(added)
    if height:
        added.height = Cm(height)
    if row.kind == "head":
        joined = added.cells[0].merge(added.cells[-1])
        _fill(joined, row.cells[0], size=9, bold=True, fill=BAND, line=LINE)
        joined.paragraphs[0].paragraph_format.keep_with_next = True
        return
    for cell, text in zip(added.cells, row.cells, strict=True):
        _fill(cell, text, size=9.5, bold=row.kind == "foot", line=LINE)


def _signing(document: Any, table: Table) -> None:
    """Leave room for names and signatures by hand: below those who are on record, or for three where nobody is."""
    document.add_heading(_text(table.title), level=1)
    blank = Row(("",) * len(table.heads))
    rows = table.rows or (blank,) * _BLANK_LINES
    _table(document, Table(table.title, table.heads, table.widths, tuple(rows)), _SIGNING_HEIGHT)


def _fill(
    cell: Any, text: str, *, size: float = 10, bold: bool = False, colour: str = INK, fill: str = "", line: str = ""
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1.5)
    _run(paragraph, text, size, colour).bold = bold
    properties = cell._tc.get_or_add_tcPr()
    if line:
        borders = OxmlElement("w:tcBorders")
        bottom = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", line[2:])):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        properties.append(borders)
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill[2:])):
            shade.set(qn(f"w:{name}"), value)
        properties.append(shade)


def _run(paragraph: Any, text: str, size: float, colour: str) -> Any:
    run = paragraph.add_run(_text(text))
    run.font.size, run.font.color.rgb = Pt(size), _rgb(colour)
    return run


def _field(paragraph: Any, name: str) -> None:
    """Add a number that the program fills in: that of the page, or how many there are."""
    run = _run(paragraph, "", 8, QUIET)
    for kind, code in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _fix_widths(table: Any, widths: Sequence[float]) -> None:
    """Set the widths of columns; programs differ in whether they read those of the table or of its cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=False):
            if len({id(one._tc) for one in row.cells}) == len(widths):
                cell.width = Cm(width)


def _repeat(row: Any) -> None:
    """Let a row stand again at the top of each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    """Let no row be broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _rgb(colour: str) -> RGBColor:
    """Return a colour of the workbook's, without its opacity."""
    return RGBColor.from_string(colour[2:])


def _text(value: str) -> str:
    check(value)
    return value

"""The Legend: what the letters mean, which may stand together, how to read the rest."""

from collections.abc import Iterator
from itertools import zip_longest

from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.held import place
from raci.documents.speech import gettext as _
from raci.documents.workbook import cells, layout
from raci.documents.workbook.dressing import letter_rules
from raci.documents.workbook.layout import COMBINATION_COLUMN, TABLE_FIRST_ROW, TABLE_HEADER_ROW, letter
from raci.documents.workbook.parts import Part, Styles, heading, set_page
from raci.domain.scheme import Letter, Scheme
from raci.domain.text import gettext_noop

_WIDTHS = (12, 20, 34, 16, 20, 24, 3, 16)
_HEADS = (
    gettext_noop("Letter"),
    gettext_noop("Name"),
    gettext_noop("Who has it …"),
    gettext_noop("Cells per row"),
    gettext_noop("May stand with"),
    gettext_noop("Another role must hold"),
)

_READING = (
    (
        "sample_hatch",
        "",
        gettext_noop("Not decided yet. The Check column says who claims the duty; the Grey areas sheet says why."),
    ),
    ("sample_interim", "A", gettext_noop("The role that owns the duty in the interim, until it is decided.")),
    ("sample", "", gettext_noop("An empty cell means: {empty}.")),
    (
        "legend_word",
        gettext_noop("Check"),
        gettext_noop("What is wrong with a row, in words. It follows what you type."),
    ),
    (
        "legend_word",
        gettext_noop("Edit"),
        gettext_noop("Choose letters from the list in each cell of the Matrix sheet. Sort and filter as you like."),
    ),
    (
        "legend_word",
        gettext_noop("Keep"),
        gettext_noop(
            "Hidden columns and a hidden row carry the keys that lead this file back home: leave them in place."
        ),
    ),
)


def combinations_range(scheme: Scheme) -> str:
    """Return where every legal content of a cell is listed."""
    name, sheet = letter(COMBINATION_COLUMN), layout.sheet_reference(layout.LEGEND)
    return f"{sheet}!${name}${TABLE_FIRST_ROW}:${name}${TABLE_FIRST_ROW + len(scheme.combinations) - 1}"


def legend(edition: Edition, footer: str) -> Part:
    scheme = edition.matrix.scheme
    last_row = max(
        TABLE_FIRST_ROW + len(scheme.combinations) - 1, TABLE_FIRST_ROW + len(scheme.letters) + 1 + len(_READING)
    )

    def set_up(sheet: Worksheet) -> None:
        for column, width in enumerate(_WIDTHS, start=1):
            sheet.column_dimensions[letter(column)].width = width
        set_page(sheet, footer)
        for name, count in (("A", len(scheme.letters)), (letter(COMBINATION_COLUMN), len(scheme.combinations))):
            heavy, light = letter_rules(scheme, f"{name}{TABLE_FIRST_ROW}")
            for rule in (*heavy, *light):
                span = f"{name}{TABLE_FIRST_ROW}:{name}{TABLE_FIRST_ROW + count - 1}"
                sheet.conditional_formatting.add(span, rule)

    return Part(
        layout.sheet_name(layout.LEGEND), set_up, COMBINATION_COLUMN, last_row, lambda styles: _rows(scheme, styles)
    )


def _rows(scheme: Scheme, styles: Styles) -> Iterator[str]:
    yield from heading(
        _(layout.LEGEND), _("The letters of {scheme}, the heaviest first.").format(scheme=_(scheme.name)), styles
    )
    heads = [cells.text(letter(column), styles["header"], _(head)) for column, head in enumerate(_HEADS, start=1)]
    combination = letter(COMBINATION_COLUMN)
    yield cells.row(
        TABLE_HEADER_ROW, [*heads, cells.text(combination, styles["header"], _("What a cell may hold"))], height=34
    )
    left = [_letter(scheme, item, styles) for item in scheme.letters] + [[], *_reading(scheme, styles)]
    for number, (parts, held) in enumerate(zip_longest(left, scheme.combinations), start=TABLE_FIRST_ROW):
        with place(layout.sheet_name(layout.LEGEND), number, _("scheme {code}").format(code=scheme.code)):
            extra = [cells.text(combination, styles["sample"], held)] if held else []
            yield cells.row(number, [*(parts or []), *extra], height=20)


def _letter(scheme: Scheme, item: Letter, styles: Styles) -> list[str]:
    partners = [other.code for other in scheme.letters if scheme_allows(item, other)]
    values = (
        _(item.label),
        _(words.CLASS_MEANINGS[item.letter_class]),
        _limits(item),
        ", ".join(partners) or _("no other letter"),
        ", ".join(sorted(item.differs_from)),
    )
    described = [
        cells.text(letter(column), styles["legend_text"], value) for column, value in enumerate(values, start=2)
    ]
    return [cells.text("A", styles["sample"], item.code), *described]


def scheme_allows(first: Letter, second: Letter) -> bool:
    """Tell whether two letters may stand in one cell."""
    return second.code in first.combines_with or first.code in second.combines_with


def _limits(item: Letter) -> str:
    if item.maximum is None:
        return _("{minimum} or more").format(minimum=item.minimum) if item.minimum else _("any number")
    if item.minimum == item.maximum:
        return _("exactly {count}").format(count=item.minimum)
    if not item.minimum:
        return _("at most {maximum}").format(maximum=item.maximum)
    return _("{minimum} to {maximum}").format(minimum=item.minimum, maximum=item.maximum)


def _reading(scheme: Scheme, styles: Styles) -> Iterator[list[str]]:
    for look, shown, said in _READING:
        sentence = _(said).format(empty=_(scheme.empty_means))
        yield [cells.text("A", styles[look], _(shown)), cells.text("B", styles["legend_line"], sentence)]

"""The way home: a very hidden sheet, and the same facts among the document's own properties."""

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.held import place
from raci.documents.speech import gettext as _
from raci.documents.workbook import cells, layout
from raci.documents.workbook.cells import spelled
from raci.documents.workbook.parts import Part, Styles


def facts(edition: Edition) -> dict[str, str]:
    """Return what leads the file back to its matrix, in the order of `layout.FACTS`, and whether it is only a part."""
    values = (
        layout.FORMAT,
        str(layout.FORMAT_VERSION),
        edition.version,
        edition.export_id,
        edition.organisation,
        edition.matrix.key,
        edition.matrix.scheme.code,
        str(edition.revision),
        edition.exported_at.isoformat(),
    )
    known = dict(zip(layout.FACTS, values, strict=True))
    return known | {layout.NARROWED: edition.narrowed_to} if edition.narrowed_to else known


def home(edition: Edition) -> Part:
    known = facts(edition)

    def set_up(sheet: Worksheet) -> None:
        sheet.sheet_state = "veryHidden"

    def rows(styles: Styles) -> Iterator[str]:
        for row, (name, value) in enumerate(known.items(), start=1):
            with place(layout.HOME, row, name):
                yield cells.row(row, [cells.text("A", styles["plain"], name), cells.text("B", styles["plain"], value)])

    return Part(layout.HOME, set_up, 2, len(known), rows)


def describe(workbook: Workbook, edition: Edition) -> None:
    """Fill the document's properties."""
    sheet, scheme = edition.matrix.sheet, edition.matrix.scheme
    moment = edition.exported_at.replace(tzinfo=None) - (
        edition.exported_at.utcoffset() or edition.exported_at.resolution * 0
    )
    workbook.properties = DocumentProperties(
        title=spelled(sheet.title),
        subject=spelled(
            _("Who answers for what: {scope}, revision {revision}").format(
                scope=words.scope(sheet), revision=edition.revision
            )
        ),
        creator=spelled(edition.exported_by),
        lastModifiedBy=spelled(edition.exported_by),
        description=spelled(sheet.description),
        keywords=spelled(", ".join((_(scheme.name), _("responsibility matrix"), edition.organisation))),
        category=_("Responsibility matrix"),
        created=moment,
        modified=moment,
    )
    for name, value in facts(edition).items():
        workbook.custom_doc_props.append(StringProperty(name=f"orgroles.{name}", value=spelled(value)))

"""The same workbook as other programs would have saved it: other parts, other prefixes, strings that cells share."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")

Parts = dict[str, bytes]


def parts_of(workbook: bytes) -> Parts:
    with ZipFile(BytesIO(workbook)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def changed(workbook: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part changed."""
    parts = parts_of(workbook)
    parts[part] = change(parts[part])
    return packed(parts)


def rewritten(workbook: bytes) -> bytes:
    """Return a workbook as a writer with shared strings saves it: runs, readings, other parts and prefixes."""
    parts = parts_of(workbook)
    strings: dict[str, int] = {}
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = _prefixed(_shared(parts[name], strings))
    parts["xl/inner/texts.xml"] = _table(list(strings))
    parts["xl/inner/first.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    relations = parts["xl/_rels/workbook.xml.rels"].replace(b"/xl/worksheets/sheet1.xml", b"/xl/inner/first.xml")
    added = f'<Relationship Id="rIdX" Type="{_RELATION}" Target="inner/../inner/texts.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", added.encode())
    types = parts["[Content_Types].xml"].replace(b"/xl/worksheets/sheet1.xml", b"/xl/inner/first.xml")
    added = f'<Override PartName="/xl/inner/texts.xml" ContentType="{_TYPE}"/></Types>'
    parts["[Content_Types].xml"] = types.replace(b"</Types>", added.encode())
    return packed(parts)


def _shared(xml: bytes, strings: dict[str, int]) -> bytes:
    """Return a sheet whose cells name their strings, without a true word about its extent."""
    sheet = etree.fromstring(xml)
    for cell in sheet.iter(f"{{{MAIN}}}c"):
        if cell.get("t") == "inlineStr":
            value = "".join(cell.itertext())
            del cell[:]
            cell.set("t", "s")
            etree.SubElement(cell, f"{{{MAIN}}}v").text = str(strings.setdefault(value, len(strings)))
    sheet.find(f"{{{MAIN}}}dimension").set("ref", "A1:B2")
    return bytes(etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True))


def _prefixed(xml: bytes) -> bytes:
    xml = _TAG.sub(rb"<\1main:\2", xml)
    return xml.replace(f'xmlns="{MAIN}"'.encode(), f'xmlns:main="{MAIN}"'.encode())


def _table(strings: list[str]) -> bytes:
    """Return strings as Excel has them: long ones in two runs, with what is there for reading aloud."""
    root = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})
    for value in strings:
        item = etree.SubElement(root, f"{{{MAIN}}}si")
        middle = len(value) // 2
        for piece in (value[:middle], value[middle:]) if middle > 3 else (value,):
            run = etree.SubElement(item, f"{{{MAIN}}}r") if middle > 3 else item
            text = etree.SubElement(run, f"{{{MAIN}}}t")
            text.text = piece
            text.set(_SPACE, "preserve")
        aloud = etree.SubElement(item, f"{{{MAIN}}}rPh", sb="0", eb="1")
        etree.SubElement(aloud, f"{{{MAIN}}}t").text = "aloud"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def by_openpyxl(workbook: bytes, edit: Callable[[Any], None] = lambda _book: None) -> bytes:
    """Return a workbook as openpyxl saves it, after an edit."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    edit(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def inline_cell(reference: str, inner: str) -> Callable[[bytes], bytes]:
    """Return what puts another cell into a sheet in place of the one with this reference; ``inner`` is all of it."""

    def change(xml: bytes) -> bytes:
        pattern = re.compile(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)'.encode(), re.DOTALL)
        assert pattern.search(xml)
        return pattern.sub(inner.encode().replace(b"\\", rb"\\"), xml, count=1)

    return change

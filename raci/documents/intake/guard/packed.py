"""What kind of packed file it is, and whether it can be read."""

from collections.abc import Callable, Iterator

from raci.documents.intake.guard import words
from raci.documents.intake.guard.archive import Archive, Entry
from raci.documents.intake.guard.limits import LONGEST_RUN
from raci.documents.intake.guard.opendocument import Content
from raci.documents.intake.guard.parts import check_part
from raci.documents.intake.guard.records import check_xlsb_part
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

Seen = Callable[[int, int], None]

_TYPES, _OPENDOCUMENT_LIST, _OPENDOCUMENT_CONTENT = "[Content_Types].xml", "META-INF/manifest.xml", "content.xml"
_RECORDS = ("xl/worksheets/sheet", "xl/sharedstrings", "xl/styles", "xl/workbook")
# What the main part of an Office file is, in the words of its list of types.
_MAIN = (
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"excel.sheet.macroenabled.main+xml", "xlsm"),
    (b"excel.template.macroenabled.main+xml", "xlsm"),
    (b"excel.addin.macroenabled.main+xml", "xlsm"),
    (b"excel.sheet.binary.macroenabled.main", "xlsb"),
)
_OTHER_OFFICE = (
    (b"wordprocessingml", _("a Word document")),
    (b"presentationml", _("a PowerPoint presentation")),
    (b"visio", _("a Visio drawing")),
)
_OTHER_OPENDOCUMENT = (
    (b"opendocument.text", _("a text document of LibreOffice")),
    (b"opendocument.presentation", _("a presentation of LibreOffice")),
    (b"opendocument.graphics", _("a drawing of LibreOffice")),
    (b"opendocument.database", _("a database of LibreOffice")),
    (b"epub", _("an electronic book")),
)
# Anything else that is packed, by how one of its parts is called.
_OTHER_PARTS = (
    (".iwa", _("a Numbers document")),
    ("index.apxl", _("a Numbers document")),
    ("Index.zip", _("a Numbers document")),
    ("META-INF/MANIFEST.MF", _("a program")),
)
_LEFT_OUT = (
    (("vbaproject.bin", "macrosheets/"), words.MACROS),
    (("externallinks/",), words.EXTERNAL),
    (("embeddings/", "activex/"), words.EMBEDDED),
)


def check_packed(content: bytes, seen: Seen) -> tuple[str, tuple[Sentence, ...]]:
    """Return the kind of a packed file and what will be left out of it. Raises `Refused`."""
    archive = Archive(content)
    kind = _kind(archive)
    total, done = archive.unpacked, 0
    for entry in archive.entries:
        for length in _check_entry(kind, archive, entry):
            done += length
            seen(done, total)
    return kind, _notes(archive)


def _check_entry(kind: str, archive: Archive, entry: Entry) -> Iterator[int]:
    pieces = archive.pieces(entry)
    if kind == "xlsb" and entry.name.casefold().startswith(_RECORDS):
        content = b"".join(pieces)
        check_xlsb_part(entry.name, content)
        yield len(content)
    elif kind == "ods" and entry.name == _OPENDOCUMENT_CONTENT:
        yield from check_part(entry.name, _counted(entry.name, pieces))
    else:
        yield from check_part(entry.name, pieces)


def _counted(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pass the content of an OpenDocument file on, and count its cells on the way."""
    content, waiting = Content(name), b""
    for piece in pieces:
        waiting += piece
        if (end := waiting.rfind(b"<")) > 0:
            content.see(waiting[:end])
            waiting = waiting[end:]
        elif len(waiting) > LONGEST_RUN:
            raise words.too_long(name, _("a text"), LONGEST_RUN)
        yield piece
    content.see(waiting)
    content.end()


def _kind(archive: Archive) -> str:
    types = archive.read(_TYPES).lower()
    if types:
        return _office_kind(types)
    listed = archive.read("mimetype", 200) + archive.read(_OPENDOCUMENT_LIST)
    if b"encryption-data" in listed:
        raise words.protected()
    if b"opendocument.spreadsheet" in listed:
        return "ods"
    for sign, what in _OTHER_OPENDOCUMENT:
        if sign in listed:
            raise words.foreign(what)
    raise _something_packed(archive)


def _office_kind(types: bytes) -> str:
    for sign, kind in _MAIN:
        if sign in types:
            return kind
    for sign, what in _OTHER_OFFICE:
        if sign in types:
            raise words.foreign(what)
    raise words.unusual(_TYPES)


def _something_packed(archive: Archive) -> Exception:
    if any(name.casefold() in ("xl/workbook.xml", "xl/workbook.bin") for name in archive.names):
        return words.damaged(_TYPES)
    for sign, what in _OTHER_PARTS:
        if any(sign in name for name in archive.names):
            return words.foreign(what)
    return words.refusal(
        _("This is an archive of files ({part}, …). Unpack it and upload the workbook that is in it."),
        part=archive.entries[0].name,
    )


def _notes(archive: Archive) -> tuple[Sentence, ...]:
    names = [name.casefold() for name in archive.names]
    return tuple(note for signs, note in _LEFT_OUT if any(sign in name for name in names for sign in signs))

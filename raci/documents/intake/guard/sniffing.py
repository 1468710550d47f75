"""What a file is, by how it begins: its name says nothing for sure."""

import re

from raci.domain.text import gettext_noop as _

PACKED, COMPOUND = "packed", "compound"
_SIGNS = ((b"PK\x03\x04", PACKED), (b"PK\x05\x06", PACKED), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", COMPOUND))

# Files of other programs that are met in practice, by their first bytes.
_OTHERS = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"BM", _("a picture")),
    (b"II*\0", _("a picture")),
    (b"MM\0*", _("a picture")),
    (b"{\\rtf", _("a document in Rich Text Format")),
    (b"\x1f\x8b", _("a packed file (gzip)")),
    (b"BZh", _("a packed file (bzip2)")),
    (b"\xfd7zXZ\0", _("a packed file (xz)")),
    (b"7z\xbc\xaf\x27\x1c", _("a packed file (7z)")),
    (b"Rar!", _("a packed file (RAR)")),
    (b"\x28\xb5\x2f\xfd", _("a packed file (zstd)")),
    (b"bplist00", _("a property list of Apple")),
    (b"PAR1", _("a Parquet file")),
    (b"SQLite format 3\0", _("a database")),
    (b"\0\1\0\0Standard", _("an Access database")),
    (b"\x7fELF", _("a program")),
    (b"MZ", _("a program")),
    (b"ID3", _("a recording")),
    (b"OggS", _("a recording")),
    (b"\x09\x00\x04\x00", _("a workbook of Excel before 1993")),
    (b"\x09\x02\x06\x00", _("a workbook of Excel before 1993")),
    (b"\x09\x04\x06\x00", _("a workbook of Excel before 1993")),
    (b"\x09\x08", _("an old workbook outside of its container")),
    (b"\0\0\x02\0", _("a worksheet of Lotus 1-2-3")),
    (b"\0\0\x1a\0", _("a worksheet of Lotus 1-2-3")),
)
_PICTURES_INSIDE = ((b"RIFF", b"WEBP"), (b"", b"ftyp"))

# Texts that are no table, by what stands in their first lines.
_TEXTS = (
    (re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet"), _("an XML spreadsheet of 2003")),
    (re.compile(rb"<office:document\b"), _("a flat OpenDocument file")),
    (re.compile(rb"\AID;P"), _("a SYLK file")),
    (re.compile(rb"\ATABLE\r?\n0,1\r?\n"), _("a DIF file")),
    (re.compile(rb"\A(?:\S+: [^\r\n]{0,500}\r?\n){0,20}?MIME-Version: ", re.IGNORECASE), _("a web archive")),
    (re.compile(rb"\A\s{0,200}<svg\b"), _("a picture")),
    (re.compile(rb"\A\s{0,200}<\?xml(?![^>]{0,400}>\s{0,200}<(?:!DOCTYPE )?html\b)", re.IGNORECASE), _("an XML file")),
)
_BEGINNING = 4096


def container(content: bytes) -> str:
    """Return which container a file is, "" for none."""
    return next((kind for sign, kind in _SIGNS if content.startswith(sign)), "")


def something_else(content: bytes) -> str:
    """Return the words for a file of another program, "" where it may be a text."""
    for sign, what in _OTHERS:
        if content.startswith(sign):
            return what
    for first, then in _PICTURES_INSIDE:
        if content.startswith(first) and then in (content[4:8], content[8:12]):
            return _("a picture")
    beginning = content[:_BEGINNING].removeprefix(b"\xef\xbb\xbf")
    return next((what for pattern, what in _TEXTS if pattern.search(beginning)), "")

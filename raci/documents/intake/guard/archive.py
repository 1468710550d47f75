"""A packed file without trust: its directory is read by hand, its parts are unpacked a little at a time.

The directory at the end and the headers in front of the parts must tell the same, nothing may lie before, between or
over one another, and no part may turn out larger than it says. Whatever two readers could see differently is refused.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from raci.documents.intake.guard import words
from raci.documents.intake.guard.limits import (
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_ENTRIES,
    RATIO_FROM,
    WINDOW,
)
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_OF_ZIP = struct.Struct("<4s4H2LH")
_CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
# The end of a large archive (ZIP64) stands between directory and end; some programs always write it.
_ZIP64_END = 56 + 20
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _HEADERS_MASKED = 0x1, 0x2000
# A directory of the most entries with names of 256 letters and some extras.
_LARGEST_DIRECTORY = MOST_ENTRIES * 512
_DIRECTORY = Sentence(_("The list of its parts"))


@dataclass(frozen=True)
class Entry:
    """One part of the archive: its name, where its data stand, and what the directory says of them."""

    name: str
    method: int
    crc: int
    packed: int
    unpacked: int
    header: int
    start: int

    @property
    def end(self) -> int:
        return self.start + self.packed


class Archive:
    """All parts of a packed file, in the order of its directory. Raises `Refused` for whatever is unusual in it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        position, self.directory = self._directory()
        self.entries = tuple(self._entries(position))
        self._check_names()
        self._check_spans()
        self._check_sizes()

    @property
    def unpacked(self) -> int:
        return sum(entry.unpacked for entry in self.entries)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries)

    def entry(self, name: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.name.casefold() == name.casefold()), None)

    def read(self, name: str, most: int = MEGABYTE) -> bytes:
        """Return the beginning of a part, b"" where there is no such part."""
        entry, pieces, length = self.entry(name), [], 0
        for piece in self.pieces(entry) if entry else ():
            pieces.append(piece)
            length += len(piece)
            if length >= most:
                break
        return b"".join(pieces)[:most]

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """Yield what is in a part, a window at a time, and check that it is as long as it says."""
        length, crc = 0, 0
        for piece in self._stored(entry) if entry.method == _STORED else self._inflated(entry):
            length += len(piece)
            if length > entry.unpacked:
                raise words.unusual(entry.name)
            crc = zlib.crc32(piece, crc)
            yield piece
        if length != entry.unpacked or crc != entry.crc:
            raise words.damaged(entry.name)

    def _stored(self, entry: Entry) -> Iterator[bytes]:
        for start in range(entry.start, entry.end, WINDOW):
            yield self.content[start : min(start + WINDOW, entry.end)]

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        inflater, waiting, at = zlib.decompressobj(-zlib.MAX_WBITS), b"", entry.start
        while not inflater.eof:
            if not waiting:
                waiting = self.content[at : min(at + WINDOW, entry.end)]
                at += len(waiting)
            try:
                piece = inflater.decompress(waiting, WINDOW)
            except zlib.error:
                raise words.damaged(entry.name) from None
            if not piece and not waiting and not inflater.eof:
                raise words.damaged(entry.name)
            waiting = inflater.unconsumed_tail
            yield piece
        if inflater.unused_data or at < entry.end:
            raise words.unusual(entry.name)

    def _directory(self) -> tuple[int, bytes]:
        """Return where the directory begins, and the directory."""
        content = self.content
        end = content.rfind(_END, max(0, len(content) - _END_OF_ZIP.size - 0xFFFF))
        if end < 0 or end + _END_OF_ZIP.size > len(content):
            raise words.damaged(_DIRECTORY)
        _sign, disk, first, here, entries, size, start, comment = _END_OF_ZIP.unpack_from(content, end)
        if end + _END_OF_ZIP.size + comment != len(content):
            raise words.unusual(_DIRECTORY)
        if disk or first or here != entries or start + size not in (end, end - _ZIP64_END):
            raise words.unusual(_DIRECTORY)
        if entries > MOST_ENTRIES or size > _LARGEST_DIRECTORY:
            raise words.too_much(_DIRECTORY, _("parts"), MOST_ENTRIES)
        if not entries:
            raise words.refusal(_("The file is an empty archive. Choose another one."))
        return start, content[start : start + size]

    def _entries(self, position: int) -> Iterator[Entry]:
        at = 0
        while at < len(self.directory):
            if self.directory[at : at + 4] != _CENTRAL or at + _CENTRAL_HEADER.size > len(self.directory):
                raise words.damaged(_DIRECTORY)
            fields = _CENTRAL_HEADER.unpack_from(self.directory, at)
            at += _CENTRAL_HEADER.size
            name = self.directory[at : at + fields[10]]
            at += fields[10] + fields[11] + fields[12]
            if at > len(self.directory):
                raise words.damaged(_DIRECTORY)
            yield self._entry(name, fields, position)

    def _entry(self, raw: bytes, fields: tuple[int, ...], directory: int) -> Entry:
        flags, method, crc, packed, unpacked, header = *fields[3:5], *fields[7:10], fields[16]
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if flags & (_ENCRYPTED | _HEADERS_MASKED):
            raise words.protected()
        if method not in (_STORED, _DEFLATED):
            raise words.unusual(name)
        if header + _LOCAL_HEADER.size > directory:
            raise words.damaged(name)
        local = _LOCAL_HEADER.unpack_from(self.content, header)
        start = header + _LOCAL_HEADER.size + local[9] + local[10]
        there = self.content[header + _LOCAL_HEADER.size : header + _LOCAL_HEADER.size + local[9]]
        if local[0] != _LOCAL or local[3] != method or there != raw or start + packed > directory:
            raise words.unusual(name)
        if local[2] & _ENCRYPTED:
            raise words.protected()
        return Entry(name, method, crc, packed, unpacked, header, start)

    def _check_names(self) -> None:
        seen = set()
        for entry in self.entries:
            if "\\" in entry.name:
                text = _(
                    "The parts of the file are named with backslashes ({part}), which not every program can read. Open "
                    "it in a spreadsheet program, save it again as .xlsx and upload that."
                )
                raise words.refusal(text, part=entry.name)
            steps = entry.name.split("/")
            if entry.name.startswith("/") or ":" in steps[0] or {"..", "."} & set(steps) or "\0" in entry.name:
                raise words.unusual(entry.name.replace("\0", "?"))
            if entry.name.casefold() in seen:
                raise words.unusual(entry.name)
            seen.add(entry.name.casefold())

    def _check_spans(self) -> None:
        at = 0
        for entry in sorted(self.entries, key=lambda entry: entry.header):
            if entry.header < at or (not at and entry.header):
                raise words.unusual(entry.name)
            at = entry.end

    def _check_sizes(self) -> None:
        for entry in self.entries:
            if entry.unpacked > RATIO_FROM and entry.unpacked > HIGHEST_RATIO * entry.packed:
                raise words.swollen(entry.name, HIGHEST_RATIO)
        if self.unpacked > LARGEST_UNPACKED:
            raise words.too_large(
                max(self.entries, key=lambda entry: entry.unpacked).name, LARGEST_UNPACKED // MEGABYTE
            )

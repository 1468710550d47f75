"""The container of old Office files (OLE2): its chains of sectors are followed once, and never in a circle."""

import struct
from collections.abc import Iterator

from raci.documents.intake.guard import words
from raci.documents.intake.guard.records import check_xls_stream
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_HEADER, _ENTRY, _SECTOR_BITS = 512, 128, (9, 12)
# Numbers from here on are no sectors: the end of a chain, a free sector, a sector of the table itself.
_NO_SECTOR = 0xFFFFFFFA
# Streams below this size lie in small sectors, all of them within one stream of the container's own.
_SMALL, _SMALL_SECTOR, _ROOT = 4096, 64, "Root Entry"
_PART = Sentence(_("The list of its parts"))
_WORKBOOK = Sentence(_("The workbook"))
_STREAMS = ("workbook", "book")

# What else such a container may be, by a name in it.
_OTHERS = (
    ("WordDocument", _("a Word document")),
    ("PowerPoint Document", _("a PowerPoint presentation")),
    ("VisioDocument", _("a Visio drawing")),
    ("__properties_version1.0", _("a message from Outlook")),
    ("!_StringData", _("an installer of programs")),
)


class Compound:
    """What is in such a container, by name. Raises `Refused` where its chains make no sense."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        bits = int.from_bytes(content[30:32], "little")
        if len(content) < _HEADER or bits not in _SECTOR_BITS:
            raise words.damaged(_PART)
        self.size = 1 << bits
        self.sectors = len(content) // self.size
        self.table = self._table()
        self.streams = dict(self._directory(int.from_bytes(content[48:52], "little")))
        small = self._chain(int.from_bytes(content[60:64], "little"), self.table)
        self.small_table = [number for sector in small for number in _numbers(self._sector(sector))]

    def stream(self, name: str) -> bytes:
        """Return a stream whole."""
        start, length = self.streams[name]
        if length >= _SMALL or name == _ROOT:
            return b"".join(map(self._sector, self._chain(start, self.table)))[:length]
        held = self.stream(_ROOT) if _ROOT in self.streams else b""
        places = (sector * _SMALL_SECTOR for sector in self._chain(start, self.small_table))
        return b"".join(held[place : place + _SMALL_SECTOR] for place in places)[:length]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _chain(self, sector: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while sector < _NO_SECTOR:
            seen += 1
            if seen > len(table) or sector >= len(table):
                raise words.damaged(_PART)
            yield sector
            sector = table[sector]

    def _table(self) -> list[int]:
        """Return which sector follows which: the table lies in sectors that the header, then more sectors list."""
        listed = _numbers(self.content[76:_HEADER])
        more, seen = int.from_bytes(self.content[68:72], "little"), 0
        while more < _NO_SECTOR:
            seen += 1
            numbers = _numbers(self._sector(more))
            if seen > self.sectors or not numbers:
                raise words.damaged(_PART)
            listed += numbers[:-1]
            more = numbers[-1]
        used = [number for number in listed if number < _NO_SECTOR]
        if len(used) > self.sectors:
            raise words.damaged(_PART)
        return [number for sector in used for number in _numbers(self._sector(sector))]

    def _directory(self, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
        for sector in self._chain(start, self.table):
            held = self._sector(sector)
            for at in range(0, len(held) - _ENTRY + 1, _ENTRY):
                length = int.from_bytes(held[at + 64 : at + 66], "little")
                if held[at + 66] and 2 <= length <= 64:
                    name = held[at : at + length - 2].decode("utf-16-le", "replace")
                    yield name, struct.unpack_from("<2L", held, at + 116)


def check_compound(content: bytes) -> None:
    """Refuse whatever is not an old workbook without a password."""
    compound = Compound(content)
    names = compound.streams
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise words.protected()
    for name in names:
        if name.casefold() in _STREAMS:
            check_xls_stream(_WORKBOOK, compound.stream(name))
            return
    for name, what in _OTHERS:
        if name in names:
            raise words.foreign(what)
    raise words.foreign(_("an old Office file without a workbook"))


def _numbers(held: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(held) // 4}L", held))

"""Archives by hand: with headers that lie, names that nobody would give, and much in little room."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Member:
    """One part. What is None is told truly; whatever else is said, is said in both headers."""

    name: str
    data: bytes = b""
    packed: bytes | None = None
    method: int = 8
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    local_name: str | None = None
    start: int | None = None

    def stored(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method == 0:
            return self.data
        deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return deflater.compress(self.data) + deflater.flush()

    def facts(self, stored: bytes) -> tuple[int, int, int]:
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        return crc, len(stored), len(self.data) if self.size is None else self.size


def archive(members: Sequence[Member], *, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return an archive of parts in their order."""
    body, directory = bytearray(before), bytearray()
    for member in members:
        stored = member.stored()
        crc, packed, size = member.facts(stored)
        name = member.name.encode()
        there = (member.name if member.local_name is None else member.local_name).encode()
        flags = member.flags | 0x800
        start = len(body) if member.start is None else member.start
        head = (20, flags, member.method, 0, 0x21, crc, packed, size)
        body += _LOCAL.pack(b"PK\x03\x04", *head, len(there), 0) + there + stored
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, *head, len(name), 0, 0, 0, 0, 0, start) + name
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + end + after)


def repeated(block: bytes, times: int, first: bytes = b"", last: bytes = b"") -> bytes:
    """Return packed data that unpack to a block so many times: much in little room, and quickly made."""

    def packed(data: bytes, mode: int) -> bytes:
        deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return deflater.compress(data) + deflater.flush(mode)

    return packed(first, zlib.Z_FULL_FLUSH) + packed(block, zlib.Z_FULL_FLUSH) * times + packed(last, zlib.Z_FINISH)


def swollen(name: str, block: bytes, times: int, first: bytes = b"", last: bytes = b"") -> Member:
    """Return a part that is made of one block many times and says truly how large it is, but not its checksum."""
    size = len(first) + len(block) * times + len(last)
    return Member(name, packed=repeated(block, times, first, last), size=size, crc=0)


def members(parts: Mapping[str, bytes | Member]) -> list[Member]:
    return [part if isinstance(part, Member) else Member(name, part) for name, part in parts.items()]

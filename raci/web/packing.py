"""JSON text packed as gzip, each part by the strategy that suits it.

A grid is mostly one letter after another: looking for repetitions in it costs ten times as much as counting
letters, and packs worse. Titles and keys are text like any other. One deflate stream may be made of parts that
were packed on their own, so each is packed in its own way.
"""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# RFC 1952: magic, deflate, no flags, no time (the same content gives the same bytes), no hint, unknown system.
_HEADER = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
# Beyond this titles get no smaller.
_LEVEL = 8


class Part(NamedTuple):
    """A piece of text; ``letters`` where it is hardly more than single characters in no order."""

    text: str
    letters: bool = False


def pack(parts: Sequence[Part]) -> bytes:
    """Return the parts, one after the other and in UTF-8, as one gzip member."""
    packed, check, length = [_HEADER], 0, 0
    for index, part in enumerate(parts):
        data = part.text.encode()
        check, length = zlib.crc32(data, check), length + len(data)
        packed.append(_deflate(data, part.letters, last=index == len(parts) - 1))
    if not parts:
        packed.append(_deflate(b"", letters=False, last=True))
    return b"".join([*packed, struct.pack("<LL", check, length & 0xFFFFFFFF)])


def _deflate(data: bytes, letters: bool, *, last: bool) -> bytes:
    """Pack one part. All but the last end on a whole byte and leave the stream open."""
    return _compressed(data, letters, last) if letters else _kept(data, letters, last)


# Titles take nine tenths of the time, and hardly ever change from one revision to the next.
@lru_cache(maxsize=16)
def _kept(data: bytes, letters: bool, last: bool) -> bytes:
    return _compressed(data, letters, last)


def _compressed(data: bytes, letters: bool, last: bool) -> bytes:
    strategy = zlib.Z_HUFFMAN_ONLY if letters else zlib.Z_DEFAULT_STRATEGY
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)

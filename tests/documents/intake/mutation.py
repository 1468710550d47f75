"""Good files, spoilt at random: bits turned, pieces cut out or doubled, parts edited behind a fresh checksum."""

import random
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from tests.documents.intake import building as good
from tests.documents.intake.archives import Member, archive

# What is put in place of a number, a value or a tag.
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65535",
    b"1048576",
    b"1048577",
    b"4294967295",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
)
_WORDS = (
    b"",
    b"\0",
    b"&#0;",
    b"&x;",
    b"<",
    b">",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"\xff\xfe",
    b"XFD1048576",
    b"A1:XFD1048576",
)
_NUMBER = re.compile(rb"\d+")
_QUOTED = re.compile(rb'"[^"]{0,200}"')
_TAG = re.compile(rb"<[^<>]{1,200}>")

Chance = random.Random


def seeds() -> dict[str, bytes]:
    """Return good files of every kind, by their names."""
    return good.good_workbooks() | good.GOOD_TEXTS | good.GOOD_MARKUP


def mutated(content: bytes, chance: Chance) -> bytes:
    """Return a file that is spoilt once or a few times."""
    for _time in range(chance.choice((1, 1, 2, 3, 8))):
        content = chance.choice(_WAYS)(content, chance)
    return content


def _turn_bits(content: bytes, chance: Chance) -> bytes:
    spoilt = bytearray(content)
    for _time in range(chance.randint(1, 9) if spoilt else 0):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _cut(content: bytes, chance: Chance) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _take_out(content: bytes, chance: Chance) -> bytes:
    start, end = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    return content[:start] + content[end:]


def _double(content: bytes, chance: Chance) -> bytes:
    start, end = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _overwrite(content: bytes, chance: Chance) -> bytes:
    at = chance.randrange(len(content) + 1)
    piece = chance.choice((b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f", chance.randbytes(8)))
    return content[:at] + piece + content[at + len(piece) :]


def _exchange(pattern: re.Pattern[bytes], pieces: tuple[bytes, ...]) -> Callable[[bytes, Chance], bytes]:
    def exchange(content: bytes, chance: Chance) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content
        one = chance.choice(found)
        return content[: one.start()] + chance.choice(pieces) + content[one.end() :]

    return exchange


def _edit_part(content: bytes, chance: Chance) -> bytes:
    """Spoil one part of an archive and pack it again, so that its checksum is right."""
    try:
        with ZipFile(BytesIO(content)) as source:
            parts = [Member(name, source.read(name)) for name in source.namelist()]
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError):
        return content
    except Exception:  # what zlib says has no name worth importing
        return content
    if not parts:
        return content
    at = chance.randrange(len(parts))
    spoilt = chance.choice(_TEXT_WAYS)(parts[at].data, chance)
    return archive([*parts[:at], Member(parts[at].name, spoilt), *parts[at + 1 :]])


_TEXT_WAYS = (
    _turn_bits,
    _take_out,
    _double,
    _overwrite,
    _exchange(_NUMBER, _NUMBERS),
    _exchange(_QUOTED, tuple(b'"%s"' % one for one in (*_NUMBERS, *_WORDS))),
    _exchange(_TAG, (*_WORDS, b"<c>", b"<row>", b"</row>", b"<c r='XFD1'><v>1</v></c>")),
)
_WAYS = (_turn_bits, _cut, _take_out, _double, _overwrite, _edit_part, _edit_part, _edit_part, _edit_part)

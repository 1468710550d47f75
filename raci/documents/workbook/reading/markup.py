"""XML in pieces, by expat: whatever declares an entity or a document type is no workbook of anybody's."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from xml.parsers import expat
from zipfile import BadZipFile

from raci.documents.intake.refused import Refused
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

PIECE = 64 * 1024

_DAMAGED = Sentence(_("The workbook is damaged. Open it in your spreadsheet program, save it anew and bring it again."))
_ENTITIES = Sentence(_("The workbook declares XML entities, which no spreadsheet program does, so it was not read."))

_BROKEN = (
    BadZipFile, expat.ExpatError, zlib.error, EOFError, LookupError, ValueError, RuntimeError, StopIteration,
)  # fmt: skip

Start = Callable[[str, dict[str, str]], None]


class Enough(Exception):
    """Raised by a handler that has seen all it wanted."""


@contextmanager
def whole() -> Iterator[None]:
    """Refuse a file whose package or markup is broken."""
    try:
        yield
    except _BROKEN as error:
        raise Refused(_DAMAGED) from error


def parser_of(
    start: Start, end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """Return a parser that knows no entities but XML's own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = PIECE
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Let a parser see a part piece by piece, until its end or until a handler has had enough."""
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Enough:
        return


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_declared: Any) -> None:
    raise Refused(_ENTITIES)

"""Text in workbooks: strings that cells share, and escapes of what XML cannot say."""

import re
from zipfile import ZipFile

from raci.documents.workbook.reading.markup import feed, local, parser_of

LONGEST = 32_767 * 7  # characters in a cell, were each of them spelled as an escape
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_CONTROLS = frozenset("\t\n\r")


def decoded(text: str) -> str:
    """Return a text with its escapes read: ``_x000D_`` is a carriage return (ECMA-376 part 1, 22.9.2.19).

    What no text can hold stays as it is spelled.
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return _HALF.sub(_spelled, _PAIR.sub(_joined, text)) if _HALF.search(text) else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    held = code >= 0x20 and code not in (0xFFFE, 0xFFFF)
    return chr(code) if held or chr(code) in _CONTROLS else found[0]


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _spelled(half: re.Match[str]) -> str:
    return f"_x{ord(half[0]):04X}_"


def shared_strings(archive: ZipFile, part: str) -> list[str]:
    """Return the strings that cells share, in their order: runs joined, what is there for reading aloud left out."""
    strings = _Strings()
    with archive.open(part) as stream:
        feed(parser_of(strings.start, strings.end, strings.text), stream)
    return strings.found


class _Strings:
    def __init__(self) -> None:
        self.found: list[str] = []
        self._value, self._takes, self._aloud = "", False, False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "t":
            self._takes = not self._aloud
        elif name == "si":
            self._value, self._aloud = "", False
        elif name == "rPh":
            self._aloud = True

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._takes = False
        elif name == "si":
            self.found.append(decoded(self._value))
        elif name == "rPh":
            self._aloud = False

    def text(self, data: str) -> None:
        if self._takes:
            self._value += data
            if len(self._value) > LONGEST:
                raise ValueError("no cell holds so long a text")

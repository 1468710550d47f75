"""Cells that hold names: who stands in them, one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from raci.documents.intake.recognise.vocabulary import NONE_MARKS
from raci.domain.reading import Crossing, Party
from raci.domain.text import fold

# A part that is longer is a sentence, not a name.
LONGEST_NAME = 80
_BULLET = re.compile(r"^(?:[-–—•*▪◦·]\s+|\(?\d{1,2}[.)]\s+)")
_MARKS = re.compile("[*_`\u200b\ufeff]{1,3}(?=\\S)|(?<=\\S)[*`]{1,3}")
_BETWEEN = re.compile(r"[,;\n•，；、]")
# A comma between two figures parts no names: "Berths 3,4" are one.
_NUMBERS, _INNER = re.compile(r"\d(?:,\d)+(?!\d)"), "\0"
_OPENING, _CLOSING = "([{（【", ")]}）】"


def names_in(text: str, *, slashes: bool = False) -> list[str]:
    """Return the names in a cell: parted by commas, semicolons and lines, and by " / " where ``slashes`` says so."""
    found = []
    for part in _parts(_MARKS.sub("", text), slashes=slashes):
        name = _BULLET.sub("", part.strip()).strip().rstrip(".").strip()
        if name and fold(name) not in NONE_MARKS:
            found.append(" ".join(name.split()))
    return found


def _parts(text: str, *, slashes: bool) -> Iterator[str]:
    """Yield the parts of a text. What stands in brackets is never parted."""
    part, depth = "", 0
    source = text.replace(" / ", "\n") if slashes else text
    source = _NUMBERS.sub(lambda found: found.group().replace(",", _INNER), source)
    for character in source:
        depth += (character in _OPENING) - (depth > 0 and character in _CLOSING)
        if not depth and _BETWEEN.match(character):
            yield part.replace(_INNER, ",")
            part = ""
        else:
            part += character
    yield part.replace(_INNER, ",")


@dataclass
class Register:
    """Parties or items in the order of their first use, found again whatever the case of their letters."""

    parties: list[Party] = field(default_factory=list)
    _index: dict[str, int] = field(default_factory=dict)

    def index(self, name: str, where: str, group: str = "") -> int:
        key = fold(name)
        if key not in self._index:
            self._index[key] = len(self.parties)
            self.parties.append(Party(name, where, group))
        return self._index[key]


@dataclass
class Crossings:
    """Letters by item and party; several cells that say something of the same two are one crossing."""

    _found: dict[tuple[int, int], Crossing] = field(default_factory=dict)

    def add(self, one: Crossing) -> None:
        key = (one.item, one.party)
        if before := self._found.get(key):
            letters = tuple(dict.fromkeys((*before.letters, *one.letters)))
            raw = before.raw if before.raw == one.raw else f"{before.raw} | {one.raw}"
            self._found[key] = Crossing(one.item, one.party, letters, raw, before.where, before.note or one.note)
        else:
            self._found[key] = one

    def all(self) -> tuple[Crossing, ...]:
        return tuple(self._found.values())

"""One cell: which letters it holds, that it says nobody has a part, or that it is text."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from raci.documents.intake.recognise.vocabulary import (
    CORE,
    ENDS,
    JOINERS,
    KNOWN,
    LETTER_WORDS,
    LONGEST_WORD,
    LOOK_ALIKES,
    MARKS,
    NONE_MARKS,
)
from raci.domain.text import fold

# A remark beside a letter can be a sentence; a cell that is longer is text.
LONGEST_CELL = 240
LONGEST_RUN = 6
# Two letters, and what may stand around them.
LONGEST_ODD = 4

_BETWEEN = re.compile(r"[,;/+&|\n\\·•.–—-]+")
_REMARK = re.compile(r"\s*[(\[（【](.*?)[)\]）】]\s*", re.DOTALL)
_UNCLOSED = re.compile(r"^(\w[\w/,+& ]{0,10}?)\s*[(\[（].*$", re.DOTALL)
_LED = re.compile(r"^(\S{1,5}?)(?:\s*[:：=]\s*|\s+[-–—]\s+|\s+|[-–—](?=\w{3})|(?=\d))(\S.*)$", re.DOTALL)
_CLAUSES = re.compile(r"[,;\n]")
_MORE = re.compile(r"[A-Z](?: [A-Z])*(?= |$)")
_FIRST = re.compile(r"[\W_]*([^\W\d_]+)")
_FIRST_WORDS = frozenset(found.group(1) for word in (*LETTER_WORDS, *NONE_MARKS) if (found := _FIRST.match(word)))
_DROPPED = re.compile("[*_`~\u200b\u200c\u200d\u2060\ufe0f\ufeff\u00ad]+")


class Kind(IntEnum):
    """What a cell is to a matrix."""

    EMPTY = 0
    NONE = 1  # it says that nobody has a part
    LETTERS = 2
    LOOSE = 3  # letters with other words around them: letters only among letters
    ODD = 4  # one or two letters that nobody explains
    TEXT = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A text as it was understood."""

    kind: Kind
    letters: tuple[str, ...] = ()
    note: str = ""
    doubt: bool = False


EMPTY = Cell(Kind.EMPTY)
NONE = Cell(Kind.NONE)
ODD = Cell(Kind.ODD)
TEXT = Cell(Kind.TEXT)


class Reader(dict[str, Cell]):
    """Cells by their text, each text read once. ``codes`` are the letters that count."""

    def __init__(self, codes: Iterable[str] = ()) -> None:
        super().__init__()
        self.codes = frozenset((*KNOWN, *codes))

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = self._read(text)
        return cell

    def _read(self, text: str) -> Cell:
        if len(text) > LONGEST_CELL or not _may_hold_letters(text, self.codes):
            return TEXT
        plain = tidy(text)
        if not plain:
            return NONE if text.strip() and not any(map(str.isalnum, text)) else EMPTY
        if fold(plain) in NONE_MARKS and plain not in self.codes:
            return NONE
        main, note = _without_remark(plain)
        if letters := self.letters(main):
            return self._with_note(letters, note)
        if fold(main) in NONE_MARKS:
            return Cell(Kind.NONE, note=note)
        return self._loose(main, note) or (ODD if len(main) <= 2 and main.isalpha() and main.isupper() else TEXT)

    def letters(self, text: str) -> tuple[str, ...]:
        """Return the letters that a text consists of ("A/R", "R et A", "RA", "Accountable"); none where it does not."""
        found: dict[str, None] = {}
        for between in _BETWEEN.split(text):
            if part := between.strip(": " + ENDS):
                letters = self._part(part)
                if not letters:
                    return ()
                found.update(dict.fromkeys(letters))
        return tuple(found)

    def _part(self, part: str) -> tuple[str, ...]:
        if letter := self._letter(part):
            return (letter,)
        if len(part) <= LONGEST_WORD and (letter := LETTER_WORDS.get(fold(part), "")):
            return (letter,)
        if " " in part:
            words = [word for word in part.split() if word.isupper() or fold(word) not in JOINERS]
            each = [self._part(word.strip(".:" + ENDS)) for word in words]
            return tuple(letter for letters in each for letter in letters) if all(each) else ()
        return self._run(part)

    def _letter(self, part: str) -> str:
        if len(part) > 3:
            return ""
        upper = part.upper()
        if upper in self.codes:
            return upper
        alike = upper.translate(LOOK_ALIKES)
        return alike if alike in self.codes else ""

    def _run(self, part: str) -> tuple[str, ...]:
        """Return the letters of a run such as RA, which names no letter twice and, in small letters, has only two."""
        if len(part) > (LONGEST_RUN if part.isupper() else 2) or len(set(part)) < len(part):
            return ()
        letters = tuple(self._letter(character) for character in part)
        return letters if all(letters) else ()

    def _with_note(self, letters: tuple[str, ...], note: str) -> Cell:
        """Return letters with what stood in brackets: other letters there are a doubt, the same ones are nothing."""
        inner = self.letters(note)
        if inner and set(inner) <= set(letters):
            return Cell(Kind.LETTERS, letters)
        return Cell(Kind.LETTERS, letters, note, doubt=bool(inner) and note.isupper())

    def _loose(self, main: str, note: str) -> Cell | None:
        """Return letters before other words ("R: only drafts", "A by day, C by night"): they count among letters."""
        clauses = [self._led(clause.strip()) for clause in _CLAUSES.split(main)]
        if len(clauses) > 1 and all(letters for letters, _rest in clauses):
            letters = tuple(dict.fromkeys(letter for letters, _rest in clauses for letter in letters))
            rest = "; ".join(rest for _letters, rest in clauses if rest)
        else:
            letters, rest = self._led(main)
        if letters and (more := _MORE.match(rest)) and not self.codes.issuperset(more.group().split()):
            return ODD  # "R U": one of the letters is of no scheme, so that none of them may be
        return Cell(Kind.LOOSE, letters, " ".join(filter(None, (rest, note))), doubt=True) if letters else None

    def _led(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return the letters that a text begins with, and what follows; none for a word that only means a letter."""
        if letters := self.letters(text):
            return letters, ""
        led = _LED.match(text)
        if not led or not led.group(1)[0].isupper() or LETTER_WORDS.get(fold(led.group(1))):
            return (), ""
        return self.letters(led.group(1)), led.group(2).strip()


def tidy(text: str) -> str:
    """Return a text without emphasis, pictures and invisible characters, its blanks folded, its line ends kept."""
    if text.isascii():
        plain = _DROPPED.sub("", text) if _DROPPED.search(text) else text
        return "\n".join(line for part in plain.split("\n") if (line := " ".join(part.split())))
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    plain = "".join(
        character
        for character in plain
        if unicodedata.category(character) not in ("So", "Sk", "Cf", "Cc") or character == "\n"
    )
    return "\n".join(line for line in (" ".join(part.split()) for part in plain.split("\n")) if line)


def _may_hold_letters(text: str, codes: frozenset[str]) -> bool:
    """Whether the first word of a text can begin a cell of letters. Most texts are told apart here, at little cost."""
    found = _FIRST.match(text)
    if text[:1] in MARKS:
        return True
    if not found:
        return not any(map(str.isdecimal, text))
    word = found.group(1)
    return len(text) <= LONGEST_ODD or _may_begin(word, codes)


@lru_cache(maxsize=1 << 12)
def _may_begin(word: str, codes: frozenset[str]) -> bool:
    """Whether a cell of letters may begin with a word. Texts are many, but the words that they begin with are few."""
    if len(word) <= LONGEST_RUN and codes.issuperset(word.upper().translate(LOOK_ALIKES)):
        return True
    return word.upper() in codes or word.casefold() in _FIRST_WORDS


def _without_remark(plain: str) -> tuple[str, str]:
    """Split what stands in brackets off. A text that is nothing but brackets is what stands in them."""
    if not any(bracket in plain for bracket in "([（【"):
        return plain, ""
    remarks = [remark.strip() for remark in _REMARK.findall(plain)]
    main = _REMARK.sub(" ", plain).strip()
    if not remarks and (unclosed := _UNCLOSED.match(plain)):
        return unclosed.group(1), plain[unclosed.end(1) :].strip(" ([（")
    if not main and len(remarks) == 1:
        return remarks[0], ""
    return main, "; ".join(remarks)


def core_of(letters: Iterable[str]) -> set[str]:
    """Return those letters that every matrix has."""
    return set(letters) & set(CORE)

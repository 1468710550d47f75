"""What somebody typed into a crossing: letters, letters with a remark, or something that is reported."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from raci.domain.scheme import IllegalCell, Scheme, UnknownLetter, WrongLetters, parse_letters
from raci.domain.text import NOTHING, Sentence, fold, normalise
from raci.domain.text import gettext_noop as _

# "R (veto)", "R [veto]", "R – until May", "R: until May", "R* until May".
_REMARKED = re.compile(r"(?s)\s*(.+?)\s*(?:\((.+)\)|\[(.+)\]|(?:\s[-–—]\s|:\s|\*\s)(.+))\s*")
_NONE = frozenset(("-", "–", "—", ".", "·", "/"))
_WORD = re.compile(r"[^,;/+&|\n]+")


@dataclass(frozen=True)
class Typed:
    """What a text in a crossing means: canonical ``letters`` and a ``remark``, or the ``trouble`` with it."""

    letters: str = ""
    remark: str = ""
    trouble: Sentence = NOTHING


class LettersReader:
    """Reads what people type. ``labels`` are words for letters in the language of the document."""

    def __init__(self, scheme: Scheme, labels: Mapping[str, str]) -> None:
        self._scheme = scheme
        self._labels = {fold(word): code for word, code in labels.items() if code in scheme.by_code}
        self._known: dict[str, Typed] = {}

    def read(self, text: str) -> Typed:
        """Return what a text means; the same text is looked at once."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> Typed:
        if fold(text) in _NONE:
            return Typed()
        try:
            return Typed(self._letters(text))
        except WrongLetters as refusal:
            trouble = self._trouble(refusal)
        if found := _REMARKED.fullmatch(text):
            head, *remarks = found.groups()
            try:
                return Typed(self._letters(head), normalise(next(filter(None, remarks))))
            except WrongLetters as refusal:
                if isinstance(refusal, IllegalCell):
                    trouble = self._trouble(refusal)
        return Typed(trouble=trouble)

    def _letters(self, text: str) -> str:
        try:
            return parse_letters(self._scheme, text)
        except UnknownLetter:
            if not self._labels:
                raise
        return parse_letters(self._scheme, _WORD.sub(self._code, text))

    def _code(self, word: re.Match[str]) -> str:
        return self._labels.get(fold(word[0]), word[0])

    def _trouble(self, refusal: WrongLetters) -> Sentence:
        if not isinstance(refusal, IllegalCell):
            return refusal.sentence
        legal = ", ".join(self._scheme.combinations)
        return Sentence(_("{why}; a cell may hold {letters}"), {"why": refusal.sentence, "letters": legal})

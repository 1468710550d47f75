"""What somebody typed into a crossing: letters, letters with a remark, or something that is reported."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from raci.domain.scheme import IllegalCell, Scheme, UnknownLetter, WrongLetters, parse_letters
from raci.domain.text import NOTHING, Sentence, fold, normalise
from raci.domain.text import gettext_noop as _

# Where letters end and a remark begins: "R (veto)", "R [veto]", "R – until May", "R: until May", "R* until May".
_REMARK = re.compile(r"[(\[]|\s[-–—]\s|[:*]\s")
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST = 1_000  # characters that are looked at; beyond, it is a text and no letter
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
        if len(text) > _LONGEST:
            return Typed(trouble=Sentence(_("A text of {length} characters is no letter"), {"length": len(text)}))
        if fold(text) in _NONE:
            return Typed()
        try:
            return Typed(self._letters(text))
        except WrongLetters as refusal:
            trouble = self._trouble(refusal)
        found = _REMARK.search(text)
        if found and text[: found.start()].strip():
            try:
                return Typed(self._letters(text[: found.start()]), _bare(text[found.start() :]))
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


def _bare(remark: str) -> str:
    """Return a remark without what parts it from the letters."""
    remark = normalise(remark)
    if remark[1:] and _BRACKETS.get(remark[0]) == remark[-1]:
        return remark[1:-1].strip()
    return remark.lstrip("-–—:* ")

"""The heading of a column of letters: which letters it names."""

import re

from raci.documents.intake.recognise.cells import Kind, Reader, tidy
from raci.documents.intake.recognise.vocabulary import heading_named, letter_begun, may_name

LONGEST_HEADING = 60
# "Approver (A)", but not "Approver(s)".
_IN_BRACKETS = re.compile(r"(?!(?<=\w)\(s\))[(\[（]\s*([^\W\d_]{1,2})\s*[)\]）]")


class Headings(dict[str, tuple[str, ...]]):
    """The letters that texts name as headings, each text read once."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, text: str) -> tuple[str, ...]:
        letters = self[text] = self._read(text)
        return letters

    def _read(self, text: str) -> tuple[str, ...]:
        """Return the letters of a heading: "R", "Responsible", "Approver (A)", "R – does it", "Responsible team"."""
        if len(text) > LONGEST_HEADING:
            return ()
        bracketed = _IN_BRACKETS.search(text)
        if bracketed and (letters := self._reader.letters(tidy(bracketed.group(1)))):
            return letters
        cell = self._reader[text]
        if cell.kind is Kind.LETTERS or (cell.letters and letter_begun(cell.note) in cell.letters):
            return cell.letters
        if cell.kind <= Kind.LETTERS:
            return ()
        named = (letter_begun(text) if may_name(text) else "") or heading_named(text)
        return (named,) if named else ()

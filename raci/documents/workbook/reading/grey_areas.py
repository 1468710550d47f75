"""The rows of the Grey areas sheet: what people put down beside each, and what they made of what it said at export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from raci.documents.workbook import layout
from raci.documents.workbook.reading.days import day_of
from raci.documents.workbook.reading.sheet import ERROR, FORMULA, NUMBER, SheetRow
from raci.domain.homecoming.brought import BroughtQuestion
from raci.domain.reading import Problem
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_ASIDE = _("There is a formula or an error in this cell. Type what it is to hold; nothing was taken from it.")
_FIRST_YEAR = 1970  # a number that means an earlier day was not meant as a day
_TYPED = (layout.OWNER_FIELD, layout.COMMENT_FIELD)
_TERMS = (layout.QUESTION_FIELD, layout.DUE_FIELD)


@dataclass
class GreyAreaRows:
    """Takes the rows below the header. ``fields`` says in which column what stands; files of earlier versions say less.

    A row that nobody touched leaves nothing behind.
    """

    sheet: str
    fields: Mapping[str, str]
    from_1904: bool = False
    questions: list[BroughtQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)

    def take(self, row: SheetRow) -> None:
        key = row.cells.get(self.fields[layout.GREY_AREA_FIELD], "")
        copied = bool(key) and key in self._keys
        self._keys.add(key)
        edited = self._edited(row)
        typed = {name: self._taken(row, name) or "" for name in _TYPED}
        terms = {name: self._taken(row, name) for name in _TERMS if name in edited}
        if not (edited or any(text.strip() for text in typed.values())):
            return
        self.questions.append(
            BroughtQuestion(
                key,
                typed[layout.OWNER_FIELD],
                self._where(row, layout.OWNER_FIELD),
                typed[layout.COMMENT_FIELD],
                self._where(row, layout.COMMENT_FIELD),
                terms.get(layout.QUESTION_FIELD),
                terms.get(layout.DUE_FIELD),
                {name: self._where(row, name) for name in edited},
                copied,
            )
        )

    def _edited(self, row: SheetRow) -> list[str]:
        """Return the columns that do not say any more what they said at export, where that can be told."""
        said = layout.read_fingerprints(row.cells.get(self.fields.get(layout.PRINTS_FIELD, ""), ""))
        if not said:  # a row that somebody added, or whose hidden cells are gone: the questions alone can be compared
            return [name for name in _TERMS if name in self.fields and self._shown(row, name).strip()]
        return [
            name
            for name in layout.TOLD_FIELDS
            if name in self.fields and name in said and layout.fingerprint(self._shown(row, name)) != said[name]
        ]

    def _shown(self, row: SheetRow, name: str) -> str:
        """Return what a cell says; of a day its ISO text."""
        at = self.fields[name]
        text = row.cells.get(at, "")
        day = self._day(row, at, text) if name in layout.DAY_FIELDS else None
        return day.isoformat() if day else text

    def _day(self, row: SheetRow, at: str, text: str) -> date | None:
        return day_of(text, is_number=row.odd.get(at) == NUMBER, from_1904=self.from_1904)

    def _taken(self, row: SheetRow, name: str) -> str | None:
        """Return what somebody typed, None where nothing can be taken, which is reported."""
        at = self.fields.get(name, "")
        if row.odd.get(at) in (FORMULA, ERROR):
            self.problems.append(Problem(self._where(row, name), Sentence(_ASIDE)))
            return None
        text = row.cells.get(at, "")
        if name != layout.DUE_FIELD:
            return text
        day = self._day(row, at, text)
        sound = day and (row.odd.get(at) != NUMBER or day.year >= _FIRST_YEAR)
        return day.isoformat() if day and sound else text

    def _where(self, row: SheetRow, name: str) -> str:
        at = self.fields.get(name, "")
        return f"{self.sheet}!{at}{row.number}" if at else ""

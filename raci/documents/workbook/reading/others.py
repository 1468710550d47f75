"""What stands on the other sheets: the facts that lead home, proposals for grey areas, copies of the matrix."""

from collections.abc import Callable
from dataclasses import dataclass, field

from raci.documents.workbook import layout
from raci.documents.workbook.reading.grey_areas import GreyAreaRows
from raci.documents.workbook.reading.markup import Enough
from raci.documents.workbook.reading.matrix import keys_of
from raci.documents.workbook.reading.sheet import SheetRow
from raci.domain.homecoming.brought import BroughtQuestion
from raci.domain.reading import Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_HEAD_ROWS = 20
_MOST_FACTS = 50
_COPY = _("Sheet {sheet} is a copy of the matrix, so it was left out.")


@dataclass
class OtherSheet:
    """Takes the rows of one sheet that is not the matrix, as far as they are of use."""

    name: str
    from_1904: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    questions: list[BroughtQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _looked_at: int = 0
    _grey_areas: GreyAreaRows | None = None
    _next: Callable[[SheetRow], None] | None = None

    def take(self, row: SheetRow) -> None:
        """Take one row. Raises `Enough` where the sheet is none of those that come home."""
        if self._next:
            self._next(row)
            return
        self._looked_at += 1
        if row.cells.get("A") == layout.FACTS[0] and row.cells.get("B") == layout.FORMAT:
            self._next = self._take_fact
            self._take_fact(row)
        elif layout.GREY_AREA_FIELD in row.cells.values():
            fields = {text: at for at, text in row.cells.items()}
            self._grey_areas = GreyAreaRows(self.name, fields, self.from_1904, self.questions, self.problems)
            self._next = self._pass_header
        elif keys_of(row):
            self.problems.append(Problem(self.name, Sentence(_COPY, {"sheet": self.name}), Weight.NOTE))
            raise Enough
        elif self._looked_at >= _HEAD_ROWS:
            raise Enough

    def _take_fact(self, row: SheetRow) -> None:
        if len(self.facts) < _MOST_FACTS and "A" in row.cells:
            self.facts.setdefault(row.cells["A"], row.cells.get("B", ""))

    def _pass_header(self, _row: SheetRow) -> None:
        assert self._grey_areas
        self._next = self._grey_areas.take

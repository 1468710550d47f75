"""Rows that were inserted: new duties with their letters, or duties of the register that had no row here."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from raci.domain.change import Change
from raci.domain.homecoming.brought import AREA, CODE, TITLE, UNREADABLE, BroughtRow
from raci.domain.homecoming.draft import Draft, Positions
from raci.domain.homecoming.edits import LONGEST_TITLE, Edits, Line
from raci.domain.homecoming.keys import key_of
from raci.domain.homecoming.rows import Sorting
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import Duty, Kind, Row
from raci.domain.structure import LONGEST_CODE, created, next_code
from raci.domain.text import Sentence, code_key, fold
from raci.domain.text import gettext_noop as _

_STEM = "D"  # codes of duties without an area, where none of them has one with a number


class NewRows:
    """Makes wishes of the rows that stand for no duty of the matrix."""

    def __init__(self, draft: Draft, edits: Edits, sorting: Sorting) -> None:
        self._draft, self._edits, self._sorting = draft, edits, sorting
        seen = draft.seen
        self._positions = Positions(row.position for row in seen.rows.values())
        self._taken = set(edits.codes)
        self._series: dict[str, Iterator[str]] = {}
        self._titles: dict[str, int] = defaultdict(int)
        self._last = -1  # the position of the row above
        self._beside = ""  # and its area

    def add(self, fresh: Sequence[BroughtRow]) -> None:
        """Wish for every new row, behind the row that it stands behind in the file."""
        rows = self._draft.seen.rows
        known = [(row.number, key) for key, row in self._sorting.kept.items()]
        above = 0
        for row in fresh:
            while above < len(known) and known[above][0] < row.number:
                key = known[above][1]
                self._last, self._beside = rows[key].position, self._draft.seen.duties[key].area
                above += 1
            self._add(row)

    def _add(self, row: BroughtRow) -> None:
        draft = self._draft
        if row.key in draft.seen.duties and row.key not in draft.seen.rows:
            self._adopt(row)
            return
        where = draft.place_of(TITLE, row.number)
        if not row.title.strip():
            if row.letters.strip() or row.code.strip():
                draft.report(where, Sentence(_("This row has no title, so it was left out.")))
            return
        title = draft.text(where, row.title, LONGEST_TITLE)
        area = self._area(row)
        if not title or area is None:
            return
        key = self._key(title)
        code = self._code(row, area[0])
        changes = [created(Kind.DUTY, key, Duty(code, title, area[0])), self._row(key)]
        about = self._about(code, title, area[0])
        name = draft.wish(f"new-row.{key}", Group.NEW_ROWS, changes, where, about, needs=[area[1]])
        self._edits.cells(Line(key, title, row.number, (name,)), row.letters, {})

    def _adopt(self, row: BroughtRow) -> None:
        """Wish for the row of a duty that the register has and this matrix has not."""
        draft, duty = self._draft, self._draft.seen.duties[row.key]
        facts = {"code": duty.code, "title": duty.title}
        about = Sentence(_("{code} gets a row in this matrix, “{title}”"), facts)
        where = draft.place("", row.number)
        name = draft.wish(f"new-row.{row.key}", Group.NEW_ROWS, [self._row(row.key)], where, about)
        self._edits.cells(Line(row.key, duty.title, row.number, (name,)), row.letters, {})

    def _row(self, key: str) -> Change:
        self._last = self._positions.behind(self._last)
        return created(Kind.ROW, key, Row(self._last), self._draft.seen.key)

    def _key(self, title: str) -> str:
        """Return the key of a new duty: that of its title, so that a row that stands elsewhere by now is the same."""
        self._titles[fold(title)] += 1
        return key_of(self._draft.export_id, "duty", fold(title), str(self._titles[fold(title)]))

    def _about(self, code: str, title: str, area: str) -> Sentence:
        facts = {"code": code, "title": title}
        if name := self._edits.areas.shown(area):
            return Sentence(_("New row {code} in {area}, “{title}”"), {**facts, "area": name})
        return Sentence(_("New row {code}, “{title}”"), facts)

    def _area(self, row: BroughtRow) -> tuple[str, str] | None:
        """Return the area of a row and the wish that makes it: where nothing is typed, that of the row above."""
        if row.area == UNREADABLE:
            return "", ""
        if not row.area.strip():
            return self._beside, ""
        return self._edits.areas.find(row.area, self._draft.place_of(AREA, row.number))

    def _code(self, row: BroughtRow, area: str) -> str:
        draft, where = self._draft, self._draft.place_of(CODE, row.number)
        code = draft.text(where, row.code, LONGEST_CODE) if row.code.strip() else ""
        if not code or code_key(code) in self._taken:
            wanted, code = code, self._free_code(area)
            if wanted:
                text = _("The code {code} is taken; the new row gets {other}.")
                draft.report(where, Sentence(text, {"code": wanted, "other": code}), Weight.DOUBT)
        self._taken.add(code_key(code))
        return code

    def _free_code(self, area: str) -> str:
        if area not in self._series:
            siblings = [duty.code for duty in self._draft.seen.duties.values() if duty.area == area]
            self._series[area] = _counted_on(next_code((), siblings, self._edits.areas.code(area) or _STEM))
        return next(code for code in self._series[area] if code_key(code) not in self._taken)


def _counted_on(code: str) -> Iterator[str]:
    """Yield a code that ends in a number, and those that follow it."""
    prefix = code.rstrip("0123456789")
    digits = code.removeprefix(prefix)
    for number in count(int(digits)):
        yield f"{prefix}{str(number).zfill(len(digits))}"

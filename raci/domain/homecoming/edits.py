"""What was edited in the rows that are known: titles, codes, areas, letters and remarks."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from raci.domain.change import Address, Change, cell_change
from raci.domain.homecoming.areas import Areas
from raci.domain.homecoming.brought import AREA, BETWEEN_CELLS, CODE, TITLE, UNREADABLE, BroughtRow
from raci.domain.homecoming.columns import Columns
from raci.domain.homecoming.draft import Draft, letters_said, same
from raci.domain.homecoming.keys import key_of
from raci.domain.homecoming.sorted_apart import LETTERS, Keyed
from raci.domain.proposal import Group
from raci.domain.records import Comment, Kind
from raci.domain.structure import LONGEST_CODE, created
from raci.domain.text import Sentence, code_key
from raci.domain.text import gettext_noop as _

LONGEST_TITLE = 200
_NOTHING_HELD: frozenset[str] = frozenset()


class Line(NamedTuple):
    """A duty as its row of the file is about it. ``needs`` and ``offered`` are those of all wishes of the row."""

    duty: str
    title: str
    number: int
    needs: tuple[str, ...] = ()
    offered: bool = True


class Edits:
    """Compares rows with what was exported, field by field and cell by cell.

    ``by`` and ``at`` are who brings the file and when, as comments have them.
    """

    def __init__(self, draft: Draft, columns: Columns, keyed: Keyed, *, by: str, at: str) -> None:
        self.draft, self.columns, self.keyed = draft, columns, keyed
        self.areas = Areas(draft)
        self._by, self._at = by, at

    @cached_property
    def codes(self) -> dict[str, str]:
        """The duties by their codes, those that are wanted among them."""
        return {code_key(duty.code): key for key, duty in self.draft.seen.duties.items()}

    def compare(self, key: str, row: BroughtRow, expected: str) -> None:
        """Wish for what is different in a row. ``expected`` are its letters as they were exported."""
        held = self.keyed.held.get(key, _NOTHING_HELD)
        duty, offered = self.draft.seen.duties[key], key not in self.keyed.retold
        if TITLE not in held and not _kept(row.title, duty.title):
            self._retitle(key, row, offered)
        if CODE not in held and not _kept(row.code, duty.code):
            self._recode(key, row, offered)
        if AREA not in held and not _kept(row.area, self.areas.shown(duty.area)):
            self._move(key, row, offered)
        if LETTERS not in held and row.letters != expected:
            seen = self.draft.seen.cells.get(key, {})
            self.cells(Line(key, duty.title, row.number, offered=offered), row.letters, seen)

    # --- what a row says of its duty

    def _retitle(self, key: str, row: BroughtRow, offered: bool) -> None:
        duty, where = self.draft.seen.duties[key], self.draft.place_of(TITLE, row.number)
        if TITLE not in self.draft.brought.fields:
            return
        if not row.title.strip():
            text = _("The title of {code} is gone. The duty keeps its title.")
            self.draft.report(where, Sentence(text, {"code": duty.code}))
        elif title := self.draft.text(where, row.title, LONGEST_TITLE):
            about = Sentence(_("{code}: “{before}” is called “{after}”"), {
                "code": duty.code, "before": duty.title, "after": title,
            })  # fmt: skip
            change = Change(Address(Kind.DUTY, "", key), "title", duty.title, title)
            self.draft.wish(f"title.{key}", Group.TITLES, [change], where, about, offered=offered)

    def _recode(self, key: str, row: BroughtRow, offered: bool) -> None:
        duty, where = self.draft.seen.duties[key], self.draft.place_of(CODE, row.number)
        if CODE not in self.draft.brought.fields:
            return
        facts = {"before": duty.code, "after": row.code.strip(), "title": duty.title}
        if not row.code.strip():
            self.draft.report(where, Sentence(_("The code of {before} is gone. The duty keeps its code."), facts))
        elif code := self.draft.text(where, row.code, LONGEST_CODE):
            if self.codes.get(code_key(code), key) != key:
                text = _("{before} cannot get the code {after}: another duty has it. It keeps its code.")
                self.draft.report(where, Sentence(text, facts))
                return
            self.codes[code_key(code)] = key
            about = Sentence(_("{before} becomes {after}, “{title}”"), facts)
            change = Change(Address(Kind.DUTY, "", key), "code", duty.code, code)
            self.draft.wish(f"code.{key}", Group.TITLES, [change], where, about, offered=offered)

    def _move(self, key: str, row: BroughtRow, offered: bool) -> None:
        duty, where = self.draft.seen.duties[key], self.draft.place_of(AREA, row.number)
        if AREA not in self.draft.brought.fields:
            return
        found = self.areas.find(row.area, where) if row.area.strip() else ("", "")
        if found is None or found[0] == duty.area:
            return
        area, need = found
        facts = {"code": duty.code, "title": duty.title, "area": row.area.strip()}
        text = _("{code} moves to {area}, “{title}”") if area else _("{code} belongs to no area, “{title}”")
        change = Change(Address(Kind.DUTY, "", key), "area", duty.area, area)
        # An emptied cell is more often a slip than a wish.
        offered = offered and bool(area)
        self.draft.wish(
            f"area.{key}", Group.MOVES, [change], where, Sentence(text, facts), needs=[need], offered=offered
        )

    # --- letters

    def cells(self, line: Line, typed: str, seen: Mapping[str, str]) -> None:
        """Wish for the letters of a row that are other than those that were seen, and for remarks beside them."""
        roles, held = self.columns.roles, self.keyed.columns_held
        for index, (role, text) in enumerate(zip(roles, typed.split(BETWEEN_CELLS), strict=False)):
            if role is None or index in held or text == UNREADABLE:
                continue
            before = seen.get(role, "")
            if text != before:
                self._cell(line, index, before, text)

    def _cell(self, line: Line, index: int, before: str, text: str) -> None:
        draft, role, column = self.draft, self.columns.roles[index] or "", self.draft.brought.columns[index]
        where = draft.place(column.at, line.number)
        typed = draft.letters.read(text)
        if typed.trouble:
            draft.report(where, Sentence(_("{trouble}. The letters stay as they are."), {"trouble": typed.trouble}))
            return
        line = line._replace(needs=(*line.needs, self.columns.new.get(role, "")))
        name = draft.seen.roles[role].name if role in draft.seen.roles else column.name.strip()
        if typed.letters != before:
            facts: dict[str, str | Sentence] = {
                "duty": line.title, "role": name, "before": letters_said(before), "after": letters_said(typed.letters),
            }  # fmt: skip
            change = cell_change(draft.seen.key, line.duty, role, before, typed.letters)
            about = Sentence(_("{duty}, {role}: {before} → {after}"), facts)
            wish = f"cell.{line.duty}.{role}"
            draft.wish(wish, Group.CELLS, [change], where, about, needs=line.needs, offered=line.offered)
        if typed.remark:
            facts = {"duty": line.title, "role": name, "remark": typed.remark}
            about = Sentence(_("On {duty}, {role}: “{remark}”"), facts)
            self.comment(line, role, typed.remark, where, about)

    def comment(self, line: Line, role: str, text: str, where: str, about: Sentence) -> None:
        """Wish for a comment on a row, or on one of its cells where ``role`` is given."""
        key = key_of(self.draft.export_id, "comment", line.duty, role, text)
        comment = Comment(line.duty, role, text, self._by, self._at)
        changes = [created(Kind.COMMENT, key, comment, self.draft.seen.key)]
        wish = f"comment.{key}"
        self.draft.wish(wish, Group.COMMENTS, changes, where, about, needs=line.needs, offered=line.offered)


def _kept(typed: str, stored: str) -> bool:
    """Tell whether a text was left as it was; one that could not be read has been reported."""
    return typed in (stored, UNREADABLE) or same(typed, stored)

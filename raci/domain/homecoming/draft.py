"""Where wishes and problems are gathered while a workbook is compared, and how things in it are called."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from functools import cached_property

from raci.domain.change import Change
from raci.domain.homecoming.brought import BETWEEN_CELLS, UNREADABLE, BroughtBack
from raci.domain.homecoming.letters import LettersReader
from raci.domain.matrix import Matrix
from raci.domain.placing import STEP
from raci.domain.proposal import Group, Proposal, Wish
from raci.domain.reading import Problem, Weight
from raci.domain.text import LONGEST_TEXT, Sentence, as_saved, normalise, problem
from raci.domain.text import gettext_noop as _

_MOST_ROWS = 12  # so many are named in one sentence
_ORDER = {group: index for index, group in enumerate(Group)}


class Draft:
    """The proposal so far, with the two sides that it comes from."""

    def __init__(self, seen: Matrix, brought: BroughtBack, letters: LettersReader) -> None:
        self.seen, self.brought, self.letters = seen, brought, letters
        self.wishes: list[Wish] = []
        self.problems: list[Problem] = list(brought.problems)

    def wish(
        self,
        name: str,
        group: Group,
        changes: Iterable[Change],
        where: str,
        about: Sentence,
        *,
        needs: Iterable[str] = (),
        offered: bool = True,
    ) -> str:
        """Add a wish and return its id."""
        self.wishes.append(Wish(name, group, tuple(changes), where, about, tuple(filter(None, needs)), offered))
        return name

    def report(self, where: str, message: Sentence, weight: Weight = Weight.LEFT) -> None:
        self.problems.append(Problem(where, message, weight))

    def place(self, column: str, row: int | str = "") -> str:
        """Return the address of a cell, of a row where ``column`` is "", of a column where ``row`` is."""
        return f"{self.brought.sheet}!{column}{row}"

    def place_of(self, field: str, row: int) -> str:
        """Return the address of the area, code or title of a row."""
        return self.place(self.brought.fields.get(field, ""), row)

    def text(self, where: str, typed: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text as it would be stored, "" where it cannot be, which is reported."""
        if typed == UNREADABLE:
            return ""
        wanted = normalise(typed)
        if trouble := problem(wanted, longest=longest):
            self.report(where, Sentence(_("The text {trouble}."), {"trouble": trouble}))
            return ""
        return wanted

    @cached_property
    def export_id(self) -> str:
        """What tells this file from every other; the keys of what it brings follow from it."""
        return self.brought.facts.get("export_id", "")

    @cached_property
    def filled(self) -> list[dict[int, str]]:
        """What stands in each column, by the number of its row; blanks are left out."""
        found: list[dict[int, str]] = [{} for _column in self.brought.columns]
        for row in self.brought.rows:
            if row.letters.strip():
                for texts, text in zip(found, row.letters.split(BETWEEN_CELLS), strict=False):
                    if text.strip():
                        texts[row.number] = text
        return found

    def proposal(self) -> Proposal:
        """Return all that was found, wishes in the order of their groups."""
        wishes = sorted(self.wishes, key=lambda wish: _ORDER[wish.group])
        return Proposal(self.seen.revision, tuple(wishes), tuple(self.problems))


def same(typed: str, stored: str) -> bool:
    """Tell whether a text of a file is what is stored: blanks at its ends and what programs do to it are none."""
    return typed == stored or as_saved(typed) == as_saved(stored)


def quoted(text: str) -> Sentence:
    return Sentence(_("“{text}”"), {"text": text}) if text else Sentence(_("empty"))


def letters_said(letters: str) -> str | Sentence:
    return letters or Sentence(_("empty"))


def numbered(rows: Sequence[int]) -> str | Sentence:
    """Name rows by their numbers, the first dozen of them."""
    named = ", ".join(map(str, sorted(rows)[:_MOST_ROWS]))
    if len(rows) <= _MOST_ROWS:
        return named
    return Sentence(_("{rows} and {count} more"), {"rows": named, "count": len(rows) - _MOST_ROWS})


class Positions:
    """Hands out positions that are free: behind one that is taken where there is room, else behind all."""

    def __init__(self, taken: Iterable[int]) -> None:
        self._taken = sorted(set(taken))

    def behind(self, position: int) -> int:
        """Return a free position behind another one, -1 for the very front."""
        at = bisect_right(self._taken, position)
        high = self._taken[at] if at < len(self._taken) else max(position, 0) + 2 * STEP
        found = position + (high - position) // 2
        if found == position:
            found = self._taken[-1] + STEP
        insort(self._taken, found)
        return found

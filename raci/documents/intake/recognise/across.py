"""The layout with a column for each letter: the cells hold the names of those who have it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from raci.documents.intake.recognise.beside import Part, apart
from raci.documents.intake.recognise.blocks import Block
from raci.documents.intake.recognise.candidate import Box, Candidate, sureness
from raci.documents.intake.recognise.cells import Kind, core_of, tidy
from raci.documents.intake.recognise.columns import Columns, name_sides, sides_of
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.header import title_of
from raci.documents.intake.recognise.names import Crossings, Register, names_in
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, is_post, letter_named, said
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party, Problem, Weight
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# On average; longer ones are definitions of the letters, not names.
LONGEST_NAMES = 60
MOST_COLUMNS = 30
# A heading that names more letters names a scheme.
MOST_LETTERS = 2
# Where tables stand side by side: how deep their header is, and how many letters each has.
DEEPEST_HEADER, FEWEST_LETTERS = 40, 3
# So many rows show what stands in all of them.
_ENOUGH = 500
_SEVERAL = re.compile(r"\s[+&]\s")


@dataclass
class Frame:
    """A header of letters: its row, the letters of its columns, and how many of them are bare letters."""

    row: int
    letters: dict[int, tuple[str, ...]]
    bare: int = 0
    doubtful: list[int] = field(default_factory=list)


def letters_across(sight: Sight) -> Iterator[Candidate]:
    """Yield the tables whose header names the letters, those side by side each for itself."""
    if parts := _parts(sight):
        for part in parts:
            for candidate in letters_across(part.sight):
                yield replace(candidate, box=candidate.box.moved(part.top, part.left))
        return
    count = [len(columns) for columns in sight.letters]
    pairs = enumerate(zip(count, (*count[1:], 0), strict=False))
    heads = [row for row, (own, below) in pairs if own < 2 or below < 2]
    frames = [frame for row in heads if (frame := frame_in(sight, row))]
    for number, frame in enumerate(frames):
        below = frames[number + 1].row if number + 1 < len(frames) else len(sight.cells)
        above = frames[number - 1].row + 1 if number else 0
        rows = _body(sight, frame, below)
        block = Block(sorted(frame.letters), data=rows, header=frame.row, above=above, below=below)
        if rows and _holds_names(sight, frame, rows):
            columns = Columns(sorted(frame.letters))
            name_sides(columns, [side for side in sides_of(sight, block, set(frame.letters)) if side.filled])
            if columns.title >= 0:
                yield _Reading(sight, frame, block, columns).candidate()


def _parts(sight: Sight) -> list[Part]:
    """Return the tables that stand side by side: in one header the same letters come again, behind another title."""
    rows = range(min(len(sight.cells), DEEPEST_HEADER))
    for row in (row for row in rows if MOST_COLUMNS >= len(sight.filled(row)) >= 2 * FEWEST_LETTERS):
        seen: set[tuple[str, ...]] = set()
        last, seams = -1, []
        for column in sight.filled(row):
            letters = sight.headings[sight.table.rows[row][column]]
            if letters in seen and len(seen) >= FEWEST_LETTERS and last >= 0:
                seams.append(last)
                seen = set()
            if letters:
                seen.add(letters)
            last = -1 if letters else column
        if seams:
            return apart(sight, seams)
    return []


def frame_in(sight: Sight, row: int) -> Frame | None:
    """Return the header of letters that a row is; None where it is none."""
    filled, texts = sight.filled(row), sight.table.rows[row]
    if not 2 <= len(filled) <= MOST_COLUMNS or _is_of_letters(sight, row):
        return None
    said_by = {column: found for column in filled if 0 < len(found := sight.headings[texts[column]]) <= MOST_LETTERS}
    if len(said_by) < 2 or len(set(said_by.values())) < len(said_by) - 2:
        return None
    frame = Frame(row, said_by, bare=sum(len(texts[column].strip()) <= 2 for column in said_by))
    _settle_doubles(frame)
    distinct = {letter for found in frame.letters.values() for letter in found}
    words = sum(bool(letter_named(texts[column])) for column in frame.letters)
    if len(core_of(distinct)) >= 3 or (distinct >= {"R", "A"} and words >= 2 and is_named(sight)):
        return frame
    return None


def _is_of_letters(sight: Sight, row: int) -> bool:
    """Whether a row is one of a grid: it and the next one hold letters, or it says the same ones again and again."""
    if len(sight.letters[row]) > 1 and row + 1 < len(sight.cells) and len(sight.letters[row + 1]) > 1:
        return True
    letters = [sight.cells[row][column].letters for column in sight.letters[row]]
    return len(set(letters)) < len(letters) - 2


def _settle_doubles(frame: Frame) -> None:
    """Where two columns say the same letter and none says A, the second one is A: languages use one word for both."""
    seen: set[tuple[str, ...]] = set()
    all_letters = {letter for found in frame.letters.values() for letter in found}
    for column, letters in list(frame.letters.items()):
        if letters in seen and letters == ("R",) and "A" not in all_letters:
            frame.letters[column] = ("A",)
            frame.doubtful.append(column)
            all_letters.add("A")
        elif letters in seen:
            del frame.letters[column]
        seen.add(letters)


def _body(sight: Sight, frame: Frame, below: int) -> list[int]:
    """Return the rows of items below a header: up to a gap after which nothing stands in the columns of letters."""
    rows: list[int] = []
    blank = 0
    for row in range(frame.row + 1, below):
        filled = sight.filled(row)
        if not filled:
            blank += 1
            continue
        if blank and not any(column in frame.letters for column in filled):
            break
        if filled[0] not in frame.letters and not sight.is_legend(row):
            rows.append(row)
            blank = 0
    while rows and len(sight.filled(rows[-1])) == 1 and any(len(sight.filled(row)) > 1 for row in rows):
        rows.pop()
    return rows


def _holds_names(sight: Sight, frame: Frame, rows: list[int]) -> bool:
    """Whether names stand below the letters, and not letters, marks, numbers or definitions. None at all will do."""
    texts = sight.tally(rows[:_ENOUGH], frame.letters)
    names = {text: count for text, count in texts.items() if sight.reader[text].kind is not Kind.NONE}
    if not names:
        return frame.bare == 0
    if sum(count for text, count in names.items() if text.endswith(("?", "？"))) > 0.5 * sum(names.values()):
        return False
    short = sum(count for text, count in names.items() if len(tidy(text)) <= 1 or _is_number(text))
    length = sum(len(text) * count for text, count in names.items())
    return short <= 0.2 * sum(names.values()) and length <= LONGEST_NAMES * sum(names.values())


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("%", "").isdecimal()


class _Reading:
    """Reads the rows below a header of letters."""

    def __init__(self, sight: Sight, frame: Frame, block: Block, columns: Columns) -> None:
        self.sight = sight
        self.frame = frame
        self.block = block
        self.columns = columns
        self.register = Register()
        self.crossings = Crossings()
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        roles = said(columns.heading, Heading.ROLES)
        self.is_profile = roles > said(columns.heading, Heading.DUTIES)

    def candidate(self) -> Candidate:
        """Return what was read. Where the rows are roles, the names in the cells are their duties."""
        self._doubt_columns()
        section = ""
        for row in self.block.data:
            filled = self.sight.filled(row)
            if len(filled) == 1 and self._is_section(row):
                section = self.sight.text(row, filled[0])
            else:
                self._row(row, section)
        box = Box(
            self.frame.row, min(self.columns.title, *self.frame.letters), self.block.last, max(self.frame.letters)
        )
        return Candidate(self.sight.number, box, self._matrix(box), tuple(self.problems))

    def _matrix(self, box: Box) -> FoundMatrix:
        parties, items, crossings = tuple(self.register.parties), tuple(self.items), self.crossings.all()
        if self.is_profile:
            parties, items, crossings = exchanged(parties, items, crossings)
        return FoundMatrix(
            name=title_of(self.sight, self.block),
            where=self.sight.range_of(box.top, box.left, box.bottom, box.right),
            layout=Layout.LETTERS_ACROSS,
            parties=parties,
            items=items,
            crossings=crossings,
            legend=dict(self.sight.legend.meanings),
            sureness=self._sureness(),
            hidden=self.sight.table.hidden,
        )

    def _is_section(self, row: int) -> bool:
        """Whether a row with one text heads others: rows with names follow it."""
        return (
            any(len(self.sight.filled(other)) > 1 for other in self.block.data if other > row) and row < self.block.last
        )

    def _row(self, row: int, section: str) -> None:
        sight, columns = self.sight, self.columns
        title = sight.shown(row, columns.title)
        if not title:
            message = Sentence(
                _("This row has names, but nothing says what they are for; write a title and try again.")
            )
            self.problems.append(Problem(sight.table.place_of_row(row), message))
            return
        if columns.section >= 0 and (text := sight.shown(row, columns.section)):
            section = text
        code = sight.text(row, columns.code) if columns.code >= 0 else ""
        details = {
            heading or sight.table.place(self.frame.row, column): text
            for column, heading in columns.details.items()
            if (text := sight.shown(row, column))
        }
        self.items.append(Item(title, sight.table.place(row, columns.title), section, code, details))
        for column, letters in self.frame.letters.items():
            self._cell(row, column, letters)

    def _cell(self, row: int, column: int, letters: tuple[str, ...]) -> None:
        sight = self.sight
        text = sight.table.text(row, column)
        cell = sight.reader[text]
        if cell.kind <= Kind.NONE and not is_post(cell.note):  # "To be named (harbour master)" is somebody
            return
        place = sight.table.place(row, column)
        if _SEVERAL.search(text):
            facts = {"text": " ".join(text.split())[:80]}
            message = Sentence(_("“{text}” was read as one party; see whether it is several."), facts)
            self.problems.append(Problem(place, message, Weight.DOUBT))
        for name in names_in(text, slashes=self.is_profile):
            party = self.register.index(name, place)
            self.crossings.add(Crossing(len(self.items) - 1, party, letters, text.strip(), place))

    def _doubt_columns(self) -> None:
        for column in self.frame.doubtful:
            facts = {"text": self.sight.text(self.frame.row, column)}
            message = Sentence(
                _("“{text}” was read as A, because another column is R; see whether that is meant."), facts
            )
            self.problems.append(Problem(self.sight.table.place(self.frame.row, column), message, Weight.DOUBT))

    def _sureness(self) -> int:
        uses = len(self.crossings.all())
        distinct = {letter for found in self.frame.letters.values() for letter in found}
        return sureness(
            [
                (3, len(core_of(distinct)) / 4),
                (2, 1 - self.frame.bare / len(self.frame.letters) * 0.3),
                (1.5, is_named(self.sight)),
                (1, min(1, said(self.columns.heading, Heading.DUTIES))),
                (1, min(1, 2 * (1 - len(self.register.parties) / max(1, uses)))),
                (1, 0.3 if self.is_profile else 1),
            ]
        )


def exchanged(
    parties: tuple[Party, ...], items: tuple[Item, ...], crossings: tuple[Crossing, ...]
) -> tuple[tuple[Party, ...], tuple[Item, ...], tuple[Crossing, ...]]:
    """Return roles for items and items for roles: the rows were the roles."""
    return (
        tuple(Party(item.title, item.where, item.section) for item in items),
        tuple(Item(party.name, party.where) for party in parties),
        tuple(Crossing(one.party, one.item, one.letters, one.raw, one.where, one.note) for one in crossings),
    )

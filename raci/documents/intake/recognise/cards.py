"""The layout of cards: for each duty a block of lines such as "Responsible: …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from raci.documents.intake.recognise.across import exchanged
from raci.documents.intake.recognise.candidate import Box, Candidate, sureness
from raci.documents.intake.recognise.cells import Kind, core_of, tidy
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.named import named_in
from raci.documents.intake.recognise.names import Crossings, Register, names_in
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import (
    Heading,
    family_named,
    is_post,
    letter_begun,
    letter_named,
    said,
    words_in,
)
from raci.documents.intake.table import Medium
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party

LONGEST_VALUE = 120
LONGEST_TITLE = 160
LONGEST_NAME = 40
# By how much more often the heads of cards sound like roles than what stands in them.
ROLES_FROM = 0.2
WIDEST = 3
_SPLIT = re.compile(r"^(.{1,40}?)\s*(?:[:：=]|\s[-–—]\s)\s*(.*)$", re.DOTALL)
_PARTED = re.compile("[/,;+&|]")
_NUMBERED = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?|[-–—•*])\s+")


@dataclass
class Card:
    """What is said of one duty: its title, where it stands, and lines with their letters, names and places."""

    title: str
    where: str
    section: str = ""
    lines: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    in_line: bool = False  # all of it is one line
    explained: int = 0  # how many of its lines are entries of a legend

    @property
    def letters(self) -> set[str]:
        return core_of(letter for letters, _value, _where in self.lines for letter in letters)


Found = tuple[Sight, Card, int]


def cards(sights: Sequence[Sight], *, alone: bool) -> Iterator[Candidate]:
    """Yield the one matrix that all cards of a document make together, where they are cards and no legend.

    Lines such as "Deploy: R = Operations, A = Head of IT" count only where the document has nothing else (``alone``):
    beside a matrix they are its summary.
    """
    found: list[Found] = []
    for sight in sights:
        if sight.table.medium is Medium.LIST or sight.table.width <= WIDEST:
            deck = _Deck(sight)
            dealt = [(card, row) for card, row in deck.cards() if _is_card(sight, card)]
            found += [(sight, card, row) for card, row in dealt if alone or not card.in_line]
    found_cards = [card for _sight, card, _row in found]
    is_summary = len(found) == 1 and not alone
    if not found or is_summary or not _are_cards(found_cards, is_named(found[0][0])):
        return
    number = found[0][0].number
    rows = [row for sight, _card, row in found if sight.number == number]
    sight = found[0][0]
    box = Box(min(rows), 0, len(sight.cells) - 1, max(0, sight.table.width - 1))
    yield Candidate(number, box, _matrix(found))


class _Deck:
    """Reads the cards of one table from top to bottom."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.section = ""
        self.card = Card(sight.table.heading, sight.table.place_of_row(0))
        self.first = 0
        self.found: list[tuple[Card, int]] = []

    def cards(self) -> list[tuple[Card, int]]:
        """Return the cards, each with its first row."""
        for row in range(len(self.sight.cells)):
            key, value = _line(self.sight, row)
            letters = _key_letters(self.sight, key) if value else ()
            if letters:
                self._line(row, letters, value)
            elif len(named := named_in(self.sight, value) if value else []) > 1:
                where = self.sight.table.place_of_row(row)
                card = Card(
                    self._called(key), where, self.section, [(led, name, where) for name, led in named], in_line=True
                )
                self.found.append((card, row))
            elif title := _title(key, value):
                self._begin(row, title)
        self._end()
        return self.found

    def _called(self, key: str) -> str:
        """Return the title of a card in one line: "Owner: Ann (A), Ben (R)" is about what its heading says."""
        is_of_parties = said(key, Heading.ROLES) == 2 or said(key, Heading.EXTRAS) == 2
        return self.sight.table.heading if is_of_parties and self.sight.table.heading else key

    def _line(self, row: int, letters: tuple[str, ...], value: str) -> None:
        """Add a line to the card. The letter with which it began begins the next one."""
        if len(self.card.letters) > 1 and self.card.lines[0][0] == letters:
            self._begin(row, "")
        self.card.lines.append((letters, value, self.sight.table.place_of_row(row)))
        self.card.explained += self.sight.is_legend(row)

    def _begin(self, row: int, title: str) -> None:
        if not self.card.lines and self._depth(self.first) < self._depth(row):
            self.section = self.card.title if self.card.title != self.sight.table.heading else ""
        self._end()
        self.card, self.first = Card(title, self.sight.table.place_of_row(row), self.section), row

    def _depth(self, row: int) -> int:
        return min(self.sight.filled(row), default=0)

    def _end(self) -> None:
        if self.card.lines:
            self.found.append((self.card, self.first))


def _line(sight: Sight, row: int) -> tuple[str, str]:
    """Return a line as its key and its value: two cells, or one text with a colon."""
    texts = [text for column in sight.filled(row) if (text := sight.table.text(row, column).strip())]
    if len(texts) == 1:
        split = _SPLIT.match(tidy(texts[0]).replace("\n", " "))
        return (split.group(1), split.group(2)) if split else (texts[0], "")
    return (texts[0].rstrip(": "), texts[-1]) if len(texts) == 2 else ("", "")


def _key_letters(sight: Sight, key: str) -> tuple[str, ...]:
    cell = sight.reader[key]
    if cell.kind is Kind.LETTERS:
        is_path = key.islower() and not letter_named(key)
        is_word = len(cell.letters) > 1 and not _PARTED.search(key)
        return () if is_path or is_word or family_named(key) else cell.letters  # "ai/", "CI"; RACI names the scheme
    begun = letter_begun(key)
    return (begun,) if begun and len(key.split()) <= 3 else ()


def _title(key: str, value: str) -> str:
    """Return the title that a line gives: "Task: Deploy" says Deploy, a line without a value says itself."""
    if value and said(key, Heading.DUTIES):
        return value
    text = key if not value else f"{key}: {value}"
    plain = _NUMBERED.sub("", text).strip().rstrip(":")
    return " ".join(plain.split()) if 2 < len(plain) <= LONGEST_TITLE else ""


def _is_card(sight: Sight, card: Card) -> bool:
    values = [value for _letters, value, _where in card.lines]
    explains = sight.legend.explains
    explaining = sum(letter_begun(value) in led or explains(led, value) for led, value, _where in card.lines)
    if max(explaining, card.explained) > 1:
        return False  # it says what the letters mean
    return bool(card.title) and len(card.letters) >= 2 and max(map(len, values)) <= LONGEST_VALUE


def _are_cards(found: list[Card], named: bool) -> bool:
    """Whether blocks are cards: several with names in them, and not one legend, whose values are sentences."""
    values = [value for card in found for _letters, value, _where in card.lines]
    names = [name for value in values for name in names_in(value)]
    if not names or sum(map(len, names)) / len(names) > LONGEST_NAME:
        return False
    if sum(bool(letter_named(value) or letter_begun(value)) for value in values) > 0.3 * len(values):
        return False
    if len(found) > 2 and len({card.title for card in found}) == 1:
        return False  # "RACI" in the description of each role
    if len(found) > 1:
        return named or sum(len(card.letters) >= 3 for card in found) > 1
    card = found[0]
    is_legend = said(card.title, Heading.LEGENDS) or said(card.title, Heading.ROLES)
    words = sum(map(words_in, names)) / len(names)
    return not is_legend and named and len(card.letters) >= 3 and words <= 3


def _are_roles(items: Sequence[Item], parties: Sequence[Party]) -> bool:
    """Whether cards are headed by roles, and say what each of them does ("Quay: A – berths; R – ropes")."""
    heads = sum(is_post(item.title) for item in items) / len(items)
    names = sum(is_post(party.name) for party in parties) / max(1, len(parties))
    return heads > names + ROLES_FROM


def _matrix(found: list[Found]) -> FoundMatrix:
    register, crossings = Register(), Crossings()
    items: list[Item] = []
    for number, (sight, card, _row) in enumerate(found):
        items.append(Item(card.title, card.where, card.section))
        for letters, value, where in card.lines:
            if sight.reader[value].kind is not Kind.NONE:
                for name in names_in(value):
                    crossings.add(Crossing(number, register.index(name, where), letters, value, where))
    sight, first, _row = found[0]
    heading = sight.table.heading
    parties, duties, crossed = tuple(register.parties), tuple(items), crossings.all()
    if all(card.in_line for _sight, card, _row in found) and _are_roles(duties, parties):
        parties, duties, crossed = exchanged(parties, duties, crossed)
    return FoundMatrix(
        name=heading if heading != first.title else sight.table.name,
        where=first.where,
        layout=Layout.CARDS,
        parties=parties,
        items=duties,
        crossings=crossed,
        legend=dict(sight.legend.meanings),
        sureness=sureness([(3, 1), (2, is_named(sight)), (2, min(1, len(found) / 3)), (1, len(first.letters) / 4)]),
        hidden=sight.table.hidden,
    )

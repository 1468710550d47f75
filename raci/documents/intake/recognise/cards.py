"""The layout of cards: for each duty a block of lines such as "Responsible: …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from raci.documents.intake.recognise.candidate import Box, Candidate, sureness
from raci.documents.intake.recognise.cells import Kind, core_of, tidy
from raci.documents.intake.recognise.evidence import is_named
from raci.documents.intake.recognise.named import named_in
from raci.documents.intake.recognise.names import Crossings, Register, names_in
from raci.documents.intake.recognise.sight import Sight
from raci.documents.intake.recognise.vocabulary import Heading, letter_begun, letter_named, said
from raci.documents.intake.table import Medium
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout

LONGEST_VALUE = 120
LONGEST_TITLE = 160
LONGEST_NAME = 40
WIDEST = 3
_SPLIT = re.compile(r"^(.{1,40}?)\s*(?:[:：=]|\s[-–—]\s)\s*(.*)$", re.DOTALL)
_NUMBERED = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?|[-–—•*])\s+")


@dataclass
class Card:
    """What is said of one duty: its title, where it stands, and lines with their letters, names and places."""

    title: str
    where: str
    section: str = ""
    lines: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)

    @property
    def letters(self) -> set[str]:
        return core_of(letter for letters, _value, _where in self.lines for letter in letters)


def cards(sights: Sequence[Sight]) -> Iterator[Candidate]:
    """Yield the one matrix that all cards of a document make together, where they are cards and no legend."""
    found: list[tuple[Sight, Card, int]] = []
    for sight in sights:
        if sight.table.medium is Medium.LIST or sight.table.width <= WIDEST:
            found += [(sight, card, row) for card, row in _cards_in(sight)]
    found = [(sight, card, row) for sight, card, row in found if _is_card(card)]
    if not found or not _are_cards([card for _sight, card, _row in found], is_named(found[0][0])):
        return
    matrix = _matrix(found)
    for number in sorted({sight.number for sight, _card, _row in found}):
        rows = [row for sight, _card, row in found if sight.number == number]
        sight = sights[number]
        box = Box(min(rows), 0, len(sight.cells) - 1, max(0, sight.table.width - 1))
        yield Candidate(number, box, matrix)
        return


def _cards_in(sight: Sight) -> Iterator[tuple[Card, int]]:
    """Yield the cards of one table from top to bottom, each with its first row."""
    section = ""
    title, where = sight.table.heading, sight.table.place_of_row(0)
    card, first = Card(title, where), 0
    for row in range(len(sight.cells)):
        key, value = _line(sight, row)
        letters = _key_letters(sight, key) if value or key else ()
        if letters and value:
            if any(set(letters) & set(other) for other, _value, _where in card.lines) and _starts_over(card, letters):
                yield card, first
                card, first = Card("", sight.table.place_of_row(row)), row
            card.lines.append((letters, value, sight.table.place_of_row(row)))
            continue
        named = named_in(sight, value) if value and not letters else []
        if len(named) > 1:
            one = Card(key, sight.table.place_of_row(row))
            one.lines = [(led, name, one.where) for name, led in named]
            yield one, row
            continue
        new = _title(key, value)
        if not new:
            continue
        if card.lines:
            yield card, first
        elif card.title and card.title != sight.table.heading:
            section = card.title
        card, first = Card(new, sight.table.place_of_row(row), section), row
    if card.lines:
        yield card, first


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
        return cell.letters
    begun = letter_begun(key)
    return (begun,) if begun and len(key.split()) <= 3 else ()


def _starts_over(card: Card, letters: tuple[str, ...]) -> bool:
    """Whether a letter that comes again begins the next card: it is the one that this card began with."""
    return len(card.letters) > 1 and card.lines[0][0] == letters


def _title(key: str, value: str) -> str:
    """Return the title that a line gives: "Task: Deploy" says Deploy, a line without a value says itself."""
    if value and said(key, Heading.DUTIES):
        return value
    text = key if not value else f"{key}: {value}"
    plain = _NUMBERED.sub("", text).strip().rstrip(":")
    return " ".join(plain.split()) if 2 < len(plain) <= LONGEST_TITLE else ""


def _is_card(card: Card) -> bool:
    values = [value for _letters, value, _where in card.lines]
    return bool(card.title) and len(card.letters) >= 2 and max(map(len, values)) <= LONGEST_VALUE


def _are_cards(found: list[Card], named: bool) -> bool:
    """Whether blocks are cards: several with names in them, and not one legend, whose values are sentences."""
    values = [value for card in found for _letters, value, _where in card.lines]
    names = [name for value in values for name in names_in(value)]
    if not names or sum(map(len, names)) / len(names) > LONGEST_NAME:
        return False
    if sum(bool(letter_named(value) or letter_begun(value)) for value in values) > 0.3 * len(values):
        return False
    if len(found) > 1:
        return named or sum(len(card.letters) >= 3 for card in found) > 1
    card = found[0]
    is_legend = said(card.title, Heading.LEGENDS) or said(card.title, Heading.ROLES)
    words = sum(len(name.split()) for name in names) / len(names)
    return not is_legend and named and len(card.letters) >= 3 and words <= 3


def _matrix(found: list[tuple[Sight, Card, int]]) -> FoundMatrix:
    register, crossings = Register(), Crossings()
    items = []
    for number, (sight, card, _row) in enumerate(found):
        items.append(Item(card.title, card.where, card.section))
        for letters, value, where in card.lines:
            if sight.reader[value].kind is not Kind.NONE:
                for name in names_in(value):
                    crossings.add(Crossing(number, register.index(name, where), letters, value, where))
    sight, first, _row = found[0]
    heading = sight.table.heading
    return FoundMatrix(
        name=heading if heading != first.title else sight.table.name,
        where=first.where,
        layout=Layout.CARDS,
        parties=tuple(register.parties),
        items=tuple(items),
        crossings=crossings.all(),
        legend=dict(sight.legend.meanings),
        sureness=sureness([(3, 1), (2, is_named(sight)), (2, min(1, len(found) / 3)), (1, len(first.letters) / 4)]),
        hidden=sight.table.hidden,
    )

"""Where the parts of a chart stand: pure geometry, drawn as SVG by templates.

Across, a chart is as wide as its place: positions are in per cent. Down, they are in rem, so that a chart grows with
the reader's type. All are texts, because an attribute of SVG takes no decimal comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

# Room, in rem, for the words above a bar, for a bar, and below it; in per cent, for the figure at the end of a bar.
_WORDS, _BAR, _GAP = 1.25, 1.05, 0.85
_THIN, _BETWEEN = 0.75, 0.2
# How far the foot of a text stands below its middle.
_FOOT = 0.27
_FIGURE = 12.0
# Room, in rem, for the figure above a column, for the highest column, and for the words below.
_ABOVE, _HIGHEST, _BELOW = 1.1, 3.5, 1.3
# A segment narrower than this share of the whole, in per cent, has no room for its figure.
_NARROW = 5.0


@dataclass(frozen=True)
class Box:
    """A rectangle with its figure.

    ``style`` names what it stands for, ``told`` whether the figure has room, ``label``
    the words below it.
    """

    style: str
    count: int
    x: str
    y: str
    width: str
    height: str
    told: bool
    text_x: str
    text_y: str
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a chart of bars: its words, how much it is in all, and where they stand."""

    label: str
    total: int
    text_y: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Bars:
    """A chart of rows, top down. ``height`` is that of the whole."""

    lines: tuple[Line, ...]
    height: str


@dataclass(frozen=True)
class Columns:
    """A chart of columns, left to right; ``base`` is where they stand, ``text_y`` where the words below do."""

    boxes: tuple[Box, ...]
    height: str
    base: str
    text_y: str


@dataclass(frozen=True)
class Dot:
    """One point of a curve with its figure and the words below it."""

    x: str
    y: str
    figure: str
    label: str
    text_y: str


@dataclass(frozen=True)
class Curve:
    """A curve through shares of one, left to right: its dots, and the lines (x1, y1, x2, y2) from each to the next."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    height: str
    top: str
    base: str
    label_y: str


def curve(values: Sequence[float | None], labels: Sequence[str], figures: Sequence[str]) -> Curve:
    """Return a curve through values from 0 to 1, 1 at the top; where there is none the curve is interrupted."""
    each, base = 100 / (len(values) or 1), _ABOVE + _HIGHEST
    dots: list[Dot | None] = []
    for number, (value, label, figure) in enumerate(zip(values, labels, figures, strict=True)):
        y = base - _HIGHEST * value if value is not None else base
        dot = Dot(_share((number + 0.5) * each), _rem(y), figure, label, _rem(y - 0.5))
        dots.append(None if value is None else dot)
    lines = tuple((one.x, one.y, two.x, two.y) for one, two in pairwise(dots) if one and two)
    known = tuple(dot for dot in dots if dot)
    return Curve(known, lines, _rem(base + _BELOW), _rem(_ABOVE), _rem(base), _rem(base + 1.05))


def stacked(rows: Sequence[tuple[str, Sequence[int]]], styles: Sequence[str]) -> Bars:
    """Return a chart of one bar for each row, parted by ``styles``; the longest reaches from side to side."""
    most = max((sum(counts) for _, counts in rows), default=0) or 1
    step = _WORDS + _BAR + _GAP
    lines = []
    for number, (label, counts) in enumerate(rows):
        top = number * step
        starts = accumulate(counts, initial=0)
        boxes = [
            _lying(style, count, (100 * start / most, 100 * count / most), top + _WORDS)
            for style, count, start in zip(styles, counts, starts, strict=False)
            if count
        ]
        lines.append(Line(label, sum(counts), _rem(top + _WORDS - 0.4), tuple(boxes)))
    return Bars(tuple(lines), _rem(max(step * len(rows) - _GAP, 0)))


def grouped(rows: Sequence[tuple[str, Sequence[int]]], styles: Sequence[str]) -> Bars:
    """Return a chart of one bar for each of ``styles`` in each row, below one another, with figures at their ends."""
    most = max((count for _, counts in rows for count in counts), default=0) or 1
    step = _WORDS + len(styles) * (_THIN + _BETWEEN) + _GAP
    lines = []
    for number, (label, counts) in enumerate(rows):
        top = number * step + _WORDS
        boxes = [
            _ended(style, count, top + place * (_THIN + _BETWEEN), (100 - _FIGURE) * count / most)
            for place, (style, count) in enumerate(zip(styles, counts, strict=True))
        ]
        lines.append(Line(label, sum(counts), _rem(number * step + _WORDS - 0.4), tuple(boxes)))
    return Bars(tuple(lines), _rem(max(step * len(rows) - _GAP, 0)))


def columns(counts: Sequence[int], labels: Sequence[str], style: str) -> Columns:
    """Return a chart of one column for each count, with its label below; the highest takes all the height."""
    most, each = max(counts, default=0), 100 / (len(counts) or 1)
    boxes = []
    for number, (count, label) in enumerate(zip(counts, labels, strict=True)):
        height = _HIGHEST * count / (most or 1)
        top = _ABOVE + _HIGHEST - height
        # Long figures would run into one another: then only the highest is told.
        told = count > 0 and (most < 1000 or count == most)
        x, width, middle = (number + 0.14) * each, 0.72 * each, (number + 0.5) * each
        place = (_share(x), _rem(top), _share(width), _rem(height))
        boxes.append(Box(style, count, *place, told, _share(middle), _rem(top - 0.3), label))
    whole = _ABOVE + _HIGHEST
    return Columns(tuple(boxes), _rem(whole + _BELOW), _rem(whole), _rem(whole + 1.05))


def _lying(style: str, count: int, across: tuple[float, float], y: float) -> Box:
    x, width = across
    place = (_share(x), _rem(y), _share(width), _rem(_BAR))
    return Box(style, count, *place, width >= _NARROW, _share(x + width / 2), _rem(y + _BAR / 2 + _FOOT))


def _ended(style: str, count: int, y: float, width: float) -> Box:
    place = (_share(0), _rem(y), _share(width), _rem(_THIN))
    return Box(style, count, *place, True, _share(width + 1.5), _rem(y + _THIN / 2 + _FOOT))


def _share(value: float) -> str:
    return f"{value:.2f}%"


def _rem(value: float) -> str:
    return f"{value:.2f}rem"

"""A chart of levels: how far is reached and how far it goes, one bar each; drawn as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from raci.domain.gaps import Gap

# Room, in rem, for the words above a bar, for the bar, and below it.
_WORDS, _BAR, _GAP = 1.25, 1.05, 0.85


@dataclass(frozen=True)
class Part:
    """A part of a bar: what it stands for, and where it lies."""

    style: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class LevelLine:
    """One bar with its words; ``mark_x`` is where what is required ends."""

    label: str
    figure: str
    text_y: str
    parts: tuple[Part, ...]
    mark_x: str
    mark_top: str
    mark_foot: str


@dataclass(frozen=True)
class LevelChart:
    """Bars below one another on one scale, with a line where each level ends."""

    lines: tuple[LevelLine, ...]
    height: str
    levels: tuple[str, ...]


def level_chart(rows: Sequence[tuple[str, str, Gap]]) -> LevelChart:
    """Return the chart of some gaps, each with its words and its figure; all of them on one scale from 0.

    What is reached is full, what is missing is open, what goes beyond is in between, and what nobody assessed is
    only an outline.
    """
    most = max((max(item.required, item.assessed or 0) for _, _, item in rows), default=0) or 1
    step = _WORDS + _BAR + _GAP
    lines = []
    for number, (label, figure, item) in enumerate(rows):
        top = number * step + _WORDS
        spans = [(style, start, end) for style, start, end in _spans(item) if end > start]
        parts = tuple(
            Part(style, _share(start, most), _rem(top), _share(end - start, most), _rem(_BAR))
            for style, start, end in spans
        )
        mark = (_share(item.required, most), _rem(top - 0.2), _rem(top + _BAR + 0.2))
        lines.append(LevelLine(label, figure, _rem(top - 0.4), parts, *mark))
    height = _rem(max(step * len(rows) - _GAP + 0.25, 0))
    return LevelChart(tuple(lines), height, tuple(_share(level, most) for level in range(most + 1)))


def _spans(item: Gap) -> list[tuple[str, int, int]]:
    if item.assessed is None:
        return [("unknown", 0, item.required)]
    reached = min(item.assessed, item.required)
    return [
        ("reached", 0, reached),
        ("missing", reached, item.required),
        ("beyond", item.required, item.assessed),
    ]


def _share(value: int, most: int) -> str:
    return f"{100 * value / most:.2f}%"


def _rem(value: float) -> str:
    return f"{value:.2f}rem"

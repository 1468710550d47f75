"""What of a matrix is asked for: kept in the address, so that it can be sent to somebody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from raci.domain.matrix import Matrix


@dataclass(frozen=True)
class GridQuery:
    """``area`` and the two of ``shared`` are keys; ``as_of`` is an earlier revision or a day."""

    area: str = ""
    undecided: bool = False
    findings: bool = False
    shared: tuple[str, ...] = ()
    text: str = ""
    as_of: int | date | None = None
    page: int = 1

    @classmethod
    def read(cls, asked: QueryDict) -> "GridQuery":
        """Read a query; what makes no sense is left out."""
        return cls(
            area=asked.get("area", ""),
            undecided="undecided" in asked,
            findings="findings" in asked,
            shared=tuple(part for part in asked.get("shared", "").split(".") if part),
            text=asked.get("q", "").strip()[:200],
            as_of=read_moment(asked.get("as_of", "")),
            page=max(1, _number(asked.get("page", "")) or 1),
        )

    @property
    def as_of_text(self) -> str:
        """``as_of`` as it stands in an address, whatever the language of the page."""
        return "" if self.as_of is None else str(self.as_of)

    def href(self, **other: Any) -> str:
        """Return the query part of the address, with something else in places; always from the first page."""
        asked = replace(self, **{"page": 1, **other})
        pairs = {
            "area": asked.area,
            "undecided": "1" if asked.undecided else "",
            "findings": "1" if asked.findings else "",
            "shared": ".".join(asked.shared),
            "q": asked.text,
            "as_of": asked.as_of_text,
            "page": str(asked.page) if asked.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True)
class Chip:
    """One filter to switch: its words, where it leads, and whether it is on."""

    label: str
    href: str
    on: bool


def chips(matrix: Matrix, query: GridQuery, undecided: int, with_findings: int) -> Iterator[Chip]:
    """Return the filters as switches: each leads to the page with itself turned round."""
    pairs = {area.pair for area in matrix.areas.values() if area.is_overlap}
    for pair in sorted(pairs):
        if all(role in matrix.columns for role in pair):
            names = {"first": matrix.roles[pair[0]].name, "second": matrix.roles[pair[1]].name}
            on = query.shared == pair
            label = _("Shared by %(first)s and %(second)s") % names
            yield Chip(label, query.href(shared=() if on else pair), on)
    label = _("Undecided %(count)d") % {"count": undecided}
    yield Chip(label, query.href(undecided=not query.undecided), query.undecided)
    label = _("Findings %(count)d") % {"count": with_findings}
    yield Chip(label, query.href(findings=not query.findings), query.findings)


def read_moment(text: str) -> int | date | None:
    """Read the number of a revision or a day ("2026-03-01"); None for anything else."""
    number = _number(text)
    if number is not None:
        return number
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

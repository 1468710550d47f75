"""What of a matrix is asked for: kept in the address, so that it can be sent to somebody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from raci.domain.lint import RULES
from raci.domain.matrix import Matrix

# Rows with findings of any rule.
ANY = "1"


@dataclass(frozen=True)
class GridQuery:
    """``area``, ``role`` and the two of ``shared`` are keys; ``as_of`` is an earlier revision or a day.

    ``findings`` is the id of a rule, or `ANY`. ``letter`` is one that the role holds; without a role, that
    anybody does.
    """

    area: str = ""
    undecided: bool = False
    findings: str = ""
    shared: tuple[str, ...] = ()
    role: str = ""
    letter: str = ""
    text: str = ""
    as_of: int | date | None = None
    page: int = 1

    @classmethod
    def read(cls, asked: QueryDict) -> "GridQuery":
        """Read a query; what makes no sense is left out."""
        return cls(
            area=asked.get("area", ""),
            undecided="undecided" in asked,
            findings=_rule(asked.get("findings")),
            shared=tuple(part for both in asked.getlist("shared") for part in both.split(".") if part),
            role=asked.get("role", ""),
            letter=asked.get("letter", "").strip()[:20],
            text=asked.get("q", "").strip()[:200],
            as_of=read_moment(asked.get("as_of", "")),
            page=max(1, _number(asked.get("page", "")) or 1),
        )

    @property
    def as_of_text(self) -> str:
        """``as_of`` as it stands in an address, whatever the language of the page."""
        return "" if self.as_of is None else str(self.as_of)

    @property
    def narrows(self) -> bool:
        """Whether it asks for some rows only."""
        return replace(self, as_of=None, page=1) != GridQuery()

    def href(self, **other: Any) -> str:
        """Return the query part of the address, with something else in places; always from the first page."""
        asked = replace(self, **{"page": 1, **other})
        pairs = {
            "area": asked.area,
            "undecided": "1" if asked.undecided else "",
            "findings": asked.findings,
            "shared": ".".join(asked.shared),
            "role": asked.role,
            "letter": asked.letter,
            "q": asked.text,
            "as_of": asked.as_of_text,
            "page": str(asked.page) if asked.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True)
class Chip:
    """What the two roles of a declared overlap share, to switch on and off: ``pair`` as it stands in the address."""

    label: str
    href: str
    on: bool
    pair: str


def chips(matrix: Matrix, query: GridQuery) -> Iterator[Chip]:
    """Return a switch for each pair of roles that share an area: it leads to the page with itself turned round."""
    pairs = {area.pair for area in matrix.areas.values() if area.is_overlap}
    for pair in sorted(pairs):
        if all(role in matrix.columns for role in pair):
            names = {"first": matrix.roles[pair[0]].name, "second": matrix.roles[pair[1]].name}
            on = query.shared == pair
            label = _("Shared by %(first)s and %(second)s") % names
            yield Chip(label, query.href(shared=() if on else pair), on, ".".join(pair))


def read_moment(text: str) -> int | date | None:
    """Read the number of a revision or a day ("2026-03-01"); None for anything else."""
    number = _number(text)
    if number is not None:
        return number
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rule(asked: str | None) -> str:
    """Read which findings are asked for: those of a rule; of any where something else is said."""
    return "" if not asked else asked if asked in RULES else ANY


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

"""The duties that nobody at work answers for: stretch by stretch, from a day on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from raci.domain.matrix import Matrix
from raci.domain.staffed import Staffed
from raci.services.holders import Names, Uncovered, holders_said, names_of, uncovered
from raci.services.whole import load_whole
from raci.web import access

# How far ahead the overview looks: a quarter of a year.
AHEAD = timedelta(days=91)


class Asked(NamedTuple):
    """From which day on, today where none is asked for."""

    day: date

    @classmethod
    def read(cls, asked: QueryDict) -> "Asked":
        """Read what is asked for; what makes no sense is left out."""
        try:
            return cls(date.fromisoformat(asked.get("day", "")))
        except ValueError:
            return cls(timezone.localdate())


class Duty(NamedTuple):
    """A row without a working owner."""

    key: str
    code: str
    title: str


@dataclass(frozen=True)
class Shown:
    """One stretch with its duties, matrix by matrix, and who holds the roles on its first day."""

    item: Uncovered
    names: Names

    @property
    def roles(self) -> Iterator[tuple[str, str, str]]:
        """Yield key and name of each role, and who holds it when the stretch begins."""
        matrix, _lack = self.item.places[0]
        for role, name in self.item.roles.items():
            held = holders_said(Staffed.of(matrix), role, self.names, self.item.stretch.first)
            yield role, name, ", ".join(held)

    @property
    def places(self) -> Iterator[tuple[Matrix, list[Duty]]]:
        """Yield each matrix with its duties."""
        for matrix, lack in self.item.places:
            known = matrix.duties
            yield matrix, [Duty(key, known[key].code, known[key].title) for key in lack.duties]


@dataclass(frozen=True)
class Page:
    """What is shown. ``known`` is whether any holding is on record: else nothing can be said."""

    day: date
    known: bool
    shown: Sequence[Shown]


def asked_page(request: HttpRequest, asked: Asked) -> Page:
    """Return the page from a day on."""
    organisation = access.place(request).organisation
    whole = load_whole(organisation)
    names = names_of(organisation.pk)
    found = [Shown(item, names) for item in uncovered(whole.matrices, asked.day)]
    return Page(asked.day, Staffed.of(whole.register).is_known, found)

"""Which pairs of roles there are to look at, and picking any two."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from raci import models
from raci.documents.boundary import words
from raci.documents.speech import speaking
from raci.domain.boundary import Pair
from raci.forms.boundary import PairForm
from raci.services.boundaries import pairs_of
from raci.services.words import spoken_language
from raci.web.choices import role_choices


@dataclass(frozen=True)
class PairRow:
    """One pair in words: ``areas`` are those declared as its overlap."""

    pair: Pair
    first: str
    second: str
    areas: str
    coefficient: str


class PairsPage:
    """The pairs of an organisation, those of declared overlaps first."""

    def __init__(self, request: HttpRequest, organisation: models.Organisation) -> None:
        self.request = request
        self.whole, self.pairs = pairs_of(organisation)

    @cached_property
    def form(self) -> PairForm:
        """Which two are asked for; not bound while nobody asks."""
        asked = self.request.GET if "second" in self.request.GET else None
        return PairForm(role_choices(self.request), asked, initial={"first": self.role})

    @property
    def role(self) -> str:
        """The role whose pairs are asked for, "" for all."""
        asked = self.request.GET.get("first", "")
        return asked if asked in self.whole.register.roles and "second" not in self.request.GET else ""

    @property
    def role_name(self) -> str:
        return words.role_name(self.whole, self.role)

    @property
    def declared(self) -> list[PairRow]:
        return [self._row(pair) for pair in self.pairs if pair.areas and self._is_asked(pair)]

    @property
    def others(self) -> list[PairRow]:
        return [self._row(pair) for pair in self.pairs if not pair.areas and self._is_asked(pair)]

    def _is_asked(self, pair: Pair) -> bool:
        return self.role in ("", pair.first, pair.second)

    def _row(self, pair: Pair) -> PairRow:
        register = self.whole.register
        areas = ", ".join(register.areas[area].name for area in pair.areas)
        with speaking(spoken_language()):
            coefficient = words.coefficient(pair.share)
        return PairRow(pair, register.roles[pair.first].name, register.roles[pair.second].name, areas, coefficient)

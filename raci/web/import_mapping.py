"""A foreign document on its mapping page: what was found, what it is taken for and why, how it will come in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.domain.mapping import LEFT, NEW, Choice, Fit, MatrixChoice
from raci.domain.mapping.letters import fitted
from raci.domain.reading import FoundMatrix, Problem, Weight
from raci.domain.scheme import Scheme
from raci.forms.mapping import MOST_DUTIES, MappingForm, asked_duties
from raci.services.words import said
from raci.web.look import chip

_ROWS, _COLUMNS = 6, 10
_WEIGHTS = {
    Weight.REFUSED: gettext_lazy("Not taken"),
    Weight.DOUBT: gettext_lazy("Look at it"),
    Weight.LEFT: gettext_lazy("Left out"),
    Weight.NOTE: gettext_lazy("Good to know"),
}
_FITS = {
    Fit.EXACT: gettext_lazy("the same"),
    Fit.ALIAS: gettext_lazy("known by that name"),
    Fit.SIMILAR: gettext_lazy("similar"),
    Fit.NEW: gettext_lazy("new"),
}


@dataclass(frozen=True)
class Line:
    """One question: what the document says and where, what it is taken for and why, the field that answers it."""

    said: str
    where: str
    fit: str
    fit_said: str
    why: str
    field: forms.BoundField


@dataclass(frozen=True)
class Told:
    """One problem in words."""

    where: str
    weight: str
    message: str


class Part:
    """One matrix of the document."""

    def __init__(self, form: MappingForm, index: int) -> None:
        self._form, self.index = form, index
        self._found: FoundMatrix = form.asked.reading.matrices[index]
        self._choice: MatrixChoice = form.asked.choices.matrices[index]

    @property
    def name(self) -> str:
        return self._found.name or self._found.where

    @property
    def where(self) -> str:
        return self._found.where

    @property
    def sureness(self) -> str:
        """How sure it is that this is a matrix and was read as it is meant."""
        if self._found.sureness >= 90:
            return _("surely a matrix")
        return _("probably a matrix") if self._found.sureness >= 60 else _("perhaps a matrix: look at it closely")

    @property
    def counts(self) -> Mapping[str, int]:
        found = self._found
        return {"roles": len(found.parties), "duties": len(found.items), "cells": len(found.crossings)}

    @property
    def why(self) -> str:
        """Why it is taken to go where it goes."""
        return said(self._choice.why)

    def _field(self, name: str) -> forms.BoundField:
        return self._form[f"m{self.index}-{name}"]

    @property
    def heads(self) -> list[forms.BoundField]:
        return [self._field(name) for name in ("target", "title", "scope_kind", "scheme")]

    @property
    def shown(self) -> forms.BoundField:
        return self._field("shown")

    @cached_property
    def roles(self) -> list[Line]:
        pairs = enumerate(zip(self._found.parties, self._choice.roles, strict=True))
        return [
            self._line(
                f"{party.name} ({party.group})" if party.group else party.name, party.where, choice, f"role-{at}"
            )
            for at, (party, choice) in pairs
        ]

    @cached_property
    def letters(self) -> list[Line]:
        legend = self._found.legend
        return [
            self._line(letter, legend.get(letter, ""), choice, f"letter-{at}")
            for at, (letter, choice) in enumerate(self._choice.letters.items())
        ]

    @cached_property
    def areas(self) -> list[Line]:
        pairs = enumerate(self._choice.areas.items())
        return [self._line(section, "", choice, f"area-{at}") for at, (section, choice) in pairs]

    @property
    def letters_are_same(self) -> bool:
        """Whether no letter needs a look."""
        return all(_is_same(choice) for choice in self._choice.letters.values())

    @property
    def areas_are_same(self) -> bool:
        return all(_is_same(choice) for choice in self._choice.areas.values())

    @cached_property
    def duties(self) -> list[Line]:
        """The lines that need an answer."""
        return [
            self._line(self._found.items[at].title, self._found.items[at].where, self._choice.duties[at], f"duty-{at}")
            for at in asked_duties(self._choice)
        ]

    @property
    def details(self) -> list[forms.BoundField]:
        return [self._field(f"detail-{at}") for at in range(len(self._choice.details))]

    @property
    def duties_said(self) -> str:
        """What becomes of the lines that nobody is asked about."""
        asked = set(asked_duties(self._choice))
        rest = Counter(
            "new" if choice.to == NEW else "left" if choice.to == LEFT else "here"
            for at, choice in enumerate(self._choice.duties)
            if at not in asked
        )
        told = {"here": rest["here"], "new": rest["new"]}
        return _("Duties that are here already: %(here)d. New ones: %(new)d.") % told

    @property
    def more_duties(self) -> bool:
        """Whether more lines look like a duty of ours than are asked about."""
        return len(asked_duties(self._choice)) >= MOST_DUTIES

    def _line(self, text: str, where: str, choice: Choice, name: str) -> Line:
        return Line(text, where, choice.fit.value, str(_FITS[choice.fit]), said(choice.why), self._field(name))

    # --- how it comes in

    @property
    def header(self) -> list[str]:
        """The columns as they will be called."""
        roles = self._form.asked.register.matrix.roles
        pairs = zip(self._found.parties, self._choice.roles, strict=True)
        return [roles[choice.to].name if choice.to in roles else party.name for party, choice in list(pairs)[:_COLUMNS]]

    @property
    def rows(self) -> Iterator[tuple[str, list[SafeString]]]:
        """The first rows as they will come in: the title, and the letters of each column."""
        scheme = self._form.asked.register.scheme_of(self._choice)
        cells = {
            (one.item, one.party): self._letters(scheme, one.letters)
            for one in self._found.crossings
            if one.item < _ROWS and one.party < _COLUMNS
        }
        for at, item in enumerate(self._found.items[:_ROWS]):
            yield item.title, [chip(scheme, cells.get((at, column), "")) for column in range(len(self.header))]

    def _letters(self, scheme: Scheme, letters: tuple[str, ...]) -> str:
        codes = (self._choice.letters[letter].to for letter in letters)
        return fitted(scheme, (code for code in codes if code in scheme.by_code))[0]

    @property
    def more(self) -> bool:
        """Whether there is more of it than is shown."""
        return len(self._found.items) > _ROWS or len(self._found.parties) > _COLUMNS


class MappingPage:
    """What the page shows of a document."""

    def __init__(self, item: models.Import, form: MappingForm, *, asked_again: bool = False) -> None:
        self.item, self.form, self.asked_again = item, form, asked_again
        reading = form.asked.reading
        self.notes = [said(note) for note in reading.notes]
        self.problems = [_told(problem) for problem in reading.problems]
        self.parts = [Part(form, index) for index in range(len(reading.matrices))]


def _is_same(choice: Choice) -> bool:
    return choice.fit is Fit.EXACT and choice.to not in (NEW, LEFT)


def _told(problem: Problem) -> Told:
    return Told(problem.where, str(_WEIGHTS[problem.weight]), said(problem.message))

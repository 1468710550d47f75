"""What a foreign document is asked about: which matrix, roles, letters, areas and duties of ours it means."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.domain.mapping import LEFT, NEW, Choice, Choices, Detail, Fit, MatrixChoice
from raci.domain.mapping.choosing import answered
from raci.domain.reading import FoundMatrix
from raci.domain.scheme import Scheme
from raci.forms.text import TextField
from raci.services.imports.mapping import Asked

# So many duties are asked about at most; what is offered for the others stands, and the page says so.
MOST_DUTIES = 100

Options = list[tuple[str, Any]]


class MappingForm(forms.Form):
    """The questions for all matrices of a document; fields are named by the number of the matrix and of the thing."""

    use_required_attribute = False

    def __init__(self, asked: Asked, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.asked = asked
        self._offers = _Offers(asked)
        for index, (found, choice) in enumerate(self._pairs()):
            for name, field in self._fields(found, choice):
                self.fields[f"m{index}-{name}"] = field

    def _pairs(self) -> Iterator[tuple[FoundMatrix, MatrixChoice]]:
        yield from zip(self.asked.reading.matrices, self.asked.choices.matrices, strict=True)

    def _fields(self, found: FoundMatrix, choice: MatrixChoice) -> Iterator[tuple[str, forms.Field]]:
        offers = self._offers
        yield "target", _select(gettext_lazy("Goes into"), choice.target, offers.targets)
        yield "title", TextField(
            label=gettext_lazy("Title of the new matrix"), longest=120, widget=forms.TextInput, required=False,
            initial=choice.title,
        )  # fmt: skip
        yield "scope_kind", _select(gettext_lazy("Scope"), choice.scope_kind, list(models.Matrix.ScopeKind.choices))
        yield "scheme", _select(gettext_lazy("Letters of the new matrix"), choice.scheme, offers.schemes)
        shown = self._offers.scheme(choice).code
        yield "shown", forms.CharField(widget=forms.HiddenInput, required=False, initial=shown)
        for at, (party, one) in enumerate(zip(found.parties, choice.roles, strict=True)):
            yield f"role-{at}", _select(party.name, one.to, offers.roles(one))
        for at, (letter, one) in enumerate(choice.letters.items()):
            yield f"letter-{at}", _select(letter, one.to, offers.letters(choice))
        for at, (section, one) in enumerate(choice.areas.items()):
            yield f"area-{at}", _select(section, one.to, offers.areas(one))
        for at in asked_duties(choice):
            yield f"duty-{at}", _select(found.items[at].title, choice.duties[at].to, offers.duties(choice.duties[at]))
        for at, (heading, detail) in enumerate(choice.details.items()):
            yield f"detail-{at}", _select(heading, detail.value, offers.details)

    def clean(self) -> dict[str, Any]:
        """A new matrix has a title, and something must go in."""
        values = super().clean() or {}
        targets = [values.get(f"m{index}-target") for index in range(len(self.asked.choices.matrices))]
        for index, target in enumerate(targets):
            if target == NEW and not values.get(f"m{index}-title") and f"m{index}-title" not in self.errors:
                self.add_error(f"m{index}-title", _("Enter a title."))
        if targets and all(target == LEFT for target in targets):
            raise ValidationError(_("Everything is left out. Say where at least one matrix goes, or stop the import."))
        return values

    @property
    def answers(self) -> Choices:
        """What was answered. Call it on a valid form only."""
        return Choices(tuple(self._answer(index, choice) for index, (_found, choice) in enumerate(self._pairs())))

    @property
    def elsewhere(self) -> dict[int, MatrixChoice]:
        """The matrices whose letters were asked in another scheme than they are to be written in."""
        answers = enumerate(self.answers.matrices)
        return {
            index: choice
            for index, choice in answers
            if choice.target != LEFT and self._offers.scheme(choice).code != self.cleaned_data[f"m{index}-shown"]
        }

    def _answer(self, index: int, choice: MatrixChoice) -> MatrixChoice:
        given = {
            name.partition("-")[2]: value for name, value in self.cleaned_data.items() if name.startswith(f"m{index}-")
        }

        def of(name: str, at: int, one: Choice) -> Choice:
            return answered(one, given.get(f"{name}-{at}", one.to))

        def named(name: str, found: Mapping[str, Choice]) -> dict[str, Choice]:
            return {key: of(name, at, one) for at, (key, one) in enumerate(found.items())}

        return replace(
            choice,
            target=given["target"],
            title=given["title"] or choice.title,
            scope_kind=given["scope_kind"],
            scheme=given["scheme"],
            roles=tuple(of("role", at, one) for at, one in enumerate(choice.roles)),
            letters=named("letter", choice.letters),
            areas=named("area", choice.areas),
            duties=tuple(of("duty", at, one) for at, one in enumerate(choice.duties)),
            details={
                heading: Detail(given.get(f"detail-{at}", detail.value))
                for at, (heading, detail) in enumerate(choice.details.items())
            },
        )


def asked_duties(choice: MatrixChoice) -> list[int]:
    """Return the numbers of the lines that need an answer: those that only look like a duty of ours."""
    near = [at for at, one in enumerate(choice.duties) if one.others or one.fit is Fit.SIMILAR]
    return near[:MOST_DUTIES]


class _Offers:
    """What can be chosen, in words."""

    def __init__(self, asked: Asked) -> None:
        self._register, matrix = asked.register, asked.register.matrix
        self._roles = {key: role.name for key, role in matrix.roles.items() if not role.retired}
        self._areas = {key: f"{area.code} {area.name}" for key, area in matrix.areas.items()}
        self._duties = {key: f"{duty.code} {duty.title}" for key, duty in matrix.duties.items()}
        self._all_roles = sorted(self._roles.items(), key=lambda item: (item[1].casefold(), item[0]))
        self._all_areas = sorted(self._areas.items(), key=lambda item: (item[1].casefold(), item[0]))
        left = (LEFT, _("Leave out"))
        self.targets: Options = [
            (NEW, _("A new matrix")), *((one.key, one.title) for one in self._register.targets), left,
        ]  # fmt: skip
        schemes = self._register.schemes.values()
        self.schemes: Options = [(one.code, _(one.name)) for one in schemes]
        self.details: Options = [
            (Detail.NOTE.value, _("Note of new duties")), (Detail.LEFT.value, _("Leave out")),
        ]  # fmt: skip
        self._letters: dict[str, Options] = {}

    def scheme(self, choice: MatrixChoice) -> Scheme:
        return self._register.scheme_of(choice)

    def roles(self, choice: Choice) -> Options:
        return _near_first(choice, self._roles, self._all_roles, _("A new role"))

    def areas(self, choice: Choice) -> Options:
        return _near_first(choice, self._areas, self._all_areas, _("A new area"))

    def duties(self, choice: Choice) -> Options:
        return _near_first(choice, self._duties, (), _("A new duty"))

    def letters(self, choice: MatrixChoice) -> Options:
        scheme = self.scheme(choice)
        if scheme.code not in self._letters:
            words = ((one.code, f"{one.code} – {_(one.label)}") for one in scheme.letters)
            self._letters[scheme.code] = [*words, (LEFT, _("Leave out"))]
        return self._letters[scheme.code]


def _near_first(choice: Choice, names: Mapping[str, str], everything: Iterable[tuple[str, str]], new: str) -> Options:
    """Return what can be chosen: what comes near, a new one, all others, nothing."""
    near = [(key, names[key]) for key in dict.fromkeys((choice.to, *choice.others)) if key in names]
    known = {key for key, _name in near}
    rest = [(key, name) for key, name in everything if key not in known]
    groups: Options = [(_("All others"), rest)] if rest else []
    return [*near, (NEW, new), (LEFT, _("Leave out")), *groups]


def _select(label: Any, initial: str, choices: Options) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, initial=initial, choices=choices)

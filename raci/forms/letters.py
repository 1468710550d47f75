"""Choosing letters: what a role may hold beside the accountable one, in words."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.domain.scheme import LetterClass, Scheme, split_letters

NONE = "-"


class LettersField(forms.ChoiceField):
    """A choice of letters of a scheme; "-" is the answer that a role holds none."""


def other_letters(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the contents of a cell that do not make a role accountable, with their names."""
    owners = scheme.codes_of(LetterClass.OWNER)
    return [
        (letters, described(scheme, letters))
        for letters in scheme.combinations
        if owners.isdisjoint(split_letters(letters))
    ]


def letters_choices(letters: Iterable[tuple[str, str]]) -> list[tuple[str, object]]:
    """Return the choices of a field that must be answered, but has no answer yet."""
    return [("", gettext_lazy("Choose letters")), *letters, (NONE, gettext_lazy("none"))]


def described(scheme: Scheme, letters: str) -> str:
    """Return letters with their names: "A/R – Accountable and Responsible"; "none" for none."""
    if not letters:
        return _("none")
    return f"{letters} – {spoken(scheme, letters)}"


def spoken(scheme: Scheme, letters: str) -> str:
    """Return the names of letters as one would say them: "Accountable and Responsible"."""
    labels = [_(scheme.by_code[code].label) if code in scheme.by_code else code for code in split_letters(letters)]
    return _(" and ").join(labels)

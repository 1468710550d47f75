"""Sentences of the domain in the language of whoever reads them."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from raci.documents.speech import Language
from raci.domain.lint import Finding
from raci.domain.text import Number, Sentence


def said(sentence: Sentence) -> str:
    """Return a sentence in the current language, with its numbers as people there write them."""
    return sentence.said(gettext, shown_number)


def shown_number(value: Number) -> str:
    """Return a number as people write it in the current language: "10,000", "10.000"."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


def finding_says(finding: Finding) -> str:
    """Return what was found, in the current language."""
    return said(finding.says)


def finding_advises(finding: Finding) -> str:
    """Return what to do about a finding, in the current language."""
    return said(finding.advises)


def spoken_language() -> Language:
    """Return the current language as documents take it. Only while it is current."""
    return Language(gettext, shown_number, date_format)

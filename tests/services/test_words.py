"""Sentences of the domain in the language of whoever reads them."""

import json
from pathlib import Path

import pytest
from django.utils.translation import override

from raci.domain.text import Sentence
from raci.services import scheme_words
from raci.services.words import said

SCHEMES = Path(__file__).resolve().parents[2] / "fixtures" / "schemes.json"


@pytest.fixture
def definitions():
    return [row["fields"]["definition"] for row in json.loads(SCHEMES.read_text(encoding="utf-8"))]


def test_every_word_of_the_schemes_is_marked_for_translation(definitions):
    names = {definition["name"] for definition in definitions}
    assert {name for name in names if not name.replace("-", "").isupper()} == set(scheme_words.NAMES)
    labels = {letter["label"] for definition in definitions for letter in definition["letters"]}
    assert labels == set(scheme_words.LABELS)
    said = {"owner", "lead", "doer"}
    letters = [letter for definition in definitions for letter in definition["letters"]]
    within = {letter["label"].lower() for letter in letters if letter["letter_class"] in said}
    assert within == set(scheme_words.WITHIN_A_SENTENCE)
    assert {definition["empty_means"] for definition in definitions} == set(scheme_words.EMPTY)


def test_numbers_in_a_sentence_are_written_as_people_write_them():
    sentence = Sentence("{count} of {name}", {"count": 10_001, "name": "{x}"})
    assert str(sentence) == "10,001 of {x}"
    with override("de"):
        assert said(sentence) == "10.001 of {x}"


def test_a_name_in_a_sentence_is_not_filled():
    assert str(Sentence("{scheme} it is", {"scheme": Sentence("{odd} %s")})) == "{odd} %s it is"

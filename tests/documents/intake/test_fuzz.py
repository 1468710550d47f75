"""Spoilt files: whatever they have become, the guard says yes or a sentence, and reading them ends in an answer.

Longer, with other seeds: python -m benchmarks.fuzz --minutes 10
"""

import random

import pytest

from raci.documents.intake.guard import admit
from raci.documents.intake.refused import Refused
from raci.documents.intake.sandbox import read_file
from tests.documents.intake.mutation import mutated, seeds

SEED = 6
# For each good file in the guard; in all through the process that reads.
IN_THE_GUARD, IN_A_PROCESS = 35, 20


@pytest.mark.parametrize(("name", "content"), seeds().items())
def test_the_guard_says_yes_or_a_sentence(name: str, content: bytes) -> None:
    chance = random.Random(f"{SEED} {name}")
    admitted = refused = 0
    for _time in range(IN_THE_GUARD):
        try:
            admit(mutated(content, chance), name)
            admitted += 1
        except Refused as refusal:
            assert str(refusal)
            refused += 1
    assert admitted
    assert refused


@pytest.mark.slow
def test_reading_ends_in_an_answer() -> None:
    chance = random.Random(SEED)
    workbooks = [(name, content) for name, content in seeds().items() if not name.endswith(("md", "html"))]
    kinds = []
    for _time in range(IN_A_PROCESS):
        name, content = chance.choice(workbooks)
        [kind] = read_file(mutated(content, chance), name)
        kinds.append(kind)
    assert set(kinds) == {"foreign", "refused"}

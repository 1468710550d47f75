"""Text packed part by part unpacks as one."""

import gzip
import random

from hypothesis import given
from hypothesis import strategies as st

from raci.web.packing import Part, pack


@given(st.lists(st.builds(Part, st.text(), st.booleans()), max_size=6))
def test_parts_come_out_as_one_text(parts):
    assert gzip.decompress(pack(parts)).decode() == "".join(part.text for part in parts)


def test_large_parts_of_both_sorts_come_out_as_they_went_in():
    chance = random.Random(1)
    parts = [Part("".join(chance.choices(' !"#$é漢', k=200_000)), index % 2 == 0) for index in range(3)]
    assert gzip.decompress(pack(parts)).decode() == "".join(part.text for part in parts)


def test_the_same_text_gives_the_same_bytes():
    assert pack([Part("A"), Part("B", letters=True)]) == pack([Part("A"), Part("B", letters=True)])


def test_letters_in_no_order_are_packed_tighter_as_letters():
    text = "".join(random.Random(2).choices(' !"#$', [55, 15, 15, 10, 5], k=100_000))
    assert len(pack([Part(text, letters=True)])) < len(pack([Part(text)]))

"""Workbooks of ours with holes, repeats and nonsense in them: refused or read, and never a crash."""

import random

import pytest

from raci.documents.intake.refused import Refused
from raci.documents.workbook.reader import is_ours, keys_lost, read_home
from raci.domain.homecoming import bring_home
from tests.documents.opening import written
from tests.documents.rewriting import Parts, packed, parts_of, rewritten
from tests.documents.sample import sample

_NONSENSE = (
    b'<c r="A1"/>', b"</row>", b"</c>", b't="s"', b't="e"', b"<f>", b'r="999999999"', b'r="-3"', b"&#0;", b"&x;",
    b"</sheetData>", b"<v>99</v>", b'hidden="1"', b"role:pm", b"_xD800_", b"\xff",
    b'min="1" max="999999999" hidden="1"', b"<rPh>", b't="inlineStr"', b"count:A", b'Target="../../../x"',
)  # fmt: skip


def mutated(parts: Parts, chance: random.Random) -> bytes:
    """Return a workbook with a few bytes of one part cut out, repeated, replaced or put in."""
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels")) and "/theme/" not in name])
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(data)), chance.randrange(len(data))
        change = chance.randrange(4)
        if change == 0:
            del data[at : min(at + chance.randint(1, 40), len(data) - 1)]
        elif change == 1:
            data[at:at] = chance.choice(_NONSENSE)
        elif change == 2:
            data[at:at] = data[other : other + chance.randint(1, 300)]
        else:
            data[at] = chance.randrange(256)
    return packed({**parts, name: bytes(data)})


@pytest.mark.parametrize("seed", range(4))
def test_no_mutation_of_a_good_file_is_more_than_refused(seed: int) -> None:
    chance = random.Random(seed)
    whole = written(sample())
    files = (parts_of(whole), parts_of(rewritten(whole)))
    read = 0
    for _ in range(60):
        content = mutated(chance.choice(files), chance)
        try:
            is_ours(content)
            keys_lost(content)
            brought = read_home(content)
        except Refused:
            continue
        if brought.matrix == sample().matrix.key:
            bring_home(sample().matrix, brought)
            read += 1
    assert read > 5


def test_a_text_that_no_cell_holds_is_refused() -> None:
    parts = parts_of(written(sample()))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"RES-1", b"x" * 300_000, 1)
    with pytest.raises(Refused):
        read_home(packed(parts))

"""Words a typing error or two away, held against a table that compares them one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.domain.near import Near, forgiven


def table(typed: str, meant: str) -> list[list[int]]:
    """The table of optimal string alignment as textbooks have it: row i, column j for the first i and j letters."""
    rows = [list(range(len(meant) + 1)), *([i] + [0] * len(meant) for i in range(1, len(typed) + 1))]
    for i in range(1, len(typed) + 1):
        for j in range(1, len(meant) + 1):
            wrong = typed[i - 1] != meant[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + wrong)
            if i > 1 and j > 1 and typed[i - 1] == meant[j - 2] and typed[i - 2] == meant[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows


def errors(typed: str, meant: str) -> int:
    """The errors between two words; from five letters on, what was typed may be a beginning."""
    last = table(typed, meant)[-1]
    return min(last) if len(typed) >= 5 else last[-1]


@given(st.text("abc", min_size=3, max_size=9), st.sets(st.text("abcd", min_size=1, max_size=11), max_size=40))
def test_exactly_the_words_within_reach_are_found(typed, names):
    counted = {name: errors(typed, name) for name in names}
    assert Near(names).find(typed) == {name: count for name, count in counted.items() if 0 < count <= forgiven(typed)}


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("sing", "sign", {"sign": 1}),
        ("sign", "sign", {}),
        ("contract", "contracts", {}),
        ("contrct", "contracts", {"contracts": 1}),
        ("sig", "signs", {}),
        ("abcdefgh", "badcfehg", {}),
        ("abcdefgh", "badcefgh", {"badcefgh": 2}),
    ],
)
def test_errors_are_counted(typed, meant, found):
    assert Near([meant]).find(typed) == found


@pytest.mark.parametrize(("word", "most"), [("it", 0), ("ven4", 0), ("sign", 1), ("contract", 2), ("a" * 41, 0)])
def test_longer_words_may_have_more_errors(word, most):
    assert forgiven(word) == most

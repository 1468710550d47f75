"""How codes are told apart and sorted."""

from hypothesis import given
from hypothesis import strategies as st

from raci.domain.text import code_key


def test_numbers_count_by_their_value():
    codes = ["VEN-10", "VEN-2", "ven-1", "FIN-3"]
    assert sorted(codes, key=code_key) == ["FIN-3", "ven-1", "VEN-2", "VEN-10"]


def test_codes_that_a_reader_takes_for_the_same_are_the_same():
    assert code_key("VEN-4") == code_key("ven-04") == code_key("ＶＥＮ-4")
    assert code_key("VEN-4") != code_key("VEN-40")


@given(st.integers(0, 10**8 - 1), st.integers(0, 10**8 - 1))
def test_keys_order_numbers_as_numbers(one, other):
    assert (code_key(f"D-{one}") < code_key(f"D-{other}")) == (one < other)

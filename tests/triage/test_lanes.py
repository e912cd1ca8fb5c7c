"""Packed vectors add, multiply and compare like the numbers in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.triage.lanes import NARROW, WIDE, Lanes, limit, pack, weighted

LANES = 7
SMALL = st.lists(st.integers(-1000, 1000), min_size=LANES, max_size=LANES)
EACH_WIDTH = pytest.mark.parametrize("bits", [NARROW, WIDE])


def rows(bits: int) -> st.SearchStrategy[list[int]]:
    """Numbers that fit into lanes."""
    return st.lists(st.integers(1 - limit(bits), limit(bits) - 1), min_size=LANES, max_size=LANES)


@given(st.lists(st.tuples(st.integers(-100, 100), SMALL), max_size=8))
def test_sums_of_multiples(terms: list[tuple[int, list[int]]]) -> None:
    """A sum of multiples of packed vectors is the packed sum."""
    packed = sum(factor * pack(values, WIDE) for factor, values in terms)
    expected = [sum(factor * values[lane] for factor, values in terms) for lane in range(LANES)]
    assert Lanes(LANES, WIDE).signed(packed) == expected
    factors, rows = [factor for factor, _ in terms], [pack(values, WIDE) for _, values in terms]
    assert weighted(factors, rows) == packed


@EACH_WIDTH
@given(st.data())
def test_largest(bits: int, data: st.DataObject) -> None:
    """The largest value of each lane is found, and nothing below zero."""
    vectors = data.draw(st.lists(rows(bits), max_size=8))
    found = Lanes(LANES, bits).largest(pack(row, bits) for row in vectors)
    assert [value - limit(bits) for value in found] == [
        max([0, *(row[lane] for row in vectors)]) for lane in range(LANES)
    ]


@EACH_WIDTH
@given(st.data())
def test_sum_stays_signed(bits: int, data: st.DataObject) -> None:
    """Negative lanes do not disturb their neighbours."""
    one, other = ([value // 2 for value in data.draw(rows(bits))] for _ in range(2))
    found = Lanes(LANES, bits).largest([pack(one, bits) + pack(other, bits)])
    assert [value - limit(bits) for value in found] == [max(0, a + b) for a, b in zip(one, other, strict=True)]

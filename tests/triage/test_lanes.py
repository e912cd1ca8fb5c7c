"""Packed vectors add, multiply and compare like the numbers in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skill.triage.lanes import LIMIT, WIDE_BITS, Largest, pack, unpack_wide

LANES = 7
SMALL = st.lists(st.integers(-1000, 1000), min_size=LANES, max_size=LANES)
ROWS = st.lists(st.integers(1 - LIMIT, LIMIT - 1), min_size=LANES, max_size=LANES)


@given(st.lists(st.tuples(st.integers(-100, 100), SMALL), max_size=8))
def test_sums_of_multiples(terms: list[tuple[int, list[int]]]) -> None:
    """A sum of multiples of packed vectors is the packed sum."""
    packed = sum(factor * pack(values, WIDE_BITS) for factor, values in terms)
    expected = [sum(factor * values[lane] for factor, values in terms) for lane in range(LANES)]
    assert list(unpack_wide(packed, LANES)) == expected


@given(st.lists(ROWS, max_size=8))
def test_largest(rows: list[list[int]]) -> None:
    """The largest value of each lane is found, and nothing below zero."""
    found = Largest(LANES).of([pack(row) for row in rows])
    expected = [max([0, *(row[lane] for row in rows)]) for lane in range(LANES)]
    assert [value - LIMIT for value in found] == expected


@given(ROWS, ROWS)
def test_sum_stays_signed(one: list[int], other: list[int]) -> None:
    """Negative lanes do not disturb their neighbours."""
    halves = [[value // 2 for value in row] for row in (one, other)]
    found = Largest(LANES).of([pack(halves[0]) + pack(halves[1])])
    assert [value - LIMIT for value in found] == [max(0, a + b) for a, b in zip(*halves, strict=True)]

"""The second layer does in packed numbers what sums and products do one by one."""

from __future__ import annotations

from operator import add

from hypothesis import given
from hypothesis import strategies as st

from skill.triage.deeper import Deeper
from skill.triage.lanes import NARROW, WIDE, limit, pack

FIRST, UNTIL, CHANNELS, FILTERS, APART = 6, 5, 3, 4, 2
WEIGHT = st.integers(-127, 127)
ANSWERS = st.lists(st.lists(st.integers(-9000, 9000), min_size=FIRST, max_size=FIRST), min_size=1, max_size=6)
BANKS = st.lists(
    st.lists(st.lists(WEIGHT, min_size=FILTERS, max_size=FILTERS), min_size=CHANNELS, max_size=CHANNELS),
    min_size=3,
    max_size=3,
)
FLOORS = st.lists(st.integers(-5000, 5000), min_size=CHANNELS, max_size=CHANNELS)


@given(ANSWERS, BANKS, FLOORS)
def test_strongest(answers: list[list[int]], banks: list[list[list[int]]], floors: list[int]) -> None:
    """Each filter's strongest answer over all places, to nothing but what it sees."""
    found = Deeper(UNTIL, floors, banks, APART).strongest([pack(row, NARROW) for row in answers])
    seen = [[max(0, strength) for strength in map(add, row[UNTIL - CHANNELS : UNTIL], floors)] for row in answers]
    places = range(len(seen))
    expected = [max(0, *(_answer(seen, banks, place, each) for place in places)) for each in range(FILTERS)]
    assert [value - limit(WIDE) for value in found] == expected


def _answer(seen: list[list[int]], banks: list[list[list[int]]], place: int, each: int) -> int:
    return sum(
        strength * bank[channel][each]
        for at, bank in zip((place - APART, place, place + APART), banks, strict=True)
        if 0 <= at < len(seen)
        for channel, strength in enumerate(seen[at])
    )

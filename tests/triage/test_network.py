"""The network reads any words, and its whole numbers cannot overflow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.triage.lanes import NARROW, Lanes, limit
from skill.triage.network import STRIDE, WINDOW, network, spelled_out, windows, words_of

WORDS = st.lists(st.sampled_from(["my", "leg", "is", "numb", "chest", "not", "never", "zzyzx", "the", "phone"]))


def test_short_forms_are_spelled_out() -> None:
    """Short forms and curly apostrophes become plain words."""
    assert words_of("I can\u2019t feel it; she's sure it won't") == [
        "i",
        "cannot",
        "feel",
        "it",
        "she",
        "s",
        "sure",
        "it",
        "will",
        "not",
    ]
    assert spelled_out("HE'D") == "he would"


@given(WORDS)
def test_a_reading_for_each_window(words: list[str]) -> None:
    """Every word is read, at most a window at a time, and the same words give the same scores."""
    long = words * 30
    readings = [network("en").read(window) for window in windows(long)]
    assert readings == [network("en").read(window) for window in windows(long)]
    assert bool(readings) == bool(long)
    assert len(readings) >= (len(long) - WINDOW) / STRIDE
    for reading in readings:
        assert len(reading.tiers) == len(network("en").tiers)
        assert network("en").category(reading) in network("en").categories


def test_words_beyond_the_window_change_nothing_before_it() -> None:
    """A longer talk is read in windows, the first of them like a talk that ends there."""
    first = ["cake"] * WINDOW
    before, *_ = windows(first + ["chest"] * WINDOW)
    assert network("en").read(before) == network("en").read(first)
    assert windows(first) == [first]


@pytest.mark.parametrize("name", ["en", "en.second"])
def test_no_lane_can_overflow(name: str) -> None:
    """Whatever the words, what a filter answers stays below the limit of its lane."""
    trained = network(name)
    lanes = Lanes(trained.filters, NARROW)
    bound = [0] * trained.filters
    rows = [trained.shares(row) for row in range(trained.known_words)]
    for offset in range(trained.reach):
        above = lanes.largest(row[offset] for row in rows)
        below = lanes.largest(-row[offset] for row in rows)
        for lane, pair in enumerate(zip(above, below, strict=True)):
            bound[lane] += max(pair) - limit(NARROW)
    assert 0 < max(bound) < limit(NARROW)

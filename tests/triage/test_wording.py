"""Tests of text as a row of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.triage.wording import Spelling, split

SPELLING = Spelling(
    whole={"can't": ("cannot",), "i'm": ("i", "am")},
    endings={"n't": ("not",), "'s": ()},
    pairs={("can", "not"): "cannot", ("d", "v"): "dv", ("dv", "t"): "dvt"},
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'm FINE", "i am fine"),
        ("can't", "cannot"),
        ("can\u2019t", "cannot"),
        ("can not", "cannot"),
        ("isn't", "is not"),
        ("mum's leg", "mum leg"),
        ("o'clock", "oclock"),
        ("d. v. t.", "dvt"),
        ("snake_case", "snake case"),
        ("F\u00fc\u00dfe", "f\u00fc\u00dfe"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    """Case goes, short forms are spelled out, letters are joined."""
    assert " ".join(split(text, SPELLING).words) == words


def test_stops_and_pauses() -> None:
    """The words that begin a sentence or follow a comma are known by their index; a letter's point is no stop."""
    words = split("No, really. Help! a. b", SPELLING)
    assert words.pauses == {1}
    assert words.stops == {2, 3}


@given(st.text())
def test_spans(text: str) -> None:
    """Every word stands in the text, in order."""
    words = split(text, SPELLING)
    assert len(words.words) == len(words.spans)
    assert list(words.spans) == sorted(words.spans)
    assert all(0 <= start < end <= len(text) for start, end in words.spans)

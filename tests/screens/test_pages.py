"""Pages hold the whole answer in whole sentences, and none is much fuller than the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.screens.pages import FULL, LONGEST, pages, scale

SENTENCES = st.lists(st.text("abc de", min_size=1, max_size=120).map(str.strip).filter(bool), min_size=1, max_size=9)


@given(SENTENCES)
def test_nothing_is_lost(sentences: list[str]) -> None:
    """All pages together are the text, and a page is too long only where one sentence is."""
    text = " ".join(f"{sentence}." for sentence in sentences)
    several = pages(text)
    assert " ".join(several) == text
    longest = max(len(f"{sentence}.") for sentence in sentences)
    assert max(map(len, several)) <= max(LONGEST, longest)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ((20,), (20,)),
        ((100, 100, 100), (100, 100, 100)),
        ((70, 70, 70, 70), (141, 141)),
        ((100, 50, 50), (100, 101)),
        ((200, 30, 30), (200, 61)),
    ],
)
def test_even(lengths: tuple[int, ...], expected: tuple[int, ...]) -> None:
    """As few pages as hold the text, and with as many the fullest is as empty as it can be."""
    text = " ".join("x" * (length - 1) + "." for length in lengths)
    assert tuple(map(len, pages(text))) == expected


def test_scale() -> None:
    """Pages of the usual length are written large, longer ones smaller."""
    assert scale(("x" * FULL,)) == scale(("x",)) == 1
    assert scale(("x" * FULL * 4, "x")) == 0.5

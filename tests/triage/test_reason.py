"""The words that decided stand in the text, and say by themselves what the text says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.triage.detector import detect
from skill.triage.reason import deciding_words
from tests.utterances.corpus import read

SHORTER = 0.8
"""Share of the words that is enough to decide, over many utterances."""


@given(st.text())
def test_any_text(text: str) -> None:
    """There are words exactly where there is a finding."""
    assert bool(deciding_words(text, "en-US")) == (detect(text, "en-US") is not None)


def test_words_decide_by_themselves() -> None:
    """They are neighbours in the text, they lead to the same finding, and mostly they are fewer."""
    found = [row.text for row in read("tune")[::400] if detect(row.text, "en-US")]
    decided = [deciding_words(text, "en-US") for text in found]
    assert [text for text, words in zip(found, decided, strict=True) if words not in text] == []
    assert [detect(words, "en-US") for words in decided] == [detect(text, "en-US") for text in found]
    assert sum(len(words.split()) for words in decided) < SHORTER * sum(len(text.split()) for text in found)


@pytest.mark.parametrize("text", ["", "play some music", "..."])
def test_nothing_found(text: str) -> None:
    """Where nothing is found, no words decided."""
    assert deciding_words(text, "en-US") == ""

"""Samples are spoken with words in their slots, and words are held against them."""

from __future__ import annotations

import pytest

from skill.packaging.samples import Sample, words
from tests.interaction_model.sentences import fits, may_meet, spoken


def test_samples_are_spoken_with_every_filling() -> None:
    """Slots are filled from left to right; a slot that takes any words leaves nothing to say."""
    heard = {"plant": ["rose", "oak"], "note": []}
    assert list(spoken(Sample("A", "the {plant}'s by the {plant}"), {"plant": ["oak"]})) == ["the oak's by the oak"]
    assert list(spoken(Sample("A", "a {plant} here"), heard)) == ["a rose here", "a oak here"]
    assert list(spoken(Sample("A", "write {note}"), heard)) == []
    assert list(spoken(Sample("A", "no slot"), heard)) == ["no slot"]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("my {who} {sign}", "my old man has gone pale", True),
        ("my {who} {sign}", "my old man", False),
        ("my {who} {sign}", "my man man", False),
        ("my {sign}", "my", False),
        ("my {sign} now", "my has gone pale", False),
        ("my {sign} now", "my has gone pale now", True),
        ("my {who}'s here", "my old man's here", True),
        ("my man", "my man", True),
    ],
)
def test_fits(text: str, said: str, expected: bool) -> None:
    """Fixed words stand as they are, and every slot holds words of its list."""
    heard = {"who": {"man", "old man"}, "sign": {"has gone pale"}}
    assert fits(words(text), words(said), heard) is expected


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("start the {x}", "start the {y} one", True),
        ("start the {x} now", "start the {y} one", False),
        ("start {x}", "stop {x}", False),
        ("go", "go back", False),
        ("go back", "go back", True),
        ("go {x}", "go", False),
    ],
)
def test_may_meet(text: str, other: str, expected: bool) -> None:
    """Only samples that agree outside their slots can be spoken alike."""
    assert may_meet(words(text), words(other)) is expected
    assert may_meet(words(other), words(text)) is expected

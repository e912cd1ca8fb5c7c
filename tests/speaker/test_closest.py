"""Tests of the closest sample."""

import pytest

from skill.speaker.closest import Choice, Closest
from skill.speaker.matching import Match
from skill.speaker.model import template
from skill.speaker.words import words

SAMPLES = {
    "why is my leg numb": "CausesIntent",
    "what helps": "RemediesIntent",
    "start the leg swings": "StartIntent",
    "start the foot bath": "BathIntent",
    "stop": "StopIntent",
}
CLOSEST = Closest(
    [Choice(Match(template(intent, sample, {})), words(sample)) for sample, intent in SAMPLES.items()],
    light=frozenset({"the", "is", "my", "a", "please", "'s"}),
    negations=frozenset({"don't", "not"}),
)


@pytest.mark.parametrize(
    ("said", "sample"),
    [
        ("why's my leg gone numb", "why is my leg numb"),
        ("start a leg swing", "start the leg swings"),
        ("start my foot bath please", "start the foot bath"),
        ("please stop", "stop"),
        ("numb is my leg why", "why is my leg numb"),
    ],
)
def test_find(said: str, sample: str) -> None:
    """Filler, order and forms of a word matter little."""
    found = CLOSEST.find(words(said), 0.6)
    assert found is not None
    assert found[0].match.template.sample == sample
    assert 0.6 <= found[1] <= 1


@pytest.mark.parametrize(
    "said", ["what is the weather", "start the car", "the", "my is a", "", "stamp", "zzz", "don't stop"]
)
def test_find_nothing(said: str) -> None:
    """Common words, a telling word among strange ones, or the opposite do not make a sample close."""
    assert CLOSEST.find(words(said), 0.6) is None


def test_same_words_score_one() -> None:
    """A sample's own words cannot be closer to anything."""
    for sample in SAMPLES:
        found = CLOSEST.find(words(sample), 0.6)
        assert found is not None
        assert (found[0].match.template.sample, round(found[1], 6)) == (sample, 1.0)


def test_score_falls_with_strange_words() -> None:
    """Each word that no sample has makes it less likely that one is meant."""
    scores = []
    for said in ("what helps", "what helps tomatoes", "what helps tomatoes grow"):
        found = CLOSEST.find(words(said), 0.1)
        assert found is not None
        scores.append(found[1])
    assert scores == sorted(set(scores), reverse=True)

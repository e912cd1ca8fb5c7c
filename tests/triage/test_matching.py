"""Tests of phrases and how they are found."""

from __future__ import annotations

import pytest

from skill.triage.matching import Element, PhraseTree, elements
from skill.triage.wording import Spelling, Words, split

CLASSES: dict[str, Element] = {"LEG": frozenset({("leg",), ("lower", "limb")})}
FILLERS = frozenset({"is", "my", "so"})


def found(phrase: str, text: str) -> list[tuple[int, ...]]:
    """Where a phrase is in a text."""
    tree = PhraseTree(FILLERS)
    for steps in elements(phrase, CLASSES):
        tree.add(steps, 0)
    words: Words = split(text, Spelling({}, {}, {}))
    return [match.at for match in tree.find(words, words.stops)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("leg cold", "leg cold"),
        ("leg cold", "leg is so so so cold"),
        ("leg cold", "leg feels very cold"),
        ("leg-cold", "leg is cold"),
        ("leg ... cold", "leg one two three four five six seven cold"),
        ("LEG cold", "lower limb cold"),
        ("leg + cold", "cold leg"),
        ("leg + cold", "leg cold"),
        ("swell*", "swelling"),
        ("hot|cold leg", "cold leg"),
        ("cut_off|gone", "it was cut off"),
        ("leg cold", "cold leg cold"),
    ],
)
def test_found(phrase: str, text: str) -> None:
    """What the phrase allows is found."""
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("leg cold", "cold leg"),
        ("leg cold", "leg one two three cold"),
        ("leg cold", "leg. cold"),
        ("leg-cold", "leg very cold"),
        ("leg ... cold", "leg one two three four five six seven eight cold"),
        ("leg cold", "leg" + " is" * 40 + " cold"),
        ("swell", "swelling"),
        ("cut_off|gone", "cut it off"),
        ("LEG cold", "lower cold"),
    ],
)
def test_not_found(phrase: str, text: str) -> None:
    """What the phrase does not allow is not found."""
    assert not found(phrase, text)


def test_at() -> None:
    """A match is told by the words that it is made of."""
    assert found("LEG ... cold", "my lower limb is really cold") == [(1, 2, 5)]


@pytest.mark.parametrize("phrase", ["ARM cold", "", "leg  |cold", "le*g", "leg..cold"])
def test_malformed(phrase: str) -> None:
    """A phrase that is not well formed is an error."""
    with pytest.raises(ValueError, match="neither a word nor the name"):
        list(elements(phrase, CLASSES))

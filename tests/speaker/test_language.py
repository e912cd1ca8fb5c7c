"""Tests of the words that a device knows without any model."""

import pytest

from skill.speaker.words import normalised, words
from tests.speaker.small import LANGUAGE, numbers


def test_phrases_are_normalised() -> None:
    """Every phrase of the language file is written as a recogniser prints it, so that it can be heard."""
    phrases = [phrase for several in LANGUAGE.intents.values() for phrase in several] + [*LANGUAGE.times["named"]]
    assert phrases
    assert [phrase for phrase in phrases if phrase != normalised(phrase)] == []


def test_no_phrase_belongs_to_two_intents() -> None:
    """What people say for one of Amazon's intents is not said for another."""
    seen: dict[str, str] = {}
    for intent, phrases in LANGUAGE.intents.items():
        for phrase in phrases:
            assert seen.setdefault(phrase, intent) == intent


@pytest.mark.parametrize(
    ("spelling", "number"),
    [
        ("zero", 0),
        ("twenty one", 21),
        ("one hundred and forty two", 142),
        ("one hundred forty two", 142),
        ("a hundred", 100),
        ("a hundred and six", 106),
        ("a hundred six", 106),
        ("two hundred", 200),
    ],
)
def test_numbers_in_every_spelling(spelling: str, number: int) -> None:
    """A number is known however it is said."""
    assert LANGUAGE.numbers(numbers())[words(spelling)] == number

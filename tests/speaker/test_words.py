"""Tests of text as a recogniser prints it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.words import joined, normalised, words


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Why is my leg NUMB?", "why is my leg numb"),
        ("  well,\tyes \n", "well yes"),
        ("why\u2019s my leg numb", "why's my leg numb"),
        ("don't", "don't"),
        ("'hello' she said", "hello she said"),
        ("my legs' muscles", "my legs muscles"),
        ("B-12", "b 12"),
        ("vitamin b. twelve", "vitamin b twelve"),
        ("twenty\u2013one", "twenty one"),
        ("do 10!", "do 10"),
        ("snake_case", "snake case"),
        ("Füße", "füße"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_normalised(typed: str, heard: str) -> None:
    """Text loses case and punctuation, and keeps apostrophes inside words."""
    assert normalised(typed) == heard


def test_possessive_is_a_word() -> None:
    """A slot may stand before a possessive, and joining undoes the parting."""
    assert words("my mom's leg") == ("my", "mom", "'s", "leg")
    assert joined(words("my mom's leg")) == "my mom's leg"


@given(st.text())
def test_normalised_is_stable(text: str) -> None:
    """What a recogniser printed is printed the same again."""
    assert normalised(normalised(text)) == normalised(text)

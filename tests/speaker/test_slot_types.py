"""Tests of what may stand in a slot."""

import pytest

from skill.speaker.slot_types import FreeText, Listed, Number
from skill.speaker.words import words

CAUSES = Listed.from_schema(
    {
        "name": "CauseName",
        "values": [
            {"id": "vitamin_b12", "name": {"value": "Vitamin B-12", "synonyms": ["b. twelve", "a deficiency"]}},
            {"id": "iron", "name": {"value": "iron", "synonyms": ["a deficiency"]}},
            {"name": {"value": "pizza"}},
        ],
    }
)
NUMBER = Number({words("ten"): 10, words("twenty one"): 21, words("twenty"): 20})


@pytest.mark.parametrize("said", ["vitamin b 12", "b twelve", "B Twelve!"])
def test_listed_names_and_synonyms(said: str) -> None:
    """A name and a synonym both lead to the id and the name."""
    filling = CAUSES.fill(words(said))
    assert filling is not None
    assert filling.matches == (("vitamin_b12", "Vitamin B-12"),)


def test_listed_values_may_share_words() -> None:
    """Words of two values match both, in the model's order."""
    filling = CAUSES.fill(words("a deficiency"))
    assert filling is not None
    assert [id_ for id_, _ in filling.matches] == ["vitamin_b12", "iron"]


def test_listed_takes_nothing_else() -> None:
    """Words that are not listed fill nothing."""
    assert CAUSES.fill(words("vitamin")) is None
    assert CAUSES.fill(()) is None


def test_value_without_id_has_a_derived_one() -> None:
    """A value without an id gets the hash of its name, as Amazon sends it."""
    filling = CAUSES.fill(("pizza",))
    assert filling is not None
    assert filling.matches == (("7cf2db5ec261a0fa27a502d3196a6f60", "pizza"),)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("ten", "10"),
        ("twenty one", "21"),
        ("7", "7"),
        ("007", "7"),
        ("0", "0"),
        ("many", None),
        ("1 2", None),
        ("", None),
    ],
)
def test_number(said: str, digits: str | None) -> None:
    """Numbers are digits or known words, and reach the skill as digits."""
    filling = NUMBER.fill(words(said))
    assert (filling and filling.value) == digits


def test_first_number_is_the_longest() -> None:
    """A number among other words is found whole."""
    assert NUMBER.first(words("make it twenty one times")) == (2, 4)
    assert NUMBER.first(words("make it so")) is None


def test_free_text_takes_anything_but_nothing() -> None:
    """Free text needs a word at the least."""
    filling = FreeText().fill(words("all of it"))
    assert filling is not None
    assert (filling.value, filling.matches) == ("all of it", ())
    assert FreeText().fill(()) is None

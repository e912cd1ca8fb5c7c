"""Tests of what may stand in a slot."""

import pytest

from skill.speaker.slot_types import FreeText, Listed, Number, Time, first
from skill.speaker.words import words
from tests.speaker.small import LANGUAGE, numbers

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
TIME = Time(LANGUAGE.clock(LANGUAGE.numbers(numbers())))


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


@pytest.mark.parametrize(
    ("said", "value"), [("half past nine", "21:30"), ("evening", "EV"), ("soon", None), ("", None)]
)
def test_time(said: str, value: str | None) -> None:
    """Times reach the skill in digits, and parts of the day in two letters."""
    filling = TIME.fill(words(said))
    assert (filling and filling.value) == value
    assert filling is None or filling.matches == ()


def test_first_filling_is_the_longest() -> None:
    """A number or a time among other words is found whole."""
    assert first(NUMBER, words("make it twenty one times")) == (2, 4)
    assert first(NUMBER, words("make it so")) is None
    assert first(TIME, words("wake me at half past nine in the evening please")) == (3, 9)
    assert first(TIME, words("wake me up")) is None


def test_phrases_fill_their_type() -> None:
    """What a type tells of its fillings is a filling."""
    for each in (CAUSES, NUMBER, TIME):
        phrases = list(each.phrases())
        assert phrases
        assert all(each.fill(phrase) for phrase in phrases)
        assert max(map(len, phrases)) <= each.longest
    assert list(FreeText().phrases()) == []


def test_free_text_takes_anything_but_nothing() -> None:
    """Free text needs a word at the least."""
    filling = FreeText().fill(words("all of it"))
    assert filling is not None
    assert (filling.value, filling.matches) == ("all of it", ())
    assert FreeText().fill(()) is None

"""Tests of times of day in words."""

import pytest

from skill.speaker.words import words
from tests.speaker.small import LANGUAGE, numbers

CLOCK = LANGUAGE.clock(LANGUAGE.numbers(numbers()))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("nine", "21:00"),
        ("nine o'clock", "21:00"),
        ("nine thirty", "21:30"),
        ("nine oh five", "21:05"),
        ("half past nine", "21:30"),
        ("half nine", "21:30"),
        ("a quarter past nine", "21:15"),
        ("quarter after nine", "21:15"),
        ("quarter to ten", "21:45"),
        ("quarter of ten", "21:45"),
        ("twenty five to ten", "21:35"),
        ("ten minutes past nine", "21:10"),
        ("twelve", "12:00"),
        ("quarter to one", "12:45"),
        ("twenty one thirty", "21:30"),
    ],
)
def test_time_without_its_half_of_the_day(said: str, value: str) -> None:
    """It is the one from noon on."""
    assert CLOCK.read(words(said)) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("nine p m", "21:00"),
        ("nine p.m.", "21:00"),
        ("nine a m", "09:00"),
        ("twelve a m", "00:00"),
        ("twelve p m", "12:00"),
        ("half past six in the morning", "06:30"),
        ("three in the afternoon", "15:00"),
        ("seven in the evening", "19:00"),
        ("ten at night", "22:00"),
        ("twelve at night", "00:00"),
        ("one at night", "01:00"),
        ("quarter to one at night", "00:45"),
        ("evening at nine", "21:00"),
        ("morning at seven", "07:00"),
    ],
)
def test_words_beside_it_tell_the_half(said: str, value: str) -> None:
    """They may stand before or after it."""
    assert CLOCK.read(words(said)) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("in the morning", "MO"),
        ("afternoon", "AF"),
        ("this evening", "EV"),
        ("tonight", "NI"),
    ],
)
def test_names(said: str, value: str) -> None:
    """Some times have a name, and a part of the day has Amazon's two letters."""
    assert CLOCK.read(words(said)) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("9", "21:00"),
        ("9pm", "21:00"),
        ("9:30 PM", "21:30"),
        ("9:05", "21:05"),
        ("9 o'clock", "21:00"),
        ("21:00", "21:00"),
        ("07:30", "07:30"),
        ("00:15", "00:15"),
    ],
)
def test_digits(said: str, value: str) -> None:
    """Whoever types may write it in digits; a zero first means the clock of twenty-four hours."""
    assert CLOCK.read(words(said)) == value


@pytest.mark.parametrize(
    "said", ["", "soon", "nine leg swings", "nine five", "thirty", "25:00", "p m", "half past", "half"]
)
def test_no_time(said: str) -> None:
    """Anything else is no time."""
    assert CLOCK.read(words(said)) is None


def test_phrases_are_times_in_words() -> None:
    """They have every name and every hour of both halves, and none of them is in digits or too long."""
    phrases = list(CLOCK.phrases())
    values = {CLOCK.read(phrase) for phrase in phrases}
    assert {f"{hour:02}:00" for hour in range(24)} | {"MO", "AF", "EV", "NI"} == values
    assert not any(word.isdigit() for phrase in phrases for word in phrase)


def test_longest() -> None:
    """No time has more words."""
    longest = words("twenty five minutes past nine in the evening")
    assert CLOCK.read(longest) == "21:25"
    assert CLOCK.longest >= len(longest)
    assert max(map(len, CLOCK.phrases())) <= CLOCK.longest

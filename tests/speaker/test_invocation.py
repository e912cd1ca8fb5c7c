"""Tests of whom an utterance addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.invocation import Addressed, Invocation
from skill.speaker.words import normalised
from tests.speaker.small import LANGUAGE

SAMPLES = {"about this skill", "if it is serious"}
INVOCATION = Invocation("Steady Legs", LANGUAGE.address, SAMPLES.__contains__)


@pytest.mark.parametrize(
    "said",
    [
        "open steady legs",
        "Alexa, open Steady Legs!",
        "hey alexa launch steady legs",
        "start steady legs",
        "talk to steady legs",
        "begin steady legs",
        "open the steady legs skill",
        "open steady legs please",
        "ask steady legs",
        "ask steady legs to",
        "steady legs",
        "alexa steady legs",
    ],
)
def test_launch(said: str) -> None:
    """The name with nothing to ask opens the skill."""
    assert INVOCATION.address(said) == Addressed("launch")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("ask steady legs to start the short routine", "start the short routine"),
        ("alexa, ask steady legs about the foot bath", "the foot bath"),
        ("ask steady legs for help", "help"),
        ("tell steady legs that my leg is numb", "my leg is numb"),
        ("ask steady legs whether it's my diabetes", "it's my diabetes"),
        ("ask steady legs why my leg is numb", "why my leg is numb"),
        ("ask steady legs how do i prevent it", "how do i prevent it"),
        ("open steady legs and start the leg swings", "start the leg swings"),
        ("start steady legs and make it twenty", "make it twenty"),
        ("what helps using steady legs", "what helps"),
        ("start the foot bath with steady legs", "start the foot bath"),
        ("get help from the steady legs skill", "get help"),
        ("ask steady legs about this skill", "about this skill"),
        ("ask steady legs if it is serious", "if it is serious"),
        ("ask steady legs if it is my diabetes", "it is my diabetes"),
    ],
)
def test_one_shot(said: str, asked: str) -> None:
    """The name with a request asks it; a connector goes unless a sample has it."""
    assert INVOCATION.address(said) == Addressed("one_shot", asked)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("tell me about stretching", "tell me about stretching"),
        ("open the window", "open the window"),
        ("what is a task", "what is a task"),
        ("Alexa, stop.", "stop"),
        ("start the short routine", "start the short routine"),
        ("please open steady legs", "please open steady legs"),
        ("my steady legs are numb", "my steady legs are numb"),
        ("with steady legs", "with steady legs"),
        ("alexander is here", "alexander is here"),
        ("exit the room", "exit the room"),
        ("alexa", ""),
        ("", ""),
    ],
)
def test_plain(said: str, words: str) -> None:
    """Words that do not begin or end with a way to name the skill name nobody."""
    assert INVOCATION.address(said) == Addressed("plain", words)


@pytest.mark.parametrize("said", ["exit", "quit", "Alexa, exit!"])
def test_leave(said: str) -> None:
    """Leaving is for the device."""
    assert INVOCATION.address(said).how == "leave"


@given(st.text())
def test_takes_anything(text: str) -> None:
    """No text raises, and nothing without the name is a launch."""
    assert INVOCATION.address(text).how in {"plain", "leave"} or "steady legs" in normalised(text)

"""What is spoken in a turn: the answer as the skill wrote it, and the device's own words around it."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.turns import Exchange, Turn
from skill.web.simulator.answers import numbers_to_call, reprompt_ssml, spoken_ssml


def turn(speech: str, output: Any, reprompt: str = "", again: Any = None) -> Turn:
    """A turn in which a skill answered so."""
    body = {"outputSpeech": output, "reprompt": {"outputSpeech": again}}
    event = Exchange({}, {"response": {"directives": []}})
    return Turn("", None, (event, Exchange({}, {"response": body}), event), speech, reprompt)


def ssml(inner: str) -> dict[str, str]:
    """An output in SSML."""
    return {"type": "SSML", "ssml": f"<speak>{inner}</speak>"}


def test_answer_as_it_was_written() -> None:
    """With its pauses and all."""
    taken = turn("One. Two.", ssml('One.<break time="1s"/> Two.'), "Two?", ssml("<emphasis>Two</emphasis>?"))
    assert spoken_ssml(taken) == '<speak>One.<break time="1s"/> Two.</speak>'
    assert reprompt_ssml(taken) == "<speak><emphasis>Two</emphasis>?</speak>"


def test_words_of_the_device() -> None:
    """What it announces first and asks last is said around the answer."""
    taken = turn("Ten & ten are up. Very well. May I?", ssml("Very <emphasis>well</emphasis>."))
    assert spoken_ssml(taken) == "<speak>Ten &amp; ten are up. Very <emphasis>well</emphasis>. May I?</speak>"


@pytest.mark.parametrize(
    ("speech", "output"),
    [("a < b", {"type": "PlainText", "text": "a < b"}), ("a < b", None), ("a < b", ssml("other")), ("a < b", 7)],
)
def test_plain_words(speech: str, output: Any) -> None:
    """What is no SSML, or not that of the answer, is said as it is written."""
    assert spoken_ssml(turn(speech, output)) == "<speak>a &lt; b</speak>"


def test_nothing() -> None:
    """Where nothing is said, nothing is spoken."""
    assert spoken_ssml(Turn("", None, (), "", "")) == ""
    assert reprompt_ssml(turn("Well.", ssml("Well."))) == ""


CALL = '<say-as interpret-as="digits">911</say-as>'
OTHER = '<say-as interpret-as="telephone">1-800-222-1222</say-as>'


@pytest.mark.parametrize(
    ("inner", "numbers"),
    [
        (f"Call {CALL} now. Lie down.", ["911"]),
        (f"Call Poison Help on {OTHER}, now. If worse, {CALL}. Or {CALL}.", ["1-800-222-1222", "911"]),
        (f"See a doctor today. If it gets worse, call {CALL}.", []),
        ('It is <say-as interpret-as="date">2026</say-as>.', []),
        ("Nothing.", []),
        ("<b", []),
    ],
)
def test_numbers_to_call(inner: str, numbers: list[str]) -> None:
    """All of them where the first sentence says to call one, for then it is now; none otherwise."""
    assert numbers_to_call(f"<speak>{inner}</speak>") == numbers

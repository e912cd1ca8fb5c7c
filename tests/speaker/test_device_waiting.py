"""Tests of conversations that wait for a screen: open without a question, the microphone closed."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.device import Device
from skill.speaker.screen import Screen
from tests.speaker.responses import APL
from tests.speaker.small import Clock, detect, understanding


def patient(request: dict[str, Any]) -> dict[str, Any]:
    """A skill that shows something and asks nothing until it is told to stop; it counts its turns."""
    if request["request"]["type"] == "SessionEndedRequest":
        return {"version": "1.0", "response": {}}
    turn = request["session"]["attributes"].get("turn", 0) + 1
    has_screen = "Viewport" in request["context"]
    body: dict[str, Any] = {"directives": [APL]} if has_screen else {}
    body["outputSpeech"] = {"type": "SSML", "ssml": f"<speak>Turn {turn}.</speak>"}
    if request["request"].get("intent", {}).get("name") == "AMAZON.StopIntent":
        body["shouldEndSession"] = True
    return {"version": "1.0", "sessionAttributes": {"turn": turn}, "response": body}


def device(screen: Screen | None) -> Device:
    """A device with that skill."""
    return Device(patient, understanding(), "en-US", Clock(), detect, screen=screen)


def test_a_screen_keeps_the_conversation() -> None:
    """Where the end is left out, what is said or touched next belongs to the same conversation."""
    speaker = device(Screen())
    assert speaker.launch().speech == "Turn 1."
    assert speaker.in_session
    assert speaker.say("what helps").speech == "Turn 2."
    assert speaker.touch("t", ["x"], {}).speech == "Turn 3."
    assert speaker.display.shown is not None
    speaker.say("stop")
    assert not speaker.in_session


def test_silence_ends_nothing() -> None:
    """Nobody was asked anything, so nobody is asked again, and the screen goes on."""
    speaker = device(Screen())
    speaker.launch()
    assert speaker.silence().exchanges == ()
    assert speaker.say("what helps").speech == "Turn 2."


@pytest.mark.parametrize("again", ["what helps", "why is my leg numb"])
def test_without_a_screen_it_ends(again: str) -> None:
    """A speaker without a screen has nothing to wait for."""
    speaker = device(None)
    speaker.launch()
    assert not speaker.in_session
    assert speaker.say(again).speech == "Turn 1."

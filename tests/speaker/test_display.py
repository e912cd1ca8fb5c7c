"""Tests of what a device's screen shows."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.device import Device
from skill.speaker.devices import DEVICES
from skill.speaker.display import Display
from skill.speaker.screen import Screen
from tests.speaker.small import Clock, detect, understanding

BROKEN = {"type": "LIST_ERROR", "reason": "INTERNAL_ERROR", "message": "no such component", "listId": ""}
DOCUMENT = {"type": "APL", "version": "1.4", "mainTemplate": {"items": [{"type": "Text", "text": "Hello"}]}}


def render(**more: Any) -> dict[str, Any]:
    """A directive that shows a document."""
    return {"type": "Alexa.Presentation.APL.RenderDocument", "token": "hello", "document": DOCUMENT, **more}


def execute(token: str, *commands: Any) -> dict[str, Any]:
    """A directive that has a document do something."""
    return {"type": "Alexa.Presentation.APL.ExecuteCommands", "token": token, "commands": list(commands)}


def answer(*directives: dict[str, Any]) -> dict[str, Any]:
    """A response with these directives."""
    return {"version": "1.0", "response": {"directives": list(directives)}}


def test_document_is_shown() -> None:
    """With its token and its data; the same one again has another number."""
    display = Display()
    display.follow(answer(render(datasources={"a": {}})), stays=True)
    assert display.shown
    assert (display.shown.number, display.shown.token, display.shown.document) == (1, "hello", DOCUMENT)
    assert display.shown.datasources == {"a": {}}
    display.follow(answer(render()), stays=False)
    assert display.shown.number == 2


@pytest.mark.parametrize("stays", [True, False])
def test_document_stays_with_the_conversation(stays: bool) -> None:
    """An answer without a document leaves the old one, unless the conversation is over."""
    display = Display()
    display.follow(answer(render()), stays=True)
    display.follow(answer(), stays=stays)
    assert (display.shown is not None) is stays


def test_commands_are_taken_once() -> None:
    """Those for the document that is shown, in order; those for another are dropped."""
    display = Display()
    display.follow(
        answer(render(), execute("hello", {"type": "Idle"}, 7), execute("other", {"type": "SpeakItem"})), stays=True
    )
    assert display.taken() == [{"type": "Idle"}]
    assert display.taken() == []


@pytest.mark.parametrize("wrong", [{"document": "none"}, {"document": None}])
def test_what_is_no_document(wrong: dict[str, Any]) -> None:
    """It is not shown."""
    display = Display()
    display.follow(answer({**render(), **wrong}), stays=True)
    assert display.shown is None


def shower(request: dict[str, Any]) -> dict[str, Any]:
    """A skill that shows something, tells what was touched, and asks."""
    kind = request["request"]["type"]
    if kind == "SessionEndedRequest":
        return {"version": "1.0", "response": {}}
    said = f"You touched {request['request']['arguments']}." if kind.endswith("UserEvent") else "Look."
    return {
        "version": "1.0",
        "response": {
            "outputSpeech": {"type": "PlainText", "text": f"{said} And now?"},
            "reprompt": {"outputSpeech": {"type": "PlainText", "text": "Now?"}},
            "directives": [render()],
            "shouldEndSession": False,
        },
    }


def device(screen: Screen | None) -> Device:
    """A device with that skill."""
    return Device(shower, understanding(), "en-US", Clock(), detect, screen=screen)


def test_device_shows_and_is_touched() -> None:
    """A touch is a request in the conversation, with the document's token and what it sends."""
    looked_at = device(Screen())
    looked_at.launch()
    turn = looked_at.touch("hello", ["next", 1], {"type": "TouchWrapper", "handler": "Press", "id": "b"})
    request = turn.exchanges[0].request
    assert turn.speech == "You touched ['next', 1]. And now?"
    assert request["session"]["new"] is False
    assert (request["request"]["token"], request["request"]["arguments"]) == ("hello", ["next", 1])
    assert looked_at.display.shown
    assert looked_at.display.shown.number == 2


def test_screen_is_dark_when_nobody_answers() -> None:
    """With the conversation goes what it showed."""
    looked_at = device(Screen())
    looked_at.launch()
    looked_at.silence()
    assert looked_at.display.shown is None


def test_without_a_screen_nothing_is_shown() -> None:
    """What a skill shows to a device without one is not there."""
    spoken_to = device(None)
    spoken_to.launch()
    assert spoken_to.display.shown is None


def test_failure_is_told() -> None:
    """A document that cannot be shown is told of, in the conversation that it belongs to."""
    looked_at = device(Screen())
    looked_at.launch()
    turn = looked_at.screen_failed("hello", [BROKEN])
    request = turn.exchanges[0].request
    assert request["request"]["type"] == "Alexa.Presentation.APL.RuntimeError"
    assert request["request"]["errors"] == [BROKEN]
    assert request["session"]["sessionId"]
    assert turn.speech == ""


def test_devices() -> None:
    """There is a speaker without a screen, and each screen is as its maker says: in density-independent pixels."""
    seen = {name: (s.width * 160 // s.dpi, s.height * 160 // s.dpi, s.shape) for name, s in DEVICES.items() if s}
    assert DEVICES["none"] is None
    assert seen == {
        "spot": (480, 480, "ROUND"),
        "show5": (960, 480, "RECTANGLE"),
        "show8": (961, 600, "RECTANGLE"),
        "show10": (1280, 800, "RECTANGLE"),
        "show15": (1920, 1080, "RECTANGLE"),
        "tv": (960, 540, "RECTANGLE"),
    }

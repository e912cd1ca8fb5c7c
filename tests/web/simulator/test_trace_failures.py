"""What a skill does wrong: the device says so in the words for that, and the reason tells what and where."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import Any

import pytest
from ask_sdk_core.skill_builder import SkillBuilder

from skill.speaker.envelopes import Envelope
from skill.speaker.response_rules import LARGEST_RESPONSE
from skill.speaker.screen import Screen
from skill.web.simulator.trace import LARGEST_SHOWN
from tests.web.simulator.guarded import (
    WORDS,
    answering,
    device_of,
    guard,
    launched,
    raising,
    screen,
    why_of,
)


@pytest.mark.parametrize(
    "error",
    [ValueError("my secret"), KeyError("my secret"), SystemExit(1), TimeoutError("my secret"), RecursionError()],
)
def test_raising(error: BaseException) -> None:
    """A skill that raises is spoken for, and the reason has the kind and the place but nothing that was said."""
    observed = launched(raising(error))
    assert observed.turn.speech == WORDS["invalid_response"]
    assert observed.failure is not None
    assert observed.failure.type == "INVALID_RESPONSE"
    assert observed.failure.why.startswith(f"{type(error).__name__} in skill, guarded.py:")
    assert "secret" not in observed.failure.why
    assert observed.exchanges[0].response is None


def test_raising_in_a_library() -> None:
    """The place is the skill's own last line, and a library's where the skill has none on the way."""

    def parse(envelope: Envelope) -> Envelope:
        return {"response": {}, "at": datetime.fromisoformat("never")}

    assert "in parse, test_trace_failures.py:" in why_of(launched(parse))
    handler: Any = SkillBuilder().lambda_handler()
    why = why_of(launched(partial(handler, context=None)))
    assert re.fullmatch(r"DispatchException in \w+, dispatch\.py:\d+", why)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "Expected `object`, got `null`"),
        ("Hello", "Expected `object`, got `str`"),
        ([], "Expected `object`, got `array`"),
        ({}, "missing required field `response`"),
        ({"response": "Hello"}, "`$.response`"),
        ({"response": {"outputSpeech": "Hello"}}, "`$.response.outputSpeech`"),
        ({"response": {"outputSpeech": {"type": "SSML", "ssml": 7}}}, "`$.response.outputSpeech.ssml`"),
        ({"response": {"outputSpeech": {"type": "SSML", "ssml": "<speak>a & b</speak>"}}}, "not well-formed"),
        ({"response": {"shouldEndSession": "yes"}}, "`$.response.shouldEndSession`"),
        ({"response": {"directives": ["x"]}}, "`$.response.directives[0]`"),
        ({"response": {}, "sessionAttributes": []}, "`$.sessionAttributes`"),
        ({"response": {}, "sessionAttributes": {"long": "x" * LARGEST_RESPONSE}}, "may have 122880"),
        ({"response": {}, "at": datetime(2026, 1, 1, tzinfo=UTC)}, "no JSON: Object of type datetime"),
        ({"response": {}, "sessionAttributes": {"x": float("nan")}}, "no JSON"),
        ({"response": {}, "sessionAttributes": {"x": "\ud800"}}, "no JSON"),
    ],
)
def test_rubbish(answer: Any, why: str) -> None:
    """An answer that no device can use is spoken for, and the reason says what is wrong with it, and where."""
    observed = launched(answering(answer))
    assert observed.turn.speech == WORDS["invalid_response"]
    assert why in why_of(observed)


def test_far_too_large() -> None:
    """A response that would choke the page is left out of it, but not its size."""
    traced = launched(answering({"response": {}, "sessionAttributes": {"x": "x" * LARGEST_SHOWN}})).exchanges[0]
    assert traced.response is None
    assert traced.bytes > LARGEST_SHOWN


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (screen(type="APL", version="1.4"), "missing required field `mainTemplate`"),
        (screen(type="APL", version="1.4", mainTemplate={"items": 7}), "`$.mainTemplate.items`"),
        (screen(type="APL", version="1.4", mainTemplate={"items": []}), "has no items"),
        (screen(type="APL", version="1.4", mainTemplate={"item": {"type": "Txt"}}), "neither a component nor a layout"),
        (screen(type="APL", version="2030.1", mainTemplate={"item": {"type": "Text"}}), "has version 2030.1"),
        (screen(type="HTML"), "RenderDocument: "),
    ],
)
def test_broken_screen(answer: Any, why: str) -> None:
    """A screen that cannot be shown is spoken for, and so is a sound one on a device without a screen."""
    guarded = guard(answering(answer))
    device = device_of(guarded, Screen())
    observed = guarded.observe(device, device.launch)
    assert observed.turn.speech == WORDS["invalid_response"]
    assert why in why_of(observed)
    assert "does not have Alexa.Presentation.APL" in why_of(launched(answering(answer)))


def test_sound_screen() -> None:
    """A document of the device's version is shown, also by one of its own layouts or from Amazon's store."""
    for document in (
        {"type": "APL", "version": "1.4", "mainTemplate": {"items": [{"type": "Text"}]}},
        {"type": "APL", "version": "1.4", "layouts": {"Mine": {}}, "mainTemplate": {"item": [{"type": "Mine"}]}},
        {"type": "APL", "version": "1.4", "import": [{"name": "x"}], "mainTemplate": {"item": {"type": "Theirs"}}},
        {"type": "Link", "src": "doc://alexa/apl/documents/mine"},
    ):
        guarded = guard(answering(screen(**document)))
        device = device_of(guarded, Screen())
        observed = guarded.observe(device, device.launch)
        assert observed.failure is None, document
        assert observed.turn.speech == "Hello?"


def test_slow() -> None:
    """A skill that takes too long is spoken for, and what it answers later is nobody's."""
    late = Event()
    try:
        observed = launched(lambda envelope: {"response": {"late": late.wait(30)}}, deadline_s=0.05)
    finally:
        late.set()
    assert observed.turn.speech == WORDS["endpoint_timeout"]
    assert why_of(observed) == "no answer after 0.05 seconds"
    assert observed.failure is not None
    assert observed.failure.type == "ENDPOINT_TIMEOUT"

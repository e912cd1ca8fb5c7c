"""What a device cannot use of a response: every reason names what is wrong and where, and quotes nobody."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.response_rules import LONGEST_TOKEN
from skill.web.simulator.refusals import refusals
from tests.speaker.responses import farewell, play, question, request, ssml

WORDS = "my leg is blue"


def reasons(response: Any, kind: str = "IntentRequest", *interfaces: str) -> list[str]:
    """Why a device with these interfaces cannot use a small response to a request of that type."""
    return list(refusals(request(kind, *interfaces), response, 100))


@pytest.mark.parametrize("response", [question(), farewell(), {"response": {}}])
def test_sound(response: Any) -> None:
    """A sound response has nothing against it, and one that says nothing is sound."""
    assert reasons(response) == []


def test_null_is_nothing() -> None:
    """A key without a value is as if it were not there."""
    assert reasons({"response": {"reprompt": None, "card": None, "directives": None, "shouldEndSession": None}}) == []


def test_all_reasons() -> None:
    """Where several things are wrong, each is told."""
    speech = ssml("a & b")
    assert reasons(farewell(outputSpeech=speech, reprompt={"outputSpeech": speech})) == [
        "$.response.outputSpeech.ssml cannot be read: the SSML is not well-formed",
        "$.response.reprompt.outputSpeech.ssml cannot be read: the SSML is not well-formed",
    ]


@pytest.mark.parametrize(
    ("speech", "reason"),
    [
        ({"type": "SSML", "text": "Hello"}, "$.response.outputSpeech has no ssml"),
        ({"type": "PlainText", "ssml": "<speak/>"}, "$.response.outputSpeech has no text"),
        ({"type": "PlainText", "text": "x" * 8001}, "has 8001 characters and may have 8000"),
        ({"type": "SSML", "ssml": f"<speak>{'x' * 8000}</speak>"}, "has 8015 characters and may have 8000"),
        (ssml("<blink>Hello</blink>"), "has a <blink>, which no device knows"),
        ({"type": "Text", "text": "Hello"}, "`$.response.outputSpeech.type`"),
    ],
)
def test_speech(speech: Any, reason: str) -> None:
    """Speech must be there, no longer than it may be, and in tags that a device knows."""
    (told,) = reasons(farewell(outputSpeech=speech))
    assert reason in told


@pytest.mark.parametrize("kind", ["AudioPlayer.PlaybackStarted", "SessionEndedRequest", "System.ExceptionEncountered"])
def test_speaking_to_an_event(kind: str) -> None:
    """Nothing may be said or shown where nobody spoke."""
    assert reasons(farewell(), kind) == [f"the answer to {kind} must have no speech, no reprompt and no card"]
    assert reasons({"response": {}}, kind) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"url": "http://example.com/a.mp3"}, "the url of the stream must begin with https://"),
        ({"url": None}, "`url`"),
        ({"token": "x" * (LONGEST_TOKEN + 1)}, "`$.audioItem.stream.token`"),
        ({"token": ""}, "`$.audioItem.stream.token`"),
        ({"offsetInMilliseconds": -1}, "`$.audioItem.stream.offsetInMilliseconds`"),
        ({"playBehavior": "NOW"}, "`$.playBehavior`"),
    ],
)
def test_stream(changes: Any, reason: str) -> None:
    """A stream must be one that a player can play."""
    (told,) = reasons(farewell(directives=[play(**changes)]), "IntentRequest", "AudioPlayer")
    assert told.startswith("AudioPlayer.Play: ")
    assert reason in told


def test_local_stream() -> None:
    """A stream of this machine needs no certificate."""
    directive = play(url="http://127.0.0.1:5000/tracks/a.mp3")
    assert reasons(farewell(directives=[directive]), "IntentRequest", "AudioPlayer") == []


def test_queue_and_commands() -> None:
    """What is told to the queue or the screen must be something that can be done."""
    apl = "Alexa.Presentation.APL"
    wrong = [{"type": "AudioPlayer.ClearQueue"}, {"type": f"{apl}.ExecuteCommands", "token": "t", "commands": [{}]}]
    clear, execute = reasons(farewell(directives=wrong), "IntentRequest", "AudioPlayer", apl)
    assert clear == "AudioPlayer.ClearQueue: Object missing required field `clearBehavior`"
    assert execute.startswith(f"{apl}.ExecuteCommands: ")
    assert "`$.commands[...].type`" in execute or "`$.commands[0]`" in execute


@pytest.mark.parametrize(
    ("newest", "version", "fits"),
    [("1.4", "1.4", True), ("2023.2", "1.10", True), ("1.4", "1.10", False), ("1.10", "1.9", True), (None, "9", True)],
)
def test_version_of_a_screen(newest: str | None, version: str, fits: bool) -> None:
    """A document must not be newer than the device says that it knows, by numbers and not by letters."""
    directive = {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "document": {"type": "APL", "version": version, "mainTemplate": {"items": [{"type": "Text"}]}},
    }
    asked = request("IntentRequest")
    supported = asked["context"]["System"]["device"]["supportedInterfaces"]
    supported["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": newest}} if newest else {}
    assert (list(refusals(asked, farewell(directives=[directive]), 100)) == []) is fits


def test_nobody_is_quoted() -> None:
    """A reason holds nothing of what was said, wherever a skill may have put it."""
    for response in (
        farewell(outputSpeech=ssml(f"You said {WORDS} & more")),
        farewell(outputSpeech={"type": "PlainText", "text": [WORDS]}),
        farewell(outputSpeech=ssml(f"<b>{WORDS}</b>")),
        farewell(card={"type": "Simple", "title": {"x": WORDS}}),
        {"response": {}, "sessionAttributes": WORDS},
        WORDS,
    ):
        told = reasons(response)
        assert told
        assert not any("blue" in reason for reason in told), told

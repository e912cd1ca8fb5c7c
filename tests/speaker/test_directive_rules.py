"""Tests of what a device accepts of directives: streams, and handing somebody over."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.response_rules import broken_rules
from tests.speaker.responses import APL, farewell, play, question, request, ssml


@pytest.mark.parametrize("kind", ["PlaybackController.PlayCommandIssued", "AudioPlayer.PlaybackFinished"])
def test_player_gets_audio_alone(kind: str) -> None:
    """A button or an event of the player is answered by the player."""
    asked = request(kind, "AudioPlayer", "Alexa.Presentation.APL")
    assert broken_rules(asked, {"version": "1.0", "response": {"directives": [play()]}}) == []
    assert broken_rules(asked, {"version": "1.0", "response": {"directives": [play(), APL]}}) == [
        f"the answer to {kind} must have no directives but those of AudioPlayer"
    ]


@pytest.mark.parametrize(
    ("directives", "rule"),
    [
        ([play(), play()], "a response must have no more than one AudioPlayer.Play"),
        ([play(token="x" * 1025)], "the token of a stream must have 1 to 1024 characters and has 1025"),
        ([play(token=None)], "the token of a stream must have 1 to 1024 characters and has 0"),
        ([play(url="http://example.com/a.mp3")], "the url of a stream must begin with https://"),
        ([play(url="http://127.0.0.1.example.com/a.mp3")], "the url of a stream must begin with https://"),
        (
            [play(url="https://example.com/" + "a" * 8000)],
            "the url of a stream has 8020 characters and may have 8000",
        ),
        (
            [play(offsetInMilliseconds=-1)],
            "the offset of a stream must be a whole number of milliseconds and is -1",
        ),
        (
            [play(offsetInMilliseconds=0.5)],
            "the offset of a stream must be a whole number of milliseconds and is 0.5",
        ),
        ([play(playBehavior="ENQUEUE")], "ENQUEUE must have an expectedPreviousToken"),
        ([play(expectedPreviousToken="b")], "REPLACE_ALL must have no expectedPreviousToken"),
        (
            [play(playBehavior="REPLACE_ENQUEUED", expectedPreviousToken="b")],
            "REPLACE_ENQUEUED must have no expectedPreviousToken",
        ),
        ([play(playBehavior="LATER")], "playBehavior must be REPLACE_ALL, ENQUEUE or REPLACE_ENQUEUED and is 'LATER'"),
    ],
)
def test_streams(directives: list[dict[str, Any]], rule: str) -> None:
    """Each rule of streams is named by a line when it is broken."""
    assert broken_rules(request("IntentRequest", "AudioPlayer"), farewell(directives=directives)) == [rule]


def test_stream_ends_the_session() -> None:
    """A stream that starts in an open session would stop at once."""
    broken = broken_rules(request("IntentRequest", "AudioPlayer"), question(directives=[play()]))
    assert broken == ["AudioPlayer.Play must end the session, or the stream stops at once to listen"]


ASK_FOR: dict[str, Any] = {
    "type": "Connections.SendRequest",
    "name": "AskFor",
    "payload": {
        "@type": "AskForPermissionsConsentRequest",
        "@version": "1",
        "permissionScope": "alexa::alerts:timers:skill:readwrite",
    },
    "token": "",
}


def test_handing_over() -> None:
    """The platform may be asked to go on with the person, with words before it or without any."""
    for speech in (ssml("I need your permission."), None):
        assert broken_rules(request(), farewell(outputSpeech=speech, directives=[ASK_FOR])) == []
    assert broken_rules(request("Connections.Response"), question()) == []


@pytest.mark.parametrize(
    ("response", "rule"),
    [
        (question(directives=[ASK_FOR]), "must end the session"),
        (farewell(directives=[ASK_FOR, ASK_FOR]), "no more than one directive of Connections"),
        (farewell(directives=[{**ASK_FOR, "name": "Buy"}]), "must be named AskFor"),
        (farewell(directives=[{**ASK_FOR, "payload": None}]), "must be named AskFor"),
        (farewell(directives=[{**ASK_FOR, "payload": {**ASK_FOR["payload"], "permissionScope": ""}}]), "must name its"),
        (farewell(directives=[{**ASK_FOR, "payload": {**ASK_FOR["payload"], "@version": 1}}]), "must name its version"),
    ],
)
def test_broken_handover(response: dict[str, Any], rule: str) -> None:
    """A person is not handed over by halves."""
    assert any(rule in broken for broken in broken_rules(request(), response))

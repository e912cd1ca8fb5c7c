"""A guard round a skill: what goes to and fro is kept, the skill is told of failures, and nothing gets past it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.device import Device
from skill.speaker.envelopes import Envelope
from skill.speaker.screen import Screen
from tests.speaker.jukebox import LENGTHS, jukebox
from tests.speaker.small import Clock, detect, parrot, understanding
from tests.web.simulator.guarded import (
    SPEECH,
    WORDS,
    answering,
    device_of,
    guard,
    is_end,
    launched,
    raising,
    why_of,
)


def test_sound_skill_is_left_alone() -> None:
    """What a sound skill answers reaches the device as it is, and each exchange is kept with its time and size."""
    guarded = guard(parrot, clock=count(step=0.25).__next__)
    device = device_of(guarded)
    first = guarded.observe(device, device.launch)
    second = guarded.observe(device, lambda: device.say("stop"))
    assert first.turn.speech == "Turn 1 was a launch. And now?"
    assert first.failure is second.failure is None
    assert [traced.request["request"]["type"] for traced in first.exchanges] == ["LaunchRequest"]
    traced = second.exchanges[0]
    assert traced.request["session"]["attributes"] == {"turn": 1}
    assert traced.response == second.turn.exchanges[0].response
    assert (traced.ms, traced.broken_rules()) == (250.0, [])
    assert traced.as_json() == {
        "request": traced.request,
        "response": traced.response,
        "ms": 250.0,
        "bytes": len(str(traced.response).replace("True", "true").encode()),
        "broken_rules": [],
        "failure": None,
    }


def test_skill_is_told() -> None:
    """The skill hears that its session ended in an error, and what kind of one, with what it knew before."""
    heard: list[Envelope] = []

    def skill(envelope: Envelope) -> Envelope:
        heard.append(envelope)
        return {"version": "1.0", "response": {"outputSpeech": 7}} if len(heard) == 2 else parrot(envelope)

    guarded = guard(skill)
    device = device_of(guarded)
    guarded.observe(device, device.launch)
    observed = guarded.observe(device, lambda: device.say("next"))
    asked, told = heard[1:]
    assert not device.in_session
    assert told["session"] == {**asked["session"], "new": False}
    assert told["context"] == asked["context"]
    assert told["request"] == {
        "type": "SessionEndedRequest",
        "reason": "ERROR",
        "error": {
            "type": "INVALID_RESPONSE",
            "message": "An exception occurred while dispatching the request to the skill.",
        },
        "requestId": "amzn1.echo-api.request.00000000-0000-0000-0000-000000000000",
        "timestamp": asked["request"]["timestamp"],
        "locale": "en-US",
    }
    assert [traced.request["request"]["type"] for traced in observed.exchanges] == [
        "IntentRequest",
        "SessionEndedRequest",
    ]
    # The next one is new.
    assert guarded.observe(device, device.launch).exchanges[0].request["session"]["attributes"] == {}


def test_failing_at_the_end() -> None:
    """A skill that cannot even be told that it failed is left in peace."""
    observed = launched(raising(ValueError()))
    assert [traced.failure is None for traced in observed.exchanges] == [False, False]
    guarded = guard(lambda envelope: raising(OSError())(envelope) if is_end(envelope) else parrot(envelope))
    device = device_of(guarded)
    device.launch()
    observed = guarded.observe(device, device.silence)
    assert observed.turn.speech == "What now?"
    assert "OSError" in why_of(observed)
    assert len(observed.exchanges) == 1


def test_failing_at_an_event() -> None:
    """Nothing is said when the news of the player go wrong, and the skill hears of which request it was."""
    guarded = guard(lambda envelope: {"x": 1} if envelope["request"]["type"].endswith("ed") else jukebox(envelope))
    device = Device(guarded, understanding(), "en-US", Clock(), detect, stream_length=LENGTHS.get)
    observed = guarded.observe(device, lambda: device.say("start the leg swings"))
    assert observed.turn.speech == "That was StartExerciseIntent."
    _, started, told = (traced.request for traced in observed.exchanges)
    assert started["request"]["type"] == "AudioPlayer.PlaybackStarted"
    assert told["request"]["type"] == "System.ExceptionEncountered"
    assert told["request"]["cause"] == {"requestId": started["request"]["requestId"]}
    assert told["request"]["error"]["type"] == "INVALID_RESPONSE"
    assert "session" not in told
    assert device.player.state.activity == "PLAYING"


def test_answering_itself_without_end() -> None:
    """A skill whose answers to the player's news go round in circles is stopped, and so is the player."""

    def skill(envelope: Envelope) -> Envelope:
        spoken = "session" in envelope
        stream = {"url": "https://example.org/a.mp3", "token": "a", "offsetInMilliseconds": 0}
        play = {"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL", "audioItem": {"stream": stream}}
        if envelope["request"]["type"] in {"SessionEndedRequest", "System.ExceptionEncountered"}:
            return {"response": {}}
        return {"response": {"directives": [play], **({"shouldEndSession": True} if spoken else {})}}

    guarded = guard(skill)
    device = Device(guarded, understanding(), "en-US", Clock(), detect, stream_length=lambda url: 60_000)
    observed = guarded.observe(device, device.launch)
    assert observed.turn.speech == WORDS["internal_service_error"]
    assert observed.failure is not None
    assert observed.failure.type == "INTERNAL_SERVICE_ERROR"
    assert observed.exchanges[-1].request["request"]["error"]["type"] == "INTERNAL_SERVICE_ERROR"
    assert not device.in_session
    assert device.player.state.activity == "STOPPED"


def test_model_that_claims_words_twice() -> None:
    """Words that two intents claim are the model's fault, and the device says that something went wrong."""
    guarded = guard(parrot)
    model = understanding({"AIntent": ["same words"], "BIntent": ["same words"]}, {})
    device = Device(guarded, model, "en-US", Clock(), detect)
    observed = guarded.observe(device, lambda: device.say("same words"))
    assert observed.turn.speech == WORDS["internal_service_error"]
    assert "AIntent and to BIntent" in why_of(observed)
    assert observed.exchanges == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("outputSpeech", "reprompt", "card", "directives", "shouldEndSession")
PARTS = st.sampled_from([SPEECH, {"outputSpeech": SPEECH}, [{"type": "AudioPlayer.Play"}], True, False, "", 7])
SOURCE: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["properties", "transformers"]), JSON | st.just([{"inputPath": []}])
)
SCREEN = st.fixed_dictionaries(
    {"type": st.sampled_from(["Alexa.Presentation.APL.RenderDocument", "Alexa.Presentation.APL.ExecuteCommands"])},
    optional={
        "token": JSON,
        "commands": JSON,
        "document": st.just({"type": "APL", "version": "1.4", "mainTemplate": {"item": {"type": "Text"}}}) | JSON,
        "datasources": st.dictionaries(st.text(max_size=2), SOURCE | JSON, max_size=2),
    },
)
PARTS |= st.lists(SCREEN, max_size=2)
BODY = st.dictionaries(st.sampled_from(KEYS), PARTS | JSON, max_size=5)


@given(st.one_of(JSON, st.fixed_dictionaries({"response": BODY}, optional={"sessionAttributes": JSON})))
def test_never_raises(answer: Any) -> None:
    """Whatever a skill answers, the device has had a turn and the page can be told of it."""
    guarded = guard(answering(answer))
    device = device_of(guarded, Screen())
    for act in (device.launch, lambda: device.say("next"), device.silence):
        observed = guarded.observe(device, act)
        assert all(traced.as_json() for traced in observed.exchanges)


@pytest.mark.parametrize("request_", [{}, {"request": 7}, {"request": {"type": ["x"]}}, {"session": 7, "request": {}}])
def test_raw_rubbish(request_: Any) -> None:
    """A request of any make goes to the skill as it stands, and what comes of it is told."""
    guarded = guard(parrot)
    device = device_of(guarded)
    observed = guarded.observe(device, lambda: device.send(request_))
    assert observed.exchanges[0].request == request_
    assert observed.failure is not None


@pytest.fixture(autouse=True)
def same_limit() -> Iterator[None]:
    """The limit of recursion is left as it was."""
    limit = sys.getrecursionlimit()
    yield
    assert sys.getrecursionlimit() == limit

"""Tests of what a device accepts as a response."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from skill.speaker.response_rules import broken_rules
from tests.speaker.responses import APL, farewell, play, question, request, ssml

EVENTS = [
    "SessionEndedRequest",
    "AudioPlayer.PlaybackStarted",
    "PlaybackController.NextCommandIssued",
    "System.ExceptionEncountered",
    "AlexaSkillEvent.SkillDisabled",
    "Brand.NewRequest",
]


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (request(), question()),
        (request("LaunchRequest"), question()),
        (request(), farewell()),
        (request(), farewell(outputSpeech={"type": "PlainText", "text": "Goodbye."})),
        (request(), question(card={"type": "Simple", "title": "Causes", "content": "Crossed legs. Under 5 < 6."})),
        (
            request(),
            question(
                card={"type": "AskForPermissionsConsent", "permissions": ["alexa::alerts:timers:skill:readwrite"]}
            ),
        ),
        (request("IntentRequest", "AudioPlayer"), farewell(directives=[play()])),
        *[
            (request("IntentRequest", "AudioPlayer"), farewell(directives=[play(url=f"http://{host}/a.mp3")]))
            for host in ("localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000")
        ],
        (
            request("IntentRequest", "AudioPlayer"),
            farewell(outputSpeech=None, directives=[{"type": "AudioPlayer.Stop"}]),
        ),
        (request("IntentRequest", "Alexa.Presentation.APL"), question(directives=[APL])),
        (request("Alexa.Presentation.APL.UserEvent", "Alexa.Presentation.APL"), question(directives=[APL])),
        (request(), question(directives=[{"type": "Alexa.Presentation.APLA.RenderDocument"}])),
        *[(request(kind), {"version": "1.0", "response": {}}) for kind in EVENTS],
        (
            request("AudioPlayer.PlaybackNearlyFinished", "AudioPlayer"),
            {"version": "1.0", "response": {"directives": [play(playBehavior="ENQUEUE", expectedPreviousToken="b")]}},
        ),
    ],
)
def test_good(asked: dict[str, Any], response: dict[str, Any]) -> None:
    """A good response breaks no rule."""
    assert broken_rules(asked, response) == []


@pytest.mark.parametrize(
    ("response", "rule"),
    [
        ({**question(), "version": "2.0"}, "version must be \"1.0\" and is '2.0'"),
        ({**question(), "sessionAttributes": []}, "sessionAttributes must be an object"),
        (
            {**question(), "sessionAttributes": {"a": {1, 2}}},
            "the response is no JSON: Object of type set is not JSON serializable",
        ),
        ({"version": "1.0"}, "response must be an object"),
        (question(shouldEndSession=None), "shouldEndSession must be true or false and is None"),
        (question(shouldEndSession="no"), "shouldEndSession must be true or false and is 'no'"),
        (
            question(outputSpeech=ssml("This one tells you nothing.")),
            "the session stays open, but the speech does not end with a question",
        ),
        (
            question(outputSpeech=ssml("Shall I go on? Say yes or no.")),
            "the session stays open, but the speech does not end with a question",
        ),
        (question(reprompt=None), "the session stays open, but there is no reprompt"),
        (
            question(reprompt={"outputSpeech": ssml("Crossed legs are the likeliest cause. Shall I go on?")}),
            "the reprompt repeats the speech",
        ),
        (question(outputSpeech=ssml("Ready?")), "the reprompt is not shorter than the speech"),
        (farewell(outputSpeech=ssml("Shall I go?")), "the session ends, but the speech ends with a question"),
        (
            farewell(outputSpeech=ssml("A long farewell."), reprompt={"outputSpeech": ssml("Bye.")}),
            "the session ends, but there is a reprompt",
        ),
        (farewell(outputSpeech=None), "the answer to IntentRequest says nothing and does nothing"),
        (farewell(outputSpeech=ssml("<b>Bye.</b>")), "outputSpeech has a <b>, which no device knows"),
        (
            farewell(outputSpeech=ssml('Bye.<break time="11s"/>')),
            "outputSpeech has a <break> of 11s, and the longest is 10s",
        ),
        (
            farewell(outputSpeech=ssml("<s>")),
            "outputSpeech cannot be read: the SSML is not well-formed near '<speak><s></speak>': mismatched tag",
        ),
        (farewell(outputSpeech=ssml("x" * 8000)), "outputSpeech has 8015 characters and may have 8000"),
        (
            farewell(outputSpeech={"type": "PlainText", "text": "x" * 8001}),
            "outputSpeech has 8001 characters and may have 8000",
        ),
        (farewell(outputSpeech={"type": "Text", "text": "Bye."}), "outputSpeech must be of type SSML or PlainText"),
        (farewell(outputSpeech=ssml("Call {emergency}.")), "outputSpeech has a placeholder that was not filled"),
        (question(reprompt={"outputSpeech": ssml("<u>Go on?</u>")}), "reprompt has a <u>, which no device knows"),
        (question(reprompt={"outputSpeech": ssml("{ask}?")}), "reprompt has a placeholder that was not filled"),
        (
            farewell(card={"type": "Fancy"}),
            "a card must be of type Simple, Standard, LinkAccount, AskForPermissionsConsent and is 'Fancy'",
        ),
        (farewell(card={"type": "Simple", "title": "Bye"}), "the card has no content"),
        (farewell(card={"type": "Standard", "text": "Bye"}), "the card has no title"),
        (farewell(card={"type": "AskForPermissionsConsent"}), "the card has no permissions"),
        (
            farewell(card={"type": "Simple", "title": "a", "content": "x" * 8000}),
            "the card has 8001 characters and may have 8000",
        ),
        (
            farewell(card={"type": "Simple", "title": "a", "content": 'b<break time="1s"/>'}),
            "the card has tags in its text",
        ),
        (
            farewell(card={"type": "Simple", "title": "a", "content": "call {x}"}),
            "the card has a placeholder that was not filled",
        ),
        (farewell(directives={}), "directives must be a list of objects"),
        (farewell(directives=["Stop"]), "directives must be a list of objects"),
        (farewell(directives=[{}]), "a directive must have a type"),
        (farewell(directives=[APL]), "a directive of Alexa.Presentation.APL goes to a device that does not have it"),
        (farewell(directives=[play()]), "a directive of AudioPlayer goes to a device that does not have it"),
    ],
)
def test_broken(response: dict[str, Any], rule: str) -> None:
    """Each rule is named by a line when it is broken."""
    assert rule in broken_rules(request(), response)


def test_empty_speech() -> None:
    """Speech of nothing but breaks is empty."""
    silent = farewell(outputSpeech=ssml('<break time="1s"/>'), directives=[APL])
    assert broken_rules(request("IntentRequest", "Alexa.Presentation.APL"), silent) == ["outputSpeech is empty"]


def test_large_response() -> None:
    """A response may have no more than so many bytes, not characters."""
    large = {**farewell(), "sessionAttributes": {"a": "é" * 61_440}}
    assert [rule.split(" and ")[1] for rule in broken_rules(request(), large)] == ["may have 122880"]


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("key", ["outputSpeech", "reprompt", "card", "shouldEndSession"])
def test_events_are_told_nothing(kind: str, key: str) -> None:
    """An event gets no word, card or end of session."""
    body = question(card={"type": "Simple", "title": "a", "content": "b"})["response"]
    response = {"version": "1.0", "response": {key: body[key]}}
    assert broken_rules(request(kind), response) == [f"the answer to {kind} must have no {key}"]


def test_ended_session_gets_nothing_at_all() -> None:
    """Not even directives are taken after a session."""
    response = {"version": "1.0", "response": {"directives": [APL]}}
    asked = request("SessionEndedRequest", "Alexa.Presentation.APL")
    assert broken_rules(asked, response) == ["the answer to SessionEndedRequest must have no directives"]


@pytest.mark.parametrize("key", ["outputSpeech", "reprompt", "card", "directives", "shouldEndSession"])
@pytest.mark.parametrize("odd", [None, 1, "x", [1], {"a": 1}, {"outputSpeech": 1}, {"ssml": 1, "type": "SSML"}])
def test_odd_responses_are_reported(key: str, odd: object) -> None:
    """Whatever a skill sends, the rules are told and nothing raises."""
    response = deepcopy(question())
    response["response"][key] = odd
    assert all(isinstance(rule, str) for rule in broken_rules(request(), response))

"""Tests of what a device accepts as a response."""

from copy import deepcopy
from typing import Any

import pytest

from skill.speaker.response_rules import broken_rules

EVENTS = [
    "SessionEndedRequest",
    "AudioPlayer.PlaybackStarted",
    "PlaybackController.NextCommandIssued",
    "System.ExceptionEncountered",
    "AlexaSkillEvent.SkillDisabled",
    "Brand.NewRequest",
]


def request(kind: str = "IntentRequest", *interfaces: str) -> dict[str, Any]:
    """A request of some type from a device with these interfaces."""
    supported = {interface: dict[str, Any]() for interface in interfaces}
    return {"request": {"type": kind}, "context": {"System": {"device": {"supportedInterfaces": supported}}}}


def ssml(text: str) -> dict[str, Any]:
    """Output speech with some text."""
    return {"type": "SSML", "ssml": f"<speak>{text}</speak>"}


def question(**changes: Any) -> dict[str, Any]:
    """A response that asks something, with changes to its body; None takes a key out."""
    body = {
        "outputSpeech": ssml("Crossed legs are the likeliest cause. Shall I go on?"),
        "reprompt": {"outputSpeech": ssml("Shall I go on?")},
        "shouldEndSession": False,
        **changes,
    }
    return {"version": "1.0", "sessionAttributes": {}, "response": {k: v for k, v in body.items() if v is not None}}


def farewell(**changes: Any) -> dict[str, Any]:
    """A response that ends the session, with changes to its body; None takes a key out."""
    return question(**{"outputSpeech": ssml("Goodbye."), "reprompt": None, "shouldEndSession": True, **changes})


def play(**changes: Any) -> dict[str, Any]:
    """A directive that plays a stream, with changes to it; None takes a key out."""
    stream = {"url": "https://example.com/a.mp3", "token": "a", "offsetInMilliseconds": 0, **changes}
    behaviour = stream.pop("playBehavior", "REPLACE_ALL")
    return {
        "type": "AudioPlayer.Play",
        "playBehavior": behaviour,
        "audioItem": {"stream": {k: v for k, v in stream.items() if v is not None}},
    }


APL = {"type": "Alexa.Presentation.APL.RenderDocument", "token": "t", "document": {}}


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
            "a card must be of type Simple, Standard, AskForPermissionsConsent and is 'Fancy'",
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


@pytest.mark.parametrize("key", ["outputSpeech", "reprompt", "card", "directives", "shouldEndSession"])
@pytest.mark.parametrize("odd", [None, 1, "x", [1], {"a": 1}, {"outputSpeech": 1}, {"ssml": 1, "type": "SSML"}])
def test_odd_responses_are_reported(key: str, odd: object) -> None:
    """Whatever a skill sends, the rules are told and nothing raises."""
    response = deepcopy(question())
    response["response"][key] = odd
    assert all(isinstance(rule, str) for rule in broken_rules(request(), response))


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

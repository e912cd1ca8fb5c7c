"""Tests of a device that asks for leave on behalf of a skill, and of what it announces by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from ask_sdk_model.services import ApiClientRequest

from skill.speaker.alarms import TIMERS_SCOPE, Alarms
from skill.speaker.device import Device
from skill.speaker.turns import Turn
from tests.speaker.alerts import TIMER, send
from tests.speaker.small import Clock, detect, device, understanding

ASK_FOR = {
    "type": "Connections.SendRequest",
    "name": "AskFor",
    "payload": {"@type": "AskForPermissionsConsentRequest", "@version": "1", "permissionScope": TIMERS_SCOPE},
    "token": "the token",
}


def wanting(request: dict[str, Any]) -> dict[str, Any]:
    """A skill that wants leave for everything it is asked, and asks on when it has been answered."""
    kind = request["request"]["type"]
    urgent = request["request"].get("intent", {}).get("name") == "ReportSymptomIntent"
    if kind == "SessionEndedRequest":
        return {"version": "1.0", "response": {}}
    body: dict[str, Any] = {"outputSpeech": {"type": "SSML", "ssml": "<speak>Call.</speak>"}, "shouldEndSession": True}
    if kind == "Connections.Response":
        said = request["request"]["payload"]["status"].lower()
        again = {"outputSpeech": {"type": "SSML", "ssml": "<speak>What now?</speak>"}}
        body = {
            "outputSpeech": {"type": "SSML", "ssml": f"<speak>That was {said}. And now?</speak>"},
            "reprompt": again,
            "shouldEndSession": False,
        }
    elif not urgent:
        body["outputSpeech"]["ssml"] = "<speak>I need leave.</speak>"
        body["directives"] = [ASK_FOR]
    return {"version": "1.0", "sessionAttributes": {"kept": kind}, "response": body}


def wanting_device(alarms: Alarms | None = None) -> Device:
    """A device with that skill."""
    return Device(wanting, understanding(), "en-US", Clock(), detect, alarms=alarms)


def told(turn: Turn) -> dict[str, Any]:
    """The request of a turn, which had one."""
    (exchange,) = turn.exchanges
    assert exchange.broken_rules() == []
    return exchange.request


def test_device_asks() -> None:
    """The device says what the skill says, then asks by itself, and waits for the answer."""
    speaker = wanting_device()
    turn = speaker.say("what helps")
    assert told(turn)["request"]["type"] == "IntentRequest"
    assert turn.speech.startswith("I need leave. Do you allow Steady Legs")
    assert turn.reprompt == "Say, I approve, or no."
    assert speaker.in_session


@pytest.mark.parametrize(
    ("said", "status"),
    [("yes", "ACCEPTED"), ("Alexa, I approve", "ACCEPTED"), ("no", "DENIED"), ("what helps", "NOT_ANSWERED")],
)
def test_answer(said: str, status: str) -> None:
    """The skill is told what was answered, in the same session with all that it kept, and the conversation goes on."""
    alarms = Alarms(Clock())
    speaker = wanting_device(alarms)
    asked = told(speaker.say("what helps"))
    answered = speaker.say(said)
    request = told(answered)
    assert (
        request["request"].items()
        >= {
            "type": "Connections.Response",
            "name": "AskFor",
            "token": "the token",
            "locale": "en-US",
            "status": {"code": "200", "message": "OK"},
            "payload": {
                "permissionScope": TIMERS_SCOPE,
                "status": status,
                "isCardThrown": status == "NOT_ANSWERED",
            },
        }.items()
    )
    assert request["session"]["sessionId"] == asked["session"]["sessionId"]
    assert request["session"]["new"] is False
    assert request["session"]["attributes"] == {"kept": "IntentRequest"}
    assert answered.heard is None
    assert answered.speech == f"That was {status.lower()}. And now?"
    assert alarms.allowed == ({TIMERS_SCOPE} if status == "ACCEPTED" else set())
    assert told(speaker.say("what helps"))["session"]["attributes"] == {"kept": "Connections.Response"}


def test_silence() -> None:
    """Who stays silent is asked once more, and has not answered."""
    speaker = wanting_device()
    speaker.say("what helps")
    turn = speaker.say("")
    assert told(turn)["request"]["payload"]["status"] == "NOT_ANSWERED"
    assert turn.speech == "Say, I approve, or no. That was not_answered. And now?"
    assert speaker.silence().speech == "What now?"


def test_danger_is_no_answer() -> None:
    """Words that tell of danger reach the skill at once and whole, in the conversation that was handed over."""
    alarms = Alarms(Clock())
    speaker = wanting_device(alarms)
    asked = told(speaker.say("what helps"))
    request = told(speaker.say("yes but my face is drooping"))
    assert request["request"]["intent"]["name"] == "ReportSymptomIntent"
    assert request["request"]["intent"]["slots"]["symptom"]["value"] == "yes but my face is drooping"
    assert request["session"]["sessionId"] == asked["session"]["sessionId"]
    assert request["session"]["attributes"] == {"kept": "IntentRequest"}
    assert not speaker.in_session
    assert alarms.allowed == set()
    assert told(speaker.say("yes"))["request"]["type"] == "IntentRequest"


def test_opening_the_skill_anew() -> None:
    """To open the skill again leaves the question behind."""
    speaker = wanting_device()
    speaker.say("what helps")
    request = told(speaker.launch())
    assert request["request"]["type"] == "LaunchRequest"
    assert request["session"]["attributes"] == {}


@pytest.mark.parametrize(
    "directive", [{**ASK_FOR, "type": "Connections.StartConnection"}, {**ASK_FOR, "payload": None}, {"type": 7}]
)
def test_other_directives(directive: dict[str, Any]) -> None:
    """What the device does not know it does not ask."""

    def other(request: dict[str, Any]) -> dict[str, Any]:
        response = wanting(request)
        response["response"]["directives"] = [directive]
        return response

    speaker = replace(wanting_device(), skill=other)
    assert speaker.say("what helps").speech == "I need leave."
    assert not speaker.in_session


def test_announcements() -> None:
    """What falls due is said before whatever comes next, once; a device without alarms announces nothing."""
    clock = Clock()
    alarms = Alarms(clock)
    alarms.allowed.add(TIMERS_SCOPE)
    speaker = replace(device(), clock=clock, alarms=alarms)
    acts: list[Callable[[], Turn]] = [speaker.launch, speaker.silence, speaker.silence, partial(speaker.say, "yes")]
    for act in acts:
        for label in "ab":
            timer = {**TIMER, "timerLabel": label, "duration": "PT1M"}
            assert send(alarms, "POST", "/v1/alerts/timers", timer)[0] == 200
        clock.move(60)
        turn = act()
        assert turn.speech.startswith("It is over. It is over.")
        assert turn.speech.count("It is over.") == 2
    assert speaker.say("yes").speech == "Turn 2 was AMAZON.YesIntent. And now?"
    assert device().launch().speech == "Turn 1 was a launch. And now?"


def test_request_reaches_the_alarms() -> None:
    """A skill gets the token and the endpoint with which the alarms answer it."""
    alarms = Alarms(Clock())
    system = told(replace(device(), alarms=alarms).launch())["context"]["System"]
    request = ApiClientRequest(
        method="GET",
        url=f"{system['apiEndpoint']}/v2/devices/{system['device']['deviceId']}/settings/System.timeZone",
        headers=[("Authorization", f"Bearer {system['apiAccessToken']}")],
    )
    assert json.loads(alarms.invoke(request).body or "") == "UTC"

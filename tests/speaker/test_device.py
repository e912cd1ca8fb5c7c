"""Tests of a device in conversation."""

from dataclasses import replace
from typing import Any

import pytest

from skill.speaker.device import Device
from skill.speaker.envelopes import account_id
from skill.speaker.screen import Screen
from skill.speaker.turns import Turn
from tests.speaker.small import INTENTS, device, parrot, understanding


def kinds(turn: Turn) -> list[str]:
    """The intents or request types of a turn, in order."""
    requests = [exchange.request["request"] for exchange in turn.exchanges]
    return [request["intent"]["name"] if "intent" in request else request["type"] for request in requests]


def session(turn: Turn) -> dict[str, Any]:
    """The session of the first request of a turn."""
    sent: dict[str, Any] = turn.exchanges[0].request["session"]
    return sent


def test_launch() -> None:
    """Opening the skill begins a session, and the device says what the skill answers."""
    speaker = device()
    turn = speaker.say("Alexa, open steady legs")
    assert kinds(turn) == ["LaunchRequest"]
    assert session(turn)["new"] is True
    assert session(turn)["attributes"] == {}
    assert turn.heard is None
    assert turn.speech == "Turn 1 was a launch. And now?"
    assert turn.reprompt == "What now?"
    assert speaker.in_session
    assert kinds(device().launch()) == ["LaunchRequest"]


def test_session_goes_on() -> None:
    """In a session the id stays, the attributes come back, and nothing is new any more."""
    speaker = device()
    first, second, third = speaker.launch(), speaker.say("what helps"), speaker.say("yes")
    assert [session(turn)["new"] for turn in (first, second, third)] == [True, False, False]
    assert len({session(turn)["sessionId"] for turn in (first, second, third)}) == 1
    assert len({turn.exchanges[0].request["request"]["requestId"] for turn in (first, second, third)}) == 3
    assert session(third)["attributes"] == {"turn": 2}
    assert third.speech.startswith("Turn 3 was AMAZON.YesIntent.")


def test_session_ends() -> None:
    """When the skill ends the session, the next words begin another one without its attributes."""
    speaker = device()
    speaker.launch()
    last = speaker.say("stop")
    assert not speaker.in_session
    after = speaker.say("what helps")
    assert session(after)["new"] is True
    assert session(after)["attributes"] == {}
    assert session(after)["sessionId"] != session(last)["sessionId"]


@pytest.mark.parametrize("ends", [None, "false", 0])
def test_only_false_keeps_the_session(ends: object) -> None:
    """A session stays open on an explicit false alone."""

    def vague(request: dict[str, Any]) -> dict[str, Any]:
        answer = parrot(request)
        answer["response"]["shouldEndSession"] = ends
        return answer

    speaker = replace(device(), skill=vague)
    speaker.launch()
    assert not speaker.in_session


@pytest.mark.parametrize("said", ["what helps", "ask steady legs what helps", "open steady legs and what helps"])
def test_one_shot(said: str) -> None:
    """Outside a session words are for the skill, named or not."""
    turn = device().say(said)
    assert kinds(turn) == ["RemediesIntent"]
    assert session(turn)["new"] is True
    assert turn.utterance == said


@pytest.mark.parametrize("said", ["open steady legs", "ask steady legs what helps"])
def test_naming_the_skill_begins_a_new_session(said: str) -> None:
    """A session does not outlive the skill being called by its name."""
    speaker = device()
    before, after = speaker.launch(), speaker.say(said)
    assert session(after)["new"] is True
    assert session(after)["attributes"] == {}
    assert session(after)["sessionId"] != session(before)["sessionId"]


def test_unanchored_name_opens_nothing() -> None:
    """Words for opening a skill inside a sentence are words."""
    speaker = device()
    speaker.launch()
    assert kinds(speaker.say("tell me about crossed legs")) == ["CauseIntent"]


def test_nothing_understood() -> None:
    """What means nothing reaches the skill as the fallback."""
    turn = device().say("what is the weather")
    assert kinds(turn) == ["AMAZON.FallbackIntent"]
    assert turn.heard is not None
    assert turn.heard.how == "none"


@pytest.mark.parametrize("said", ["exit", "Alexa, quit."])
def test_leave(said: str) -> None:
    """Leaving ends the session, and the skill cannot answer."""
    speaker = device()
    speaker.launch()
    turn = speaker.say(said)
    assert kinds(turn) == ["SessionEndedRequest"]
    assert turn.exchanges[0].request["request"]["reason"] == "USER_INITIATED"
    assert session(turn)["attributes"] == {"turn": 1}
    assert (turn.speech, speaker.in_session) == ("", False)
    assert kinds(device().say(said)) == ["AMAZON.StopIntent"]


@pytest.mark.parametrize("said", ["", "   ", "...", "alexa"])
def test_silence(said: str) -> None:
    """Silence is met with the reprompt, and then the session ends."""
    speaker = device()
    speaker.launch()
    turn = speaker.say(said)
    assert turn.speech == "What now?"
    assert kinds(turn) == ["SessionEndedRequest"]
    assert turn.exchanges[0].request["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert not speaker.in_session
    assert speaker.silence() == Turn("", None, (), "", "")


def test_bare_wake_word_opens_the_skill() -> None:
    """Outside a session there is nothing else that the wake word could be for."""
    assert kinds(device().say("alexa")) == ["LaunchRequest"]


@pytest.mark.parametrize(
    "said",
    [
        "My face is drooping!",
        "ask steady legs what helps a drooping face",
        "stop drooping",
        "open steady legs drooping",
    ],
)
@pytest.mark.parametrize("in_session", [True, False])
def test_danger_goes_whole(said: str, in_session: bool) -> None:
    """Words that tell of danger reach the skill whole, whatever sample they have."""
    speaker = device()
    if in_session:
        speaker.launch()
    turn = speaker.say(f"  {said} ")
    assert kinds(turn) == ["ReportSymptomIntent"]
    assert turn.exchanges[0].request["request"]["intent"]["slots"]["symptom"]["value"] == said
    assert session(turn)["new"] is not in_session
    assert turn.heard is not None
    assert turn.heard.how == "urgent"


def test_danger_needs_its_intent() -> None:
    """A model without the intent for it gets what it has a sample for."""
    without = understanding({name: samples for name, samples in INTENTS.items() if name != "ReportSymptomIntent"})
    assert kinds(replace(device(), understanding=without).say("my face is drooping")) == ["RedFlagIntent"]


def test_profile() -> None:
    """The device sends who and where it is, and what it can do."""
    speaker = replace(
        device(), locale="en-IN", user_id=account_id("ada"), application_id="amzn1.ask.skill.x", screen=Screen()
    )
    sent = speaker.launch().exchanges[0].request
    assert sent["request"]["locale"] == "en-IN"
    assert sent["request"]["timestamp"] == "2026-01-15T10:00:00Z"
    assert sent["session"]["user"] == {"userId": account_id("ada")}
    assert sent["session"]["application"] == {"applicationId": "amzn1.ask.skill.x"}
    assert "Viewport" in sent["context"]


def test_skill_cannot_change_what_was_sent() -> None:
    """A turn shows the request as it was sent, and no attribute is shared with the skill."""
    kept: dict[str, Any] = {"list": []}

    def meddler(request: dict[str, Any]) -> dict[str, Any]:
        request["request"]["type"] = "Other"
        return {**parrot({**request, "request": {"type": "LaunchRequest"}}), "sessionAttributes": kept}

    speaker = replace(device(), skill=meddler)
    assert kinds(speaker.launch()) == ["LaunchRequest"]
    kept["list"].append(1)
    assert session(speaker.say("yes"))["attributes"] == {"list": []}


@pytest.mark.parametrize(
    ("response", "speech", "rule"),
    [
        (
            {
                "version": "1.0",
                "response": {"outputSpeech": {"type": "SSML", "ssml": "<speak>&"}, "shouldEndSession": True},
            },
            "<speak>&",
            "outputSpeech cannot be read: the SSML is not well-formed near '<speak>&': not well-formed (invalid token)",
        ),
        ({}, "", "response must be an object"),
    ],
)
def test_broken_responses_are_delivered(response: dict[str, Any], speech: str, rule: str) -> None:
    """A response that breaks rules is said all the same, and the rules are told."""
    turn = replace(device(), skill=lambda _: response).launch()
    assert turn.speech == speech
    assert rule in turn.broken_rules()


def test_small_skill_breaks_no_rule() -> None:
    """A whole conversation with a good skill breaks none."""
    speaker = device()
    turns = [
        speaker.launch(),
        speaker.say("what helps"),
        speaker.silence(),
        speaker.say("what helps"),
        speaker.say("exit"),
    ]
    assert [turn.broken_rules() for turn in turns] == [[]] * 5


def test_devices_share_nothing() -> None:
    """Two devices have two sessions."""
    one, other = device(), device()
    assert session(one.launch())["sessionId"] != session(other.launch())["sessionId"]
    assert isinstance(one, Device)

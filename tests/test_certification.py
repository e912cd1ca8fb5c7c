"""What the platform's testers try, by the number of its row in their list of functional tests."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest

from skill.assistant import create_skill
from skill.locales import model_path
from skill.packaging.samples import declared_slots, samples
from skill.settings import Settings
from skill.speaker.plain import spoken
from skill.speaker.slot_types import FREE_TEXT, NUMBER, TIME
from tests.conftest import REQUESTS, Envelope, checked, close, request, request_id, speech
from tests.handlers.asking import (
    Kept,
    asked,
    counting,
    ends,
    place,
    says,
    session_of,
    skill_with,
    states,
    talk,
)

MODEL = json.loads(model_path("en-US").read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
INTENTS = [intent["name"] for intent in MODEL["intents"]]
MEANT = {
    each["name"]: [f"{value['name']['value']}={value['id']}" for value in each["values"]] for each in MODEL["types"]
}
MEANT |= {NUMBER: ["35", "1", "100000"], TIME: ["21:00", "NI"]}
TYPES = {(intent, slot): type_ for intent, slot, type_ in declared_slots(MODEL)}
FREE = ["since this morning", "the weather"]
"""Free text that tells of no danger."""

THREE: dict[str, dict[str, Any]] = {
    "new_session": {},
    "mid_routine": counting(place("full")),
    "after_end": {"asked": "anything"},
}
UNFILLED: tuple[Any, ...] = (
    {},
    {"value": None},
    {"value": ""},
    {"value": "?"},
    {"value": "purple xylophone"},
    *({"value": number} for number in ("0", "-5", "100000", "9" * 5000, "3.5", "²")),
    *({"value": time} for time in ("99:99", "WI", "PT5M")),
    {"value": "x", "resolutions": {"resolutionsPerAuthority": [{"status": {"code": "ER_SUCCESS_NO_MATCH"}}]}},
)
"""Slots that were not filled, not resolved, or filled out of range."""

QUOTED = re.compile(r'"[^"]+"')
SPEAKING = {"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent", "Connections.Response"}


def ways_to_ask(intent: str) -> list[dict[str, str]]:
    """Slots as each sample of an intent fills them; listed values all come up, and what is alike comes once."""
    used = {sample.slots for sample in samples(MODEL) if sample.intent == intent} or {()}
    found = []
    for slots in sorted(used):
        values = [MEANT.get(TYPES[intent, slot], FREE) for slot in slots]
        for n in range(max(map(len, values), default=1)):
            found.append({slot: each[n % len(each)] for slot, each in zip(slots, values, strict=True)})
    return found


@cache
def answered() -> list[tuple[Envelope, Envelope]]:
    """Every request fixture with its response; made once."""
    envelopes = [request(request_id(path)) for path in REQUESTS]
    return [(envelope, checked(skill_with(Kept()))(envelope)) for envelope in envelopes]


def is_open(response: Envelope) -> bool:
    """Whether the microphone opens after a question."""
    return not ends(response) and spoken(speech(response)).endswith("?")


@pytest.mark.parametrize("intent", INTENTS)
def test_ft_02_every_sample_in_three_states(intent: str) -> None:
    """FT-02: whatever the model can hear is answered in a new session, in a routine and after one."""
    for slots, state in product(ways_to_ask(intent), THREE.values()):
        response = checked(skill_with(Kept({"introduced": True})))(asked(intent, state, slots=slots))
        assert speech(response), slots
        assert not says(response, "error"), slots


@pytest.mark.parametrize(("intent", "slot"), TYPES)
def test_ft_03_slots_that_are_not_filled(intent: str, slot: str) -> None:
    """FT-03: a slot that is missing, unresolved or out of range is asked for or done without, and is no error."""
    state = THREE["mid_routine" if len(slot) % 2 else "new_session"]
    for filled in UNFILLED:
        envelope = asked(intent, state)
        envelope["request"]["intent"]["slots"] = {slot: {"name": slot, "confirmationStatus": "NONE", **filled}}
        response = checked(skill_with(Kept({"introduced": True})))(envelope)
        # Triage may well find something in free text, so there it may be the last word.
        assert is_open(response) or TYPES[intent, slot] == FREE_TEXT, filled
        assert not says(response, "error"), filled


def test_ft_04_launch() -> None:
    """FT-04: opening the skill says what it can do, asks a question and waits."""
    for record in ({}, {"introduced": True}):
        response = checked(skill_with(Kept(record)))(asked("LaunchRequest"))
        assert is_open(response)
        assert len(QUOTED.findall(speech(response))) >= 2
        assert response["response"]["reprompt"]


@pytest.mark.parametrize("state", states(), ids=lambda state: "-".join(state) or "empty")
def test_ft_05_help_in_every_state(state: dict[str, Any]) -> None:
    """FT-05: help ends with a question, and the session stays open."""
    response = checked(skill_with(Kept({"introduced": True})))(asked("AMAZON.HelpIntent", state))
    assert is_open(response)
    assert says(response, "help.routine") or says(response, "help.idle")


def test_ft_05_help_knows_where_one_is() -> None:
    """FT-05: in a routine, with one left in the middle and with none there are three kinds of help."""
    cases: tuple[tuple[dict[str, Any], Any, str], ...]
    cases = (({}, None, "idle"), (THREE["mid_routine"], None, "routine"), ({}, place("full"), "paused"))
    for state, left, phrase in cases:
        kept = Kept({"introduced": True, "position": left})
        assert says(checked(skill_with(kept))(asked("AMAZON.HelpIntent", state)), f"help.{phrase}")


@pytest.mark.parametrize("intent", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
@pytest.mark.parametrize("activity", ["IDLE", "PLAYING", "BUFFER_UNDERRUN", "A_NEW_ONE"])
def test_ft_06_stop_in_every_state(intent: str, activity: str) -> None:
    """FT-06: stopping says good-bye, ends the session, and stops whatever may be playing."""
    for state in states():
        envelope = asked(intent, state)
        envelope["context"]["AudioPlayer"] = {"playerActivity": activity, "token": "t", "offsetInMilliseconds": 1}
        response = checked(skill_with(Kept({"introduced": True})))(envelope)
        assert ends(response)
        assert says(response, "goodbye.plain") or says(response, "goodbye.place")
        stops = [{"type": "AudioPlayer.Stop"}] if activity != "IDLE" else []
        assert response["response"].get("directives", []) == stops


def test_ft_07_fallback() -> None:
    """FT-07: what is not understood gets two examples, and at the second time the offer of help."""
    unheard = asked("AMAZON.FallbackIntent", {}), asked("AMAZON.FallbackIntent")
    first, second = talk(checked(skill_with(Kept({"introduced": True}))), *unheard)
    assert is_open(first)
    assert len(QUOTED.findall(speech(first))) >= 2
    assert is_open(second)
    assert says(second, "ask.offer_help.question")


def test_ft_08_open_after_questions_only() -> None:
    """FT-08: over all responses, the session stays open exactly where the last sentence is a question.

    Where nothing is said of its end, a screen that asks nothing keeps it open, with the microphone closed.
    """
    waiting = count()
    for envelope, response in answered():
        if envelope["request"]["type"] not in SPEAKING:
            continue
        if "shouldEndSession" in response["response"]:
            assert is_open(response) is not ends(response)
            assert ("reprompt" in response["response"]) is not ends(response)
        else:
            next(waiting)
            assert envelope["context"]["System"]["device"]["supportedInterfaces"].get("Alexa.Presentation.APL")
            assert not spoken(speech(response) or "<speak/>").endswith("?")
            assert "reprompt" not in response["response"]
    assert next(waiting) >= 4


def test_ft_09_events_are_answered_without_words() -> None:
    """FT-09: what the platform only tells us gets nothing, or directives."""
    told = [(envelope, response) for envelope, response in answered() if envelope["request"]["type"] not in SPEAKING]
    assert {envelope["request"]["type"].split(".")[0] for envelope, _ in told} >= {
        *("SessionEndedRequest", "AudioPlayer", "System", "PlaybackController", "AlexaSkillEvent", "Alexa")
    }
    for _, response in told:
        assert set(response["response"]) <= {"directives"}


@pytest.mark.parametrize("intent", INTENTS)
def test_ft_10_one_shot(intent: str) -> None:
    """FT-10: every intent can be the first thing that somebody says."""
    envelope = request(f"{intent}/new_session")
    assert envelope["session"]["new"] is True
    assert not envelope["session"].get("attributes")
    response = checked(skill_with(Kept()))(envelope)
    assert speech(response)
    assert not says(response, "error")


@pytest.mark.parametrize("intent", ["AMAZON.YesIntent", "AMAZON.NoIntent"])
def test_ft_11_yes_and_no_to_nothing(intent: str) -> None:
    """FT-11: yes and no where nothing was asked are answered with what can be said."""
    for state in ({}, {"asked": ""}, {"asked": "a question of an older version"}):
        response = checked(skill_with(Kept({"introduced": True})))(asked(intent, state))
        assert is_open(response)


def test_ft_12_repeat(tmp_path: Path) -> None:
    """FT-12: repeating says the same again, and after a restart the set at which the routine is."""
    told, again = talk(checked(skill_with(Kept())), asked("CauseIntent", {}), asked("AMAZON.RepeatIntent"))
    assert speech(again) == speech(told)
    settings, counted = Settings(str(tmp_path / "kept.sqlite3")), []
    for envelope in (asked("StartRoutineIntent", {}, slots={"routine": "full=full"}), asked("AMAZON.RepeatIntent", {})):
        skill = create_skill(settings)
        counted.append(checked(skill)(envelope))
        close(skill)
    first, second = (session_of(response)["position"] for response in counted)
    assert first == second
    counts = [re.findall(r"[a-z]+<break", speech(response)) for response in counted]
    assert counts[0][-80:] == counts[1][-80:]


def test_ft_13_cards_say_what_was_said() -> None:
    """FT-13: a card repeats the words, or lists the sources with their addresses; nothing is promised for download."""
    seen = count()
    for envelope, response in answered():
        card = response["response"].get("card")
        if card is None or card["type"] != "Simple":
            continue
        next(seen)
        said, shown = spoken(speech(response)), card["content"]
        if "https://" in shown:
            assert envelope["request"]["intent"]["name"] == "SourcesIntent"
        else:
            assert re.sub(r"\W+", "", shown) in re.sub(r"\W+", "", said)
        assert "download" not in f"{card['title']} {shown}".lower()
    assert next(seen) > 50

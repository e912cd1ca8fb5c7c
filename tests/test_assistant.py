"""The way through all parts: any JSON gets a response that keeps the rules, or an error that says what is wrong."""

from __future__ import annotations

import copy
import gc
import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.assistant import EnvelopeError, WrongSkillError, answer, create_skill
from skill.settings import IN_MEMORY, Settings
from tests.conftest import REQUESTS, Ask, Envelope, assert_keeps_rules, request, request_id, speech
from tests.mangled import Way, faults, part_of, ways_of

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
FIXTURES = [request(request_id(path)) for path in REQUESTS]
SKILL = create_skill(Settings(database=IN_MEMORY))
GONE = object()

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["?", "IntentRequest", "PLAYING", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def spoilt(envelope: Envelope, way: Way, value: Any) -> Envelope:
    """A copy in which one part is another, or gone."""
    whole = copy.deepcopy(envelope)
    part = part_of(whole, way[:-1])
    if value is GONE:
        del part[way[-1]]
    else:
        part[way[-1]] = value
    return whole


def is_answered_or_refused(envelope: Any) -> None:
    """Fail for anything but a response that keeps the rules, or the one error for what cannot be answered."""
    try:
        response = answer(SKILL, envelope)
    except EnvelopeError:
        response = None
    assert faults(envelope, response) == []


@given(JUNK)
def test_any_json(envelope: Any) -> None:
    """JSON that has nothing to do with the platform is refused."""
    with pytest.raises(EnvelopeError):
        answer(SKILL, envelope)


@given(st.sampled_from(FIXTURES), st.data())
def test_any_part_of_a_request(fixture: Envelope, data: st.DataObject) -> None:
    """Requests with up to three parts replaced or missing are answered by the rules, or refused."""
    envelope = fixture
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(list(ways_of(envelope))))
        envelope = spoilt(envelope, way, data.draw(st.just(GONE) | JUNK))
    is_answered_or_refused(envelope)


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [None], GONE], ids=repr)
def test_every_part_of_a_request(value: Any) -> None:
    """Each part of a request in a routine, replaced or missing, leaves an answer or an error."""
    for fixture in (request("CausesIntent/mid_routine"), request("AMAZON.StopIntent/audio_playing")):
        for way in ways_of(fixture):
            is_answered_or_refused(spoilt(fixture, way, value))


@pytest.mark.parametrize(
    ("envelope", "message"),
    [
        (None, "not null"),
        ([], "not list"),
        ("{}", "not str"),
        ({}, '"request" object'),
        ({"request": {}}, '"request" object with a "type"'),
        ({"request": {"type": 7}}, '"request" object with a "type"'),
        ({"request": {"type": "LaunchRequest"}}, '"context" object with a "System"'),
        ({"request": {"type": "LaunchRequest"}, "context": {"System": []}}, '"context" object with a "System"'),
        ({"request": {"type": "IntentRequest"}, "context": {"System": {}}}, '"intent" object with a "name"'),
        (
            {"request": {"type": "IntentRequest", "intent": {"name": None}}, "context": {"System": {}}},
            '"intent" object with a "name"',
        ),
    ],
)
def test_error_names_what_is_missing(envelope: Any, message: str) -> None:
    """The error of an envelope that is none says what it lacks."""
    with pytest.raises(EnvelopeError, match=message):
        answer(SKILL, envelope)


def nested(way: Way) -> Any:
    """An envelope with a part that is nested too deeply to be read."""
    envelope = request("ReportSymptomIntent/in_session")
    part: Any = "xylophone"
    for _ in range(950):
        part = {"type": "List", "values": [part]}
    part_of(envelope, way[:-1])[way[-1]] = part
    return envelope


def test_deep_nesting_is_refused() -> None:
    """What is nested too deeply to be read is refused, and nothing of it stands in what a log would print."""
    with pytest.raises(EnvelopeError, match="too deeply") as caught:
        answer(SKILL, nested(("request", "intent", "slots", "symptom", "slotValue")))
    assert "xylophone" not in "".join(traceback.format_exception(caught.value))


def test_deep_nesting_in_the_session() -> None:
    """Session attributes that cannot be read are as if there were none."""
    response = answer(SKILL, nested(("session", "attributes")))
    assert response["response"] == answer(SKILL, request("ReportSymptomIntent/in_session"))["response"]


def test_bare_minimum_is_answered() -> None:
    """A launch without session, locale, user and time still gets its greeting."""
    envelope = {"request": {"type": "LaunchRequest"}, "context": {"System": {}}}
    response = answer(SKILL, envelope)
    assert "Steady Legs" in speech(response)
    assert_keeps_rules(envelope, response)


@pytest.mark.parametrize(
    "name", ["LaunchRequest/new_session", "CauseIntent/in_session", "HowManyLeftIntent/mid_routine"]
)
def test_nothing_is_left_to_be_looked_for(name: str) -> None:
    """What a request needed is let go of once it is answered, and no search for garbage has to find it."""
    skill, envelope = create_skill(Settings(database=IN_MEMORY)), request(name)
    for _ in range(2):
        answer(skill, envelope)
    gc.collect()
    gc.disable()
    try:
        answer(skill, envelope)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_unknown_type_is_left_unanswered(ask: Ask) -> None:
    """A type of request that is newer than the skill gets an empty response."""
    envelope = request("LaunchRequest/new_session")
    envelope["request"]["type"] = "Alexa.NotInvented.Yet"
    assert ask(envelope) == {"version": "1.0", "response": {}}


def test_other_skills_are_refused() -> None:
    """With a skill id only requests for it are answered, of whatever type; without one all are."""
    ours = create_skill(Settings(database=IN_MEMORY, skill_id=SKILL_ID))
    envelope = request("LaunchRequest/new_session")
    assert speech(answer(ours, envelope))
    for other in ({"applicationId": f"{SKILL_ID}0"}, {"applicationId": None}, {}, None):
        for kind in ("LaunchRequest", "Alexa.NotInvented.Yet"):
            wrong = spoilt(envelope, ("context", "System", "application"), other)
            wrong["request"]["type"] = kind
            with pytest.raises(WrongSkillError):
                answer(ours, wrong)
    assert speech(answer(SKILL, spoilt(envelope, ("context", "System", "application"), GONE)))


def test_newer_parts_of_the_context_are_left_out(ask: Ask) -> None:
    """A screen in a mode that is newer than the SDK does not keep the skill from answering."""
    plain = request("AboutIntent/in_session")
    newer = copy.deepcopy(plain)
    newer["context"]["Viewport"] = {"mode": "HOLOGRAM", "shape": "SPHERE"}
    newer["context"]["Viewports"] = [{"type": "HOLOGRAM"}]
    newer["context"]["Alexa.NotInvented.Yet"] = {"token": 7}
    assert ask(newer) == ask(plain)


@pytest.mark.parametrize(
    "timestamp",
    [
        "2026-11-22T18:30:00Z",
        "2026-11-22T18:30:00.123Z",
        "2026-11-22T18:30:00+05:30",
        "2026-11-22T18:30:00",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        *("now", "", 1795372200, "2026-13-45T99:99:99Z", []),
        None,
        GONE,
    ],
)
def test_odd_timestamps(timestamp: Any, ask: Ask) -> None:
    """A clock that is off costs a count at most, never the answer."""
    envelope = spoilt(request("HowManyLeftIntent/mid_routine"), ("request", "timestamp"), timestamp)
    assert "carry on" in speech(ask(envelope))


def test_asking_whether_it_could_do_something_does_nothing(ask: Ask) -> None:
    """A question of the platform whether an intent could be answered is no request for it."""
    envelope = request("AMAZON.StopIntent/mid_routine")
    envelope["request"]["type"] = "CanFulfillIntentRequest"
    assert ask(envelope)["response"] == {}


@pytest.mark.parametrize("name", ["LaunchRequest", "SessionEndedRequest", "AudioPlayer.PlaybackStarted", ""])
def test_intent_that_is_called_like_a_type_of_request(name: str, ask: Ask) -> None:
    """It is an intent that is not known, and not what it is called like."""
    envelope = request("LaunchRequest/new_session")
    envelope["request"] |= {"type": "IntentRequest", "intent": {"name": name}}
    other = copy.deepcopy(envelope)
    other["request"]["intent"]["name"] = "NoSuchIntent"
    assert ask(envelope) == ask(other)


def test_intent_in_another_type_of_request_is_left_alone(ask: Ask) -> None:
    """A launch that has an intent, of whatever kind, is a launch."""
    for intent in ("stop", {}, {"name": "AMAZON.StopIntent"}):
        envelope = request("LaunchRequest/new_session")
        envelope["request"]["intent"] = intent
        assert "Steady Legs" in speech(ask(envelope))

"""A guard round a skill: the device speaks whatever the skill does, the skill is told, and it is known why."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from ask_sdk_core.skill_builder import SkillBuilder
from hypothesis import given
from hypothesis import strategies as st

from skill.content.reading import DIRECTORY, read_yaml
from skill.speaker.device import Device
from skill.speaker.envelopes import Envelope
from skill.speaker.response_rules import LARGEST_RESPONSE
from skill.speaker.screen import Screen
from skill.speaker.turns import Skill
from skill.web.simulator.trace import LARGEST_SHOWN, Guard, Observed
from tests.speaker.jukebox import LENGTHS, jukebox
from tests.speaker.small import Clock, detect, parrot, understanding

WORDS = read_yaml(DIRECTORY / "en" / "page.yaml")["failures"]
SPEECH = {"type": "PlainText", "text": "Hello?"}


def guard(skill: Skill, **changes: Any) -> Guard:
    """A guard with the words of the page and ids that are counted."""
    ids = (UUID(int=number) for number in count())
    return Guard(skill, lambda kind: str(WORDS[kind.lower()]), new_id=lambda: next(ids), **changes)


def device_of(guarded: Guard, screen: Screen | None = None) -> Device:
    """A device with that skill."""
    return Device(guarded, understanding(), "en-US", lambda: datetime(2026, 1, 15, tzinfo=UTC), detect, screen=screen)


def launched(skill: Skill, **changes: Any) -> Observed:
    """What comes of opening a skill."""
    guarded = guard(skill, **changes)
    device = device_of(guarded)
    observed = guarded.observe(device, device.launch)
    assert not device.in_session or observed.failure is None
    return observed


def raising(error: BaseException) -> Skill:
    """A skill that raises."""

    def skill(envelope: Envelope) -> Envelope:
        raise error

    return skill


def answering(answer: Any) -> Skill:
    """A skill that answers that to all but the news of its failure."""
    return lambda envelope: {"response": {}} if _is_end(envelope) else answer


def screen(**document: Any) -> Any:
    """A response that shows that document."""
    directive = {"type": "Alexa.Presentation.APL.RenderDocument", "token": "t", "document": document}
    return {"response": {"outputSpeech": SPEECH, "directives": [directive], "shouldEndSession": True}}


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
    assert observed.failure.why.startswith(f"{type(error).__name__} in skill, test_trace.py:")
    assert "secret" not in observed.failure.why
    assert observed.exchanges[0].response is None


def test_raising_in_a_library() -> None:
    """The place is the skill's own last line, and a library's where the skill has none on the way."""

    def parse(envelope: Envelope) -> Envelope:
        return {"response": {}, "at": datetime.fromisoformat("never")}

    assert "in parse, test_trace.py:" in _why(launched(parse))
    handler: Any = SkillBuilder().lambda_handler()
    why = _why(launched(partial(handler, context=None)))
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
    assert why in _why(observed)


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
    assert why in _why(observed)
    assert "does not have Alexa.Presentation.APL" in _why(launched(answering(answer)))


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
    assert _why(observed) == "no answer after 0.05 seconds"
    assert observed.failure is not None
    assert observed.failure.type == "ENDPOINT_TIMEOUT"


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
    guarded = guard(lambda envelope: raising(OSError())(envelope) if _is_end(envelope) else parrot(envelope))
    device = device_of(guarded)
    device.launch()
    observed = guarded.observe(device, device.silence)
    assert observed.turn.speech == "What now?"
    assert "OSError" in _why(observed)
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
    assert "AIntent and to BIntent" in _why(observed)
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


def _why(observed: Observed) -> str:
    assert observed.failure is not None
    return observed.failure.why


def _is_end(envelope: Envelope) -> bool:
    return bool(envelope["request"]["type"] == "SessionEndedRequest")

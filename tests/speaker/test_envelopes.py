"""Tests of request envelopes."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

from skill.speaker import envelopes
from skill.speaker.envelopes import DeviceProfile, EndReason, Occasion, Session
from skill.speaker.player import Event, PlaybackError, PlayerState
from skill.speaker.screen import Screen
from skill.speaker.understanding import Heard, HeardSlot
from tests.speaker.small import INTENTS, understanding

PROFILE = DeviceProfile(locale="en-GB")
SESSION = Session(UUID(int=1), new=False, attributes={"turn": 3, "seen": ["a"]})
OCCASION = Occasion(SESSION, UUID(int=2), datetime(2026, 1, 15, 10, 0, 0, 999_999, tzinfo=UTC))


PLAYING = PlayerState("PLAYING", "left", 1500)
FAILURE = PlaybackError("MEDIA_ERROR_SERVICE_UNAVAILABLE", "not there")
BROKEN = {"type": "LIST_ERROR", "reason": "INTERNAL_ERROR", "message": "late", "listId": ""}
EVENT = Occasion(None, UUID(int=2), OCCASION.at, PLAYING)


def every_event(profile: DeviceProfile) -> list[dict[str, Any]]:
    """One envelope of each kind that belongs to no conversation."""
    return [
        envelopes.playback(profile, EVENT, Event("PlaybackStarted", EVENT.at, PLAYING)),
        envelopes.playback(profile, EVENT, Event("PlaybackNearlyFinished", EVENT.at, PLAYING)),
        envelopes.playback(profile, EVENT, Event("PlaybackFinished", EVENT.at, PLAYING)),
        envelopes.playback(profile, EVENT, Event("PlaybackStopped", EVENT.at, PLAYING)),
        envelopes.playback(profile, EVENT, Event("PlaybackFailed", EVENT.at, PLAYING, FAILURE)),
        envelopes.button(profile, EVENT, "play"),
        envelopes.button(profile, EVENT, "pause"),
        envelopes.button(profile, EVENT, "next"),
        envelopes.button(profile, EVENT, "previous"),
    ]


def meant(text: str) -> dict[str, Any]:
    """The intent that goes out for a text."""
    small = understanding({**INTENTS, "RemindMeIntent": ["remind me at {time}"]})
    heard = small.hear(text)
    envelope = envelopes.intent(PROFILE, OCCASION, heard, small.slots[heard.intent])
    intent: dict[str, Any] = envelope["request"]["intent"]
    return intent


def every_envelope(profile: DeviceProfile) -> list[dict[str, Any]]:
    """One envelope of each kind."""
    small = understanding()
    heard = small.hear("do ten leg swings")
    return [
        envelopes.launch(profile, OCCASION),
        envelopes.intent(profile, OCCASION, heard, small.slots[heard.intent]),
        envelopes.session_ended(profile, OCCASION, "USER_INITIATED"),
        envelopes.touch(profile, OCCASION, "menu", ["next", 1], {"type": "TouchWrapper", "handler": "Press"}),
        envelopes.screen_failed(profile, OCCASION, "menu", [BROKEN]),
    ]


@pytest.mark.parametrize("profile", [PROFILE, DeviceProfile(locale="en-US", screen=Screen(480, 480, shape="ROUND"))])
@pytest.mark.parametrize("kind", range(5))
def test_frame(profile: DeviceProfile, kind: int) -> None:
    """Every envelope has the ids, the session and the context in Amazon's shape."""
    envelope = every_envelope(profile)[kind]
    session, system, request = envelope["session"], envelope["context"]["System"], envelope["request"]
    assert envelope["version"] == "1.0"
    assert session["attributes"] == {"turn": 3, "seen": ["a"]}
    assert session["new"] is False
    assert re.fullmatch(r"amzn1\.echo-api\.session\.[0-9a-f-]{36}", session["sessionId"])
    assert re.fullmatch(r"amzn1\.echo-api\.request\.[0-9a-f-]{36}", request["requestId"])
    assert re.fullmatch(r"amzn1\.ask\.account\.[A-Z2-7]{208}", session["user"]["userId"])
    assert re.fullmatch(r"amzn1\.ask\.device\.[A-Z2-7]{208}", system["device"]["deviceId"])
    assert re.fullmatch(r"amzn1\.ask\.skill\.[0-9a-f-]{36}", system["application"]["applicationId"])
    assert (session["user"], session["application"]) == (system["user"], system["application"])
    assert request["locale"] == profile.locale
    assert request["timestamp"] == "2026-01-15T10:00:00Z"
    assert system["apiEndpoint"].startswith("https://")
    assert system["apiAccessToken"]
    json.dumps(envelope)


@pytest.mark.parametrize("kind", range(5))
def test_sdk_reads_it(kind: int) -> None:
    """The SDK finds nothing in an envelope that it does not know."""
    envelope = every_envelope(DeviceProfile(locale="en-US", screen=Screen()))[kind]
    read = DefaultSerializer().deserialize(json.dumps(envelope), RequestEnvelope)
    assert read.request.object_type == envelope["request"]["type"]
    assert read.context.system.device.device_id == envelope["context"]["System"]["device"]["deviceId"]


@pytest.mark.parametrize("kind", range(9))
def test_sdk_reads_events(kind: int) -> None:
    """The SDK finds in an event what is there: the user and the player, but no session."""
    envelope = every_event(PROFILE)[kind]
    read = DefaultSerializer().deserialize(json.dumps(envelope), RequestEnvelope)
    assert read.request.object_type == envelope["request"]["type"]
    assert read.session is None
    assert read.context.system.user.user_id == PROFILE.user_id
    assert read.context.audio_player.player_activity.value == "PLAYING"
    assert (read.context.audio_player.token, read.context.audio_player.offset_in_milliseconds) == ("left", 1500)
    if envelope["request"]["type"].startswith("AudioPlayer."):
        assert read.request.token == read.context.audio_player.token


def test_failure_has_its_reason() -> None:
    """A failed stream is told with the reason and with what the player did, and other events with the offset."""
    started, failed = (every_event(PROFILE)[place]["request"] for place in (0, 4))
    assert started["offsetInMilliseconds"] == 1500
    assert failed["error"] == {"type": FAILURE.type, "message": FAILURE.message}
    assert failed["currentPlaybackState"] == {
        "token": "left",
        "offsetInMilliseconds": 1500,
        "playerActivity": "PLAYING",
    }


def test_timestamp_is_universal() -> None:
    """The time is sent in universal time, whatever zone the clock has."""
    at = datetime(2026, 1, 15, 10, tzinfo=timezone(timedelta(hours=2)))
    assert (
        envelopes.launch(PROFILE, Occasion(SESSION, UUID(int=2), at))["request"]["timestamp"] == "2026-01-15T08:00:00Z"
    )


def test_voice_only() -> None:
    """A device without a screen sends nothing about one."""
    context = envelopes.launch(PROFILE, OCCASION)["context"]
    assert context["System"]["device"]["supportedInterfaces"] == {"AudioPlayer": {}}
    assert context["AudioPlayer"] == {"playerActivity": "IDLE"}
    assert not {"Viewport", "Viewports"} & set(context)


def test_screen() -> None:
    """A device with a screen describes it and says that it shows documents."""
    context = envelopes.launch(DeviceProfile("en-US", screen=Screen(960, 540, 320, mode="TV")), OCCASION)["context"]
    assert "Alexa.Presentation.APL" in context["System"]["device"]["supportedInterfaces"]
    assert (context["Viewport"]["pixelWidth"], context["Viewport"]["mode"]) == (960, "TV")
    assert context["Viewports"][0]["configuration"]["current"]["size"]["pixelHeight"] == 540


def test_silent_device() -> None:
    """A device that plays no streams says nothing of a player."""
    context = envelopes.launch(DeviceProfile("en-US", plays_audio=False), OCCASION)["context"]
    assert "AudioPlayer" not in context
    assert context["System"]["device"]["supportedInterfaces"] == {}


def test_every_slot_is_listed() -> None:
    """A slot that was not filled is there without a value."""
    intent = meant("start the knee circles")
    assert intent["name"] == "StartExerciseIntent"
    assert intent["confirmationStatus"] == "NONE"
    assert intent["slots"]["count"] == {"name": "count", "confirmationStatus": "NONE"}
    assert set(intent["slots"]) == {"exercise", "count"}


def test_custom_slot_is_resolved() -> None:
    """A listed value comes with what it stands for, in the older and the newer format."""
    slot = meant("start the knee circles")["slots"]["exercise"]
    (authority,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert slot["value"] == "knee circles"
    assert authority["authority"] == f"amzn1.er-authority.echo-sdk.{PROFILE.application_id}.ExerciseName"
    assert authority["status"] == {"code": "ER_SUCCESS_MATCH"}
    assert authority["values"] == [{"value": {"name": "knee rotations", "id": "knee_rotations"}}]
    assert slot["slotValue"] == {"type": "Simple", "value": slot["value"], "resolutions": slot["resolutions"]}


def test_unlisted_value_is_not_resolved() -> None:
    """Words that no value has are passed on without a match."""
    slot = HeardSlot("cause", "CauseName", said="my elbow", value="my elbow")
    heard = Heard("CauseIntent", {"cause": slot})
    envelope = envelopes.intent(PROFILE, OCCASION, heard, {"cause": "CauseName"})
    (authority,) = envelope["request"]["intent"]["slots"]["cause"]["resolutions"]["resolutionsPerAuthority"]
    assert authority["status"] == {"code": "ER_SUCCESS_NO_MATCH"}
    assert "values" not in authority


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [("make it ten", "count", "10"), ("remind me at ten", "time", "22:00"), ("i feel odd", "symptom", "odd")],
)
def test_amazons_types_are_not_resolved(said: str, slot: str, value: str) -> None:
    """Numbers, times and free text stand for themselves."""
    sent = meant(said)["slots"][slot]
    assert sent["value"] == sent["slotValue"]["value"] == value
    assert "resolutions" not in sent


def test_intent_without_slots() -> None:
    """An intent without slots has no list of them."""
    assert meant("yes") == {"name": "AMAZON.YesIntent", "confirmationStatus": "NONE"}


@pytest.mark.parametrize("reason", ["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"])
def test_session_ended(reason: EndReason) -> None:
    """The end of a session has its reason."""
    request = envelopes.session_ended(PROFILE, OCCASION, reason)["request"]
    assert (request["type"], request["reason"]) == ("SessionEndedRequest", reason)


def test_account_id() -> None:
    """A seed always gives the same user, and another seed another."""
    assert envelopes.account_id("a") == envelopes.account_id("a") != envelopes.account_id("b")


def test_attributes_are_copied() -> None:
    """Changing an envelope changes no session."""
    envelopes.launch(PROFILE, OCCASION)["session"]["attributes"]["seen"].append("b")
    assert SESSION.attributes["seen"] == ["a"]

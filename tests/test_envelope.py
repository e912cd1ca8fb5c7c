"""Envelopes are read into the same objects that the SDK makes of them."""

from __future__ import annotations

import json
from datetime import datetime
from math import inf, nan
from pathlib import Path

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import Request, RequestEnvelope

from skill.envelope import read_envelope
from tests.conftest import REQUESTS, request, request_id
from tests.mangled import Way, part_of

READABLE = [
    path
    for path in REQUESTS
    if (
        path.stem != "unheard_of_screen"
        and path.parent.name in {*Request.discriminator_value_class_map, "LaunchRequest"}
    )
    or "Intent" in path.parent.name
]


@pytest.mark.parametrize("path", READABLE, ids=request_id)
def test_equal_to_the_sdk(path: Path) -> None:
    """Whatever the SDK can read is read alike, down to the last attribute."""
    envelope = request(request_id(path))
    ours = read_envelope(envelope)
    theirs = DefaultSerializer().deserialize(json.dumps(envelope), RequestEnvelope)
    assert ours == theirs
    assert isinstance(ours.request.timestamp, datetime)
    assert ours.to_dict() == theirs.to_dict()


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("session",), "open"),
        (("session",), [{}]),
        (("session", "user"), []),
        (("session", "attributes"), [1]),
        (("request", "timestamp"), "noon"),
        (("request", "timestamp"), 5),
        (("request", "locale"), ["en-US"]),
        (("request", "dialogState"), {}),
        (("request", "intent"), "StopIntent"),
        (("request", "intent", "slots"), ["symptom"]),
        (("request", "intent", "slots", "symptom"), 7),
        (("request", "intent", "slots", "symptom", "resolutions"), True),
        (("context", "AudioPlayer", "offsetInMilliseconds"), inf),
        (("context", "AudioPlayer", "offsetInMilliseconds"), nan),
        (("context", "AudioPlayer", "offsetInMilliseconds"), "9" * 5000),
        (("context", "AudioPlayer", "offsetInMilliseconds"), "soon"),
        (("context", "AudioPlayer", "token"), {"token": "t"}),
        (("context", "System", "device", "supportedInterfaces"), "all"),
    ],
)
def test_wrong_kind_is_as_if_missing(way: Way, value: object) -> None:
    """A part of the wrong kind is read as none, and nothing else changes."""
    envelope, without = request("ReportSymptomIntent/danger"), request("ReportSymptomIntent/danger")
    part_of(envelope, way[:-1])[way[-1]] = value
    part_of(without, way[:-1])[way[-1]] = None
    assert read_envelope(envelope) == read_envelope(without)


def test_halves_of_characters_are_replaced() -> None:
    """Half of a pair is no text: it could neither be kept nor sent, so a question mark stands there."""
    envelope = request("LaunchRequest/new_session")
    envelope["context"]["System"]["user"]["userId"] = "é\ud800💥"
    assert read_envelope(envelope).context.system.user.user_id == "é?💥"


@pytest.mark.parametrize("name", ["object_type", "request_id", "to_dict", "deserialized_types", "__class__"])
def test_names_of_the_sdk_are_no_keys(name: str) -> None:
    """A key that is called like something of the object itself does not take its place."""
    envelope = request("LaunchRequest/new_session")
    envelope["request"][name] = "SessionEndedRequest"
    assert read_envelope(envelope) == read_envelope(request("LaunchRequest/new_session"))


@pytest.mark.parametrize("value", [{"type": "Composite", "value": "x"}, {"type": 7}, {"value": "x"}])
def test_newer_kind_than_the_sdk_stays_as_it_came(value: object) -> None:
    """An object of a type that has been added since is there for who can read it."""
    envelope = request("ReportSymptomIntent/danger")
    envelope["request"]["intent"]["slots"]["symptom"]["slotValue"] = value
    assert read_envelope(envelope).request.intent.slots["symptom"].slot_value == value


def test_newer_value_than_the_sdk_stays_as_it_came() -> None:
    """A value of a list that has grown since does not cost the words beside it."""
    envelope = request("ReportSymptomIntent/danger")
    envelope["request"]["dialogState"] = "SHOUTING"
    read = read_envelope(envelope)
    assert read.request.dialog_state == "SHOUTING"
    assert read.request.intent.slots["symptom"].value == envelope["request"]["intent"]["slots"]["symptom"]["value"]

"""Envelopes are read into the same objects that the SDK makes of them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import Request, RequestEnvelope

from skill.envelope import read_envelope
from tests.conftest import REQUESTS, request, request_id

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
    ("part", "value"),
    [
        ("request", {"type": "Alexa.Future.SomethingNew"}),
        ("request", {"type": "LaunchRequest", "timestamp": "noon"}),
        ("request", {"type": "LaunchRequest", "timestamp": 5}),
        ("request", {"type": "IntentRequest", "dialogState": [], "intent": {"name": "x"}}),
        ("request", "LaunchRequest"),
        ("session", "open"),
        ("session", {"user": []}),
    ],
)
def test_wrong_kind_is_one_error(part: str, value: object) -> None:
    """A part of the wrong kind raises the error that the SDK's serializer raises."""
    with pytest.raises(SerializationException):
        read_envelope({**request("LaunchRequest/new_session"), part: value})


def test_newer_value_than_the_sdk_stays_as_it_came() -> None:
    """A value of a list that has grown since does not cost the words beside it."""
    envelope = request("ReportSymptomIntent/danger")
    envelope["request"]["dialogState"] = "SHOUTING"
    read = read_envelope(envelope)
    assert read.request.dialog_state == "SHOUTING"
    assert read.request.intent.slots["symptom"].value == envelope["request"]["intent"]["slots"]["symptom"]["value"]

"""Logs: a line for each request, with what it was and never with what was said or by whom."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from skill.settings import IN_MEMORY, Settings
from skill.web.app import create_app
from skill.web.logs import JsonLines
from skill.web.simulator.home import our_home
from tests.conftest import REQUESTS, request, request_id

FIELDS = {"time", "level", "from", "event", "status", "ms", "verified", "method", "path", "type", "intent"}
"""All that the line of a request that was answered can have."""

PRIVATE = {
    "userId",
    "deviceId",
    "sessionId",
    "requestId",
    "personId",
    "apiAccessToken",
    "consentToken",
    "token",
    "value",
}
"""Fields of an envelope that say who somebody is, or what was said."""

WORDS = "my left foot is a xylophone"
"""What somebody says."""


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the skill logs meanwhile."""
    stream, logger = StringIO(), logging.getLogger("skill")
    handler, level = logging.StreamHandler(stream), logger.level
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.fixture
def client() -> FlaskClient:
    """The door, unverified."""
    return create_app(Settings(database=IN_MEMORY), unverified=True).test_client()


def lines(log: StringIO) -> list[dict[str, Any]]:
    """What was logged."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def private(value: Any, field: str = "") -> Iterator[str]:
    """All that must not stand in a log."""
    if isinstance(value, str) and field in PRIVATE:
        yield value
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from private(part, str(key))


@pytest.mark.parametrize("path", REQUESTS, ids=request_id)
def test_nothing_private(path: Path, client: FlaskClient, log: StringIO) -> None:
    """Of every fixture the line tells type and intent, and no line has a slot's value, an id or a token."""
    envelope = request(request_id(path))
    assert client.post("/alexa", json=envelope).status_code == 200
    *others, line = lines(log)
    asked = envelope["request"]
    assert line["type"] == asked.pop("type")
    assert line.get("intent") == asked.get("intent", {}).pop("name", None)
    assert {"status": 200, "method": "POST", "path": "/alexa", "verified": False}.items() <= line.items()
    assert line["ms"] > 0
    assert set(line) <= FIELDS
    for other in others:
        text = json.dumps(other)
        assert [each for each in private(envelope) if re.search(rf"\b{re.escape(each)}\b", text, re.I)] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"type": WORDS},
        {"type": "IntentRequest", "intent": {"name": WORDS, "slots": {}}},
        {"type": "IntentRequest", "intent": {"name": WORDS.replace(" ", "-")}},
        {"type": "IntentRequest", "intent": WORDS},
        {"type": [WORDS]},
        WORDS,
    ],
)
def test_words_in_other_places(asked: Any, client: FlaskClient, log: StringIO) -> None:
    """What is called by no name that the platform could give is not repeated."""
    envelope = request("LaunchRequest/new_session")
    for body in ({**envelope, "request": asked}, {**envelope, "request": asked, "context": WORDS}, [asked]):
        client.post("/alexa", json=body)
        client.post(f"/{WORDS}?{WORDS}", json=body, headers={"User-Agent": WORDS, "X-Forwarded-For": WORDS})
    assert len(lines(log)) >= 6
    assert "xylophone" not in log.getvalue()


def test_failures(client: FlaskClient, log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a failure that nobody foresaw its type and place are logged, and not its message, which may quote a person."""

    def fail(skill: Any, envelope: Any) -> None:
        raise ValueError(WORDS) from RuntimeError(WORDS)

    monkeypatch.setattr("skill.web.app.answer", fail)
    assert client.post("/alexa", json={}).status_code == 500
    failure, line = lines(log)
    assert (failure["level"], failure["error"]) == ("error", "ValueError")
    assert [Path(place.rpartition(":")[0]).name for place in failure["at"]][-1] == "test_logs.py"
    assert line["status"] == 500
    assert "xylophone" not in log.getvalue()


def test_page_is_quiet(log: StringIO) -> None:
    """What the page of the local speaker asks leaves a line only where it is refused or fails, and never a word."""
    settings = Settings(database=IN_MEMORY)
    client = create_app(settings, unverified=True, home=our_home(settings)).test_client()
    opened = client.post("/local", json={"do": "open", "locale": "en-US", "device": "none"}).get_json()
    said = {"do": "say", "text": WORDS, "conversation": opened["conversation"]}
    assert client.post("/local", json=said).status_code == 200
    assert client.get("/").status_code == 200
    assert [line for line in lines(log) if line["event"] == "request"] == []
    client.post("/local", json={**said, "do": WORDS})
    client.post("/local", json=said, headers={"Origin": "http://localhost:1"})
    bad, other = (line for line in lines(log) if line["event"] == "request")
    assert (bad["status"], bad["path"]) == (400, "/local")
    assert (other["status"], other["refused"]) == (403, "from another page")
    assert "xylophone" not in log.getvalue()


def test_refusals(client: FlaskClient, log: StringIO) -> None:
    """Why a request was refused is logged, and whom; who was answered is not."""
    client.post("/alexa", data=WORDS)
    client.get("/health")
    refused, answered = lines(log)
    assert (refused["refused"], refused["client"]) == ("the body of the request is no JSON", "127.0.0.1")
    assert set(answered) <= FIELDS
    assert "xylophone" not in log.getvalue()

"""The Flask door: envelopes in and out, and for everything else a clear error in JSON and no stack trace."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from skill.settings import IN_MEMORY, Settings
from skill.web.app import create_app
from skill.web.door import LARGEST_REQUEST
from skill.web.verification import Verifier
from tests.conftest import assert_keeps_rules, request, speech
from tests.web.authority import NOW, Files, headers, launch, root

SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"


@pytest.fixture
def client() -> FlaskClient:
    """The door, as this machine sees it."""
    return create_app(Settings(database=IN_MEMORY), unverified=True).test_client()


def error_of(response: Any, status: int) -> str:
    """The message of an error, which is JSON and no more than that."""
    assert response.status_code == status
    assert response.content_type == "application/json"
    body = response.get_json()
    assert set(body) == {"error"}
    assert "Traceback" not in body["error"]
    assert ".py" not in body["error"]
    message: str = body["error"]
    return message


def test_health(client: FlaskClient) -> None:
    """The health check says that the door is open."""
    response = client.get("/health")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_envelope_is_answered(client: FlaskClient) -> None:
    """A request gets the response envelope of the skill."""
    envelope = request("LaunchRequest/new_session")
    response = client.post("/alexa", json=envelope)
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert "Steady Legs" in speech(response.get_json())
    assert_keeps_rules(envelope, response.get_json())


@pytest.mark.parametrize("kind", ["application/json;charset=utf-8", "text/plain", "application/xml", None])
def test_content_type_does_not_matter(kind: str | None, client: FlaskClient) -> None:
    """What is JSON is read as JSON, whatever it calls itself."""
    body = json.dumps(request("LaunchRequest/new_session"))
    assert client.post("/alexa", data=body, content_type=kind).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"hello", b"\xff\xfe", b"{'a': 1}", b"a=1"])
def test_malformed_json(body: bytes, client: FlaskClient) -> None:
    """What is no JSON is a bad request."""
    assert error_of(client.post("/alexa", data=body), 400)


@pytest.mark.parametrize("body", ["null", "[]", "7", "{}", '{"request": {"type": "LaunchRequest"}}'])
def test_no_envelope(body: str, client: FlaskClient) -> None:
    """JSON that is no envelope is a bad request that says what is missing."""
    assert "envelope" in error_of(client.post("/alexa", data=body), 400)


def test_other_skill() -> None:
    """A request for another skill is refused."""
    client = create_app(Settings(database=IN_MEMORY, skill_id=SKILL_ID), unverified=True).test_client()
    message = error_of(client.post("/alexa", json=request("LaunchRequest/new_session")), 400)
    assert message == "the request is meant for another skill"


def test_too_large(client: FlaskClient) -> None:
    """A body beyond the limit is not read, and one within it is."""
    envelope = request("LaunchRequest/new_session")
    envelope["padding"] = ""
    room = LARGEST_REQUEST - len(json.dumps(envelope))
    for padding, status in ((room, 200), (room + 1, 413)):
        envelope["padding"] = "x" * padding
        assert client.post("/alexa", data=json.dumps(envelope)).status_code == status
    error_of(client.post("/alexa", data=json.dumps(envelope)), 413)


def test_deep_nesting(client: FlaskClient) -> None:
    """JSON that is nested too deeply to be read is a bad request as well."""
    error_of(client.post("/alexa", data="[" * 100_000), 400)


@pytest.mark.parametrize("address", ["192.168.1.7", "8.8.8.8", "::ffff:8.8.8.8", "2001:db8::1", "", "nonsense"])
@pytest.mark.parametrize("path", ["/alexa", "/health", "/nowhere"])
def test_strangers_are_refused(address: str, path: str, client: FlaskClient) -> None:
    """Nobody but this machine is answered, not even with what exists."""
    response = client.post(path, json={}, environ_overrides={"REMOTE_ADDR": address})
    assert "only this machine" in error_of(response, 403)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_answered(address: str, client: FlaskClient) -> None:
    """Every loopback address is this machine."""
    assert client.get("/health", environ_overrides={"REMOTE_ADDR": address}).status_code == 200


def test_unknown_paths_and_methods(client: FlaskClient) -> None:
    """What is not there is said in JSON, too."""
    error_of(client.get("/nowhere"), 404)
    error_of(client.get("/alexa"), 405)
    error_of(client.delete("/health"), 405)


def test_own_failure_shows_no_stack_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure that nobody foresaw is an error in JSON that tells nothing of the inside."""

    def fail(skill: Any, envelope: Any) -> None:
        raise RuntimeError("xylophone")

    monkeypatch.setattr("skill.web.app.answer", fail)
    client = create_app(Settings(database=IN_MEMORY), unverified=True).test_client()
    assert "xylophone" not in error_of(client.post("/alexa", json={}), 500)


def test_recordings_are_served(tmp_path: Path, client: FlaskClient) -> None:
    """Files of the folder, whole or in part, and nothing outside of it; without a folder there is none."""
    (tmp_path / "tracks").mkdir()
    (tmp_path / "tracks" / "a.mp3").write_bytes(bytes(range(256)))
    (tmp_path / "secret.mp3").write_bytes(b"secret")
    settings = Settings(IN_MEMORY, tracks=str(tmp_path / "tracks"), tracks_url="https://example.org/tracks")
    serving = create_app(settings, unverified=True).test_client()
    whole = serving.get("/tracks/a.mp3", buffered=True)
    assert (whole.status_code, whole.content_type, whole.data) == (200, "audio/mpeg", bytes(range(256)))
    part = serving.get("/tracks/a.mp3", headers={"Range": "bytes=16-31"}, buffered=True)
    assert (part.status_code, part.data) == (206, bytes(range(16, 32)))
    for name in ("b.mp3", "../secret.mp3", "..%2fsecret.mp3", "%2e%2e/secret.mp3"):
        error_of(serving.get(f"/tracks/{name}"), 404)
    error_of(client.get("/tracks/a.mp3"), 404)


def test_unsigned_requests_are_refused() -> None:
    """Verified, nobody is answered who did not sign, and nobody at all without a skill id; no reason is told."""
    for settings in (Settings(IN_MEMORY), Settings(IN_MEMORY, skill_id=SKILL_ID)):
        serving = create_app(settings).test_client()
        assert error_of(serving.post("/alexa", json=request("LaunchRequest/new_session")), 400) == "bad request"
        assert serving.get("/health").status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_unverified_answers_no_proxy(header: str, client: FlaskClient) -> None:
    """Unverified, whoever comes by a proxy is a stranger, and so is a page of another origin."""
    envelope = request("LaunchRequest/new_session")
    error_of(client.post("/alexa", json=envelope, headers={header: "127.0.0.1"}), 403)
    error_of(client.post("/alexa", json=envelope, headers={"Origin": "https://example.org"}), 403)
    error_of(client.post("/alexa", json=envelope, headers={"Host": "example.org"}), 403)


def test_signed_requests_are_answered() -> None:
    """What Alexa signed for this skill is answered, and a byte less is not."""
    settings = Settings(IN_MEMORY, skill_id=SKILL_ID)
    verifier = Verifier([root().certificate], Files(), lambda: NOW)
    serving = create_app(settings, verifier=verifier, clock=lambda: NOW).test_client()
    body = launch(SKILL_ID)
    answered = serving.post("/alexa", data=body, headers=headers(body))
    assert "Steady Legs" in speech(answered.get_json())
    assert error_of(serving.post("/alexa", data=body[:-1] + b" ", headers=headers(body)), 400) == "bad request"
    elsewhere = body.replace(SKILL_ID.encode(), b"amzn1.ask.skill.00000000-0000-4000-8000-000000000002")
    assert error_of(serving.post("/alexa", data=elsewhere, headers=headers(elsewhere)), 400) == "bad request"
    late = body.replace(NOW.isoformat().encode(), (NOW - timedelta(seconds=151)).isoformat().encode())
    assert error_of(serving.post("/alexa", data=late, headers=headers(late)), 400) == "bad request"

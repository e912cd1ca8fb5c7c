"""What cannot be done at the door: a clear refusal with what to say to a person, and why."""

from __future__ import annotations

from typing import Any

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.web.simulator.home import our_home
from tests.web.simulator.page import Page


@pytest.fixture(scope="module")
def page() -> Page:
    """A page with our skill and no voice."""
    return Page(our_home(Settings(IN_MEMORY)))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"do": "dance"}, "do: 'dance' is none of open, say"),
        ({"do": 7}, "do: give a text"),
        ({}, "do: give a text"),
        ({"do": "say"}, "text"),
        ({"do": "say", "text": "  "}, "text: give from 1 to 8000"),
        ({"do": "say", "text": "x" * 8001}, "text: give from 1 to 8000"),
        ({"do": "say", "text": 7}, "text: give a text"),
        ({"do": "press", "button": "stop"}, "button: give one of play, pause, next, previous"),
        ({"do": "seek", "offset_ms": -1}, "offset_ms"),
        ({"do": "seek", "offset_ms": True}, "offset_ms"),
        ({"do": "heard", "token": "a", "offset_ms": 1.5}, "offset_ms"),
        ({"do": "heard", "token": "a", "offset_ms": 1, "error": 7}, "error: give a text"),
        ({"do": "touch", "token": "a", "arguments": 7, "source": {}}, "arguments: give a list"),
        ({"do": "touch", "token": "a", "arguments": [], "source": 7}, "source: give an object"),
        ({"do": "broken", "token": "a", "errors": ["x"]}, "errors: give a list of objects"),
        ({"do": "open", "locale": "xx-XX", "device": "none"}, "locale: 'xx-XX' is none of en-US"),
    ],
)
def test_bad_input(page: Page, asked: dict[str, Any], named: str) -> None:
    """What cannot be done is refused with what to say to a person, and why."""
    response = page.client.post("/local", json={"conversation": page.id, **asked})
    error = response.get_json()["error"]
    assert response.status_code == 400
    assert error["said"] == "That did not work. Try it in another way."
    assert named in error["why"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000])
def test_what_is_no_request(page: Page, body: bytes) -> None:
    """A body that is no object is refused."""
    response = page.client.post("/local", data=body, content_type="application/json")
    assert response.status_code == 400
    assert "the body" in response.get_json()["error"]["why"]


def test_other_content(page: Page) -> None:
    """What a form of another page could send is refused."""
    assert page.client.post("/local", data='{"do": "open"}', content_type="text/plain").status_code == 415


def test_conversation_that_is_gone(page: Page) -> None:
    """One that is not there any more is said to be gone, so that the page begins anew."""
    response = page.client.post("/local", json={"do": "say", "text": "hello", "conversation": "gone"})
    assert response.status_code == 404
    assert "a new one has begun" in response.get_json()["error"]["said"]


def test_too_large(page: Page) -> None:
    """A body beyond the limit is not read."""
    assert page.client.post("/local", json={"do": "say", "text": "x" * 300_000}).status_code == 413

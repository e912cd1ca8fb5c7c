"""The page and what belongs to it: for this machine alone, under a strict policy, and small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from skill.settings import IN_MEMORY, Settings
from skill.web.app import create_app
from skill.web.simulator.home import our_home
from skill.web.simulator.page import HERE
from skill.web.verification import Verifier
from tests.web.authority import Files, root

LARGEST_PAGE = 150_000
"""Bytes of all that the page is made of, without the renderer of screens."""

OPEN = {"do": "open", "locale": "en-US", "device": "none"}
"""Begins a conversation."""

PATHS = ["/", "/local/words/en-US.json", "/local/icon.svg", "/local/screen.html", "/local/static/main.js"]

SOUNDS = ["/local/speech/x.mp3", "/local/tracks/x.mp3"]


@pytest.fixture(scope="module", params=[True, False], ids=["unverified", "verified"])
def client(request: pytest.FixtureRequest) -> FlaskClient:
    """An application with the page, in both manners."""
    return application(unverified=request.param)


def application(*, unverified: bool, proxy: bool = False) -> FlaskClient:
    """An application with the page."""
    settings = Settings(IN_MEMORY)
    verifier = Verifier([root().certificate], Files())
    app = create_app(settings, unverified=unverified, proxy=proxy, verifier=verifier, home=our_home(settings))
    return app.test_client()


def test_page(client: FlaskClient) -> None:
    """It has its words in it, names every locale and device, and says what it is and whom to call."""
    page = client.get("/")
    text = page.get_data(as_text=True)
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "{{" not in text
    assert "not medical advice" in text
    assert "911" in text
    assert re.findall(r'<option value="([^"]+)"', text)[:7] == [
        "none",
        "spot",
        "show5",
        "show8",
        "show10",
        "show15",
        "tv",
    ]
    assert '<option value="en-IN">' in text


@pytest.mark.parametrize("path", PATHS)
def test_policy(client: FlaskClient, path: str) -> None:
    """Nothing but what is served here is run, shown, played or asked, and nothing that stands in the page itself."""
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert ("unsafe" in policy) is (path == "/local/screen.html")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers


def test_frame_belongs_to_nobody(client: FlaskClient) -> None:
    """What the renderer needs is allowed in a sandbox alone, which has no origin and reaches nothing."""
    policy = client.get("/local/screen.html", buffered=True).headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; ")
    assert "allow-same-origin" not in policy
    assert "frame-ancestors 'self'" in policy


def test_no_script_in_the_page(client: FlaskClient) -> None:
    """No script, style or handler stands in the page or in the frame."""
    for path in ("/", "/local/screen.html"):
        text = client.get(path, buffered=True).get_data(as_text=True)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize(
    "stranger",
    [
        {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}},
        {"headers": {"Host": "example.org"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Via": "1.1 proxy"}},
        {"headers": {"Origin": "https://example.org"}},
    ],
    ids=["elsewhere", "other name", "forwarded", "via", "other page"],
)
def test_strangers(client: FlaskClient, stranger: dict[str, Any]) -> None:
    """Nobody but this machine is shown anything or answered, in either manner, and nobody through a proxy."""
    for path in [*PATHS, "/local/vendor/apl-viewhost-web-1.4.0/index.js", *SOUNDS]:
        assert client.get(path, buffered=True, **stranger).status_code == 403, path
    assert (
        client.post("/local", json={"do": "open", "locale": "en-US", "device": "none"}, **stranger).status_code == 403
    )


def test_behind_a_proxy() -> None:
    """Whoever comes by the proxy that is believed is refused as well, whoever it says they are."""
    client = application(unverified=False, proxy=True)
    for forwarded in ("127.0.0.1", "203.0.113.9"):
        assert client.get("/", headers={"X-Forwarded-For": forwarded}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:1234"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_other_pages_of_this_machine(client: FlaskClient, headers: dict[str, str]) -> None:
    """Only the page itself does anything at the door, and no other one, whoever serves it here."""
    assert client.post("/local", json=OPEN, headers=headers).status_code == 403
    assert client.post("/local", json=OPEN, headers={"Origin": "http://localhost"}).status_code == 200


@pytest.mark.parametrize("name", ["../page.py", "..%2fpage.py", "%2e%2e/page.py", "nothing.js", "/etc/passwd"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    """Files that are none of the page are not there."""
    for folder in ("static", "vendor", "tracks"):
        assert client.get(f"/local/{folder}/{name}").status_code == 404


def test_without_a_home() -> None:
    """An application that was given none has no page."""
    client = create_app(Settings(IN_MEMORY), unverified=True).test_client()
    assert client.get("/").status_code == 404
    assert client.post("/local", json={}).status_code == 404


def test_weight() -> None:
    """All files of the page together are small, with its words and without the renderer and the workbench."""
    files = [path for path in (HERE / "static").iterdir() if "workbench" not in path.name]
    words = HERE.parents[2] / "content" / "en" / "page.yaml"
    assert sum(path.stat().st_size for path in (*files, words)) < LARGEST_PAGE


def test_renderer_has_its_licence(client: FlaskClient) -> None:
    """It is served as it came, with what its licence asks for, and may be kept as its address names its version."""
    folder = "/local/vendor/apl-viewhost-web-1.4.0"
    assert client.get(f"{folder}/index.js", buffered=True).headers["Cache-Control"].endswith("immutable")
    for name in ("LICENSE", "NOTICE"):
        text = client.get(f"{folder}/{name}", buffered=True)
        assert text.content_type.startswith("text/plain")
        assert "Amazon" in text.get_data(as_text=True) or "Apache License" in text.get_data(as_text=True)
    assert (Path(HERE) / "vendor" / "apl-viewhost-web-1.4.0" / "THIRD-PARTY.txt").is_file()

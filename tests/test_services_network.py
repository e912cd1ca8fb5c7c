"""The platform's services over the network: none of them holds up a turn."""

from __future__ import annotations

import json
import subprocess
import sys
import time as clocks
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from ask_sdk_model.services import ApiClientRequest

from skill import services
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE, Network, Outcome, Services
from skill.speaker.alarms import Alarms
from tests.service_calls import NOW, reminder, timer

Handle = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(autouse=True)
def nobody_allowed_anything() -> None:
    """Here the network is the real one, which goes to this machine alone."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Handle], Services]]:
    """Services behind a real server that handles requests so; only TLS is left out, as it would need a certificate."""
    monkeypatch.setattr("http.client.HTTPSConnection", HTTPConnection)
    servers: list[ThreadingHTTPServer] = []

    def serve(handle: Handle) -> Services:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                """Nothing."""

        for method in ("GET", "POST", "DELETE"):
            setattr(Handler, f"do_{method}", handle)
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        servers[-1].daemon_threads = True
        Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return Services(Network(), f"https://127.0.0.1:{servers[-1].server_port}", "secret", "device", "en-US")

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def amazons(alarms: Alarms) -> Handle:
    """A server that answers as the services of a device do."""

    def handle(asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        assert asked.headers["Content-type"] == "application/json"
        response = alarms.invoke(
            ApiClientRequest(
                method=asked.command,
                url=f"https://{asked.headers['Host']}{asked.path}",
                headers=list(asked.headers.items()),
                body=json.loads(body or "null"),
            )
        )
        reply(asked, response.status_code or 0, response.body or "")

    return handle


def reply(asked: BaseHTTPRequestHandler, status: int, body: str) -> None:
    """Send an answer."""
    asked.send_response(status)
    asked.send_header("Content-Length", str(len(body.encode())))
    asked.end_headers()
    asked.wfile.write(body.encode())


def test_over_the_network(served: Callable[[Handle], Services]) -> None:
    """Without leave nothing is set; with it a timer and a reminder are, they come due, and the reminder is deleted."""
    alarms = Alarms(lambda: NOW, "Europe/Berlin")
    asked = served(amazons(alarms))
    assert [timer(asked), reminder(asked), asked.delete_reminders()] == [Outcome.NEEDS_PERMISSION] * 3
    alarms.allowed |= {TIMERS_SCOPE, REMINDERS_SCOPE}
    assert asked.delete_reminders() is Outcome.NOTHING
    assert [timer(asked), reminder(asked), reminder(asked, time(22))] == [Outcome.DONE] * 3
    assert alarms.due(NOW.replace(minute=40)) == ("It is over.",)
    # Nine in Berlin is eight here, and the reminder for then was replaced by that for ten.
    assert alarms.due(NOW.replace(hour=20, minute=59)) == ()
    assert alarms.due(NOW.replace(hour=21, minute=0)) == ("It is time.",)
    assert asked.delete_reminders() is Outcome.DONE
    assert asked.delete_reminders() is Outcome.NOTHING


@pytest.mark.parametrize("status", [500, 503, 504])
def test_failing_server(status: int, served: Callable[[Handle], Services]) -> None:
    """A server that fails, with a page instead of an answer, costs nothing but the timer."""
    asked = served(lambda asked: reply(asked, status, "<html>Bad Gateway</html>"))
    assert [timer(asked), reminder(asked), asked.delete_reminders()] == [Outcome.UNAVAILABLE] * 3


def test_silent_server(served: Callable[[Handle], Services], monkeypatch: pytest.MonkeyPatch) -> None:
    """A request to a server that does not answer ends by its own time-out."""
    monkeypatch.setattr(services, "REQUEST_S", 0.1)
    monkeypatch.setattr(services, "DEADLINE_S", 30)
    over = Event()

    def stay_silent(asked: BaseHTTPRequestHandler) -> None:
        over.wait(10)

    began = clocks.monotonic()
    assert timer(served(stay_silent)) is Outcome.UNAVAILABLE
    assert clocks.monotonic() - began < 5
    over.set()


def test_dripping_server(served: Callable[[Handle], Services], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes byte by byte, and so never times out, is given up at the deadline."""
    monkeypatch.setattr(services, "DEADLINE_S", 0.3)
    over = Event()

    def drip(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "1000")
        asked.end_headers()
        while not over.wait(0.05):
            asked.wfile.write(b" ")
            asked.wfile.flush()

    began = clocks.monotonic()
    assert timer(served(drip)) is Outcome.UNAVAILABLE
    assert clocks.monotonic() - began < 2
    over.set()


def test_nobody_listens(served: Callable[[Handle], Services]) -> None:
    """Where nobody listens, or no TLS is spoken, nothing can be done."""
    asked = served(lambda _: None)
    assert timer(replace(asked, endpoint="https://127.0.0.1:1")) is Outcome.UNAVAILABLE
    assert timer(replace(asked, endpoint=asked.endpoint.replace("https", "http"))) is Outcome.UNAVAILABLE


def test_cold_start() -> None:
    """A launch does not load what only a service needs."""
    fixture = "tests/requests/LaunchRequest/new_session.json"
    program = f"""
import json, sys
from skill.assistant import answer, create_skill
from skill.settings import Settings
skill = create_skill(Settings(database=":memory:"))
assert "Steady Legs" in str(answer(skill, json.load(open({fixture!r}, encoding="utf-8"))))
skill.persistence_adapter.close()
print([name for name in ("http.client", "zoneinfo", "skill.speaker.alarms") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")

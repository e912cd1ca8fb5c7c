"""The platform's services: what is sent to them, what comes of every answer, and that none of them holds up a turn."""

from __future__ import annotations

import json
import subprocess
import sys
import time as clocks
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

from skill import services
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE, Network, Outcome, Services
from skill.speaker.alarms import Alarms
from tests.conftest import checked, request, speech

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
ZONE = ("GET", "/v2/devices/amzn1.ask.device.A%2FB/settings/System.timeZone")
REFUSED = '{"code": "UNAUTHORIZED", "message": "no consent"}'

Answers = dict[tuple[str, str], tuple[int, str]]


@pytest.fixture(autouse=True)
def nobody_allowed_anything() -> None:
    """Here the network is the real one, which goes to this machine alone."""


class Amazon(ApiClient):
    """Answers as it is told to, and remembers what it was asked; what it was not told about is done."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, Any]] = []

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer."""
        method, path = request.method or "", (request.url or "").removeprefix("https://api.eu.amazonalexa.com")
        assert dict(request.headers) == {"Content-type": "application/json", "Authorization": "Bearer secret"}
        self.asked.append((method, path, request.body))
        status, body = self.answers.get((method, path), (200, "{}"))
        return ApiClientResponse(status_code=status, body=body)


def asking(answers: Answers) -> tuple[Services, Amazon]:
    """Services that are answered so."""
    amazon = Amazon({ZONE: (200, '"Europe/Berlin"'), **answers})
    return Services(amazon, "https://api.eu.amazonalexa.com/", "secret", "amzn1.ask.device.A/B", "de-DE"), amazon


def timer(asked: Services) -> Outcome:
    """Ask for a timer."""
    return asked.create_timer(minutes=10, label="foot bath", announcement="It is over.")


def reminder(asked: Services, at: time = time(21, 5)) -> Outcome:
    """Ask for a reminder."""
    return asked.create_reminder(at=at, text="It is time.", now=NOW)


def listed(*tokens: str, status: str = "ON") -> tuple[int, str]:
    """A list of reminders."""
    alerts = [{"alertToken": token, "status": status} for token in tokens]
    return 200, json.dumps({"totalCount": str(len(alerts)), "alerts": alerts, "links": None})


def test_timer() -> None:
    """A timer is asked for in one request, with everything that the service must be told."""
    asked, amazon = asking({})
    assert timer(asked) is Outcome.DONE
    body = {
        "duration": "PT10M",
        "timerLabel": "foot bath",
        "creationBehavior": {"displayExperience": {"visibility": "VISIBLE"}},
        "triggeringBehavior": {
            "operation": {"type": "ANNOUNCE", "textToAnnounce": [{"locale": "de-DE", "text": "It is over."}]},
            "notificationConfig": {"playAudible": True},
        },
    }
    assert amazon.asked == [("POST", "/v1/alerts/timers", body)]


@pytest.mark.parametrize(
    ("at", "first", "rule"),
    [
        (time(21, 5), "2026-11-22T21:05:00.000", "FREQ=DAILY;BYHOUR=21;BYMINUTE=5;BYSECOND=0;INTERVAL=1;"),
        (time(19, 30), "2026-11-23T19:30:00.000", "FREQ=DAILY;BYHOUR=19;BYMINUTE=30;BYSECOND=0;INTERVAL=1;"),
        (time(0), "2026-11-23T00:00:00.000", "FREQ=DAILY;BYHOUR=0;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"),
    ],
)
def test_reminder(at: time, first: str, rule: str) -> None:
    """A reminder is for every day, by the clock of the device and from its next time on."""
    asked, amazon = asking({("POST", "/v1/alerts/reminders"): (200, '{"alertToken": "new"}')})
    assert reminder(asked, at) is Outcome.DONE
    assert amazon.asked[0] == (*ZONE, None)
    assert amazon.asked[1] == (
        "POST",
        "/v1/alerts/reminders",
        {
            "requestTime": "2026-11-22T19:30:00.000",
            "trigger": {
                "type": "SCHEDULED_ABSOLUTE",
                "scheduledTime": first,
                "timeZoneId": "Europe/Berlin",
                "recurrence": {"recurrenceRules": [rule]},
            },
            "alertInfo": {"spokenInfo": {"content": [{"locale": "de-DE", "text": "It is time."}]}},
            "pushNotification": {"status": "DISABLED"},
        },
    )


def test_zone_that_is_unknown_here() -> None:
    """A zone that only the platform knows is passed on all the same."""
    for zone in ("Mars/Olympus", "America", "../etc"):
        asked, amazon = asking({ZONE: (200, json.dumps(zone))})
        assert reminder(asked) is Outcome.DONE
        assert amazon.asked[1][2]["trigger"]["timeZoneId"] == zone


@pytest.mark.parametrize("answered", [(204, ""), (200, ""), (200, "null"), (403, REFUSED), (500, "oops")])
def test_no_reminder_without_the_zone(answered: tuple[int, str]) -> None:
    """Without the zone of the device no reminder is set, as it would come at a wrong hour."""
    asked, amazon = asking({ZONE: answered})
    assert reminder(asked) is Outcome.UNAVAILABLE
    assert [method for method, _, _ in amazon.asked] == ["GET"]


def test_a_reminder_replaces_the_ones_before() -> None:
    """Of all reminders of ours only the new one is left; when it cannot be told from the others, all are."""
    answers = {("GET", "/v1/alerts/reminders"): listed("old", "new", "o/ld")}
    for created, deleted in (('{"alertToken": "new"}', ["old", "o%2Fld"]), ("{}", []), ("", [])):
        asked, amazon = asking({**answers, ("POST", "/v1/alerts/reminders"): (200, created)})
        assert reminder(asked) is Outcome.DONE
        gone = [path for method, path, _ in amazon.asked if method == "DELETE"]
        assert gone == [f"/v1/alerts/reminders/{token}" for token in deleted]


@pytest.mark.parametrize(
    ("answered", "outcome"),
    [
        ((200, '{"id": "1", "status": "ON"}'), Outcome.DONE),
        ((201, ""), Outcome.DONE),
        ((401, REFUSED), Outcome.NEEDS_PERMISSION),
        ((401, ""), Outcome.NEEDS_PERMISSION),
        ((403, REFUSED), Outcome.NEEDS_PERMISSION),
        ((403, '{"code": "DEVICE_NOT_SUPPORTED", "message": "x"}'), Outcome.UNAVAILABLE),
        ((403, ""), Outcome.UNAVAILABLE),
        ((400, "[]"), Outcome.UNAVAILABLE),
        ((404, "{}"), Outcome.UNAVAILABLE),
        ((429, "{}"), Outcome.UNAVAILABLE),
        ((500, "<html>"), Outcome.UNAVAILABLE),
        ((504, '{"message": "Device offline"}'), Outcome.UNAVAILABLE),
    ],
)
def test_outcomes(answered: tuple[int, str], outcome: Outcome) -> None:
    """Every status has its outcome, whatever body comes with it."""
    posts = {("POST", f"/v1/alerts/{kind}"): answered for kind in ("timers", "reminders")}
    assert timer(asking(posts)[0]) is outcome
    assert reminder(asking(posts)[0]) is outcome


@pytest.mark.parametrize(
    ("answers", "outcome", "deleted"),
    [
        ({("GET", "/v1/alerts/reminders"): listed("a", "b")}, Outcome.DONE, ["a", "b"]),
        ({("GET", "/v1/alerts/reminders"): listed()}, Outcome.NOTHING, []),
        ({("GET", "/v1/alerts/reminders"): listed("a", status="COMPLETED")}, Outcome.NOTHING, []),
        ({("GET", "/v1/alerts/reminders"): (401, "")}, Outcome.NEEDS_PERMISSION, []),
        ({("GET", "/v1/alerts/reminders"): (200, "[]")}, Outcome.UNAVAILABLE, []),
        (
            {("GET", "/v1/alerts/reminders"): listed("a", "b"), ("DELETE", "/v1/alerts/reminders/a"): (500, "")},
            Outcome.UNAVAILABLE,
            ["a", "b"],
        ),
    ],
)
def test_deleting(answers: Answers, outcome: Outcome, deleted: list[str]) -> None:
    """All reminders that are on are deleted, and one that stays is not passed over in silence."""
    asked, amazon = asking(answers)
    assert asked.delete_reminders() is outcome
    assert [path.rpartition("/")[2] for method, path, _ in amazon.asked if method == "DELETE"] == deleted


@pytest.mark.parametrize("ask", [timer, reminder, Services.delete_reminders])
def test_nobody_to_ask(ask: Callable[[Services], Outcome]) -> None:
    """A skill without a client, or one that fails, is told that nothing can be done."""

    class Broken(ApiClient):
        def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
            raise RuntimeError("no network")

    assert ask(Services()) is Outcome.UNAVAILABLE
    assert ask(replace(asking({})[0], client=Broken())) is Outcome.UNAVAILABLE


@pytest.mark.parametrize("missing", ["apiEndpoint", "apiAccessToken", "device", "client"])
def test_requests_that_name_no_services(missing: str, skill: CustomSkill) -> None:
    """A request without an endpoint, a token or a device, and a skill without a client, ask nothing of anybody."""
    amazon = Amazon({})
    client: Any = None if missing == "client" else amazon
    skill.api_client = client
    envelope = request("AMAZON.YesIntent/in_session")
    envelope["session"]["attributes"] = {"asked": "timer"}
    envelope["context"]["System"].pop(missing, None)
    assert "I could not set a timer" in speech(checked(skill)(envelope))
    assert amazon.asked == []


@pytest.mark.parametrize("ask", [timer, reminder, Services.delete_reminders])
def test_deadline(ask: Callable[[Services], Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that does not come is given up."""
    monkeypatch.setattr(services, "DEADLINE_S", 0.1)
    over = Event()

    class Stuck(ApiClient):
        def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
            over.wait(10)
            return ApiClientResponse(status_code=200, body="{}")

    began = clocks.monotonic()
    assert ask(replace(asking({})[0], client=Stuck())) is Outcome.UNAVAILABLE
    assert clocks.monotonic() - began < 2
    over.set()


# Over the network, by the SDK's own client

Handle = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Handle], Services]]:
    """Services behind a real server that handles requests so; only TLS is left out, as it would need a certificate."""
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def plain(self: Any, prepared: Any, **options: Any) -> Any:
        prepared.url = prepared.url.replace("https://", "http://")
        return send(self, prepared, **options)

    monkeypatch.setattr(HTTPAdapter, "send", plain)
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
print([name for name in ("requests", "urllib3", "skill.speaker.alarms") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")

"""The platform's services: what is sent to them, and what comes of every answer."""

from __future__ import annotations

import json
import time as clocks
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from threading import Event
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

from skill import services
from skill.services import Outcome, Services
from tests.conftest import checked, request, speech
from tests.service_calls import reminder, timer

ZONE = ("GET", "/v2/devices/amzn1.ask.device.A%2FB/settings/System.timeZone")
REFUSED = '{"code": "UNAUTHORIZED", "message": "no consent"}'

Answers = dict[tuple[str, str], tuple[int, str]]


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


def test_timer_instead_of_one_that_is_on() -> None:
    """A second timer with that label is refused, so the first goes, and no other; where none is found, that is that."""
    path, kept = "/v1/alerts/timers", [{"id": "a/b", "timerLabel": "foot bath"}, {"id": "c", "timerLabel": "eggs"}]
    refused = {("POST", path): (400, "{}")}
    asked, amazon = asking({**refused, ("GET", path): (200, json.dumps({"totalCount": 2, "timers": kept}))})
    assert timer(asked) is Outcome.UNAVAILABLE
    assert [each[:2] for each in amazon.asked] == [
        ("POST", path),
        ("GET", path),
        ("DELETE", f"{path}/a%2Fb"),
        ("POST", path),
    ]
    for answered in ((200, json.dumps({"timers": kept[1:]})), (200, "null"), (500, "")):
        asked, amazon = asking({**refused, ("GET", path): answered})
        assert timer(asked) is Outcome.UNAVAILABLE
        assert [each[:2] for each in amazon.asked] == [("POST", path), ("GET", path)]


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

"""Tests of timers and reminders that a device refuses, as Amazon's services would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from skill.speaker.alarms import MOST_TIMERS, REMINDERS_SCOPE, TIMERS_SCOPE, Alarms
from tests.speaker.alerts import PATHS, TIMER, allowed, changed, send
from tests.speaker.small import Clock


@pytest.mark.parametrize("kind", PATHS)
def test_leave(kind: str) -> None:
    """Without leave for it every request is refused, and nothing is set; leave for the other kind does not help."""
    path, body = PATHS[kind]
    alarms = Alarms(Clock())
    alarms.allowed.add(REMINDERS_SCOPE if kind == "timers" else TIMERS_SCOPE)
    for method in ("POST", "GET", "DELETE"):
        status, told = send(alarms, method, path, body)
        assert (status, told["code"]) == (401, "UNAUTHORIZED")
    alarms.allowed |= {TIMERS_SCOPE, REMINDERS_SCOPE}
    status, told = send(alarms, "POST", path, body, bearer=False)
    assert (status, told["code"]) == (401, "INVALID_BEARER_TOKEN")
    assert send(alarms, "GET", path)[1]["totalCount"] in {0, "0"}


def test_limits() -> None:
    """There are ten timers at most, each with a label of its own or none."""
    alarms = allowed(Clock())
    assert send(alarms, "POST", "/v1/alerts/timers", TIMER)[0] == 200
    assert send(alarms, "POST", "/v1/alerts/timers", TIMER)[0] == 400
    for _ in range(MOST_TIMERS - 1):
        assert send(alarms, "POST", "/v1/alerts/timers", changed(TIMER, "timerLabel", None))[0] == 200
    assert send(alarms, "POST", "/v1/alerts/timers", changed(TIMER, "timerLabel", None))[0] == 403


@pytest.mark.parametrize("duration", ["PT1S", "PT2H", "PT1H59M60S", "PT120M"])
def test_durations(duration: str) -> None:
    """A timer lasts up to two hours."""
    assert send(allowed(Clock()), "POST", "/v1/alerts/timers", changed(TIMER, "duration", duration))[0] == 200


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("timers", "duration", None),
        ("timers", "duration", "PT0S"),
        ("timers", "duration", "PT2H1S"),
        ("timers", "duration", "PT"),
        ("timers", "duration", "10M"),
        ("timers", "duration", 600),
        ("timers", "creationBehavior", None),
        ("timers", "creationBehavior.displayExperience.visibility", "SEEN"),
        ("timers", "triggeringBehavior.operation.type", "SHOUT"),
        ("timers", "triggeringBehavior.operation.textToAnnounce", []),
        ("timers", "triggeringBehavior.notificationConfig.playAudible", "yes"),
        ("reminders", "trigger", None),
        ("reminders", "trigger.type", "SOMETIME"),
        ("reminders", "trigger.timeZoneId", None),
        ("reminders", "trigger.timeZoneId", "Mars/Olympus"),
        ("reminders", "trigger.timeZoneId", "America"),
        ("reminders", "trigger.scheduledTime", "2026-11-22T21:00:00.000Z"),
        ("reminders", "trigger.recurrence.recurrenceRules", ["FREQ=HOURLY;BYMINUTE=0;"]),
        ("reminders", "trigger.recurrence.recurrenceRules", ["FREQ=DAILY;BYHOUR=24;BYMINUTE=0;BYSECOND=0;"]),
        ("reminders", "alertInfo.spokenInfo.content", []),
        ("reminders", "pushNotification", None),
    ],
)
def test_bad_requests(kind: str, path: str, value: Any) -> None:
    """What the services would refuse is refused, and nothing is set."""
    alarms = allowed(Clock())
    where, body = PATHS[kind]
    status, told = send(alarms, "POST", where, changed(body, path, value))
    assert (status, told["code"]) == (400, "BAD_REQUEST")
    assert alarms.due(datetime(2027, 1, 1, tzinfo=UTC)) == ()


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/alerts"), ("GET", "/"), ("POST", "/v1/alerts/alarms")])
def test_what_is_not_there(method: str, path: str) -> None:
    """Other services are not there."""
    assert send(allowed(Clock()), method, path, TIMER)[0] == 404

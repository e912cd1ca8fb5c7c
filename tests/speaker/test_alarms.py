"""Tests of the timers and reminders of a device."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ask_sdk_model.services import ApiClientRequest

from skill.speaker import alarms as module
from skill.speaker.alarms import MOST_TIMERS, REMINDERS_SCOPE, TIMERS_SCOPE, Alarms, local_zone
from tests.speaker.small import Clock

TIMER: dict[str, Any] = {
    "duration": "PT10M",
    "timerLabel": "foot bath",
    "creationBehavior": {"displayExperience": {"visibility": "VISIBLE"}},
    "triggeringBehavior": {
        "operation": {"type": "ANNOUNCE", "textToAnnounce": [{"locale": "en-US", "text": "It is over."}]},
        "notificationConfig": {"playAudible": True},
    },
}

REMINDER: dict[str, Any] = {
    "requestTime": "2026-11-22T10:00:00.000",
    "trigger": {
        "type": "SCHEDULED_ABSOLUTE",
        "scheduledTime": "2026-11-22T21:00:00.000",
        "timeZoneId": "Europe/Berlin",
        "recurrence": {"recurrenceRules": ["FREQ=DAILY;BYHOUR=21;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"]},
    },
    "alertInfo": {"spokenInfo": {"content": [{"locale": "en-US", "text": "It is time."}]}},
    "pushNotification": {"status": "DISABLED"},
}

PATHS = {"timers": ("/v1/alerts/timers", TIMER), "reminders": ("/v1/alerts/reminders", REMINDER)}


def allowed(clock: Clock, zone: str = "Europe/Berlin") -> Alarms:
    """The alarms of a device whose person has allowed everything."""
    alarms = Alarms(clock, zone)
    alarms.allowed |= {TIMERS_SCOPE, REMINDERS_SCOPE}
    return alarms


def send(alarms: Alarms, method: str, path: str, body: Any = None, *, bearer: bool = True) -> tuple[int, Any]:
    """Send a request; the status and the JSON of the answer."""
    headers = [("Authorization", "Bearer x")] if bearer else []
    url = f"https://api.amazonalexa.com{path}"
    response = alarms.invoke(ApiClientRequest(method=method, url=url, headers=headers, body=body))
    return response.status_code or 0, json.loads(response.body or "null")


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A body with another value somewhere, or without it."""
    body = copy.deepcopy(body)
    *before, last = path.split(".")
    place = body
    for key in before:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return body


def test_timer() -> None:
    """A timer is told of as Amazon does, announces its text once, and is gone."""
    clock = Clock()
    alarms = allowed(clock)
    status, told = send(alarms, "POST", "/v1/alerts/timers", TIMER)
    assert status == 200
    assert told == {
        "id": told["id"],
        "status": "ON",
        "duration": "PT10M",
        "triggerTime": "2026-11-22T09:10:00Z",
        "timerLabel": "foot bath",
        "createdTime": "2026-11-22T09:00:00Z",
        "updatedTime": "2026-11-22T09:00:00Z",
    }
    assert send(alarms, "GET", f"/v1/alerts/timers/{told['id']}") == (200, told)
    everything = {"totalCount": 1, "timers": [told], "nextToken": None}
    assert send(alarms, "GET", "/v1/alerts/timers") == (200, everything)
    clock.move(599)
    assert alarms.due(clock()) == ()
    clock.move(1)
    assert alarms.due(clock()) == ("It is over.",)
    assert alarms.due(clock()) == ()
    assert send(alarms, "GET", "/v1/alerts/timers")[1]["timers"] == []


def test_reminder() -> None:
    """A reminder is told of as Amazon does, and comes daily at its time by the clocks of its zone."""
    clock = Clock()
    alarms = allowed(clock)
    status, told = send(alarms, "POST", "/v1/alerts/reminders", REMINDER)
    token = told["alertToken"]
    made = {"createdTime": "2026-11-22T09:00:00Z", "updatedTime": "2026-11-22T09:00:00Z", "status": "ON"}
    kept = {"alertToken": token, "version": "1", **made}
    assert (status, told) == (200, {**kept, "href": f"/v1/alerts/reminders/{token}"})
    alert = {**kept, **{key: value for key, value in REMINDER.items() if key != "requestTime"}}
    everything = {"totalCount": "1", "alerts": [alert], "links": None}
    assert send(alarms, "GET", "/v1/alerts/reminders") == (200, everything)
    assert send(alarms, "GET", f"/v1/alerts/reminders/{token}") == (200, alert)
    for day in range(3):
        nine = datetime(2026, 11, 22 + day, 20, tzinfo=UTC)
        assert alarms.due(nine - timedelta(seconds=1)) == ()
        assert alarms.due(nine) == ("It is time.",)
        assert alarms.due(nine) == ()
    assert alarms.due(nine + timedelta(days=30)) == ("It is time.",)


def test_summer_time() -> None:
    """The time on the clock stays when the clocks are changed."""
    clock = Clock()
    clock.now = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
    alarms = allowed(clock)
    assert send(alarms, "POST", "/v1/alerts/reminders", REMINDER)[0] == 200
    for moment in (datetime(2026, 10, 24, 19, 0, tzinfo=UTC), datetime(2026, 10, 25, 20, 0, tzinfo=UTC)):
        assert alarms.due(moment - timedelta(seconds=1)) == ()
        assert alarms.due(moment) == ("It is time.",)


def test_reminder_for_once() -> None:
    """A reminder without a rule comes once, and must be for a time to come."""
    clock = Clock()
    alarms = allowed(clock)
    once = changed(REMINDER, "trigger.recurrence", None)
    assert send(alarms, "POST", "/v1/alerts/reminders", once)[0] == 200
    assert alarms.due(datetime(2026, 11, 22, 20, tzinfo=UTC)) == ("It is time.",)
    assert alarms.due(datetime(2026, 11, 30, 20, tzinfo=UTC)) == ()
    clock.now = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert send(alarms, "POST", "/v1/alerts/reminders", once)[0] == 400


def test_order() -> None:
    """What fell due first is announced first."""
    clock = Clock()
    clock.now = datetime(2026, 11, 22, 19, 45, tzinfo=UTC)
    alarms = allowed(clock)
    for body in (changed(TIMER, "duration", "PT1H"), changed(changed(TIMER, "duration", "PT5M"), "timerLabel", "b")):
        send(alarms, "POST", "/v1/alerts/timers", body)
    send(alarms, "POST", "/v1/alerts/reminders", REMINDER)
    clock.move(7200)
    assert alarms.due(clock()) == ("It is over.", "It is time.", "It is over.")


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


@pytest.mark.parametrize("kind", PATHS)
def test_deleting(kind: str) -> None:
    """What is deleted is not announced, and cannot be deleted again."""
    path, body = PATHS[kind]
    alarms = allowed(Clock())
    told = send(alarms, "POST", path, body)[1]
    one = f"{path}/{told.get('id') or told['alertToken']}"
    assert send(alarms, "DELETE", one) == (200, None)
    assert send(alarms, "DELETE", one)[0] == 404
    assert send(alarms, "GET", one)[0] == 404
    assert alarms.due(datetime(2027, 1, 1, tzinfo=UTC)) == ()


def test_deleting_everything() -> None:
    """All timers can be deleted at once, and reminders only one by one."""
    alarms = allowed(Clock())
    for label in "abc":
        assert send(alarms, "POST", "/v1/alerts/timers", changed(TIMER, "timerLabel", label))[0] == 200
    assert send(alarms, "DELETE", "/v1/alerts/timers") == (200, None)
    assert send(alarms, "GET", "/v1/alerts/timers")[1]["totalCount"] == 0
    assert send(alarms, "DELETE", "/v1/alerts/reminders")[0] == 405


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


def test_time_zone() -> None:
    """The device tells its zone without anybody's leave."""
    path = "/v2/devices/amzn1.ask.device.X/settings/System.timeZone"
    assert send(Alarms(Clock(), "Asia/Kolkata"), "GET", path) == (200, "Asia/Kolkata")
    assert send(Alarms(Clock()), "POST", path)[0] == 404


def test_local_zone(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The zone of this machine is one that there is: that of the environment, else that of its clock, else UTC."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert local_zone() == "Asia/Kolkata"
    monkeypatch.setattr(module, "LOCAL_TIME", tmp_path / "nothing")
    for nonsense in ("Mars/Olympus", ":/etc/localtime", "CET-1CEST", "America", ""):
        monkeypatch.setenv("TZ", nonsense)
        assert local_zone() == "UTC"
    zones = tmp_path / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Berlin").touch()
    (tmp_path / "localtime").symlink_to(zones / "Berlin")
    monkeypatch.setattr(module, "LOCAL_TIME", tmp_path / "localtime")
    assert local_zone() == "Europe/Berlin"
    monkeypatch.delenv("TZ")
    assert local_zone() == "Europe/Berlin"

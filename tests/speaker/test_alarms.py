"""Tests of timers and reminders of a device that fall due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skill.speaker import alarms as module
from skill.speaker.alarms import Alarms, local_zone
from tests.speaker.alerts import PATHS, REMINDER, TIMER, allowed, changed, send
from tests.speaker.small import Clock


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

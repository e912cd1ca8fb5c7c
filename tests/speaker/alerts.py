"""Requests for timers and reminders, and answers to them."""

from __future__ import annotations

import copy
import json
from typing import Any

from ask_sdk_model.services import ApiClientRequest

from skill.speaker.alarms import REMINDERS_SCOPE, TIMERS_SCOPE, Alarms
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

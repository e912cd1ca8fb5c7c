"""The timers and reminders of a device, behind the services that Amazon has for skills."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

TIMERS_SCOPE, REMINDERS_SCOPE = "alexa::alerts:timers:skill:readwrite", "alexa::alerts:reminders:skill:readwrite"
"""The permissions that a skill needs."""

MOST_TIMERS = 10
"""Timers at the same time."""

LONGEST_TIMER = timedelta(hours=2)
"""The longest timer."""

LOCAL_TIME = Path("/etc/localtime")
"""What many machines have as a link to the file of their time zone."""

Body: TypeAlias = Mapping[str, Any]
"""An object as JSON has it."""

Answer: TypeAlias = Body | str | None
"""What becomes the JSON of an answer; None for no body at all."""

_DURATION = re.compile(r"PT(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?")
_DAILY = re.compile(r"FREQ=DAILY;BYHOUR=(\d+);BYMINUTE=(\d+);BYSECOND=0;(?:INTERVAL=1;)?")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A timer or a reminder that is on."""

    text: str
    """What is announced."""
    due: datetime
    """When; with a time zone."""
    told: Body
    """It as the service tells of it."""
    repeats: time | None = None
    """At what time it comes every day, in the zone of `due`; None for once."""


class _RefusedError(Exception):
    """A service refuses a request."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Alarms(ApiClient):
    """What a device rings and says by itself; a skill may handle what it has been allowed to."""

    def __init__(self, clock: Callable[[], datetime], zone: str = "UTC") -> None:
        """Begin with none; `zone` is that of the device, by its name, and the clock tells a time zone too."""
        self.allowed: set[str] = set()
        """The permissions that the skill has."""
        self._clock = clock
        self._zone = zone
        self._timers: dict[str, Alarm] = {}
        self._reminders: dict[str, Alarm] = {}
        self._ids = count(1)

    def due(self, now: datetime) -> tuple[str, ...]:
        """What is to be announced by now, each alarm once, in the order in which they fell due."""
        come: list[Alarm] = []
        for alarms in (self._timers, self._reminders):
            for key, alarm in list(alarms.items()):
                if alarm.due > now:
                    continue
                come.append(alarm)
                del alarms[key]
                if alarm.repeats is not None:
                    alarms[key] = replace(alarm, due=_next(alarm.repeats, now.astimezone(alarm.due.tzinfo)))
        return tuple(alarm.text for alarm in sorted(come, key=lambda alarm: alarm.due))

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer as the service does that the request is for."""
        path = re.sub(r"^https://[^/]*", "", request.url or "")
        body = json.loads(json.dumps(request.body or {}))
        try:
            if not dict(request.headers).get("Authorization", "").startswith("Bearer "):
                raise _RefusedError(401, "INVALID_BEARER_TOKEN", "the request shows no token")
            status, answer = 200, self._answer(request.method or "", path, body)
        except _RefusedError as refused:
            status, answer = refused.status, {"code": refused.code, "message": str(refused)}
        except (KeyError, IndexError, OSError, TypeError, ValueError) as error:
            status, answer = 400, {"code": "BAD_REQUEST", "message": f"{type(error).__name__}: {error}"}
        return ApiClientResponse(status_code=status, body="" if answer is None else json.dumps(answer))

    def _answer(self, method: str, path: str, body: Body) -> Answer:
        if method == "GET" and re.fullmatch(r"/v2/devices/[^/]+/settings/System\.timeZone", path):
            return self._zone
        known = re.fullmatch(r"/v1/alerts/(timers|reminders)(?:/([^/]+))?", path)
        if known is None:
            raise _RefusedError(404, "NOT_FOUND", f"there is nothing at {path}")
        kind, key = known.groups()
        is_timer = kind == "timers"
        alarms = self._timers if is_timer else self._reminders
        if (TIMERS_SCOPE if is_timer else REMINDERS_SCOPE) not in self.allowed:
            raise _RefusedError(401, "UNAUTHORIZED", "the person has not allowed it")
        if key and key not in alarms:
            raise _RefusedError(404, "NOT_FOUND", f"there is no {key}")
        match method:
            case "POST" if not key:
                return self._set_timer(body) if is_timer else self._set_reminder(body)
            case "GET":
                return alarms[key].told if key else _listed(kind, [alarm.told for alarm in alarms.values()])
            case "DELETE" if key or is_timer:
                for each in (key,) if key else list(alarms):
                    del alarms[each]
                return None
        raise _RefusedError(405, "METHOD_NOT_ALLOWED", f"{method} is not for {path}")

    def _set_timer(self, body: Body) -> Answer:
        label, lasts = body.get("timerLabel"), _duration(body["duration"])
        visibility = body["creationBehavior"]["displayExperience"]["visibility"]
        operation = body["triggeringBehavior"]["operation"]
        audible = body["triggeringBehavior"]["notificationConfig"]["playAudible"]
        if not timedelta(0) < lasts <= LONGEST_TIMER:
            raise ValueError(f"a timer lasts up to {LONGEST_TIMER}, not {lasts}")
        if visibility not in {"VISIBLE", "HIDDEN"} or operation["type"] != "ANNOUNCE" or not isinstance(audible, bool):
            raise ValueError("a timer is visible or hidden, announces something, and is audible or not")
        if label and label in {alarm.told.get("timerLabel") for alarm in self._timers.values()}:
            raise ValueError(f"there is a timer called {label!r} already")
        if len(self._timers) >= MOST_TIMERS:
            raise _RefusedError(403, "MAX_TIMERS_EXCEEDED", f"there are {MOST_TIMERS} timers already")
        now, key = self._clock(), self._new_id()
        told = {
            "id": key,
            "status": "ON",
            "duration": body["duration"],
            "triggerTime": _iso(now + lasts),
            "timerLabel": label,
            "createdTime": _iso(now),
            "updatedTime": _iso(now),
        }
        self._timers[key] = Alarm(_text(operation["textToAnnounce"]), now + lasts, told)
        return told

    def _set_reminder(self, body: Body) -> Answer:
        trigger, now, key = body["trigger"], self._clock(), self._new_id()
        zone = ZoneInfo(trigger["timeZoneId"])
        # A time with a zone of its own is refused, as the zone stands beside it.
        due = datetime.strptime(trigger["scheduledTime"], "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=zone)
        repeats = None
        for rule in trigger.get("recurrence", {}).get("recurrenceRules", ()):
            daily = _DAILY.fullmatch(rule)
            if daily is None:
                raise ValueError(f"{rule} is no daily rule")
            repeats = time(int(daily[1]), int(daily[2]))
        if trigger["type"] != "SCHEDULED_ABSOLUTE" or (repeats is None and due <= now):
            raise ValueError("a reminder is for a time to come")
        made = {"alertToken": key, "createdTime": _iso(now), "updatedTime": _iso(now), "status": "ON", "version": "1"}
        kept = {name: body[name] for name in ("trigger", "alertInfo", "pushNotification")}
        text = _text(body["alertInfo"]["spokenInfo"]["content"])
        due = due if repeats is None else _next(repeats, now.astimezone(zone))
        self._reminders[key] = Alarm(text, due, {**made, **kept}, repeats)
        return {**made, "href": f"/v1/alerts/reminders/{key}"}

    def _new_id(self) -> str:
        return str(UUID(int=next(self._ids)))


def local_zone() -> str:
    """The name of this machine's time zone; UTC where it cannot be told."""
    for name in (os.environ.get("TZ", ""), str(LOCAL_TIME.resolve()).rpartition("/zoneinfo/")[2]):
        try:
            return ZoneInfo(name).key
        except (OSError, KeyError, ValueError):
            continue
    return "UTC"


def _next(at: time, now: datetime) -> datetime:
    """When it is that time next, in the zone of now."""
    today = datetime.combine(now.date(), at, now.tzinfo)
    return today if today > now else datetime.combine(now.date() + timedelta(days=1), at, now.tzinfo)


def _duration(raw: str) -> timedelta:
    found = _DURATION.fullmatch(raw)
    if found is None:
        raise ValueError(f"{raw!r} is no duration such as PT10M")
    return timedelta(**{unit: int(number) for unit, number in found.groupdict(default="0").items()})


def _text(content: list[dict[str, str]]) -> str:
    return content[0]["text"]


def _listed(kind: str, told: list[Body]) -> Body:
    if kind == "timers":
        return {"totalCount": len(told), "timers": told, "nextToken": None}
    return {"totalCount": str(len(told)), "alerts": told, "links": None}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

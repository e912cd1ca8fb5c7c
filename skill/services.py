"""What the platform is asked to do for a person: a timer, a daily reminder, and its end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from ask_sdk_model.services import ApiClient, ApiClientRequest

from skill.deadline import in_time
from skill.journal import journal

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model.services import ApiClientResponse

log = journal(__name__)

TIMERS_SCOPE = "alexa::alerts:timers:skill:readwrite"
"""The permission to set timers."""

REMINDERS_SCOPE = "alexa::alerts:reminders:skill:readwrite"
"""The permission to set reminders and to delete them."""

TIMERS, REMINDERS = "/v1/alerts/timers", "/v1/alerts/reminders"
"""Where timers and reminders are."""

REFUSED = frozenset({400, 409})
"""What the platform answers to a request that does not go with what there is."""

REQUEST_S = 2
"""Seconds that a request may take to connect, and again between two parts of its answer."""

DEADLINE_S = 2.0
"""Seconds after which an answer is no longer waited for: the person hears ours within eight."""


class Outcome(Enum):
    """What came of asking a service."""

    DONE = auto()
    """It was done."""
    NOTHING = auto()
    """There was nothing to be done."""
    NEEDS_PERMISSION = auto()
    """The person has not allowed it."""
    UNAVAILABLE = auto()
    """The device cannot do it, or the service did not answer well in time."""


class Network(ApiClient):
    """Sends requests over the network, which the SDK's own client does without a time-out."""

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """The answer to a request; raises OSError, HTTPException or ValueError without one."""
        from http.client import HTTPSConnection
        from urllib.parse import urlsplit

        from ask_sdk_model.services import ApiClientResponse

        url = urlsplit(request.url or "")
        if url.scheme != "https":
            raise ValueError("tokens are sent by https only")
        connection = HTTPSConnection(url.netloc, timeout=REQUEST_S)
        try:
            body = json.dumps(request.body) if request.body else None
            connection.request(request.method or "GET", url.path, body, dict(request.headers or ()))
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            return ApiClientResponse(headers=response.getheaders(), status_code=response.status, body=text)
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Services:
    """The platform's services as one request may use them; none of them raises."""

    client: ApiClient | None = None
    """What sends requests; None where none can be sent."""
    endpoint: str = ""
    """Where they go."""
    token: str = ""
    """What shows that they are ours."""
    device_id: str = ""
    """The device that the person speaks to."""
    locale: str = ""
    """The language and region it is set to."""

    @classmethod
    def of(cls, handler_input: HandlerInput) -> Services:
        """The services that a request names."""
        envelope: Any = handler_input.request_envelope
        system = envelope.context.system
        try:
            client = handler_input.service_client_factory.api_configuration.api_client
        except ValueError:  # the skill was made without one
            return cls()
        if not system.api_endpoint or not system.api_access_token or not system.device:
            return cls()
        device_id, locale = system.device.device_id or "", envelope.request.locale or ""
        return cls(client, system.api_endpoint, system.api_access_token, device_id, locale)

    def create_timer(self, *, minutes: int, label: str, announcement: str) -> Outcome:
        """Set a timer that announces its end in these words, instead of one of ours that has the same label."""
        body = {
            "duration": f"PT{minutes}M",
            "timerLabel": label,
            "creationBehavior": {"displayExperience": {"visibility": "VISIBLE"}},
            "triggeringBehavior": {
                "operation": {"type": "ANNOUNCE", "textToAnnounce": [{"locale": self.locale, "text": announcement}]},
                "notificationConfig": {"playAudible": True},
            },
        }

        def create() -> Outcome:
            status, answer = self._send("POST", TIMERS, body)
            # The platform refuses a second one with that label; whoever begins anew is done with the first.
            if status in REFUSED and self._delete_timers(label):
                status, answer = self._send("POST", TIMERS, body)
            return _outcome(status, answer)

        return _in_time(create)

    def create_reminder(self, *, at: time, text: str, now: datetime) -> Outcome:
        """Remind of something daily at a time of the device's own zone, instead of all reminders of ours before."""
        created: list[Any] = []

        def create() -> Outcome:
            status, zone = self._send("GET", f"/v2/devices/{_quoted(self.device_id)}/settings/System.timeZone")
            # The zone of this machine would be a guess, and the reminder would come at a wrong hour.
            if status != 200 or not isinstance(zone, str):
                return Outcome.UNAVAILABLE
            status, answer = self._send("POST", REMINDERS, _daily(at, text, now, zone, self.locale))
            created.append(answer)
            return _outcome(status, answer)

        outcome = _in_time(create)
        if outcome is Outcome.DONE:
            # Two of them would remind twice; where this one cannot be told from the others, none may go.
            _in_time(lambda: self._delete(but=created[0]["alertToken"]))
        return outcome

    def delete_reminders(self) -> Outcome:
        """End all reminders of ours; the platform shows a skill no others."""
        return _in_time(self._delete)

    def _delete(self, but: str | None = None) -> Outcome:
        status, answer = self._send("GET", REMINDERS)
        if not _is_success(status):
            return _outcome(status, answer)
        alerts = [each for each in answer["alerts"] if each["status"] != "COMPLETED"]
        tokens = [each["alertToken"] for each in alerts if each["alertToken"] != but]
        return self._delete_each(REMINDERS, tokens)

    def _delete_timers(self, label: str) -> bool:
        """Whether there were timers of ours with that label, which are no more."""
        status, answer = self._send("GET", TIMERS)
        known = answer.get("timers", ()) if _is_success(status) and isinstance(answer, dict) else ()
        ids = [each["id"] for each in known if each.get("timerLabel") == label]
        return self._delete_each(TIMERS, ids) is Outcome.DONE

    def _delete_each(self, path: str, ids: list[str]) -> Outcome:
        answers = [self._send("DELETE", f"{path}/{_quoted(each)}") for each in ids]
        failed = [_outcome(*each) for each in answers if not _is_success(each[0])]
        return failed[0] if failed else Outcome.DONE if ids else Outcome.NOTHING

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """The status of the answer, and its JSON or None."""
        # Not by the SDK's own clients of these services: that of the reminders cannot read a list of them, as it
        # names a class that is not there, and all of them lose the status of an error that comes without a body.
        if self.client is None:
            return 0, None
        request = ApiClientRequest(
            method=method,
            url=f"{self.endpoint.rstrip('/')}{path}",
            headers=[("Content-type", "application/json"), ("Authorization", f"Bearer {self.token}")],
            body=body,  # type: ignore[arg-type]  # the SDK's client makes JSON of it
        )
        response = self.client.invoke(request)
        try:
            return response.status_code or 0, json.loads(response.body or "null")
        except ValueError:
            return response.status_code or 0, None


def _daily(at: time, text: str, now: datetime, zone: str, locale: str) -> dict[str, Any]:
    """A reminder of every day at a time in a zone; the rule decides, and the date only has to be one to come."""
    local = _in_zone(now, zone)
    first = datetime.combine(local.date(), at)
    if first <= local:
        first += timedelta(days=1)
    rule = f"FREQ=DAILY;BYHOUR={at.hour};BYMINUTE={at.minute};BYSECOND=0;INTERVAL=1;"
    return {
        "requestTime": local.isoformat(timespec="milliseconds"),
        "trigger": {
            "type": "SCHEDULED_ABSOLUTE",
            "scheduledTime": first.isoformat(timespec="milliseconds"),
            "timeZoneId": zone,
            "recurrence": {"recurrenceRules": [rule]},
        },
        "alertInfo": {"spokenInfo": {"content": [{"locale": locale, "text": text}]}},
        "pushNotification": {"status": "DISABLED"},
    }


def _in_zone(moment: datetime, zone: str) -> datetime:
    """A moment by the clocks of a zone, without naming it; by UTC where this machine does not know the zone."""
    from zoneinfo import ZoneInfo

    try:
        known = moment.astimezone(ZoneInfo(zone))
    except (OSError, ValueError, KeyError):
        known = moment.astimezone(UTC)
    return known.replace(tzinfo=None)


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _outcome(status: int, answer: Any) -> Outcome:
    if _is_success(status):
        return Outcome.DONE
    code = answer.get("code") if isinstance(answer, dict) else None
    # A device without timers or reminders is forbidden too, and no permission would help it.
    if status == 401 or (status == 403 and code == "UNAUTHORIZED"):
        return Outcome.NEEDS_PERMISSION
    log.warning("a service of the platform answered with status %s", status)
    return Outcome.UNAVAILABLE


def _is_success(status: int) -> bool:
    return 200 <= status < 300


def _in_time(task: Callable[[], Outcome]) -> Outcome:
    """What a task comes to; UNAVAILABLE when it fails, or has not ended by the deadline."""
    # The time-out of a request bounds neither looking up a name nor an answer that comes in drops.
    try:
        return in_time(task, DEADLINE_S)
    except TimeoutError:
        log.warning("a service of the platform did not answer in time")
    except Exception as error:  # whatever it is, it must not cost the person the answer
        log.warning("a service of the platform failed: %s", type(error).__name__)
    return Outcome.UNAVAILABLE

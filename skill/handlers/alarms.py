"""The timer of the foot bath and the daily reminder of it, set with the person's leave or told how to set by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from skill.handlers import standard
from skill.handlers.capability import Route
from skill.handlers.turn import Turn
from skill.reply import Permission, Reply
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE, Outcome
from skill.speech.ssml import NOTHING, Speech

REMEDY = "foot_bath"
"""Id of the remedy that the timer and the reminder are for."""

LONGEST_TOKEN = 500
"""Characters; ours are fewer."""

EVENING = time(21)
"""When to remind somebody who names no time."""

PARTS_OF_THE_DAY = {"MO": time(8), "AF": time(15), "EV": EVENING, "NI": time(22)}
"""What the platform says for a part of the day, and the time that is meant by it here."""

CALLED = ((1, "time.night"), (12, "time.morning"), (18, "time.afternoon"), (22, "time.evening"), (24, "time.night"))
"""The hour before which a time is said to be in that part of the day."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is to be set, as it travels with the question for leave: a conversation may be lost on the way."""

    at: time | None
    """When to remind daily; None for the timer."""
    withheld: tuple[str, ...] = ()
    """Remedies that must not be offered in this conversation any more."""

    @property
    def scope(self) -> str:
        """The permission it takes."""
        return REMINDERS_SCOPE if self.at else TIMERS_SCOPE

    def to_token(self) -> str:
        """As text."""
        return json.dumps({"at": f"{self.at:%H:%M}" if self.at else None, "withheld": self.withheld})

    @classmethod
    def from_token(cls, token: str | None) -> Alarm | None:
        """From text; None when it is none of ours."""
        if token is None or len(token) > LONGEST_TOKEN:
            return None
        try:
            raw = json.loads(token)
            return cls(time.fromisoformat(raw["at"]) if raw["at"] else None, tuple(map(str, raw["withheld"])))
        except (KeyError, TypeError, ValueError):
            return None


def bath_minutes(turn: Turn) -> int | None:
    """How long the foot bath takes; None when this person must leave it out."""
    bath = turn.content.remedies[REMEDY].bath
    return bath.minutes if bath and not turn.is_withheld(REMEDY) else None


def refuse(turn: Turn) -> Reply:
    """Leave it out, after what was said in this conversation."""
    return turn.ask(turn.say("routine.withheld"), "after_advice")


def set_timer(turn: Turn) -> Reply:
    """Set a timer for the foot bath."""
    return _set(turn, Alarm(None, turn.session.withheld))


def no_timer(turn: Turn) -> Reply:
    """Take the bath without one."""
    return turn.ask(turn.say("timer.declined"), "carry_on" if turn.in_routine else "anything")


def remind_me(turn: Turn) -> Reply:
    """Ask whether to remind daily, with the time in full: the person must know what they agree to."""
    if bath_minutes(turn) is None:
        return refuse(turn)
    said = turn.slots.get("time")
    at = (_time(said.said) if said else None) or EVENING
    return turn.ask(NOTHING, "remind", asked=f"remind:{at:%H:%M}", time=spoken_time(turn, at))


def set_reminder(turn: Turn) -> Reply:
    """Remind daily at the time that was asked about."""
    at = _time((turn.session.asked or "").partition(":")[2]) or EVENING
    return _set(turn, Alarm(at, turn.session.withheld))


def stop_reminding(turn: Turn) -> Reply:
    """End the daily reminder."""
    outcome = turn.services.delete_reminders()
    if outcome not in {Outcome.DONE, Outcome.NOTHING}:
        return turn.tell(turn.say("reminder.stop_by_hand"))
    stopped = turn.say("reminder.stopped" if outcome is Outcome.DONE else "reminder.none")
    return turn.ask(stopped, "carry_on" if turn.in_routine else "anything")


def answered(turn: Turn) -> Reply:
    """Go on with what the person was asked for leave for."""
    request = turn.request
    alarm = Alarm.from_token(request.token) if request.name == "AskFor" else None
    if alarm is None:
        return standard.something_else(turn)
    withheld = dict.fromkeys((*turn.session.withheld, *filter(turn.content.remedies.__contains__, alarm.withheld)))
    turn.session = replace(turn.session, withheld=tuple(withheld))
    answer: dict[str, Any] = request.payload or {}
    given = request.status is not None and request.status.code == "200" and answer.get("status") == "ACCEPTED"
    return _set(turn, alarm, leave=given, has_card=answer.get("isCardThrown") is True)


def spoken_time(turn: Turn, at: time) -> str:
    """A time of day in words."""
    if at.minute == 0 and at.hour % 12 == 0:
        return turn.say("time.noon" if at.hour else "time.midnight").text()
    part = next(key for end, key in CALLED if at.hour < end)
    key = "time.full" if at.minute == 0 else "time.few_minutes" if at.minute < 10 else "time.minutes"
    hour, minute = turn.number((at.hour - 1) % 12 + 1), turn.number(at.minute)
    return turn.say(key, hour=hour, minute=minute, part=turn.say(part).text()).text()


def _set(turn: Turn, alarm: Alarm, *, leave: bool | None = None, has_card: bool = False) -> Reply:
    """Set it, where the bath may be taken; `leave`: what the person answered who was asked for it, None before that."""
    minutes = bath_minutes(turn)
    if minutes is None:
        return refuse(turn)
    outcome = Outcome.NEEDS_PERMISSION if leave is False else _create(turn, alarm, minutes)
    if outcome is Outcome.DONE:
        return _is_set(turn, alarm, minutes)
    if outcome is Outcome.NEEDS_PERMISSION and leave is None:
        said = _about(turn, alarm, minutes, "timer.permission", "reminder.permission")
        return Reply(said, permission=Permission(alarm.scope, alarm.to_token()))
    said = _about(turn, alarm, minutes, "timer.by_hand", "reminder.by_hand")
    if outcome is Outcome.NEEDS_PERMISSION:
        said += turn.say("permission.card")
    # The conversation ends, or the words for the device itself would come to us.
    reply = turn.tell(said)
    return replace(reply, consent=alarm.scope) if outcome is Outcome.NEEDS_PERMISSION and not has_card else reply


def _create(turn: Turn, alarm: Alarm, minutes: int) -> Outcome:
    if alarm.at is None:
        announcement, label = turn.say("timer.announced").text(), turn.say("timer.label").text()
        return turn.services.create_timer(minutes=minutes, label=label, announcement=announcement)
    now = datetime.fromtimestamp(turn.now_ms / 1000, UTC)
    return turn.services.create_reminder(at=alarm.at, text=turn.say("reminder.text").text(), now=now)


def _is_set(turn: Turn, alarm: Alarm, minutes: int) -> Reply:
    said = _about(turn, alarm, minutes, "timer.set", "reminder.set")
    if alarm.at:
        return turn.ask(said, "carry_on" if turn.in_routine else "anything")
    in_routine = turn.in_routine
    if in_routine:
        # Who has both feet in the water is left in peace, and does no exercise meanwhile.
        said += standard.goodbye(turn)
    if not turn.has_display:
        return turn.tell(said, stops_audio=in_routine)
    from skill.screens.scene import Bath

    turn.session = replace(turn.session, position=None, counting=None)
    return turn.wait(said, Bath(minutes, REMEDY), stops_audio=in_routine)


def _about(turn: Turn, alarm: Alarm, minutes: int, of_timer: str, of_reminder: str) -> Speech:
    """What is said of a timer or of a reminder, whichever it is."""
    if alarm.at:
        return turn.say(of_reminder, time=spoken_time(turn, alarm.at))
    return turn.say(of_timer, minutes=turn.number(minutes))


def _time(value: str) -> time | None:
    """The time that a value of the platform's means; None when it means none."""
    if value in PARTS_OF_THE_DAY:
        return PARTS_OF_THE_DAY[value]
    try:
        return time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


ROUTES: dict[str, Route] = {
    "Connections.Response": answered,
    "RemindMeIntent": remind_me,
    "StopRemindingIntent": stop_reminding,
}

"""The nightly reminder: stated in full before it is set, replaced, ended, and forgotten."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from ask_sdk_core.skill import CustomSkill

from skill.services import REMINDERS_SCOPE
from skill.speaker.alarms import Alarms
from tests.conftest import Ask, checked, speech
from tests.handlers.asking import asked, counting, ends, place, says, session_of, talk
from tests.handlers.leave import NOW, Answering, yes


@pytest.mark.parametrize(
    ("said", "stated", "kept"),
    [
        (None, "nine o'clock in the evening", "21:00"),
        ("?", "nine o'clock in the evening", "21:00"),
        ("soonish", "nine o'clock in the evening", "21:00"),
        ("EV", "nine o'clock in the evening", "21:00"),
        ("NI", "ten o'clock at night", "22:00"),
        ("MO", "eight o'clock in the morning", "08:00"),
        ("AF", "three o'clock in the afternoon", "15:00"),
        ("20:30", "eight thirty in the evening", "20:30"),
        ("20:05:10", "eight oh five in the evening", "20:05"),
        ("00:00", "midnight", "00:00"),
    ],
)
def test_reminder_is_stated_in_full(said: str | None, stated: str, kept: str, ask: Ask, alarms: Alarms) -> None:
    """Before a yes the person hears how often and when; a yes sets that, and says it again."""
    alarms.allowed.add(REMINDERS_SCOPE)
    offered, done = talk(ask, asked("RemindMeIntent", slots={"time": said} if said else {}), asked("AMAZON.YesIntent"))
    assert f"Shall I remind you every day at {stated} of" in speech(offered)
    assert session_of(offered)["asked"] == f"remind:{kept}"
    assert f"I will remind you every day at {stated}," in speech(done)
    due = NOW.replace(hour=int(kept[:2]), minute=int(kept[3:])) + timedelta(days=1)
    alarms.due(due - timedelta(minutes=1))
    assert len(alarms.due(due)) == 1


def test_yes_with_a_lost_time(ask: Ask, alarms: Alarms) -> None:
    """A yes whose time cannot be read is taken for the usual evening, and said so."""
    alarms.allowed.add(REMINDERS_SCOPE)
    for lost in ("remind", "remind:", "remind:25:99"):
        assert "nine o'clock in the evening" in speech(ask(asked("AMAZON.YesIntent", {"asked": lost})))


def test_changed_reminder(ask: Ask, alarms: Alarms) -> None:
    """A second reminder stands instead of the first."""
    alarms.allowed.add(REMINDERS_SCOPE)
    for at in ("20:00", "22:00"):
        ask(asked("AMAZON.YesIntent", {"asked": f"remind:{at}"}))
    assert alarms.due(NOW.replace(hour=21)) == ()
    assert len(alarms.due(NOW.replace(hour=22))) == 1


@pytest.mark.parametrize("state", [{}, counting(place("full"))], ids=["idle", "mid_routine"])
def test_stop_reminding(state: dict[str, Any], ask: Ask, alarms: Alarms) -> None:
    """Reminders are ended when asked to, and where there is none it is said."""
    alarms.allowed.add(REMINDERS_SCOPE)
    ask(yes("reminder"))
    for phrase in ("reminder.stopped", "reminder.none"):
        response = ask(asked("StopRemindingIntent", state))
        assert says(response, phrase)
        assert says(response, "ask.carry_on.question" if state else "ask.anything.question")
    assert alarms.due(NOW + timedelta(days=2)) == ()


@pytest.mark.parametrize("answered", [(401, "{}"), (500, "<html>"), (200, "[]")])
def test_reminders_out_of_reach(answered: tuple[int, str], skill: CustomSkill) -> None:
    """Where reminders cannot be got at, the person hears where to find them."""
    skill.api_client = Answering(*answered)
    response = checked(skill)(asked("StopRemindingIntent"))
    assert says(response, "reminder.stop_by_hand")
    assert ends(response)


def test_forgetting_ends_reminders(skill: CustomSkill, ask: Ask, alarms: Alarms) -> None:
    """To forget a person is to stop reminding them, and a service out of reach does not keep us from forgetting."""
    alarms.allowed.add(REMINDERS_SCOPE)
    ask(yes("reminder"))
    response = ask(asked("AMAZON.YesIntent", {"asked": "forget"}))
    assert says(response, "forget.done")
    assert says(response, "reminder.stopped")
    assert alarms.due(NOW + timedelta(days=2)) == ()
    for status in (200, 401, 500):
        skill.api_client = Answering(status, '{"alerts": []}')
        response = ask(asked("AMAZON.YesIntent", {"asked": "forget"}))
        assert says(response, "forget.done")
        assert not says(response, "reminder.stopped")


def test_every_time_has_words(ask: Ask) -> None:
    """Each time of the day has words of its own, without a digit, that a clock of twelve hours can show."""
    spoken: dict[str, str] = {}
    for hour, minute in product(range(24), (0, 1, 9, 10, 30, 59)):
        said = speech(ask(asked("RemindMeIntent", slots={"time": f"{hour:02}:{minute:02}"})))
        found = re.search(r"every day at ([a-z' ]+) of your foot bath", said)
        assert found, said
        assert found[1] not in spoken
        spoken[found[1]] = f"{hour}:{minute:02}"
    assert spoken["twelve thirty at night"] == "0:30"
    assert spoken["one o'clock in the morning"] == "1:00"
    assert spoken["twelve oh one in the afternoon"] == "12:01"
    assert spoken["five fifty nine in the afternoon"] == "17:59"
    assert spoken["six o'clock in the evening"] == "18:00"
    assert spoken["eleven fifty nine at night"] == "23:59"
    assert spoken["noon"] == "12:00"

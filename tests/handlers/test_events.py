"""Events and failures: events are answered in silence, and a handler that fails still leaves the person an answer."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from skill.handlers import playback, topics
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.speech.ssml import Speech
from tests.conftest import checked, request, speech
from tests.handlers.asking import Kept, asked, counting, ends, place, says, session_of, skill_with, talk, until

SAID = "purple xylophone"


def broken(turn: Turn) -> Reply:
    """A handler that fails, with what was said in its message."""
    raise RuntimeError(f"cannot answer {[slot.said for slot in turn.slots.values()]}")


def endless(turn: Turn) -> Reply:
    """A handler that says more than a device accepts."""
    return turn.ask(Speech(("word " * 2000,)), "anything")


def misspelt(turn: Turn) -> Reply:
    """A handler that asks for a phrase that is not there."""
    return turn.tell(turn.say("no.such.phrase"))


@pytest.mark.parametrize("route", [broken, endless, misspelt])
@pytest.mark.parametrize("state", [{}, counting(place("full"))], ids=["idle", "mid_routine"])
def test_failure_is_spoken(
    route: Any, state: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The person hears an apology, the number to call and what to say next; the log has the place and no words."""
    monkeypatch.setitem(topics.ROUTES, "CauseIntent", route)
    caplog.set_level(logging.DEBUG, logger="skill")
    kept = Kept({"introduced": True, "position": place("full", 0, 7)})
    before = dict(kept.record)
    response = checked(skill_with(kept))(asked("CauseIntent", state, slots={"cause": SAID}))
    assert says(response, "error")
    assert "911" in speech(response)
    assert not ends(response)
    assert kept.record == before
    assert "Error" in caplog.text
    assert route.__name__ in caplog.text or route is endless
    assert not any(word in caplog.text for word in SAID.split())


def test_failure_keeps_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the routine is where it was, and time that went by since then is not counted."""
    monkeypatch.setitem(topics.ROUTES, "CauseIntent", broken)
    position = place("full")
    failed, left = talk(
        checked(skill_with(Kept({"introduced": True}))),
        asked("CauseIntent", counting(position), slots={}, seconds=until(10, position)),
        asked("HowManyLeftIntent", seconds=until(70, position)),
    )
    assert session_of(failed)["position"] == position
    assert "counting" not in session_of(failed)
    assert "eighty left" in speech(left)


def test_failure_of_triage_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when looking for danger fails, the number to call is said."""

    def fail(text: str, locale: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr("skill.triage.detector.detect", fail)
    response = checked(skill_with(Kept()))(request("ReportSymptomIntent/in_session"))
    assert says(response, "error")
    assert "911" in speech(response)


def test_failure_of_an_event_is_silent(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing may be said to the audio player, so a failure there is for the log alone."""
    monkeypatch.setitem(playback.ROUTES, "AudioPlayer.PlaybackStarted", broken)
    response = checked(skill_with(Kept()))(request("AudioPlayer.PlaybackStarted/no_session"))
    assert response["response"] == {}
    assert "RuntimeError" in caplog.text


def test_refused_answer_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The platform's report about an answer that it could not use is noted."""
    checked(skill_with(Kept()))(request("System.ExceptionEncountered/no_session"))
    assert "refused" in caplog.text


def test_session_that_ends_keeps_the_count() -> None:
    """Somebody who walks away in the middle of a set is offered that place the next time."""
    kept = Kept({"introduced": True})
    ask = checked(skill_with(kept))
    position = place("full")
    silent = ask(asked("SessionEndedRequest", counting(position), seconds=until(38, position)))
    assert silent["response"] == {}
    assert kept.record["position"] == {**position, "count": 38}
    back, led = talk(ask, asked("LaunchRequest"), asked("AMAZON.YesIntent"))
    assert says(back, "welcome.back")
    assert "thirty eight" in speech(back)
    assert "from thirty six" in speech(led)


def test_session_that_ends_after_the_last_set_records_the_day() -> None:
    """A routine that was heard to its end is finished, even if nobody said so."""
    kept = Kept({"introduced": True})
    position = place("short", -1)
    checked(skill_with(kept))(asked("SessionEndedRequest", counting(position, "anything"), seconds=600))
    assert kept.record["position"] is None
    assert kept.record["finished"] == ["2026-11-22"]

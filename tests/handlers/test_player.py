"""What is said while recordings play: what stops them, what pauses them, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from skill.routine.plan import Preferences, make_plan
from tests.conftest import speech
from tests.handlers.asking import CONTENT, Kept, asked, ends, place, says
from tests.handlers.recorded import LAST, button, directives, event, kept, played, playing, said, stream


@pytest.mark.parametrize("intent", ["AMAZON.NextIntent", "SkipIntent", "SkipSideIntent"])
def test_going_on_after_the_last_set_stops_it(answering: Any, intent: str) -> None:
    """Who leaves the last set hears no more of it, by voice or by button."""
    current = stream(LAST, "r")
    for envelope in (said(intent, current, 30_000), button("Next", current, 30_000)):
        storage = kept(LAST)
        assert directives(answering(storage)(envelope)) == [{"type": "AudioPlayer.Stop"}]
        assert storage.record["position"] is None


def test_forgetting_stops_the_recording(answering: Any) -> None:
    """Nothing is led any more for somebody who was forgotten."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said("AMAZON.YesIntent", current, 60_000, state={"asked": "forget"}))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    assert storage.record == {}


@pytest.mark.parametrize("intent", ["HowManyLeftIntent", "WhereAmIIntent", "AMAZON.HelpIntent", "AMAZON.LoopOnIntent"])
def test_answers_do_not_hold_up_the_recording(answering: Any, intent: str) -> None:
    """A question on the way is answered, and the recording goes on by itself."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said(intent, current, current.first_ms + 24 * current.pace_ms))
    assert ends(response)
    assert directives(response) == []
    assert storage.record["position"]["count"] == 24
    if intent == "HowManyLeftIntent":
        assert "fifty six left" in speech(response)


@pytest.mark.parametrize("activity", ["PLAYING", "PAUSED", "STOPPED", "BUFFER_UNDERRUN", "FINISHED"])
def test_danger_stops_recording_and_routine(answering: Any, activity: str) -> None:
    """Danger at any count stops the sound, and nothing that the device tells later brings the routine back."""
    storage, current = kept(), stream(0, "r")
    ask = answering(storage)
    slots = {"symptom": "my face is drooping and my arm is weak"}
    response = ask(said("ReportSymptomIntent", current, 60_000, activity, slots=slots))
    assert "911" in speech(response)
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    for kind in ("PlaybackStopped", "PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStarted"):
        assert directives(ask(event(kind, current, 70_000))) == []
    assert (storage.record["position"], storage.record["playing"]) == (None, None)
    resumed = ask(said("AMAZON.ResumeIntent", current, 70_000, "STOPPED"))
    assert says(resumed, "routine.none")


def test_other_counts_are_counted(answering: Any) -> None:
    """A count of which there is no recording is led in the conversation, and the recording is stopped."""
    storage, current = kept(), stream(0, "r")
    response = answering(storage)(said("ChangeCountIntent", current, 30_000, slots={"count": "43"}))
    assert "forty three" in speech(response)
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    assert not ends(response)
    assert storage.record["playing"] is None


def test_conversation_takes_over(answering: Any) -> None:
    """Starting a routine in the conversation stops the recording, whose news is late from then on."""
    storage, current = kept(4), stream(4, "r")
    ask = answering(storage)
    response = ask(said("StartRoutineIntent", current, 30_000, slots={"routine": "short=short"}))
    assert directives(response) == [{"type": "AudioPlayer.Stop"}]
    ask(event("PlaybackStopped", current, 30_000))
    assert storage.record["position"] == place("short")


@pytest.mark.parametrize("intent", ["CausesIntent", "RemediesIntent", "WhenDoctorIntent"])
def test_questions_do_not_hold_up_the_recording(answering: Any, intent: str) -> None:
    """A question about numbness is answered without one of ours, and no other routine is offered."""
    response = answering(kept())(said(intent, stream(0, "r"), 40_000, slots={} if intent == "CausesIntent" else None))
    assert ends(response)
    assert directives(response) == []
    assert not says(response, "ask.short_routine.question")


@pytest.mark.parametrize(("routine", "stops"), [("full", True), ("leg_swings", False)])
def test_calm_advice_stops_what_it_withholds(answering: Any, routine: str, stops: bool) -> None:
    """Where any exercise to be played is withheld the recordings stop for good; where none is they can go on."""
    assert "leg_swings" not in CONTENT.red_flags["rash_with_numbness"].withhold
    storage = Kept({"introduced": True, "position": place(routine), "playing": "r"})
    left = stream(0, "r", make_plan(CONTENT, routine, Preferences()))
    slots = {"red_flag": "a rash=rash_with_numbness"}
    response = answering(storage)(said("RedFlagIntent", left, left.first_ms + 9 * left.pace_ms, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert says(response, "red_flag.routine_stopped") is stops
    assert says(response, "ask.carry_on.question") is not stops
    assert storage.record["position"] == (None if stops else place(routine, 0, 9))
    assert storage.record["playing"] == (None if stops else "r")


@pytest.mark.parametrize(
    ("intent", "slots"), [("ReportSymptomIntent", {"legs": "a little sleepy"}), ("WhatNowIntent", None)]
)
def test_a_symptom_pauses_the_recording(answering: Any, intent: str, slots: dict[str, str] | None) -> None:
    """Who tells of a symptom, however harmless, is asked before anything plays on."""
    storage = kept(3, 7)
    response = answering(storage)(said(intent, stream(3, "r"), 40_000, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert says(response, "ask.carry_on.question")
    assert storage.record["paused"]


def test_foot_bath_pauses_the_recording(answering: Any) -> None:
    """No recording leads somebody on who sits with both feet in water; the place is kept."""
    storage = kept()
    left = stream(0, "r")
    response = answering(storage)(said("FootBathIntent", left, left.first_ms + 9 * left.pace_ms))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert storage.record["paused"]
    assert storage.record["position"] == place("full", 0, 9)


def test_no_to_going_on_pauses_the_recording(answering: Any) -> None:
    """Who opens the skill while it plays, and does not want to go on, is not led on when the conversation is over."""
    storage = kept(3, 7)
    ask = answering(storage)
    resumable = ask(playing(asked("LaunchRequest"), stream(3, "r"), 40_000))
    assert says(resumable, "welcome.place")
    response = ask(said("AMAZON.NoIntent", stream(3, "r"), 40_000, state=resumable["sessionAttributes"]))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]
    assert storage.record["paused"]


def test_what_was_not_understood_pauses_the_recording(answering: Any) -> None:
    """It may have been a word of pain, so it is asked whether to carry on, and a yes plays on."""
    storage = kept(3, 7)
    ask = answering(storage)
    missed = ask(said("AMAZON.FallbackIntent", stream(3, "r"), 40_000))
    assert [each["type"] for each in directives(missed)] == ["AudioPlayer.Stop"]
    assert says(missed, "ask.carry_on.question")
    assert storage.record["paused"]
    assert played(ask(said("AMAZON.YesIntent", stream(3, "r"), 40_000, "STOPPED", state=missed["sessionAttributes"])))


@pytest.mark.parametrize(("slots", "activity"), [({}, "PLAYING"), ({"red_flag": "it=persistent_numbness"}, "FINISHED")])
def test_no_recording_goes_on_after_advice(answering: Any, slots: dict[str, str], activity: str) -> None:
    """Danger that was heard without words, and advice between two recordings, silence the player too."""
    response = answering(kept())(said("RedFlagIntent", stream(0, "r"), 40_000, activity, slots=slots))
    assert [each["type"] for each in directives(response)] == ["AudioPlayer.Stop"]

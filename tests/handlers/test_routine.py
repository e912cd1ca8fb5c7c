"""The routine by voice: wishes stay in their limits, steps go where they say, and a lost place is no dead end."""

from __future__ import annotations

from typing import Any

import pytest

from skill.handlers import routine, wishes
from skill.routine.plan import FASTEST, SLOWEST
from tests.conftest import checked, speech
from tests.handlers.asking import (
    CONTENT,
    Kept,
    asked,
    counting,
    ends,
    introduced,
    place,
    says,
    session_of,
    skill_with,
    talk,
    until,
)

SWINGS = place("full")
LAST = place("short", -1)


@pytest.mark.parametrize(("intent", "limit"), [("SlowerIntent", SLOWEST), ("FasterIntent", FASTEST)])
def test_pace_has_limits(intent: str, limit: int) -> None:
    """The pace changes step by step, and at its limit the person hears that there is no more."""
    kept = introduced()
    ask = checked(skill_with(kept))
    direction = "slow" if limit > 0 else "fast"
    for step in range(1, abs(limit) + 1):
        response = ask(asked(intent, counting(SWINGS)))
        assert says(response, f"routine.{direction}er")
        assert kept.record["preferences"]["tempo"] == (step if limit > 0 else -step)
    response = ask(asked(intent, counting(SWINGS)))
    assert says(response, f"routine.{direction}est")
    assert kept.record["preferences"]["tempo"] == limit


def test_pace_without_a_routine() -> None:
    """A pace that is asked for beforehand is kept for the next routine."""
    kept = introduced()
    response = checked(skill_with(kept))(asked("SlowerIntent"))
    assert says(response, "routine.tempo_kept")
    assert kept.record["preferences"]["tempo"] == 1


UNKNOWN = [
    {**SWINGS, "routine": "moonwalk"},
    {**SWINGS, "exercise": "moonwalk"},
    {**SWINGS, "side": "upper"},
    {**SWINGS, "round": 99},
    {**SWINGS, "count": 10**9},
]


@pytest.mark.parametrize(
    "intent", [*routine.ROUTES, *wishes.ROUTES, "LaunchRequest", "AMAZON.HelpIntent", "AMAZON.StopIntent"]
)
@pytest.mark.parametrize("position", UNKNOWN, ids=["routine", "exercise", "side", "round", "count"])
def test_place_that_is_gone(position: dict[str, Any], intent: str) -> None:
    """A place from another version of the content is no failure and no dead end, stored or in the session."""
    for state in ({}, {"position": position}, counting(position)):
        ask = checked(skill_with(introduced(position=position)))
        response, started = talk(
            ask, asked(intent, state, seconds=60), asked("StartRoutineIntent", slots={"routine": "short=short"})
        )
        assert not says(response, "error")
        assert says(started, "routine.start")


def test_routine_that_is_gone_is_no_routine() -> None:
    """Without its routine a stored place is as good as none."""
    kept = introduced(position=UNKNOWN[0])
    ask = checked(skill_with(kept))
    assert says(ask(asked("LaunchRequest")), "welcome.again")
    for intent in ("AMAZON.NextIntent", "AMAZON.PreviousIntent", "SkipIntent", "WhereAmIIntent", "AMAZON.ResumeIntent"):
        assert says(ask(asked(intent)), "routine.none")
    assert says(ask(asked("AMAZON.PauseIntent")), "routine.nothing_to_pause")


def test_steps() -> None:
    """Next, previous and skip go where they say, and end where the routine ends."""
    ask = checked(skill_with(introduced()))
    for intent, index, expected in (
        ("AMAZON.NextIntent", 0, 1),
        ("AMAZON.PreviousIntent", 1, 0),
        ("AMAZON.PreviousIntent", 0, 0),
        ("SkipIntent", 0, 2),
        ("SkipIntent", 3, 6),
        ("AMAZON.StartOverIntent", 5, 0),
    ):
        response = ask(asked(intent, {"position": place("short", index, 3)}))
        assert session_of(response)["position"] == place("short", expected), (intent, index)
    for intent in ("AMAZON.NextIntent", "SkipIntent"):
        response = ask(asked(intent, {"position": LAST}))
        assert says(response, "routine.over")
        assert "position" not in session_of(response)


@pytest.mark.parametrize("question", ["carry_on", "next", "resume"])
def test_go_on(question: str) -> None:
    """Words that ask for more go on where that was the question: in this set, else in the next."""
    for count, expected in ((7, place("full", 3, 4)), (10, place("full", 4))):
        kept = introduced()
        state = {"position": place("full", 3, count), "asked": question}
        checked(skill_with(kept))(asked("TellMeMoreIntent", state))
        assert kept.record["position"] == expected


@pytest.mark.parametrize("question", ["start:short", "next", "carry_on"])
def test_how_long(question: str) -> None:
    """Asked how long it takes in place of an answer, it tells the durations, and a place in a routine is not lost."""
    position = place("full", 3, 7)
    kept = Kept({"introduced": True, "position": position})
    response = checked(skill_with(kept))(asked("StartRoutineIntent", {"asked": question}, slots={}))
    assert says(response, "ask.which_routine.question")
    assert kept.record["position"] == position


def test_routine_that_is_not_there() -> None:
    """It says which ones there are."""
    response = checked(skill_with(introduced()))(asked("StartRoutineIntent", slots={"routine": "standing"}))
    assert says(response, "routine.unknown")
    assert says(response, "ask.which_routine.question")
    assert not says(checked(skill_with(introduced()))(asked("StartRoutineIntent", slots={})), "routine.unknown")


@pytest.mark.parametrize(("done", "left_out", "index"), [(19, "leg swings", 2), (20, "calf massage", 6)])
def test_skip_after_the_last_set_of_an_exercise(done: int, left_out: str, index: int) -> None:
    """What is skipped is what was to come: this exercise, or the next one where this one is done."""
    response = checked(skill_with(introduced()))(asked("SkipIntent", {"position": place("short", 1, done)}))
    assert f"We leave out the {left_out}." in speech(response)
    assert session_of(response)["position"] == place("short", index)


def test_repeat() -> None:
    """An answer is said again word for word, and a counted set is counted again from its first count."""
    ask = checked(skill_with(introduced()))
    first, again, once_more = talk(
        ask, asked("CausesIntent", slots={}), asked("AMAZON.RepeatIntent"), asked("AMAZON.RepeatIntent")
    )
    assert speech(first) == speech(again) == speech(once_more)
    assert session_of(first) == session_of(once_more)
    led = ask(asked("AMAZON.RepeatIntent", counting(SWINGS), seconds=until(20, SWINGS)))
    assert session_of(led)["position"] == SWINGS


def test_pause_ends_and_keeps_the_place() -> None:
    """A pause says how to come back, ends the conversation and keeps the place."""
    kept = introduced()
    response = checked(skill_with(kept))(asked("AMAZON.PauseIntent", counting(SWINGS), seconds=until(9, SWINGS)))
    assert says(response, "routine.paused")
    assert ends(response)
    assert kept.record["position"] == {**SWINGS, "count": 9}


def test_every_set_of_the_full_routine_is_led() -> None:
    """From the start, yes after yes comes through all sets to the end, and the day is recorded."""
    kept = introduced()
    ask = checked(skill_with(kept))
    response = ask(asked("StartRoutineIntent", slots={"routine": "full=full"}))
    led, hours = [], 0
    while "position" in session_of(response):
        led.append(session_of(response)["position"])
        hours += 1
        response = ask(asked("AMAZON.YesIntent", session_of(response), seconds=3600 * hours))
        assert hours < 50
    assert led == [place("full", index) for index in range(len(led))]
    assert led[-1] == place("full", -1)
    assert kept.record["finished"] == ["2026-11-23"]
    assert CONTENT.routines["full"].exercises == tuple(dict.fromkeys(each["exercise"] for each in led))

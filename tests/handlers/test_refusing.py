"""What advice withholds is neither led nor offered any more, and all else is."""

from __future__ import annotations

import pytest

from tests.conftest import checked, speech
from tests.handlers.asking import CONTENT, Kept, asked, counting, ends, place, says, session_of, skill_with, talk


def test_see_a_doctor_mid_routine() -> None:
    """Numbness that lasts stops the swings, and what it withholds is neither led nor offered any more."""
    ask = checked(skill_with(Kept({"introduced": True})))
    position = place("full")
    advice, swings, helps, routine, bath, nothing, stretches = talk(
        ask,
        asked("RedFlagIntent", counting(position), slots={"red_flag": "numb for weeks=persistent_numbness"}),
        asked("StartExerciseIntent", slots={"exercise": "leg swings=leg_swings"}),
        asked("RemediesIntent"),
        asked("StartRoutineIntent", slots={}),
        asked("FootBathIntent"),
        asked("AMAZON.ResumeIntent"),
        asked("StartExerciseIntent", slots={"exercise": "toe stretches=toe_stretches"}),
    )
    assert says(advice, "red_flag.routine_stopped")
    assert not ends(advice)
    for refused in (swings, routine, bath):
        assert says(refused, "routine.withheld")
    for refused in (swings, routine):
        assert says(refused, "routine.allowed")
    assert says(helps, "remedies.left")
    assert "leg swings" not in speech(helps)
    for response in (swings, helps, routine):
        assert "Shall we do the toe stretches now?" in speech(response)
        assert session_of(response)["asked"] == "start:toe_stretches"
    for response in (advice, bath, nothing):
        assert says(response, "ask.after_advice.question")
    for response in (advice, swings, helps, routine, bath, nothing):
        assert not says(response, "ask.short_routine.question")
    assert says(nothing, "routine.none")
    assert says(stretches, "routine.start")


@pytest.mark.parametrize("intent", ["RemediesIntent", "WhatNowIntent", "PreventionIntent", "HowManyLeftIntent"])
def test_what_is_withheld_is_not_offered(intent: str) -> None:
    """No answer offers what must be left out, and a yes starts nothing."""
    ask = checked(skill_with(Kept({"introduced": True})))
    state = {"withheld": list(CONTENT.remedies)}
    offer, answer = talk(ask, asked(intent, state), asked("AMAZON.YesIntent"))
    assert says(offer, "ask.after_advice.question")
    assert says(answer, "help.idle")
    assert "position" not in session_of(answer)


def test_nothing_is_left() -> None:
    """Where all is withheld, what helps is a doctor, and a refusal offers nothing."""
    state = {"withheld": list(CONTENT.remedies)}
    ask = checked(skill_with(Kept({"introduced": True})))
    helps, refused = talk(ask, asked("RemediesIntent", state), asked("StartRoutineIntent", slots={}))
    assert says(helps, "remedies.none")
    assert says(refused, "routine.withheld")
    assert not says(refused, "ask.exercise.question")


def test_no_other_exercise_in_a_routine() -> None:
    """In a routine a refusal offers none, for its place would be lost."""
    position = place("seated")
    state = {**counting(position), "withheld": ["leg_swings"]}
    slots = {"exercise": "leg swings=leg_swings"}
    refused = checked(skill_with(Kept({"introduced": True})))(asked("StartExerciseIntent", state, slots=slots))
    assert says(refused, "routine.withheld")
    assert says(refused, "ask.after_advice.question")
    assert "position" in session_of(refused)


@pytest.mark.parametrize("remedy", sorted(CONTENT.remedies))
def test_withheld_remedy_is_explained_and_not_offered(remedy: str) -> None:
    """A person may ask what a remedy is, and hears no invitation to it."""
    state = {"withheld": [remedy]}
    slots = {"remedy": f"that one={remedy}"}
    ask = checked(skill_with(Kept({"introduced": True})))
    for response in talk(ask, asked("RemedyIntent", state, slots=slots), asked("TellMeMoreIntent")):
        assert not says(response, "ask.exercise.question")
        assert not says(response, "ask.bath.question")


def test_routine_goes_on_without_what_is_withheld() -> None:
    """Advice that does not concern the exercise under way leaves it, and stops before the one that it does."""
    kept = Kept({"introduced": True})
    position = place("short", 1)
    advice, led = talk(
        checked(skill_with(kept)),
        asked("RedFlagIntent", counting(position), slots={"red_flag": "a rash=rash_with_numbness"}, seconds=60),
        asked("AMAZON.NextIntent"),
    )
    assert says(advice, "ask.carry_on.question")
    assert says(led, "routine.withheld")
    assert kept.record["position"] is None


def test_what_was_withheld_stays_withheld() -> None:
    """A second piece of advice adds to what is left out and takes nothing back."""
    _, second = talk(
        checked(skill_with(Kept())),
        asked("RedFlagIntent", slots={"red_flag": "numb for weeks=persistent_numbness"}),
        asked("RedFlagIntent", slots={"red_flag": "a rash=rash_with_numbness"}),
    )
    flags = CONTENT.red_flags
    both = {*flags["persistent_numbness"].withhold, *flags["rash_with_numbness"].withhold}
    assert both > set(flags["rash_with_numbness"].withhold)
    assert set(session_of(second)["withheld"]) == both

"""How often an exercise is counted: within limits, for the exercise that was meant, and also in the middle of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import checked, request, speech
from tests.handlers.asking import asked, counting, introduced, place, says, skill_with, talk, until

SWINGS = place("full")


@pytest.mark.parametrize("case", ["too_many", "too_few", "not_a_number", "empty_slot_mid_routine"])
def test_count_out_of_range(case: str) -> None:
    """A count that cannot be is asked for again with its limits, and none is kept."""
    kept = introduced()
    response = checked(skill_with(kept))(request(f"ChangeCountIntent/{case}"))
    assert says(response, "ask.which_count.question")
    assert "from five to one hundred" in speech(response)
    assert kept.record.get("preferences", {}).get("counts", {}) == {}


@pytest.mark.parametrize("count", ["9" * 5000, "0" * 5000, "١٢٣٤٥"])
def test_count_that_nobody_says(count: str) -> None:
    """Thousands of digits are no count, and are no error."""
    response = checked(skill_with(introduced()))(asked("ChangeCountIntent", counting(SWINGS), slots={"count": count}))
    assert says(response, "ask.which_count.question")


@pytest.mark.parametrize("count", ["5", "100"])
def test_count_at_its_limits(count: str) -> None:
    """The fewest and the most are allowed."""
    kept = introduced()
    response = checked(skill_with(kept))(asked("ChangeCountIntent", counting(SWINGS), slots={"count": count}))
    assert says(response, "routine.count_kept")
    assert kept.record["preferences"]["counts"] == {"full.leg_swings": int(count)}


@pytest.mark.parametrize("state", [{}, counting(SWINGS)], ids=["idle", "in another exercise"])
def test_answer_to_how_many_is_for_the_exercise_that_was_meant(state: dict[str, Any]) -> None:
    """After "do five hundred toe stretches", "make it twenty" does twenty toe stretches."""
    kept = introduced()
    asked_again, still, led = talk(
        checked(skill_with(kept)),
        asked("StartExerciseIntent", state, slots={"exercise": "toe stretches=toe_stretches", "count": "500"}),
        asked("ChangeCountIntent", slots={"count": "400"}),
        asked("ChangeCountIntent", slots={"count": "20"}),
    )
    for response in (asked_again, still):
        assert says(response, "ask.which_count.question")
        assert "toe stretches" in speech(response)
    assert says(led, "routine.start")
    assert kept.record["preferences"]["counts"] == {"toe_stretches.toe_stretches": 20}
    assert kept.record["position"]["exercise"] == "toe_stretches"


def test_fewer_counts_than_are_done() -> None:
    """When the new count is done already, the set is over, none is left, and the next one is offered."""
    kept = introduced()
    shorter, left = talk(
        checked(skill_with(kept)),
        asked("ChangeCountIntent", counting(SWINGS), slots={"count": "10"}, seconds=until(15, SWINGS)),
        asked("HowManyLeftIntent"),
    )
    assert says(shorter, "routine.set_is_done")
    assert says(shorter, "ask.next_side.question")
    assert kept.record["position"]["count"] == 10
    assert says(left, "routine.left_none")


def test_fewer_counts_than_are_done_in_the_last_set() -> None:
    """When that was the last set, the routine is finished and the day is recorded."""
    kept = introduced(preferences={"tempo": 0, "counts": {"short.toe_stretches": 20}})
    state = counting(place("short", -1, counts={"short.toe_stretches": 20}))
    response = checked(skill_with(kept))(asked("ChangeCountIntent", state, slots={"count": "8"}, seconds=60))
    assert says(response, "routine.finished")
    assert kept.record["position"] is None
    assert kept.record["finished"] == ["2026-11-22"]


@pytest.mark.parametrize(("said", "phrase"), [("30", "routine.start"), ("5000", "ask.which_count.question")])
def test_count_said_before_the_exercise(said: str, phrase: str) -> None:
    """A count without a routine is for the exercise that is named next."""
    kept = introduced()
    question, answer = talk(
        checked(skill_with(kept)),
        asked("ChangeCountIntent", slots={"count": said}),
        asked("StartExerciseIntent", slots={"exercise": "leg swings=leg_swings"}),
    )
    assert says(question, "ask.which_exercise.question")
    assert says(answer, phrase)
    assert ("thirty times" in speech(answer)) == (said == "30")


def test_count_said_with_an_exercise() -> None:
    """An exercise starts with the count that was said with it."""
    kept = introduced()
    slots = {"exercise": "leg swings=leg_swings", "count": "12"}
    assert "twelve times" in speech(checked(skill_with(kept))(asked("StartExerciseIntent", slots=slots)))

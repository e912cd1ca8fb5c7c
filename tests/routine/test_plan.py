"""Plans have the numbers of the content, within its limits."""

from __future__ import annotations

import pytest
from hypothesis import given

from skill.content import PACE_STEP_MS
from skill.routine.plan import FASTEST, SLOWEST, Plan, Preferences, UnknownRoutineError, make_plan
from tests.routine.plans import CONTENT, ROUTINES, plans


def test_full_routine_has_the_full_numbers() -> None:
    """The full routine counts 80 swings a leg, 20 circles in 5 rounds, both ways round, and 20 stretches."""
    plan = make_plan(CONTENT, "full", Preferences())
    numbers = [(each.exercise, each.side, each.round, each.counts) for each in plan.sets]
    assert numbers[:4] == [
        ("leg_swings", "left", 1, 80),
        ("leg_swings", "right", 1, 80),
        ("knee_rotations", "clockwise", 1, 10),
        ("knee_rotations", "counterclockwise", 1, 10),
    ]
    massage = [number for number in numbers if number[0] == "calf_massage"]
    assert massage == [("calf_massage", side, n, 20) for n in range(1, 6) for side in ("left", "right")]
    assert numbers[-1] == ("toe_stretches", "both", 1, 20)


@given(plans)
def test_counts_and_pace_stay_in_their_limits(plan: Plan) -> None:
    """Whatever a person prefers, counts stay what the content allows, and beats on the grid."""
    for each in plan.sets:
        counts = CONTENT.exercises[each.exercise].counts
        assert counts.least <= each.counts <= counts.most
        assert each.pace_ms > 0
        assert each.pace_ms % PACE_STEP_MS == 0
        assert 1 <= each.round <= each.rounds


@pytest.mark.parametrize("routine", ROUTINES)
def test_slower_is_slower(routine: str) -> None:
    """Each step slower makes every count longer, up to the slowest."""
    preferences = Preferences(tempo=FASTEST)
    for _ in range(SLOWEST - FASTEST):
        before, preferences = make_plan(CONTENT, routine, preferences), preferences.slower(1)
        after = make_plan(CONTENT, routine, preferences)
        assert all(a.pace_ms > b.pace_ms for a, b in zip(after.sets, before.sets, strict=True))
    assert preferences.slower(1) == preferences


def test_unknown_routine_is_named() -> None:
    """A routine that does not exist is an error that names it."""
    with pytest.raises(UnknownRoutineError, match="'moonwalk'"):
        make_plan(CONTENT, "moonwalk", Preferences())


@pytest.mark.parametrize("raw", [None, 7, [], {}, {"tempo": "x", "counts": 3}, {"tempo": None, "counts": {"a": "b"}}])
def test_strange_preferences_are_defaults(raw: object) -> None:
    """What cannot be read is left at its default."""
    assert Preferences.from_dict(raw) == Preferences()


def test_preferences_round_trip() -> None:
    """Preferences survive being stored, and an excessive tempo is brought back into its limits."""
    wanted = Preferences(tempo=-2, counts={"leg_swings": 90})
    assert Preferences.from_dict(wanted.to_dict()) == wanted
    assert Preferences.from_dict({"tempo": 99}).tempo == SLOWEST

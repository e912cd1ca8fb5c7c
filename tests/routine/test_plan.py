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
        assert each.pace_ms >= CONTENT.exercises[each.exercise].fastest_ms
        assert each.pace_ms % PACE_STEP_MS == 0
        assert 1 <= each.round <= each.rounds


@pytest.mark.parametrize("routine", ROUTINES)
def test_slower_is_slower(routine: str) -> None:
    """Each step slower makes every count longer, between the quickest that the content allows and the slowest."""
    preferences = Preferences(tempo=FASTEST)
    for _ in range(SLOWEST - FASTEST):
        before, preferences = make_plan(CONTENT, routine, preferences), preferences.slower(1)
        after = make_plan(CONTENT, routine, preferences)
        for later, earlier in zip(after.sets, before.sets, strict=True):
            fastest = CONTENT.exercises[later.exercise].fastest_ms
            assert later.pace_ms > earlier.pace_ms or later.pace_ms == earlier.pace_ms == fastest
    assert preferences.slower(1) == preferences


def test_unknown_routine_is_named() -> None:
    """A routine that does not exist is an error that names it."""
    with pytest.raises(UnknownRoutineError, match="'moonwalk'"):
        make_plan(CONTENT, "moonwalk", Preferences())


@given(plans)
def test_what_follows_a_set(plan: Plan) -> None:
    """The other side of the same round follows a change, nothing the last set, and all else a rest."""
    for index, each in enumerate(plan.sets):
        after = plan.sets[index + 1] if index + 1 < len(plan.sets) else None
        same = after is not None and (after.exercise, after.round) == (each.exercise, each.round)
        assert each.then == ("end" if after is None else "change" if same else "rest")
        assert plan.introduces(index) == (each.exercise not in {before.exercise for before in plan.sets[:index]})


def test_seated_routine_is_seated() -> None:
    """Whoever wants to sit is given nothing to do standing."""
    plan = make_plan(CONTENT, "seated", Preferences())
    assert {CONTENT.remedies[exercise].posture for exercise in plan.exercises()} == {"seated"}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        [],
        {},
        {"tempo": "x", "counts": 3},
        {"tempo": None, "counts": {"a": "b"}},
        {"spoken": "none", "ticks": 1},
    ],
)
def test_strange_preferences_are_defaults(raw: object) -> None:
    """What cannot be read is left at its default."""
    assert Preferences.from_dict(raw) == Preferences()


def test_preferences_round_trip() -> None:
    """Preferences survive being stored, and an excessive tempo is brought back into its limits."""
    wanted = Preferences(tempo=-2, counts={"leg_swings": 90}, spoken="fifth", ticks=True)
    assert Preferences.from_dict(wanted.to_dict()) == wanted
    assert Preferences.from_dict({"tempo": 99}).tempo == SLOWEST


def test_counts_tell_preferences_apart() -> None:
    """People who differ in their counts alone have other hashes, or a look-up would go through the plans of all."""
    wishes = [Preferences(counts={"full.leg_swings": count}) for count in range(5, 100)]
    assert len(set(map(hash, wishes))) == len(wishes)
    assert hash(wishes[0]) == hash(Preferences(counts={"full.leg_swings": 5}))

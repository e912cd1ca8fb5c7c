"""Positions round-trip, and steps from them stay in the plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine import position as places_
from skill.routine.plan import Plan
from skill.routine.position import Position
from tests.routine.plans import places


@given(places(), st.integers(-10, 300))
def test_round_trip(place: tuple[Plan, Position], count: int) -> None:
    """A position is the same after it was stored."""
    position = places_.counted(*place, count)
    assert Position.from_dict(position.to_dict()) == position
    assert 0 <= position.count <= places_.set_of(place[0], position).counts


@given(places())
def test_back_from_next_is_here(place: tuple[Plan, Position]) -> None:
    """The set before the next one is this one, except at the end."""
    plan, position = place
    following = places_.following(plan, position)
    assert following is None or places_.previous(plan, following) == position
    assert (following is None) == (places_.index_of(plan, position) == len(plan.sets) - 1)


@given(places())
def test_following_reaches_every_set(place: tuple[Plan, Position]) -> None:
    """Going on from the first set comes through all of them, in order."""
    plan, _ = place
    seen, here = [], places_.first(plan)
    while here is not None:
        seen.append(places_.set_of(plan, here))
        here = places_.following(plan, here)  # type: ignore[assignment]  # None ends the loop
    assert tuple(seen) == plan.sets


@given(places())
def test_next_exercise_is_another(place: tuple[Plan, Position]) -> None:
    """Skipping leaves the exercise, or the plan when it was the last."""
    plan, position = place
    target = places_.next_exercise(plan, position)
    if target is None:
        assert position.exercise == plan.exercises()[-1]
    else:
        order = plan.exercises()
        assert order.index(target.exercise) == order.index(position.exercise) + 1


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "left",
        {},
        {"routine": "full", "exercise": "leg_swings", "side": "left", "round": 1},
        {"routine": "full", "exercise": "leg_swings", "side": "left", "round": 1, "count": -1},
        {"routine": "full", "exercise": "leg_swings", "side": "left", "round": True, "count": 0},
        {"routine": 5, "exercise": "leg_swings", "side": "left", "round": 1, "count": 0},
    ],
)
def test_no_position_from_nonsense(raw: object) -> None:
    """What is no position is None, never an error."""
    assert Position.from_dict(raw) is None


def test_set_that_is_gone_falls_back_to_its_exercise() -> None:
    """A stored place whose set no longer exists is the beginning of its exercise."""
    from skill.routine.plan import Preferences, make_plan
    from tests.routine.plans import CONTENT

    plan = make_plan(CONTENT, "short", Preferences())
    stored = Position("short", "calf_massage", "left", 5, 12)
    assert places_.set_of(plan, stored).round == 1
    assert places_.set_of(plan, stored).exercise == "calf_massage"

"""Any plan a person can come to, for properties that hold for all of them."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from skill.content import load
from skill.routine.plan import FASTEST, SLOWEST, Plan, Preferences, Spoken, make_plan
from skill.routine.position import Position, at

CONTENT = load("en")
ROUTINES = (*CONTENT.routines, *CONTENT.exercises)

preferences = st.builds(
    Preferences,
    tempo=st.integers(FASTEST, SLOWEST),
    counts=st.dictionaries(st.sampled_from(sorted(CONTENT.exercises)), st.integers(-5, 500)),
    spoken=st.sampled_from(get_args(Spoken)),
    ticks=st.booleans(),
)
plans: st.SearchStrategy[Plan] = st.builds(make_plan, st.just(CONTENT), st.sampled_from(ROUTINES), preferences)


@st.composite
def places(draw: st.DrawFn) -> tuple[Plan, Position]:
    """A plan and the beginning of one of its sets."""
    plan = draw(plans)
    return plan, at(plan, draw(st.integers(0, len(plan.sets) - 1)))

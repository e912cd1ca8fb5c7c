"""Tokens round-trip, moments of a recording are counts exactly, and late news takes nobody back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import PACE_STEP_MS
from skill.routine.plan import Plan
from skill.routine.position import Position, counted, index_of, set_of
from skill.routine.stream import LONGEST_TOKEN, PICKUP_MS, Stream, further
from tests.routine.plans import places


@st.composite
def streams(draw: st.DrawFn) -> tuple[Plan, Stream]:
    """A plan, and the recording of one of its sets."""
    plan, position = draw(places())
    first_ms = draw(st.integers(0, 2500)) * PACE_STEP_MS + draw(st.integers(0, 60))
    return plan, Stream.of("19ab", position, set_of(plan, position), first_ms)


@given(streams())
def test_token_round_trips(case: tuple[Plan, Stream]) -> None:
    """All that is known of a recording can be had again from its token."""
    _, stream = case
    assert Stream.from_token(stream.token) == stream
    assert len(stream.token) < LONGEST_TOKEN


@pytest.mark.parametrize(
    "token",
    [None, 7, "", "legs", "radio:1:full:leg_swings:left:1:80:1440:900", "legs:1:full:leg_swings:left:1:80:0:900"]
    + [f"legs:1:full:leg_swings:left:{bad}:80:1440:900" for bad in ("", "-1", "one", "1.5", "²", "1:2", "9" * 5000)],
)
def test_foreign_tokens_are_none_of_ours(token: object) -> None:
    """Whatever else stands in a token, it is not taken for a place."""
    assert Stream.from_token(token) is None


@given(streams())
def test_moments_are_counts(case: tuple[Plan, Stream]) -> None:
    """To the millisecond: a count is done when its beat has ended, none before the first and none after the last."""
    _, stream = case
    for done in range(stream.counts + 1):
        ends = stream.first_ms + done * stream.pace_ms
        assert stream.place_at(ends).count == done
        assert stream.place_at(ends - 1).count == max(done - 1, 0)
    assert stream.place_at(-5).count == 0
    assert stream.place_at(stream.first_ms + 10 * stream.counts * stream.pace_ms).count == stream.counts


@given(streams(), st.integers(1, 100))
def test_playing_goes_on_just_before_the_beat(case: tuple[Plan, Stream], done: int) -> None:
    """The count that comes next is heard whole, and none that was done is counted again."""
    _, stream = case
    done = min(done, stream.counts)
    begins = stream.first_ms + done * stream.pace_ms
    assert stream.offset_of(done) == max(begins - PICKUP_MS, 0)
    assert stream.offset_of(0) == 0


@given(places(), st.data())
def test_order_of_news_does_not_matter(case: tuple[Plan, Position], data: st.DataObject) -> None:
    """Wherever it is told first, the routine ends up at the place that is furthest on."""
    plan, start = case
    spots = st.integers(0, len(plan.sets) - 1).flatmap(
        lambda index: st.integers(0, plan.sets[index].counts).map(
            lambda count: Position(
                plan.routine, plan.sets[index].exercise, plan.sets[index].side, plan.sets[index].round, count
            )
        )
    )
    news = data.draw(st.lists(spots, min_size=1, max_size=8))
    reached = start
    for place in news:
        reached = further(plan, reached, place)
    backward = start
    for place in reversed(news * 2):
        backward = further(plan, backward, place)
    assert backward == reached
    assert (index_of(plan, reached), reached.count) == max(
        (index_of(plan, place), place.count) for place in (start, *news)
    )
    assert counted(plan, reached, reached.count) == reached

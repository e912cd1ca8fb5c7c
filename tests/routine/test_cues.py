"""Cue sheets: every beat on an exact grid, each count once, and back from a moment to its count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine.cues import OVERLAP, CueSheet, cue_sheet, resume_from
from skill.routine.plan import Plan, Preferences, Set, Spoken, make_plan
from skill.routine.position import Position, set_of
from tests.routine.plans import CONTENT, places


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Set, CueSheet]:
    """A set of any plan, and its cues from any of its counts on."""
    plan, position = draw(places())
    each = set_of(plan, position)
    return each, cue_sheet(CONTENT, each, draw(st.integers(0, each.counts)))


@given(sheets())
def test_every_beat_on_the_grid(case: tuple[Set, CueSheet]) -> None:
    """A countdown, then the counts, then a word to close, each on a beat of its own and none elsewhere."""
    each, sheet = case
    countdown, closing = sheet.cues[: len(CONTENT.cues.countdown)], sheet.cues[-1]
    assert [cue.words for cue in countdown] == list(CONTENT.cues.countdown)
    assert closing.words == getattr(CONTENT.cues, each.then)
    assert [cue.count for cue in (*countdown, closing)] == [None] * (len(countdown) + 1)
    assert closing.offset_ms == sheet.counted_ms == sheet.length_ms - each.pace_ms
    assert sheet.beats == tuple(range(0, sheet.counted_ms, each.pace_ms))
    assert {cue.offset_ms for cue in sheet.cues[:-1]} <= {*sheet.beats}
    for cue in sheet.cues[len(countdown) : -1]:
        assert cue.count is not None
        assert cue.offset_ms == sheet.first_ms + (cue.count - sheet.start - 1) * each.pace_ms


@given(sheets())
def test_counts_that_are_said(case: tuple[Set, CueSheet]) -> None:
    """All counts, each fifth or the last ten are said once and in order, and the last one always."""
    each, sheet = case
    said = [cue.count for cue in sheet.cues if cue.count is not None]
    left = range(sheet.start + 1, each.counts + 1)
    assert said == sorted({*said} & {*left})
    if each.spoken == "every":
        assert said == list(left)
    elif each.spoken == "fifth":
        assert {*said} >= {count for count in left if count % 5 == 0}
    else:
        assert {*said} >= {*left[-10:]}
    assert not left or said[-1] == each.counts


@given(sheets())
def test_count_at_a_moment(case: tuple[Set, CueSheet]) -> None:
    """A count is done exactly when its beat has ended, spoken or not, and never more than there are."""
    each, sheet = case
    for beat in range(each.counts - sheet.start):
        begins = sheet.first_ms + beat * each.pace_ms
        assert sheet.count_at(begins) == sheet.count_at(begins + each.pace_ms - 1) == sheet.start + beat
        assert sheet.count_at(begins + each.pace_ms) == sheet.start + beat + 1
    assert sheet.count_at(-1) == sheet.count_at(0) == sheet.start
    assert sheet.count_at(sheet.length_ms * 10) == each.counts


@given(st.integers(0, 500))
def test_resume_repeats_a_few(count: int) -> None:
    """Going on starts at most a few counts earlier, and never later."""
    assert max(count - OVERLAP, 0) == resume_from(count) <= count


@pytest.mark.parametrize("spoken", ["every", "fifth"])
def test_halfway_and_last_five_are_said(spoken: Spoken) -> None:
    """Long sets say where they are, once each, in the place of that count."""
    plan: Plan = make_plan(CONTENT, "leg_swings", Preferences(spoken=spoken))
    words = {cue.count: cue.words for cue in cue_sheet(CONTENT, plan.sets[0]).cues}
    assert (words[40], words[76], words[80]) == (CONTENT.cues.halfway, CONTENT.cues.last_five, "eighty")
    assert len([*words.values()]) == len({*words.values()})


def test_short_sets_are_only_counted() -> None:
    """In a set of a few counts nobody needs to be told how far it is."""
    each = make_plan(CONTENT, "knee_rotations", Preferences()).sets[0]
    words = {cue.words for cue in cue_sheet(CONTENT, each).cues}
    assert not words & {CONTENT.cues.halfway, CONTENT.cues.last_five}


def test_position_keeps_its_set() -> None:
    """The sheet of a place is that of its set."""
    plan = make_plan(CONTENT, "full", Preferences())
    each = set_of(plan, Position("full", "calf_massage", "right", 3))
    assert cue_sheet(CONTENT, each).counts == 20

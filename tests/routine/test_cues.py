"""Cue sheets: every count once, on an exact grid, and back from a moment to its count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skill.routine.cues import OVERLAP, cue_sheet, resume_from
from skill.routine.plan import Plan
from skill.routine.position import Position, set_of
from tests.routine.plans import CONTENT, places


@given(places(), st.data())
def test_every_count_once_on_the_grid(place: tuple[Plan, Position], data: st.DataObject) -> None:
    """From any count on, all counts to the end are spoken, one a beat."""
    each = set_of(*place)
    done = data.draw(st.integers(0, each.counts))
    sheet = cue_sheet(CONTENT, each, done)
    assert [cue.count for cue in sheet.cues] == list(range(done + 1, each.counts + 1))
    assert [cue.offset_ms for cue in sheet.cues] == [beat * each.pace_ms for beat in range(len(sheet.cues))]
    assert all(cue.words.startswith(CONTENT.numbers[cue.count]) for cue in sheet.cues)


@given(places(), st.data())
def test_count_at_a_moment(place: tuple[Plan, Position], data: st.DataObject) -> None:
    """A count is done exactly when its beat has ended, and never more than there are."""
    each = set_of(*place)
    sheet = cue_sheet(CONTENT, each, data.draw(st.integers(0, each.counts - 1)))
    for cue in sheet.cues:
        assert sheet.count_at(cue.offset_ms) == cue.count - 1
        assert sheet.count_at(cue.offset_ms + each.pace_ms - 1) == cue.count - 1
        assert sheet.count_at(cue.offset_ms + each.pace_ms) == cue.count
    assert sheet.count_at(-1) == sheet.start
    assert sheet.count_at(sheet.length_ms * 10) == each.counts


@given(st.integers(0, 500))
def test_resume_repeats_a_few(count: int) -> None:
    """Going on starts at most a few counts earlier, and never later."""
    assert max(count - OVERLAP, 0) == resume_from(count) <= count


def test_halfway_and_last_five_are_said() -> None:
    """Long sets say where they are, once each."""
    from skill.routine.plan import Preferences, make_plan

    sheet = cue_sheet(CONTENT, make_plan(CONTENT, "leg_swings", Preferences()).sets[0])
    words = [cue.words for cue in sheet.cues]
    assert words[39] == "forty, halfway"
    assert words[75] == "seventy six, last five"
    assert sum("," in each for each in words) == 2

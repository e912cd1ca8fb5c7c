"""Elapsed time: at every moment the right count, kept when a set is left, and a day for a routine that is done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine.cues import OVERLAP
from skill.routine.plan import SLOWEST
from tests.conftest import checked, speech
from tests.handlers.asking import LEAD_MS, asked, counting, introduced, place, says, skill_with, talk, until

SWINGS = place("full")
LAST = place("short", -1)


@given(st.floats(-1e6, 1e6), st.integers(0, 80))
def test_time_becomes_counts(seconds: float, done: int) -> None:
    """At any moment the count is from where the set was begun to its end, and only grows with time."""
    state = counting({**SWINGS, "count": done})
    counts = []
    for moment in (seconds, seconds + 10):
        kept = introduced()
        checked(skill_with(kept))(asked("WhereAmIIntent", state, seconds=moment))
        counts.append(kept.record["position"]["count"])
    assert done <= counts[0] <= counts[1] <= 80


@pytest.mark.parametrize("count", [1, 2, 40, 79, 80])
def test_count_is_done_when_its_beat_has_ended(count: int) -> None:
    """A count is reached exactly at the end of its beat, after the opening and the delay of the device."""
    for seconds, expected in ((until(count, SWINGS) - 0.001, count - 1), (until(count, SWINGS), count)):
        kept = introduced()
        checked(skill_with(kept))(asked("WhereAmIIntent", counting(SWINGS), seconds=seconds))
        assert kept.record["position"]["count"] == expected


@pytest.mark.parametrize("seconds", [-1e9, -1, 0, LEAD_MS / 1000])
def test_no_count_before_the_first_beat(seconds: float) -> None:
    """A clock that went back, or an interruption during the opening, leaves the count as it was."""
    kept = introduced()
    checked(skill_with(kept))(asked("AMAZON.PauseIntent", counting({**SWINGS, "count": 7}), seconds=seconds))
    assert kept.record["position"]["count"] == 7


@pytest.mark.parametrize("timestamp", [None, "2026-11-22T18:30:40", "2026-11-22T19:30:40+01:00"])
def test_other_timestamps(timestamp: str | None) -> None:
    """A timestamp without a zone is UTC, one with a zone is that moment, and none at all counts nothing."""
    kept = introduced()
    envelope = asked("AMAZON.PauseIntent", counting(SWINGS))
    envelope["request"]["timestamp"] = timestamp
    checked(skill_with(kept))(envelope)
    assert kept.record["position"]["count"] == (1 if timestamp else 0)


def test_no_day_without_a_timestamp() -> None:
    """A last set that ends at an unknown time finishes the routine on no day."""
    kept = introduced()
    envelope = asked("AMAZON.PauseIntent", counting({**LAST, "count": 7}))
    del envelope["request"]["timestamp"]
    checked(skill_with(kept))(envelope)
    assert kept.record.get("finished", []) == []


def test_set_that_was_heard_is_followed_by_the_next() -> None:
    """After the end of a set "next" and "yes" lead the next one, and the place before was the end of the set."""
    for intent in ("AMAZON.NextIntent", "AMAZON.YesIntent"):
        kept = introduced()
        response = checked(skill_with(kept))(asked(intent, counting(SWINGS), seconds=600))
        assert "the right leg" in speech(response)
        assert kept.record["position"] == place("full", 1)


def test_interrupted_set_is_resumed_a_few_counts_earlier() -> None:
    """Nothing is lost to the imprecision of an interruption."""
    kept = introduced()
    where, resumed = talk(
        checked(skill_with(kept)),
        asked("WhereAmIIntent", counting(SWINGS), seconds=until(20, SWINGS)),
        asked("AMAZON.ResumeIntent"),
    )
    assert "with twenty done" in speech(where)
    assert kept.record["position"]["count"] == 20 - OVERLAP
    assert "from eighteen" in speech(resumed)


def test_last_set_records_the_day_once() -> None:
    """Two routines heard to their end on one day are one day, and the place is free again."""
    kept = introduced(finished=["2026-11-20"])
    for _ in range(2):
        checked(skill_with(kept))(asked("AMAZON.NoIntent", counting(LAST, "anything"), seconds=600))
        assert kept.record["position"] is None
        assert kept.record["finished"] == ["2026-11-20", "2026-11-22"]


def test_last_set_that_was_left_early_records_nothing() -> None:
    """A routine that was stopped before its end is not finished, and its place is kept."""
    kept = introduced()
    response = checked(skill_with(kept))(asked("AMAZON.StopIntent", counting(LAST), seconds=until(2, LAST)))
    assert says(response, "goodbye.place")
    assert kept.record["finished"] == []
    assert kept.record["position"] == {**LAST, "count": 2}


def test_elapsed_time_follows_the_pace() -> None:
    """At a slower pace the same time is fewer counts."""
    kept = introduced(preferences={"tempo": SLOWEST, "counts": {}})
    checked(skill_with(kept))(asked("WhereAmIIntent", counting(SWINGS), seconds=until(10, SWINGS, pace_ms=2808)))
    assert kept.record["position"]["count"] == 10

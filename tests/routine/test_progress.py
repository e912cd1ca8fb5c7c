"""Streaks and bests out of a few dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine.progress import Progress, progress

TODAY = date(2026, 11, 22)


def days(*ago: int) -> list[str]:
    """Dates so many days before today."""
    return [(TODAY - timedelta(days=n)).isoformat() for n in ago]


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        ([], Progress(None, 0, 0, 0)),
        (days(0), Progress(TODAY, 1, 1, 1)),
        (days(1), Progress(TODAY - timedelta(days=1), 1, 1, 1)),
        (days(2), Progress(TODAY - timedelta(days=2), 1, 0, 1)),
        (days(0, 1, 2, 4, 5, 6, 7, 8), Progress(TODAY, 6, 3, 5)),
        (days(6, 7, 30), Progress(TODAY - timedelta(days=6), 1, 0, 2)),
        ([*days(0, 0, 1), "yesterday", "2026-13-40", *days(-1)], Progress(TODAY, 2, 2, 2)),
    ],
)
def test_days_come_to(finished: list[str], expected: Progress) -> None:
    """Each day counts once; today may still be missing from a row; what is no date, or not yet, does not count."""
    assert progress(finished, TODAY) == expected


def test_best_is_remembered() -> None:
    """A longer row from before stays the best."""
    assert progress(days(0, 1), TODAY, best=9).best == 9


@given(st.lists(st.integers(0, 40), max_size=30))
def test_order_does_not_matter(ago: list[int]) -> None:
    """Days come to the same in any order, and no row is longer than the days there are."""
    there, back = progress(days(*ago), TODAY), progress(days(*reversed(ago)), TODAY)
    assert there == back
    assert there.streak <= there.best <= len({*ago})
    assert there.lately <= 7

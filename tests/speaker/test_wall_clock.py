"""The time of this machine, which can be put forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from skill.speaker.wall_clock import WallClock


def test_time_of_this_machine() -> None:
    """Untouched it tells the time as this machine does, with a zone."""
    before = datetime.now(UTC)
    assert before <= WallClock()() <= datetime.now(UTC)


def test_forward() -> None:
    """Put forward it stays ahead by so much, and goes on."""
    now = datetime(2026, 1, 15, tzinfo=UTC)
    clock = WallClock(lambda: now)
    clock.forward(90)
    clock.forward(0.5)
    assert clock() == now + timedelta(seconds=90.5)
    now += timedelta(hours=1)
    assert clock() == now + timedelta(seconds=90.5)

"""A timer and a reminder, asked for as the skill does."""

from __future__ import annotations

from datetime import UTC, datetime, time

from skill.services import Outcome, Services

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def timer(asked: Services) -> Outcome:
    """Ask for a timer."""
    return asked.create_timer(minutes=10, label="foot bath", announcement="It is over.")


def reminder(asked: Services, at: time = time(21, 5)) -> Outcome:
    """Ask for a reminder."""
    return asked.create_reminder(at=at, text="It is time.", now=NOW)

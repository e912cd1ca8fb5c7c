"""How somebody is doing: the days on which a routine was finished, and how many of them stand in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
"""What counts as lately."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the finished days come to."""

    last: date | None
    """The latest of them; None without any."""
    lately: int
    """How many lie within the last seven days, today included."""
    streak: int
    """How many days in a row up to today, or to yesterday while today is not over."""
    best: int
    """The longest row there ever was."""


def progress(finished: Sequence[str], today: date, best: int = 0) -> Progress:
    """What ISO dates of finished routines come to on a day; `best` is the longest row remembered from before."""
    days = sorted({day for text in finished if (day := _date(text)) and day <= today}, reverse=True)
    rows = _rows(days)
    current = rows[0] if days and today - days[0] <= timedelta(days=1) else 0
    return Progress(
        last=days[0] if days else None,
        lately=sum(today - day < WEEK for day in days),
        streak=current,
        best=max(best, 0, *rows),
    )


def _rows(days: Sequence[date]) -> list[int]:
    """Lengths of the rows of days, the latest first; `days` from the latest to the earliest."""
    rows: list[int] = []
    for index, day in enumerate(days):
        if index and days[index - 1] - day == timedelta(days=1):
            rows[-1] += 1
        else:
            rows.append(1)
    return rows


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""The time of this machine, which can be put forward where nobody wants to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class WallClock:
    """A clock for a device and all that belongs to it."""

    now: Callable[[], datetime] = utc_now
    """What it goes by."""
    ahead: timedelta = timedelta()
    """How far it has been put forward."""

    def __call__(self) -> datetime:
        """Tell the time, with a time zone."""
        return self.now() + self.ahead

    def forward(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += timedelta(seconds=seconds)

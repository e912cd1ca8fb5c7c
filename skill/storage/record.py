"""The one record kept of a person: place, preferences and dates. Nothing they said, and no symptom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from skill.routine.plan import Preferences
from skill.routine.position import Position
from skill.routine.progress import progress

VERSION = 1
"""Version of the record's shape."""

KEPT_DATES = 366
"""How many days with a finished routine are remembered."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a person."""

    introduced: bool = False
    """Whether the disclaimer was heard."""
    position: Position | None = None
    """Where a routine was left."""
    preferences: Preferences = field(default_factory=Preferences)
    """Pace and counts."""
    playing: str | None = None
    """Which playing of a recorded routine is under way or paused; events of any other are late."""
    paused: bool = False
    """Whether that playing was stopped by the person, so that it does not go on by itself."""
    finished: tuple[str, ...] = ()
    """Days on which a routine was finished, as ISO dates."""
    best: int = 0
    """The longest row of such days there ever was."""

    def with_finished(self, day: str) -> Record:
        """The same with a routine finished on a day."""
        finished = tuple(dict.fromkeys((*self.finished, day)))[-KEPT_DATES:]
        best = progress(finished, date.fromisoformat(day), self.best).best
        return replace(self, finished=finished, best=best)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "version": VERSION,
            "introduced": self.introduced,
            "position": self.position.to_dict() if self.position else None,
            "preferences": self.preferences.to_dict(),
            "playing": self.playing,
            "paused": self.paused,
            "finished": list(self.finished),
            "best": self.best,
        }

    @classmethod
    def from_dict(cls, raw: Any) -> Record:
        """From plain values of any age; what cannot be read is left at its default."""
        raw = raw if isinstance(raw, dict) else {}
        playing, finished, best = raw.get("playing"), raw.get("finished"), raw.get("best")
        return cls(
            introduced=raw.get("introduced") is True,
            position=Position.from_dict(raw.get("position")),
            preferences=Preferences.from_dict(raw.get("preferences")),
            playing=playing if isinstance(playing, str) else None,
            paused=raw.get("paused") is True,
            best=best if isinstance(best, int) and not isinstance(best, bool) and best > 0 else 0,
            finished=tuple(filter(_is_text, finished))[-KEPT_DATES:] if isinstance(finished, list) else (),
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)

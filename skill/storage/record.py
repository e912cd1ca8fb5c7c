"""The one record kept of a person: place, preferences and dates. Nothing they said, and no symptom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from skill.routine.plan import Preferences
from skill.routine.position import Position

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
    finished: tuple[str, ...] = ()
    """Days on which a routine was finished, as ISO dates."""

    def with_finished(self, day: str) -> tuple[str, ...]:
        """The days with a finished routine, this one among them, each once."""
        return tuple(dict.fromkeys((*self.finished, day)))[-KEPT_DATES:]

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "version": VERSION,
            "introduced": self.introduced,
            "position": self.position.to_dict() if self.position else None,
            "preferences": self.preferences.to_dict(),
            "finished": list(self.finished),
        }

    @classmethod
    def from_dict(cls, raw: Any) -> Record:
        """From plain values of any age; what cannot be read is left at its default."""
        raw = raw if isinstance(raw, dict) else {}
        finished = raw.get("finished")
        return cls(
            introduced=raw.get("introduced") is True,
            position=Position.from_dict(raw.get("position")),
            preferences=Preferences.from_dict(raw.get("preferences")),
            finished=tuple(filter(_is_text, finished))[-KEPT_DATES:] if isinstance(finished, list) else (),
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)

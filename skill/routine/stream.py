"""A recording that a device plays: which set its token stands for, and which count a moment of it."""

from __future__ import annotations

from dataclasses import dataclass

from skill.routine.plan import Plan, Set
from skill.routine.position import Position, index_of

MARK = "legs"
"""Every token begins with it."""

LONGEST_TOKEN = 1024
"""Characters that a device keeps; a longer token is none of ours, whatever numbers it holds."""

PICKUP_MS = 240
"""How long before a beat playing starts, so that the word on it is heard whole."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One set as it is played, with all that turns a moment of it into a count."""

    run: str
    """Which playing of the routine it belongs to; one that the person started anew has another."""
    place: Position
    """The beginning of its set."""
    counts: int
    """Counts of the set."""
    pace_ms: int
    """Milliseconds a count."""
    first_ms: int
    """From the start of the recording to the beat of the first count."""

    @classmethod
    def of(cls, run: str, place: Position, each: Set, first_ms: int) -> Stream:
        """The stream of a set."""
        start = Position(place.routine, place.exercise, place.side, place.round)
        return cls(run, start, each.counts, each.pace_ms, first_ms)

    @property
    def token(self) -> str:
        """What the device calls it, from which the whole of it can be had again."""
        place = self.place
        names = (MARK, self.run, place.routine, place.exercise, place.side)
        return ":".join((*names, *map(str, (place.round, self.counts, self.pace_ms, self.first_ms))))

    @classmethod
    def from_token(cls, token: object) -> Stream | None:
        """The stream that a token stands for; None when it is none of ours."""
        parts = token.split(":") if isinstance(token, str) and len(token) <= LONGEST_TOKEN else []
        if len(parts) != 9 or parts[0] != MARK or not all(part.isascii() and part.isdecimal() for part in parts[5:]):
            return None
        round_, counts, pace_ms, first_ms = map(int, parts[5:])
        if not (pace_ms and counts):
            return None
        return cls(parts[1], Position(parts[2], parts[3], parts[4], round_), counts, pace_ms, first_ms)

    def place_at(self, offset_ms: int) -> Position:
        """Where the routine is so long after the start; a count is done when its beat has ended."""
        done = min(max((offset_ms - self.first_ms) // self.pace_ms, 0), self.counts)
        place = self.place
        return Position(place.routine, place.exercise, place.side, place.round, done)

    def offset_of(self, done: int) -> int:
        """From where to play when so many counts are done: the beginning, or just before the next count's beat."""
        return max(self.first_ms + done * self.pace_ms - PICKUP_MS, 0) if done else 0


def further(plan: Plan, one: Position, other: Position) -> Position:
    """Whichever is later in a plan; so a late or a repeated event of a device never takes anybody back."""
    return max(one, other, key=lambda place: (index_of(plan, place), place.count))

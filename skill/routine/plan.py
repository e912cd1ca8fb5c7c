"""What is done: the ordered sets of a routine, with a person's preferences applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from skill.content import PACE_STEP_MS, Content

STEP = 1.25
"""How much slower or faster one request makes the pace."""
SLOWEST, FASTEST = 3, -3
"""How many such steps are allowed each way."""


class UnknownRoutineError(ValueError):
    """No routine and no exercise has that name."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person asked to have otherwise."""

    tempo: int = 0
    """Steps slower (above zero) or faster (below)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Counts a set, by routine and exercise, as "full.leg_swings"."""

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"tempo": self.tempo, "counts": dict(self.counts)}

    @classmethod
    def from_dict(cls, raw: Any) -> Preferences:
        """From plain values of any age; what makes no sense is left at its default."""
        raw = raw if isinstance(raw, dict) else {}
        tempo, counts = raw.get("tempo"), raw.get("counts")
        return cls(
            tempo=min(max(tempo, FASTEST), SLOWEST) if isinstance(tempo, int) else 0,
            counts={key: n for key, n in counts.items() if isinstance(n, int)} if isinstance(counts, dict) else {},
        )

    def slower(self, steps: int) -> Preferences:
        """The same with the pace changed, within the limits."""
        return Preferences(min(max(self.tempo + steps, FASTEST), SLOWEST), self.counts)

    def counting(self, routine: str, exercise: str, count: int) -> Preferences:
        """The same with another count for an exercise of a routine."""
        return Preferences(self.tempo, {**self.counts, f"{routine}.{exercise}": count})


@dataclass(frozen=True, slots=True)
class Set:
    """One uninterrupted run of counts."""

    exercise: str
    """Id of the remedy."""
    side: str
    """Side or direction."""
    round: int
    """Which round of this side, from one."""
    rounds: int
    """How many rounds the side has."""
    counts: int
    """How many counts."""
    pace_ms: int
    """Milliseconds a count."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The sets of a routine in order."""

    routine: str
    """`short`, `full` or the id of one exercise."""
    sets: tuple[Set, ...]
    """The sets."""

    def exercises(self) -> tuple[str, ...]:
        """The exercises in order, each once."""
        return tuple(dict.fromkeys(each.exercise for each in self.sets))

    def index_of(self, exercise: str, side: str, round_: int) -> int:
        """Where a set stands; the exercise's or the plan's first set when there is none like it."""
        for index, each in enumerate(self.sets):
            if (each.exercise, each.side, each.round) == (exercise, side, round_):
                return index
        return next((i for i, each in enumerate(self.sets) if each.exercise == exercise), 0)


def make_plan(content: Content, routine: str, preferences: Preferences) -> Plan:
    """The plan of a routine or of one exercise; raises UnknownRoutineError for any other name."""
    return _plan(content, routine, preferences.tempo, tuple(preferences.counts.items()))


@lru_cache(maxsize=256)
def _plan(content: Content, routine: str, tempo: int, chosen: tuple[tuple[str, int], ...]) -> Plan:
    if routine in content.routines:
        exercises, length = content.routines[routine].exercises, routine
    elif routine in content.exercises:
        exercises, length = (routine,), "full"
    else:
        raise UnknownRoutineError(f"{routine!r} is neither a routine nor an exercise")
    chosen_counts = dict(chosen)
    sets = []
    for exercise in exercises:
        counting = content.exercises[exercise]
        counts, rounds = counting.counts, getattr(counting.rounds, length)
        wanted = chosen_counts.get(f"{routine}.{exercise}", getattr(counts, length))
        pace_ms = round(counting.pace_ms * STEP**tempo / PACE_STEP_MS) * PACE_STEP_MS
        # Both sides of a round before the next round, so that neither leg waits and cools.
        for round_ in range(1, rounds + 1):
            for side in counting.sides:
                n = min(max(wanted, counts.least), counts.most)
                sets.append(Set(exercise, side, round_, rounds, n, pace_ms))
    return Plan(routine, tuple(sets))

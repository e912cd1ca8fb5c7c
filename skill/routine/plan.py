"""What is done: the ordered sets of a routine, with a person's preferences applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, get_args

from skill.content import PACE_STEP_MS, Content

STEP = 1.25
"""How much slower or faster one request makes the pace."""
SLOWEST, FASTEST = 3, -2
"""How many such steps are allowed each way."""

Spoken = Literal["every", "fifth", "last_ten"]
SPOKEN: tuple[Spoken, ...] = get_args(Spoken)
"""Which counts are said aloud: all, each fifth, or the last ten."""

Then = Literal["change", "rest", "end"]
"""What follows a set: the other side, anything else, or nothing."""


class UnknownRoutineError(ValueError):
    """No routine and no exercise has that name."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person asked to have otherwise."""

    tempo: int = 0
    """Steps slower (above zero) or faster (below)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Counts a set, by routine and exercise, as "full.leg_swings"."""
    spoken: Spoken = "every"
    """Which counts are said aloud."""
    ticks: bool = False
    """Whether a recording has a soft tick on every beat."""

    def __hash__(self) -> int:
        # With the counts, which have no hash of their own: plans of many people are looked up by their preferences.
        return hash((self.tempo, frozenset(self.counts.items()), self.spoken, self.ticks))

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"tempo": self.tempo, "counts": dict(self.counts), "spoken": self.spoken, "ticks": self.ticks}

    @classmethod
    def from_dict(cls, raw: Any) -> Preferences:
        """From plain values of any age; what makes no sense is left at its default."""
        raw = raw if isinstance(raw, dict) else {}
        tempo, counts, spoken = raw.get("tempo"), raw.get("counts"), raw.get("spoken")
        return cls(
            tempo=min(max(tempo, FASTEST), SLOWEST) if isinstance(tempo, int) else 0,
            counts={key: n for key, n in counts.items() if isinstance(n, int)} if isinstance(counts, dict) else {},
            spoken=spoken if spoken in SPOKEN else "every",
            ticks=raw.get("ticks") is True,
        )

    def slower(self, steps: int) -> Preferences:
        """The same with the pace changed, within the limits."""
        return replace(self, tempo=min(max(self.tempo + steps, FASTEST), SLOWEST))

    def counting(self, routine: str, exercise: str, count: int) -> Preferences:
        """The same with another count for an exercise of a routine."""
        return replace(self, counts={**self.counts, f"{routine}.{exercise}": count})


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
    spoken: Spoken
    """Which counts are said aloud."""
    ticks: bool
    """Whether a recording ticks."""
    then: Then
    """What follows it."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The sets of a routine in order; equal only to itself, as each is made once."""

    routine: str
    """Id of a routine or of one exercise."""
    sets: tuple[Set, ...]
    """The sets."""

    def exercises(self) -> tuple[str, ...]:
        """The exercises in order, each once."""
        return tuple(dict.fromkeys(each.exercise for each in self.sets))

    def index_of(self, exercise: str, side: str, round_: int) -> int:
        """Where a set stands; the exercise's or the plan's first set when there is none like it."""
        indexes = _indexes(self)
        return indexes.get((exercise, side, round_), indexes.get(exercise, 0))

    def introduces(self, index: int) -> bool:
        """Whether a set is the first of its exercise."""
        return index == 0 or self.sets[index].exercise != self.sets[index - 1].exercise


@lru_cache(maxsize=256)
def make_plan(content: Content, routine: str, preferences: Preferences) -> Plan:
    """The plan of a routine or of one exercise; raises UnknownRoutineError for any other name."""
    exercises, length = _exercises(content, routine)
    sets: list[Set] = []
    for exercise in exercises:
        counting = content.exercises[exercise]
        counts, rounds = counting.counts, getattr(counting.rounds, length)
        wanted = preferences.counts.get(f"{routine}.{exercise}", getattr(counts, length))
        n = min(max(wanted, counts.least), counts.most)
        pace_ms = max(
            round(counting.pace_ms * STEP**preferences.tempo / PACE_STEP_MS) * PACE_STEP_MS, counting.fastest_ms
        )
        # Both sides of a round before the next round, so that neither leg waits and cools.
        for round_ in range(1, rounds + 1):
            for side in counting.sides:
                then: Then = "rest" if side == counting.sides[-1] else "change"
                sets.append(
                    Set(exercise, side, round_, rounds, n, pace_ms, preferences.spoken, preferences.ticks, then)
                )
    sets[-1] = replace(sets[-1], then="end")
    return Plan(routine, tuple(sets))


@lru_cache(maxsize=256)
def _indexes(plan: Plan) -> dict[object, int]:
    """Where each set of a plan stands, and where the first of each exercise does."""
    found: dict[object, int] = {}
    for index, each in enumerate(plan.sets):
        found.setdefault(each.exercise, index)
        found.setdefault((each.exercise, each.side, each.round), index)
    return found


def _exercises(content: Content, routine: str) -> tuple[tuple[str, ...], str]:
    """The exercises of a routine in order, and which of their numbers it takes."""
    if routine in content.routines:
        return content.routines[routine].exercises, content.routines[routine].length
    if routine in content.exercises:
        return (routine,), "full"
    raise UnknownRoutineError(f"{routine!r} is neither a routine nor an exercise")

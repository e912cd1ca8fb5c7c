"""What is said when: the beats of one set on an exact grid, and which count a moment belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from skill.content import Content, Template
from skill.routine.plan import Set

OVERLAP = 3
"""Counts repeated after an interruption, so that none is lost to its imprecision."""

LATENCY_MS = 1000
"""From the answer's making to its first sound, at the least; a longer delay only repeats more counts."""

HALFWAY_FROM, LAST_FIVE_FROM = 16, 12
"""The shortest sets in which half-way and the last five are worth saying."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on a beat."""

    offset_ms: int
    """When they start, from the first beat."""
    count: int
    """The count that they speak."""
    words: str
    """What is said."""


@dataclass(frozen=True, slots=True, eq=False)
class CueSheet:
    """The cues of one set, from some count to its end; equal only to itself, as each is made once."""

    cues: tuple[Cue, ...]
    """In order; each starts one pace after the one before."""
    start: int
    """Counts that were done before the first cue."""
    pace_ms: int
    """Milliseconds a count."""

    @property
    def length_ms(self) -> int:
        """From the first beat to the end of the last."""
        return len(self.cues) * self.pace_ms

    def count_at(self, offset_ms: int) -> int:
        """Counts done so long after the first beat; a count is done when its beat has ended."""
        beats = min(max(offset_ms // self.pace_ms, 0), len(self.cues))
        return self.start + beats


@lru_cache(maxsize=512)
def cue_sheet(content: Content, each: Set, done: int = 0) -> CueSheet:
    """The cues of a set when so many of its counts are done already."""
    halfway = each.counts // 2 if each.counts >= HALFWAY_FROM else None
    last_five = each.counts - 4 if each.counts >= LAST_FIVE_FROM else None
    cues = []
    for beat, count in enumerate(range(done + 1, each.counts + 1)):
        words = content.numbers[count]
        if count == halfway:
            words = _with(content.phrases["cue.halfway"], words)
        elif count == last_five:
            words = _with(content.phrases["cue.last_five"], words)
        cues.append(Cue(beat * each.pace_ms, count, words))
    return CueSheet(tuple(cues), done, each.pace_ms)


def resume_from(count: int) -> int:
    """How many counts stand after an interruption at some count: a few are done again."""
    return max(count - OVERLAP, 0)


def _with(variants: tuple[Template, ...], count: str) -> str:
    return variants[0].text.replace("{count}", count)

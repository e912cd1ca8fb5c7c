"""What is said when: the beats of one set on an exact grid, and which count a moment belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from skill.content import Content
from skill.routine.plan import Set

OVERLAP = 3
"""Counts repeated after an interruption, so that none is lost to its imprecision."""

LATENCY_MS = 3000
"""What a device needs to begin to speak, and a person to interrupt it, at the most; less only repeats counts."""

SLACK = 12
"""By how many thousandths a device may speak slower than estimated; one that does not only repeats more counts."""

HALFWAY_FROM, LAST_FIVE_FROM = 16, 12
"""The shortest sets in which half-way and the last five are worth saying."""

FIFTH, LAST_TEN = 5, 10
"""Which counts are said by who wants to hear fewer."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on a beat."""

    offset_ms: int
    """When they sound, from the first beat of the sheet."""
    words: str
    """What is said."""
    count: int | None = None
    """The count that they speak; None before the first and after the last."""


@dataclass(frozen=True, slots=True, eq=False)
class CueSheet:
    """The cues of one set, from some count to its end; equal only to itself, as each is made once."""

    cues: tuple[Cue, ...]
    """What is said, in order: a countdown, the counts that are spoken, and a closing word."""
    start: int
    """Counts that were done before."""
    counts: int
    """Counts of the whole set."""
    first_ms: int
    """From the first beat of the sheet to that of the first count."""
    pace_ms: int
    """Milliseconds a count."""

    @property
    def length_ms(self) -> int:
        """From the first beat to the end of the closing one."""
        return self.counted_ms + self.pace_ms

    @property
    def counted_ms(self) -> int:
        """From the first beat to the end of the last count."""
        return self.first_ms + (self.counts - self.start) * self.pace_ms

    @property
    def beats(self) -> tuple[int, ...]:
        """Every beat up to the last count, spoken or not."""
        return tuple(range(0, self.counted_ms, self.pace_ms))

    def count_at(self, offset_ms: int) -> int:
        """Counts done so long after the first beat; a count is done when its beat has ended."""
        done = self.start + (offset_ms - self.first_ms) // self.pace_ms
        return min(max(done, self.start), self.counts)


@lru_cache(maxsize=512)
def cue_sheet(content: Content, each: Set, done: int = 0) -> CueSheet:
    """The cues of a set when so many of its counts are done already."""
    said = content.cues
    first_ms = len(said.countdown) * each.pace_ms
    cues = [Cue(beat * each.pace_ms, words) for beat, words in enumerate(said.countdown)]
    for beat, count in enumerate(range(done + 1, each.counts + 1)):
        words = _words(content, each, count)
        if words is not None:
            cues.append(Cue(first_ms + beat * each.pace_ms, words, count))
    cues.append(Cue(first_ms + (each.counts - done) * each.pace_ms, getattr(said, each.then)))
    return CueSheet(tuple(cues), done, each.counts, first_ms, each.pace_ms)


def heard_ms(elapsed_ms: int, lead_ms: int, slack: int = SLACK) -> int:
    """How much of a sheet was surely heard so long after its answer was made; `lead_ms`: what was said before it.

    `slack`: thousandths by which the times of the answer may be too short; zero when they are those of a recording.
    """
    return (elapsed_ms - LATENCY_MS) * 1000 // (1000 + slack) - lead_ms


def resume_from(count: int) -> int:
    """How many counts stand after an interruption at some count: a few are done again."""
    return max(count - OVERLAP, 0)


def _words(content: Content, each: Set, count: int) -> str | None:
    """What is said with a count; None for one that passes in silence."""
    if count == each.counts // 2 and each.counts >= HALFWAY_FROM:
        return content.cues.halfway
    if count == each.counts - 4 and each.counts >= LAST_FIVE_FROM:
        return content.cues.last_five
    if each.spoken == "fifth" and count % FIFTH and count != each.counts:
        return None
    if each.spoken == "last_ten" and count <= each.counts - LAST_TEN:
        return None
    return content.numbers[count]

"""Small scripts, a small voice, and what is heard in a file."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

import miniaudio

from skill.routine.cues import Cue, CueSheet
from skill.speech.mp3 import RATE
from skill.speech.script import Script
from skill.speech.ssml import Pause
from skill.speech.voices import SpeedError
from tests.speech.voices.sounds import tone

COUNTDOWN = ("three", "two", "one")
COUNTS = ("one", "two", "three", "four", "five", "six")
OPENING = ("Stand behind a chair.", "Get ready.", Pause(300))


class Beeps:
    """A voice that says everything with one tone, as long as the text, and notes what it was asked."""

    name = "beeps-1"
    rate = 8_000

    def __init__(self, *, any_speed: bool = True) -> None:
        self.asked: Counter[tuple[str, float]] = Counter()
        self._any_speed = any_speed

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """A tenth of a second for each letter."""
        if speed != 1 and not self._any_speed:
            raise SpeedError(f"{self.name}: one speed only")
        self.asked[text, speed] += 1
        return tone(300, len(text) / 10 / speed, self.rate)

    def close(self) -> None:
        """Nothing is held."""


def small_script(
    pace_ms: int = 960,
    *,
    opening: tuple[str | Pause, ...] = OPENING,
    counts: Sequence[str] = COUNTS,
    ticks: bool = False,
) -> Script:
    """A script that counts down, counts and closes."""
    said = [*COUNTDOWN, *counts, "and rest"]
    cues = [
        Cue(beat * pace_ms, word, beat - 2 if 3 <= beat < len(said) - 1 else None) for beat, word in enumerate(said)
    ]
    sheet = CueSheet(tuple(cues), 0, len(counts), len(COUNTDOWN) * pace_ms, pace_ms)
    label = f"swings-{len(counts)}x{pace_ms}"
    return Script(label, opening, sheet, ticks)


def heard(data: bytes) -> array[int]:
    """What a player plays."""
    return array("h", miniaudio.decode(data, nchannels=1, sample_rate=RATE).samples)

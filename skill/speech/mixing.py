"""A script becomes sound: its opening, then every word with its vowel on its beat."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from operator import add, itemgetter

from skill.routine.cues import Cue
from skill.speech.levelling import Levelled, levelled
from skill.speech.loudness import Meter, slice_energies
from skill.speech.manifest import Said
from skill.speech.mp3 import DELAY_MS, ENCODER_DB, FRAME_MS
from skill.speech.script import Script
from skill.speech.sound import tick, trimmed, vowel_onset
from skill.speech.ssml import Pause
from skill.speech.voices import SpeedError, Voice, VoiceError

LUFS = -14.3
"""Loudness of every word and so of the whole, as a listener gets it."""

SPEEDS = (1.0, 1.15, 1.3)
"""How fast a voice may speak to keep pace, in the order in which they are tried."""

GAP_MS = 20
"""The least silence between two words on their beats."""

SENTENCE_MS = 400
"""Silence between two pieces of an opening that name no pause."""

KEPT = 128
"""Sounds kept; as many as a long set has, so that each is made once, and few enough to take a few megabytes."""

KNOWN = 4096
"""Extents kept, so that in a longer set no word is spoken more than twice."""


class TooFastError(VoiceError):
    """A voice cannot say the words of a script at its pace; the message names script, pace and words."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a word reaches."""

    length: int
    """Its samples, at the voice's rate."""
    onset: int
    """The sample that belongs on the beat."""


class Words:
    """The words of one voice, each spoken, trimmed and levelled once; raises VoiceError where the voice does."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.rate = voice.rate
        self.sound = lru_cache(maxsize=KEPT)(self._sound)
        self.extent = lru_cache(maxsize=KNOWN)(self._extent)
        self._trimmed = lru_cache(maxsize=KEPT)(self._spoken)

    @cached_property
    def tick(self) -> Levelled:
        """The tick."""
        sound = tick(self.rate)
        return Levelled(sound, slice_energies(sound, self.rate))

    def _sound(self, words: str, speed: float = 1.0) -> Levelled:
        return levelled(self._trimmed(words, speed), self.rate, LUFS - ENCODER_DB)

    def _extent(self, words: str, speed: float = 1.0) -> Extent:
        sound = self._trimmed(words, speed)
        return Extent(len(sound), vowel_onset(sound, self.rate))

    def _spoken(self, words: str, speed: float) -> array[int]:
        return trimmed(self.voice.speak(words, speed), self.rate)


Sound = tuple[int, Callable[[], Levelled]]
"""The first sample of a sound, and how to get it."""


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """Where every sound of a track is."""

    sounds: tuple[Sound, ...]
    """All that sounds, in order."""
    length: int
    """Samples of the whole."""
    first_ms: int
    """From the start of the file, as a player counts, to the first counted beat."""
    speed: float
    """How fast the words on their beats are spoken."""
    cues: tuple[Said, ...]
    """What is said when."""

    def chunks(self, meter: Meter) -> Iterator[array[int]]:
        """The samples of the whole in order, measured on the way."""
        done, ahead = 0, array("h")
        for start, get in self.sounds:
            yield _padded(ahead[: start - done], start - done)
            sound = get()
            done, ahead = start, _mixed(ahead[start - done :], sound.samples)
            meter.add(sound.energies, start)
        yield _padded(ahead, self.length - done)


def mix(script: Script, words: Words) -> Mix:
    """Lay out a script, with all beats on frames of its file; raises VoiceError, or TooFastError when words collide."""
    rate, sheet, opening = words.rate, script.sheet, prose(script.opening, words)
    on_beats: list[Sound] = []
    cues = [*opening.cues]
    end = opening.length
    speed = _speed(script, words)
    onset = words.extent(sheet.cues[0].words, speed).onset
    beat = math.ceil(((end + onset) * 1000 / rate + DELAY_MS) / FRAME_MS) * FRAME_MS
    if script.ticks:
        on_beats += ((_place(beat + ms, rate), lambda: words.tick) for ms in sheet.beats)
    for cue in sheet.cues:
        start, end = _span(cue, words, speed, beat)
        on_beats.append((start, partial(words.sound, cue.words, speed)))
        cues.append(Said(beat + cue.offset_ms, cue.words, cue.count))
    sounds = (*opening.sounds, *sorted(on_beats, key=itemgetter(0)))
    length = max(end, _place(beat + sheet.length_ms, rate))
    return Mix(sounds, length, beat + sheet.first_ms, speed, tuple(cues))


def prose(parts: tuple[str | Pause, ...], words: Words) -> Mix:
    """Lay out sentences and silence, one after the other, with nothing counted in it; raises VoiceError."""
    sounds: list[Sound] = []
    cues = []
    end = 0
    for before, part in pairwise((None, *parts)):
        if isinstance(part, Pause):
            end += part.ms * words.rate // 1000
        elif part is not None:
            end += SENTENCE_MS * words.rate // 1000 if isinstance(before, str) else 0
            cues.append(Said(_heard_at(end, words.rate), part, None))
            sounds.append((end, partial(words.sound, part)))
            end += words.extent(part).length
    return Mix(tuple(sounds), end, _heard_at(end, words.rate), SPEEDS[0], tuple(cues))


def _heard_at(sample: int, rate: int) -> int:
    """When a player plays a sample, in milliseconds from the start of the file."""
    return round(sample * 1000 / rate + DELAY_MS)


def _speed(script: Script, words: Words) -> float:
    """The slowest speed at which no word on its beat runs into the next; raises TooFastError."""
    for speed in SPEEDS:
        try:
            collision = _collision(script, words, speed)
        except SpeedError:
            break
        if collision is None:
            return speed
        fastest, (one, other) = speed, collision
    raise TooFastError(
        f"{words.voice.name}: {script.label} at {script.sheet.pace_ms} ms a count is too fast: {one.words!r} runs into"
        f" {other.words!r} even at speed {fastest}; choose a slower pace or fewer spoken counts"
    )


def _collision(script: Script, words: Words, speed: float) -> tuple[Cue, Cue] | None:
    """Two neighbours on the beat that are too close to each other."""
    gap = GAP_MS * words.rate // 1000
    for one, other in pairwise(script.sheet.cues):
        if _span(one, words, speed, 0)[1] + gap > _span(other, words, speed, 0)[0]:
            return one, other
    return None


def _span(cue: Cue, words: Words, speed: float, beat: int) -> tuple[int, int]:
    """The first sample of a cue and the one after its last, when the first beat is so far into the file."""
    extent = words.extent(cue.words, speed)
    start = _place(beat + cue.offset_ms, words.rate) - extent.onset
    return start, start + extent.length


def _place(file_ms: float, rate: int) -> int:
    """The sample that a player plays so long after the start of the file."""
    return round((file_ms - DELAY_MS) * rate / 1000)


def _padded(samples: array[int], length: int) -> array[int]:
    return samples + array("h", bytes(samples.itemsize * (length - len(samples))))


def _mixed(one: array[int], other: array[int]) -> array[int]:
    """Two sounds at once."""
    length = max(len(one), len(other))
    return array("h", map(add, _padded(one, length), _padded(other, length))) if one else other

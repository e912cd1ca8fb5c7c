"""Answers become sound: prose as it is, and what is counted exactly on its beats, as recordings have it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from threading import Lock, Thread
from typing import TypeAlias

from skill.journal import journal
from skill.locales import Locale
from skill.routine.cues import CueSheet
from skill.speech.loudness import Meter
from skill.speech.manifest import Said
from skill.speech.mixing import SENTENCE_MS, Mix, TooFastError, Words, mix, prose
from skill.speech.mp3 import encoded
from skill.speech.script import Script
from skill.speech.ssml import Pause, counted_ms, spoken_ms
from skill.speech.voices import VoiceError, find_voice
from skill.speech.voices.engine import has_word
from skill.web.simulator.pieces import Phrase, Piece, Run, pieces

log = journal(__name__)

Mark: TypeAlias = tuple[int, str, int | None]
"""A moment of an answer in milliseconds, what is said from then on, and the count that it is."""

MOST_LETTERS = 40
"""Of a word that a voice can say; what is longer is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """What is not counted: nobody waits to read it until all of it has been spoken."""

    parts: tuple[Phrase | Pause, ...]
    """Sentences and silence."""
    words: Words
    """The voice."""

    def chunks(self, meter: Meter) -> Iterator[array[int]]:
        """The samples of the whole in order, each sentence made when its turn comes; they end where the voice fails."""
        try:
            for before, part in pairwise((Pause(0), *self.parts)):
                if isinstance(part, Pause):
                    yield from prose((part,), self.words).chunks(meter)
                    continue
                silence = Pause(SENTENCE_MS if isinstance(before, Phrase) else 0)
                yield from prose((silence, part.spoken), self.words).chunks(meter)
        except VoiceError as error:
            log.error("an answer could not be said: %s", type(error).__name__)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer as it is heard."""

    marks: tuple[Mark, ...]
    """What is said when, from the start of the sound as a player counts; estimated where nothing is counted aloud."""
    sound: Mix | Prose | None
    """How it sounds; None where there is no voice."""
    rate: int = 0
    """Samples of it a second."""

    def mp3(self) -> Iterator[bytes]:
        """Its file, as it is made."""
        if self.sound is not None:
            yield from encoded(self.sound.chunks(Meter(self.rate)), self.rate)


class Speaker:
    """A voice of this machine for one locale; it says nothing aloud where there is none."""

    def __init__(self, locale: Locale, *, voice: str = "auto") -> None:
        self._locale, self._name = locale, voice
        self._words: Words | None = None
        self._looked = False
        self._lock = Lock()

    def say(self, ssml: str) -> Spoken:
        """An answer as it is heard; raises ValueError for SSML that is malformed."""
        parts = [part for part in pieces(ssml, self._locale.number_words) if _can_be_said(part)]
        words = self._voice()
        if words is None:
            return Spoken(_marks(parts, _estimated(parts)), None)
        uncounted = tuple(part for part in parts if not isinstance(part, Run))
        if len(uncounted) == len(parts):
            return Spoken(_marks(parts, _estimated(parts)), Prose(uncounted, words), words.rate)
        try:
            sound = _sound(parts, words)
        except VoiceError as error:
            log.error("an answer could not be said: %s", type(error).__name__)
            return Spoken(_marks(parts, _estimated(parts)), None)
        return Spoken(_marks(parts, [cue.at_ms for cue in sound.cues]), sound, words.rate)

    def warm_up(self) -> None:
        """Have the counting words ready before they are needed."""
        Thread(target=self._learn, daemon=True).start()

    def close(self) -> None:
        """Let go of the voice."""
        with self._lock:
            words, self._words, self._looked = self._words, None, True
        if words is not None:
            words.voice.close()

    def _voice(self) -> Words | None:
        with self._lock:
            if not self._looked:
                self._looked = True
                try:
                    # What is said to somebody is kept nowhere.
                    self._words = Words(find_voice(self._name, self._locale.tag, kept=False))
                except VoiceError as error:
                    log.warning("answers are written and not spoken: %s", error)
            return self._words

    def _learn(self) -> None:
        words = self._voice()
        # What cannot be said is told of when it is to be said.
        with suppress(VoiceError):
            for number in self._locale.content.numbers[1:]:
                if words is None or words is not self._words:
                    return
                words.extent(number)


def _can_be_said(part: Piece) -> bool:
    """Whether a voice makes anything of it."""
    if not isinstance(part, Phrase):
        return True
    return has_word(part.spoken) and max(map(len, part.spoken.split())) <= MOST_LETTERS


def _sound(parts: Sequence[Piece], words: Words) -> Mix:
    """All pieces one after the other; raises VoiceError."""
    whole = prose((), words)
    before: list[str | Pause] = []
    for part in parts:
        if not isinstance(part, Run):
            before.append(part if isinstance(part, Pause) else part.spoken)
            continue
        try:
            counted = mix(Script("", tuple(before), _sheet(part), ticks=False), words)
        except TooFastError:
            before += _unhurried(part)
            continue
        whole, before = _followed(whole, counted, words.rate), []
    return _followed(whole, prose(tuple(before), words), words.rate)


def _sheet(run: Run) -> CueSheet:
    """What is counted, with a beat of silence after its last word."""
    beats = run.cues[-1].offset_ms // run.pace_ms
    return CueSheet(run.cues, start=0, counts=beats, first_ms=0, pace_ms=run.pace_ms)


def _unhurried(run: Run) -> Iterator[str | Pause]:
    """The words of a run that no voice keeps up with, one after the other."""
    for cue in run.cues:
        yield cue.words
        yield Pause(max(run.pace_ms - counted_ms(cue.words), 0))


def _followed(one: Mix, other: Mix, rate: int) -> Mix:
    """One sound and then another."""

    def later(said: Said) -> Said:
        return replace(said, at_ms=said.at_ms + round(one.length * 1000 / rate))

    return replace(
        other,
        sounds=(*one.sounds, *((one.length + start, sound) for start, sound in other.sounds)),
        length=one.length + other.length,
        cues=(*one.cues, *map(later, other.cues)),
    )


def _marks(parts: Iterable[Piece], moments: Iterable[int]) -> tuple[Mark, ...]:
    """What is said at these moments, and between two counts those that pass in silence."""
    said: list[Mark] = []
    at = iter(moments)
    for part in parts:
        if isinstance(part, Phrase):
            said.append((next(at), part.shown, None))
        elif isinstance(part, Run):
            before = None
            for cue in part.cues:
                at_ms, count = next(at), cue.count
                silent = (cue.offset_ms - before.offset_ms) // part.pace_ms if before and count else 0
                for beats in range(silent - 1, 0, -1):
                    said.append((at_ms - beats * part.pace_ms, "", (count or 0) - beats))
                said.append((at_ms, cue.words, count))
                before = cue
    return tuple(said)


def _estimated(parts: Iterable[Piece]) -> Iterator[int]:
    """When a voice would say all words of the pieces."""
    clock = 0
    for part in parts:
        if isinstance(part, Run):
            yield from (clock + cue.offset_ms for cue in part.cues)
            clock += part.cues[-1].offset_ms + part.pace_ms
        elif isinstance(part, Phrase):
            yield clock
            clock += spoken_ms(part.shown)
        else:
            clock += part.ms

"""An answer taken apart: what is said, what is left silent, and what is counted on a beat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from xml.etree.ElementTree import Element

from skill.routine.cues import Cue
from skill.speaker.plain import speak_element
from skill.speech.ssml import Pause, counted_ms

SHORTEST_RUN = 4
"""So many words with pauses after them may be counted; fewer are words with pauses."""

MOST_WORDS = 6
"""The longest counted words are of this many: "one hundred and seventy seven, halfway"."""

OFF_BEAT_MS = 120
"""Nearer than this to a beat, a word that could not be spoken in time belongs on it."""

STRENGTHS = {"none": 0, "x-weak": 100, "weak": 250, "medium": 400, "strong": 700, "x-strong": 1200}
"""Milliseconds of a pause that is named by its strength."""

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
"""Between two sentences."""

_READ_OUT = frozenset({"characters", "digits", "spell-out", "telephone"})
_UNITS = {"ms": 1, "s": 1000}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that is said in one breath."""

    spoken: str
    """As a voice is given it: numbers to call in single digits."""
    shown: str
    """As it is read."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words on beats."""

    cues: tuple[Cue, ...]
    """The words with their moments from the first of them on, and the counts that they speak."""
    pace_ms: int
    """Milliseconds a beat."""


Piece = Phrase | Pause | Run


def pieces(ssml: str, numbers: Mapping[str, int]) -> list[Piece]:
    """The pieces of some SSML in order; raises ValueError when it is malformed. `numbers` are counting words."""
    found: list[Piece] = []
    waiting: list[tuple[Phrase, int]] = []

    def settle() -> None:
        if len(waiting) >= SHORTEST_RUN and (run := _run(waiting, numbers)):
            found.append(run)
        else:
            found.extend(part for phrase, ms in waiting for part in (phrase, Pause(ms)))
        waiting.clear()

    parts = [*_merged(_flat(speak_element(ssml)))]
    for part, following in pairwise((*parts, None)):
        if isinstance(part, Phrase) and isinstance(following, Pause) and _is_counted(part):
            waiting.append((part, following.ms))
        elif isinstance(part, Phrase) or not waiting:
            settle()
            found += [part] if part else []
    settle()
    return [sentence for part in found for sentence in _sentences(part)]


def _flat(element: Element) -> Iterator[Phrase | Pause | None]:
    """Words and pauses as they stand; None between two sentences that are set apart by their tags alone."""
    if element.tag == "break":
        yield Pause(_milliseconds(element))
    elif element.tag == "sub":
        yield Phrase(element.get("alias", ""), element.get("alias", ""))
    elif element.tag == "audio":
        yield None
    else:
        # Half a sentence in each: the words around a tag belong together.
        read_out = element.tag == "say-as" and element.get("interpret-as") in _READ_OUT
        apart = element.tag in {"p", "s"}
        yield from (None,) if apart else ()
        yield _phrase(element.text, read_out)
        for child in element:
            yield from _flat(child)
            yield _phrase(child.tail, read_out)
        yield from (None,) if apart else ()


def _phrase(text: str | None, read_out: bool) -> Phrase:
    shown = text or ""
    groups = re.findall(r"\w+", shown)
    return Phrase(", ".join(map(" ".join, groups)) if read_out else shown, shown)


def _merged(parts: Iterator[Phrase | Pause | None]) -> Iterator[Phrase | Pause]:
    """Words that stand together as one phrase, and pauses as one pause."""
    spoken = shown = ""
    silent = 0
    for part in (*parts, None):
        if isinstance(part, Phrase):
            if silent and part.shown.strip():
                yield Pause(silent)
                silent = 0
            spoken, shown = spoken + part.spoken, shown + part.shown
            continue
        if shown.strip():
            yield Phrase(" ".join(spoken.split()), " ".join(shown.split()))
            spoken = shown = ""
        silent += part.ms if isinstance(part, Pause) else 0
    if silent:
        yield Pause(silent)


def _is_counted(phrase: Phrase) -> bool:
    return len(phrase.shown.split()) <= MOST_WORDS and not SENTENCE_END.search(f"{phrase.shown} ")


def _run(words: Sequence[tuple[Phrase, int]], numbers: Mapping[str, int]) -> Run | None:
    """Words and the pauses after them on beats; None where they keep none."""
    # Whoever wrote the pauses could but estimate the words; with the same estimate their grid comes out again.
    lengths = [counted_ms(phrase.shown) + ms for phrase, ms in words]
    offsets = [*accumulate(lengths, initial=0)][:-1]
    pace_ms = _pace(offsets)
    if pace_ms is None:
        return None
    beats = [round(offset / pace_ms) for offset in offsets]
    said = [_number(phrase.shown, numbers) for phrase, _ in words]
    counts = _counts(beats, said)
    cues = (
        Cue(beat * pace_ms, phrase.spoken, count) for beat, (phrase, _), count in zip(beats, words, counts, strict=True)
    )
    return Run(tuple(cues), pace_ms)


def _pace(offsets: Sequence[int]) -> int | None:
    """The longest beat that all of these moments are on; None where there is none."""
    for pace_ms in sorted({after - before for before, after in pairwise(offsets)}, reverse=True):
        if all(abs(offset - round(offset / pace_ms) * pace_ms) <= OFF_BEAT_MS for offset in offsets):
            return pace_ms
    return None


def _number(words: str, numbers: Mapping[str, int]) -> int | None:
    return int(words) if words.isdecimal() else numbers.get(words.lower())


def _counts(beats: Sequence[int], said: Sequence[int | None]) -> list[int | None]:
    """The count on each beat, also where other words stand for it; none in a countdown, nor in a closing word."""
    first = 0
    while first + 1 < len(said) and (before := said[first]) and (after := said[first + 1]) and after < before:
        first += 1
    first += bool(first)
    counted = [at for at, number in enumerate(said) if at >= first and number is not None]
    ahead = Counter((said[at] or 0) - beats[at] for at in counted)
    usual, often = ahead.most_common(1)[0] if ahead else (0, 0)
    # Behind a countdown one number is a count; without one a number may be anything.
    if often < (1 if first else 2):
        return [None] * len(beats)
    return [beat + usual if first <= at <= counted[-1] else None for at, beat in enumerate(beats)]


def _sentences(piece: Piece) -> Iterator[Piece]:
    """A phrase by its sentences, so that the first is heard while the others are still made."""
    if not isinstance(piece, Phrase):
        yield piece
        return
    spoken, shown = (SENTENCE_END.split(text) for text in (piece.spoken, piece.shown))
    yield from map(Phrase, spoken, shown) if len(spoken) == len(shown) else (piece,)


def _milliseconds(pause: Element) -> int:
    time = pause.get("time")
    if time is None:
        return STRENGTHS.get(pause.get("strength", "medium"), 0)
    unit = "ms" if time.endswith("ms") else "s"
    try:
        return round(float(time.removesuffix(unit)) * _UNITS[unit])
    except ValueError:
        return 0

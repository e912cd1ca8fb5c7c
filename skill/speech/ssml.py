"""Speech as a value: words, pauses and numbers to call, which become SSML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from skill.content import Template
from skill.routine.cues import CueSheet

LONGEST_BREAK_MS = 10_000
"""The longest pause of one tag; longer ones are chained."""

LONGEST_PAUSE_MS = 60_000
"""The longest pause that is believed to be one of ours."""

SHORTEST_GAP_MS = 50
"""The least silence between two counts, so that a long one does not run into the next."""

_DIGITS = re.compile(r"\d[\d -]*\d|\d")
_VOWELS = re.compile(r"[aeiouy]+")
_STOPS = re.compile(r"[,.;:?!]+")


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence."""

    ms: int
    """How long, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call; its digits are read one by one, as "nine one one"."""

    words: str
    """The number, or words with a number in them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of a set."""

    sheet: CueSheet
    """What is counted, and when."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that is played among the words."""

    url: str
    """Where the device fetches it."""
    length_ms: int
    """How long it is."""
    words: str
    """What it says."""


Part = str | Pause | Call | Counted | Recorded


@dataclass(frozen=True, slots=True)
class Speech:
    """Something to say."""

    parts: tuple[Part, ...] = ()
    """Words, pauses, numbers and counts in order."""

    def __add__(self, other: Speech) -> Speech:
        """Both, one after the other, with a space between the words."""
        if not self.parts or not other.parts:
            return Speech(self.parts or other.parts)
        end, start = self.parts[-1], other.parts[0]
        if isinstance(end, str) and isinstance(start, str):
            return Speech((*self.parts[:-1], f"{end} {start}", *other.parts[1:]))
        return Speech((*self.parts, " ", *other.parts))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def ssml(self) -> str:
        """The whole as one `<speak>` element, escaped."""
        return f"<speak>{''.join(map(_markup, self.parts))}</speak>"

    def text(self) -> str:
        """The words alone, as a card shows them."""
        words = " ".join(map(_words, self.parts))
        return re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s+", " ", words)).strip()

    def to_list(self) -> list[Any]:
        """As plain values: words, milliseconds of silence, and whom to call in a list of its own."""
        return [_plain(part) for part in self.parts]

    @classmethod
    def from_list(cls, raw: Any) -> Speech:
        """From plain values; nothing when they are no speech."""
        if not isinstance(raw, list):
            return NOTHING
        parts = [part for each in raw if (part := _part(each)) is not None]
        return cls(tuple(parts)) if len(parts) == len(raw) else NOTHING

    def duration_ms(self) -> int:
        """How long a speaker takes for it, estimated."""
        return sum(map(_part_ms, self.parts))


NOTHING = Speech()
"""No words at all."""


def say(template: Template, values: dict[str, str | Call]) -> Speech:
    """A template with its placeholders filled; raises KeyError for one that has no value."""
    parts: list[Part] = []
    words = ""
    for literal, name in template.parts:
        value = "" if name is None else values[name]
        words += literal
        if isinstance(value, str):
            words += value
            continue
        parts += (words, value) if words else (value,)
        words = ""
    return Speech((*parts, words) if words else tuple(parts))


def join(speeches: Iterable[Speech]) -> Speech:
    """All of them, one after the other."""
    whole = Speech()
    for speech in speeches:
        whole += speech
    return whole


@lru_cache(maxsize=4096)
def spoken_ms(words: str) -> int:
    """How long a speaker takes for some prose, estimated from its syllables and its stops."""
    syllables = len(_VOWELS.findall(words.lower())) + 2 * sum(map(str.isdigit, words))
    return 215 * syllables + 300 * len(_STOPS.findall(words))


@lru_cache(maxsize=1024)
def counted_ms(words: str) -> int:
    """How long a speaker takes for a lone counting word, estimated: shorter than the same word in prose."""
    return 230 + 150 * len(_VOWELS.findall(words.lower()))


def _plain(part: Part) -> str | int | list[str]:
    if isinstance(part, Pause):
        return part.ms
    return [part.words] if isinstance(part, Call) else _words(part)


def _part(raw: Any) -> Part | None:
    """A part from its plain value; None when it is none."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and 0 <= raw <= LONGEST_PAUSE_MS:
        return Pause(raw)
    return Call(raw[0]) if isinstance(raw, list) and len(raw) == 1 and isinstance(raw[0], str) else None


def _words(part: Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Call | Recorded):
        return part.words
    return "" if isinstance(part, Pause) else " ".join(cue.words for cue in part.sheet.cues)


def _part_ms(part: Part) -> int:
    if isinstance(part, Pause):
        return part.ms
    if isinstance(part, Recorded):
        return part.length_ms
    return part.sheet.length_ms if isinstance(part, Counted) else spoken_ms(_words(part))


def _markup(part: Part) -> str:
    if isinstance(part, str):
        return escaped(part)
    if isinstance(part, Pause):
        return _break(part.ms)
    if isinstance(part, Recorded):
        source = escaped(part.url).replace('"', "&quot;")
        return f'<audio src="{source}"/>'
    return _counted(part.sheet) if isinstance(part, Counted) else _DIGITS.sub(_read_out, escaped(part.words))


def escaped(words: str) -> str:
    """Words as they stand in SSML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _break(ms: int) -> str:
    whole, rest = divmod(ms, LONGEST_BREAK_MS)
    return f'<break time="{LONGEST_BREAK_MS}ms"/>' * whole + (f'<break time="{rest}ms"/>' if rest else "")


@lru_cache(maxsize=256)
def _counted(sheet: CueSheet) -> str:
    """The counts with pauses that keep them on their grid, as near as estimated word lengths allow."""
    markup, clock = [], 0
    ends = [*(cue.offset_ms for cue in sheet.cues[1:]), sheet.length_ms]
    for cue, end_ms in zip(sheet.cues, ends, strict=True):
        clock += counted_ms(cue.words)
        # The gap is measured to the grid and not to the word before, so that errors do not add up.
        gap = max(end_ms - clock, SHORTEST_GAP_MS)
        clock += gap
        markup.append(escaped(cue.words) + _break(gap))
    return "".join(markup)


def _read_out(number: re.Match[str]) -> str:
    kind = "digits" if number[0].isdigit() else "telephone"
    return f'<say-as interpret-as="{kind}">{number[0]}</say-as>'

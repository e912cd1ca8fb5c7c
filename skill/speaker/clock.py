"""Times of day in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from skill.speaker.words import Words, words

HOUR, MINUTE, TIME = "{hour}", "{minute}", "{time}"
"""Where the language's forms take the number of an hour, that of minutes, and a time told in both."""

HALF_DAY, DAY = 12, 24
"""Hours of the clock's one round, and of the two that make a day."""

_DIGITS_OR_LETTERS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the words for times mean.

    An hour up to twelve is one of either half of the day. What stands beside it tells of which. Alone it is the one
    from noon on, so that "nine" is 21:00: there is nobody here to ask back, and a skill had better say what it got.
    """

    named: Mapping[Words, str]
    """Values of words that name a time or a part of the day: "12:00", or the two letters that Amazon has for it."""
    told: Mapping[Words, int]
    """Minutes after midnight by the words, or the digits, of an hour and its minutes."""
    halves: tuple[tuple[Words, Words, int], ...]
    """What may stand before and after those words, and the first of the twelve hours that are then meant."""
    longest: int
    """The most words of a time."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], numbers: Mapping[Words, int]) -> Clock:
        """Read the `times` of a language file; `numbers` are known by their words."""
        named = _in_digits() | {words(name): value for name, value in data["named"].items()}
        told = _told(data["told"], numbers)
        halves = []
        for form, first in data["halves"].items():
            before, _, after = form.partition(TIME)
            halves.append((words(before), words(after), first))
        around = max(len(before) + len(after) for before, after, _ in halves)
        return cls(named, told, tuple(halves), max(map(len, told)) + around)

    def read(self, said: Words) -> str | None:
        """The time as Amazon gives it, such as "21:00" or "EV"; None when these words are no time."""
        said = tuple(part for word in said for part in _DIGITS_OR_LETTERS.findall(word))
        if said in self.named:
            return self.named[said]
        for before, after, first in self.halves:
            end = len(said) - len(after)
            at = self.told.get(said[len(before) : end])
            if at is not None and said[: len(before)] == before and said[end:] == after:
                begin = 60 * first
                return _value((begin + (at - begin) % (60 * HALF_DAY)) % (60 * DAY))
        return None

    def phrases(self) -> Iterator[Words]:
        """Every name and every full hour, which stand for the minutes too, with all that may stand around it."""
        yield from (name for name in self.named if not name[0].isdigit())
        for before, after, _ in self.halves:
            for said, at in self.told.items():
                if at % 60 == 0 and at <= 60 * HALF_DAY and not said[0].isdigit():
                    yield (*before, *said, *after)


def _told(forms: Mapping[str, tuple[int, int]], numbers: Mapping[Words, int]) -> dict[Words, int]:
    """Every hour with its minutes in every form; a form has the least and the most minutes after the hour."""
    spelled: dict[int, Words] = {}
    for said, number in numbers.items():
        spelled.setdefault(number, said)
    told: dict[Words, int] = {(f"{hour}", f"{minute:02}"): 60 * hour + minute for hour, minute in _minutes(1, DAY)}
    for form, (least, most) in forms.items():
        parts = [(part,) if part in {HOUR, MINUTE} else words(part) for part in form.split()]
        for hour, after in product(range(1, DAY), range(least, most + 1)):
            at, minute = 60 * hour + after, abs(after)
            told.setdefault(_filled(parts, (f"{hour}",), (f"{minute}",)), at)
            if hour in spelled and minute in spelled:
                told.setdefault(_filled(parts, spelled[hour], spelled[minute]), at)
    return told


def _in_digits() -> dict[Words, str]:
    """Times of the twenty-four hours: only they are written with a zero before the hour."""
    return {(f"{hour:02}", f"{minute:02}"): _value(60 * hour + minute) for hour, minute in _minutes(0, 10)}


def _minutes(first: int, end: int) -> Iterator[tuple[int, int]]:
    return product(range(first, end), range(60))


def _value(at: int) -> str:
    hour, minute = divmod(at, 60)
    return f"{hour:02}:{minute:02}"


def _filled(parts: list[Words], hour: Words, minute: Words) -> Words:
    numbers: dict[Words, Words] = {(HOUR,): hour, (MINUTE,): minute}
    return tuple(word for part in parts for word in numbers.get(part, part))

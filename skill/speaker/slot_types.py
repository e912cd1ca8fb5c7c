"""What may stand in a slot, by its type."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from skill.speaker.clock import Clock
from skill.speaker.words import Words, joined, words

NUMBER, TIME, FREE_TEXT = "AMAZON.NUMBER", "AMAZON.TIME", "AMAZON.SearchQuery"
"""The types of Amazon's own that are understood."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What some words mean in a slot."""

    value: str
    """The words as a skill gets them: numbers and times in digits, all else as said."""
    matches: tuple[tuple[str, str], ...] = ()
    """Id and name of every listed value that has these words; empty for Amazon's own types."""


class SlotType(Protocol):
    """What may stand in a slot."""

    @property
    def name(self) -> str:
        """The type as the model names it."""

    @property
    def stand_in(self) -> str:
        """No word, but stands for any filling where one is like another; empty where each means something else."""

    @property
    def longest(self) -> int:
        """The most words of a filling."""

    def fill(self, said: Words) -> Filling | None:
        """What these words mean here, or None when they cannot stand here."""

    def phrases(self) -> Iterator[Words]:
        """Every filling there is, or enough to stand for all; nothing when they are without number."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A custom type: the names and synonyms it lists, and nothing else."""

    name: str
    """The type as the model names it."""
    listed: Mapping[Words, tuple[tuple[str, str], ...]]
    """Id and name of the values, by the words that stand for them."""
    longest: int
    """The most words of a filling."""
    stand_in: ClassVar[str] = ""

    @classmethod
    def from_schema(cls, schema: Mapping[str, Any]) -> Listed:
        """Read one of the model's `types`."""
        listed: dict[Words, tuple[tuple[str, str], ...]] = {}
        for value in schema.get("values", ()):
            name = value["name"]["value"]
            match = (value.get("id") or _derived_id(name), name)
            for phrase in (name, *_synonyms(value)):
                others = listed.get(words(phrase), ())
                if words(phrase) and match not in others:
                    listed[words(phrase)] = (*others, match)
        return cls(schema["name"], listed, max(map(len, listed), default=0))

    def fill(self, said: Words) -> Filling | None:
        """The values that have these words."""
        matches = self.listed.get(said)
        return Filling(joined(said), matches) if matches else None

    def phrases(self) -> Iterator[Words]:
        """Every name and synonym."""
        return iter(self.listed)


@dataclass(frozen=True, slots=True)
class Number:
    """Amazon's numbers: digits, or the words that are known for them."""

    known: Mapping[Words, int]
    """Numbers by their words."""
    name: ClassVar[str] = NUMBER
    stand_in: ClassVar[str] = "#"

    @property
    def longest(self) -> int:
        """The most words of a number."""
        return max(map(len, self.known), default=1)

    def fill(self, said: Words) -> Filling | None:
        """The number in digits."""
        if said in self.known:
            return Filling(str(self.known[said]))
        if len(said) == 1 and said[0].isascii() and said[0].isdigit():
            return Filling(said[0].lstrip("0") or "0")
        return None

    def phrases(self) -> Iterator[Words]:
        """Every number that has words."""
        return iter(self.known)


@dataclass(frozen=True, slots=True)
class Time:
    """Amazon's times of day: an hour with its minutes, or a part of the day."""

    clock: Clock
    """What the words for them mean."""
    name: ClassVar[str] = TIME
    stand_in: ClassVar[str] = "@"

    @property
    def longest(self) -> int:
        """The most words of a time."""
        return self.clock.longest

    def fill(self, said: Words) -> Filling | None:
        """The time as Amazon gives it, such as "21:00" or "EV"."""
        value = self.clock.read(said)
        return Filling(value) if value else None

    def phrases(self) -> Iterator[Words]:
        """Every full hour and every part of the day."""
        return self.clock.phrases()


@dataclass(frozen=True, slots=True)
class FreeText:
    """Amazon's search query: any words at all."""

    name: ClassVar[str] = FREE_TEXT
    stand_in: ClassVar[str] = ""
    longest: ClassVar[int] = sys.maxsize

    def fill(self, said: Words) -> Filling | None:
        """The words themselves."""
        return Filling(joined(said)) if said else None

    def phrases(self) -> Iterator[Words]:
        """Nothing: they are without number."""
        return iter(())


def first(slot_type: SlotType, said: Words) -> tuple[int, int] | None:
    """Where the first and longest filling of a type among these words starts and ends."""
    for start in range(len(said)):
        for end in range(min(start + slot_type.longest, len(said)), start, -1):
            if slot_type.fill(said[start:end]):
                return start, end
    return None


def _synonyms(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(value["name"].get("synonyms", ()))


def _derived_id(name: str) -> str:
    # Where a model gives no id, Amazon sends the MD5 of the name.
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()

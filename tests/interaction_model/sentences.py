"""What can be said to an interaction model: its samples, with listed words in their slots."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from skill.packaging.samples import SLOT, LanguageModel, Sample, declared_slots, phrases, words
from skill.speaker.slot_types import NUMBER, TIME

Heard: TypeAlias = Mapping[str, Collection[str]]
"""What may be heard in each slot, by the slot's name; nothing for free text."""

SPOKEN_NUMBERS = ("one", "two", "five", "ten", "twelve", "twenty", "thirty five", "a hundred")
"""Enough to meet a sample that has a number in it; any other number is like these."""

SPOKEN_TIMES = (
    "nine",
    "half past nine",
    "nine thirty p m",
    "ten at night",
    "noon",
    "night",
    "evening",
    "evening at nine",
)
"""Enough to meet a sample that has a time in it."""


def heard_in_slots(model: LanguageModel) -> dict[str, list[str]]:
    """What may be heard in each slot of the model."""
    listed = {each["name"]: [phrase for phrase, _ in phrases(each)] for each in model["types"]}
    listed |= {NUMBER: list(SPOKEN_NUMBERS), TIME: list(SPOKEN_TIMES)}
    return {slot: listed.get(type_, []) for _, slot, type_ in declared_slots(model)}


def listed_in_slots(model: LanguageModel) -> dict[str, frozenset[str]]:
    """The same to look it up, with 's apart."""
    return {slot: frozenset(" ".join(words(each)) for each in found) for slot, found in heard_in_slots(model).items()}


def spoken(sample: Sample, heard: Heard) -> Iterator[str]:
    """The sample with every combination of fillings; nothing where a slot has none."""
    literal = SLOT.split(sample.text)[::2]
    for fillings in product(*(heard.get(slot, ()) for slot in sample.slots)):
        yield "".join(part for pair in zip(literal, (*fillings, ""), strict=True) for part in pair)


def count_spoken(sample: Sample, heard: Heard) -> int:
    """How many sentences `spoken` yields."""
    count = 1
    for slot in sample.slots:
        count *= len(heard.get(slot, ()))
    return count


def fits(parts: tuple[str, ...], said: tuple[str, ...], listed: Heard) -> bool:
    """Whether a sample of these words can be spoken as exactly that; `listed` has 's apart."""
    if not parts or not said:
        return not parts and not said
    head, rest = parts[0], parts[1:]
    if not head.startswith("{"):
        return head == said[0] and fits(rest, said[1:], listed)
    phrases_here = listed.get(head.strip("{}"), ())
    if not rest:
        return " ".join(said) in phrases_here
    return any(
        " ".join(said[:length]) in phrases_here and fits(rest, said[length:], listed)
        for length in range(1, len(said) - len(rest) + 1)
    )


def may_meet(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two samples agree in the fixed words before and after their slots; quicker than spelling them out."""
    return _agree(parts, others) and _agree(parts[::-1], others[::-1])


def _agree(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    for part, other in zip(parts, others, strict=False):
        if part.startswith("{") or other.startswith("{"):
            return True
        if part != other:
            return False
    return len(parts) == len(others)

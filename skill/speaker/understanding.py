"""What an utterance means, by the skill's interaction model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from skill.speaker.closest import Choice, Closest
from skill.speaker.language import Language
from skill.speaker.matching import Filled, Match, Samples, expand, listed, sentence
from skill.speaker.model import Model, Rank, Slot, Template, template
from skill.speaker.slot_types import FREE_TEXT, NUMBER, Filling, FreeText, Number, SlotType, Time, first
from skill.speaker.words import Words, joined, words

FALLBACK = "AMAZON.FallbackIntent"
"""The intent of words that mean nothing to the skill."""

CLOSE_ENOUGH = 0.62
"""The least score of the closest sample: with less, requests for other skills begin to come in."""

MOST_FILLINGS = 500
"""A sample with more ways to fill its slots than this is never guessed, only matched word by word."""

LONGEST_GUESS = 30
"""Utterances of more words than this tell a story, which is close to no sample."""

LOOSE = 1
"""Free text behind so few fixed words takes in nearly anything, so the closest sample goes before it."""


class AmbiguousModelError(ValueError):
    """Two intents claim the same words; the message names them all."""


@dataclass(frozen=True, slots=True)
class HeardSlot:
    """A filled slot."""

    name: str
    """The name of the slot."""
    type: str
    """The name of its type."""
    said: str
    """The words that fill it."""
    value: str
    """What the skill gets: a number or a time in digits, all else as said."""
    matches: tuple[tuple[str, str], ...] = ()
    """Id and name of the listed values that have these words."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood."""

    intent: str
    """Name of the intent."""
    slots: Mapping[str, HeardSlot] = field(default_factory=lambda: MappingProxyType({}))
    """The filled slots, by their names."""
    how: Literal["sample", "closest", "none", "urgent"] = "none"
    """By a sample's own words, by the closest sample, not at all, or passed on whole because it is urgent."""
    sample: str | None = None
    """The sample, with its slots in braces."""
    score: float = 0.0
    """How well it fits, from 0 to 1."""


class Understanding:
    """An interaction model that utterances are held against."""

    def __init__(self, model: Model, language: Language, amazons: Iterable[SlotType]) -> None:
        """Index the samples of a model that was read with these types of Amazon's own."""
        self.language = language
        self.invocation_name = model.invocation_name
        self.slots = model.slots
        """Every intent with its slots, and the type of each."""
        self._alike = tuple(each for each in amazons if each.stand_in)
        self._samples = Samples(model.templates)
        self._built_in = Samples(
            template(intent, phrase, {})
            for intent, phrases in language.intents.items()
            if intent in model.slots
            for phrase in phrases
        )

    @classmethod
    def load(cls, path: Path, number_words: Mapping[str, int]) -> Understanding:
        """Read a model file and the language file of its locale; raises ModelError."""
        language = path.stem.partition("-")[0]
        return cls.from_dict(
            json.loads(path.read_text(encoding="utf-8")),
            number_words,
            Language.load(path.parent / "built_in" / f"{language}.json"),
        )

    @classmethod
    def from_dict(cls, schema: Mapping[str, Any], number_words: Mapping[str, int], language: Language) -> Understanding:
        """Read a model in Amazon's schema; raises ModelError."""
        numbers = language.numbers(number_words)
        amazons = (Number(numbers), Time(language.clock(numbers)), FreeText())
        return cls(Model.from_schema(schema, amazons), language, amazons)

    def hear(self, text: str) -> Heard:
        """What the text means; raises AmbiguousModelError where two intents claim its words."""
        said = words(text)
        exact = self._exact(said)
        loose = exact is None or (exact.template.rank is Rank.FREE and _fixed_words(exact) <= LOOSE)
        if loose and 0 < len(said) <= LONGEST_GUESS and (guess := self._guess(said)):
            return guess
        return _heard(exact, "sample", 1.0) if exact else Heard(FALLBACK)

    def exactly(self, text: str) -> Heard | None:
        """What the text means word by word, without any guessing; raises AmbiguousModelError as well."""
        exact = self._exact(words(text))
        return _heard(exact, "sample", 1.0) if exact else None

    def is_sample(self, text: str) -> bool:
        """Whether these are the words of a sample, word by word."""
        said = words(text)
        return any(self._samples.find(said, rank) for rank in (Rank.LITERAL, Rank.SLOTS))

    def _exact(self, said: Words) -> Match | None:
        matches = self._strict(said)
        if clash := _clash(said, matches):
            raise AmbiguousModelError(clash)
        return matches[0] if matches else None

    def ambiguities(self) -> list[str]:
        """Every sentence that samples of two intents claim, with their names."""
        sizes: dict[str, int] = dict.fromkeys(self.slots, 0)
        for each in self._samples.templates:
            sizes[each.intent] += _fillings(each)
        # It takes two intents to clash, so all clashes show without spelling out the one with most sentences.
        fillings = self._telling_fillings()
        largest = max(sizes, key=lambda intent: sizes[intent], default=None)
        clashes = {
            clash
            for each in self._samples.templates
            if each.intent != largest
            for match in expand(each, fillings)
            if (clash := _clash(sentence(match), self._strict(sentence(match))))
        }
        return sorted(clashes)

    def _telling_fillings(self) -> Callable[[Slot], list[tuple[Words, Filling]]]:
        """Fillings that show every clash: one free text, and few numbers, for most are like any other."""
        spoken = {word for each in self._samples.templates for word in each.literal_words()}
        types = {slot.type.name: slot for each in self._samples.templates for slot in each.slots}
        fillings = {name: list(listed(slot)) for name, slot in types.items()}
        spoken |= {word for name, found in fillings.items() if name != NUMBER for said, _ in found for word in said}
        if numbers := fillings.get(NUMBER):
            fillings[NUMBER] = [each for each in numbers if spoken.issuperset(each[0])] or numbers[:1]
        fillings[FREE_TEXT] = [(("anything",), Filling("anything"))]
        return lambda slot: fillings[slot.type.name]

    def _strict(self, said: Words) -> list[Match]:
        """The most specific samples with exactly these words, the best first."""
        for samples, rank in (
            (self._samples, Rank.LITERAL),
            (self._samples, Rank.SLOTS),
            (self._built_in, Rank.LITERAL),
            (self._samples, Rank.FREE),
        ):
            if matches := samples.find(said, rank):
                matches.sort(key=_fixed_words, reverse=True)
                if rank is Rank.FREE:
                    return [match for match in matches if _fixed_words(match) == _fixed_words(matches[0])]
                return matches
        return []

    def _guess(self, said: Words) -> Heard | None:
        found = self._closest.find(said, CLOSE_ENOUGH)
        stood_for: Words = ()
        for each in self._alike:
            if place := first(each, said):
                start, end = place
                other = self._closest.find((*said[:start], each.stand_in, *said[end:]), CLOSE_ENOUGH)
                if other and each.stand_in in other[0].words and (not found or other[1] > found[1]):
                    found, stood_for = other, said[start:end]
        match = _refilled(found[0].match, stood_for) if found else None
        return _heard(match, "closest", found[1]) if found and match else None

    @cached_property
    def _closest(self) -> Closest:
        light = self.language.light | {each.stand_in for each in self._alike}
        return Closest(self._choices(), light, self.language.negations)

    def _choices(self) -> Iterator[Choice]:
        for each in (*self._samples.templates, *self._built_in.templates):
            if each.rank is not Rank.FREE and _fillings(each, alike=1) <= MOST_FILLINGS:
                for match in expand(each, _listed_or_alike):
                    yield Choice(match, sentence(match))


def _heard(match: Match, how: Literal["sample", "closest"], score: float) -> Heard:
    return Heard(
        intent=match.template.intent,
        slots=MappingProxyType({filled.slot.name: _heard_slot(filled) for filled in match.filled}),
        how=how,
        sample=match.template.sample,
        score=score,
    )


def _heard_slot(filled: Filled) -> HeardSlot:
    return HeardSlot(
        name=filled.slot.name,
        type=filled.slot.type.name,
        said=joined(filled.said),
        value=filled.filling.value,
        matches=filled.filling.matches,
    )


def _refilled(match: Match, said: Words) -> Match | None:
    """The match with these words in place of what stands in for any; None when they cannot fill its slot."""
    filled = []
    for each in match.filled:
        filling = each.slot.type.fill(said) if each.slot.type.stand_in else each.filling
        if filling is None:
            return None
        filled.append(Filled(each.slot, said, filling) if each.slot.type.stand_in else each)
    return Match(match.template, tuple(filled))


def _fixed_words(match: Match) -> int:
    return len(match.template.literal_words())


def _clash(said: Words, matches: list[Match]) -> str | None:
    intents = sorted({match.template.intent for match in matches})
    return f'"{joined(said)}" belongs to {" and to ".join(intents)}' if len(intents) > 1 else None


def _fillings(each: Template, alike: int | None = None) -> int:
    return prod(
        alike if alike and slot.type.stand_in else sum(1 for _ in slot.type.phrases())
        for slot in each.slots
        if not isinstance(slot.type, FreeText)
    )


def _listed_or_alike(slot: Slot) -> Iterator[tuple[Words, Filling]]:
    stand_in = slot.type.stand_in
    return iter([((stand_in,), Filling(stand_in))]) if stand_in else listed(slot)

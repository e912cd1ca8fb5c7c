"""The words of a language that a device knows without any model: built-in intents, ways to open a skill."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.speaker.clock import Clock
from skill.speaker.consent import Consent
from skill.speaker.words import Words, joined, words

YES_INTENT, NO_INTENT = "AMAZON.YesIntent", "AMAZON.NoIntent"
"""Amazon's intents for what answers any question."""


@dataclass(frozen=True, slots=True)
class Address:
    """The words around a skill's name."""

    wake: tuple[str, ...]
    """What wakes the device."""
    open: tuple[str, ...]
    """Opens a skill: "open {name}"."""
    ask: tuple[str, ...]
    """Asks it something at once: "ask {name} ..."."""
    using: tuple[str, ...]
    """Puts the name last: "... using {name}"."""
    before_name: tuple[str, ...]
    """May stand before the name."""
    after_name: tuple[str, ...]
    """May stand after the name."""
    connectors: tuple[str, ...]
    """Join the name to what is asked."""
    courtesies: tuple[str, ...]
    """Ask nothing when they alone follow the name."""
    leave: tuple[str, ...]
    """End the session without the skill having a say."""


@dataclass(frozen=True, slots=True)
class Language:
    """What a device knows of a language."""

    intents: Mapping[str, tuple[str, ...]]
    """What people say for each of Amazon's intents."""
    light: frozenset[str]
    """Words that tell little about what is meant."""
    negations: frozenset[str]
    """Words that turn what is said into its opposite."""
    number_spellings: tuple[tuple[str, str], ...]
    """Ways to say the same number: the first words may be replaced by the second."""
    times: Mapping[str, Any]
    """Ways to tell a time of day: what names one, forms of hours and minutes, and what tells the half of the day."""
    consent: Consent
    """How the device asks for leave on behalf of a skill."""
    address: Address
    """The words around a skill's name."""

    @classmethod
    def load(cls, path: Path) -> Language:
        """Read a language file."""
        return cls.from_dict(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Language:
        """Read the content of a language file."""
        return cls(
            intents={intent: tuple(phrases) for intent, phrases in data["intents"].items()},
            light=frozenset(word for entry in data["light"] for word in words(entry)),
            negations=frozenset(word for entry in data["negations"] for word in words(entry)),
            number_spellings=tuple((first, second) for first, second in data["number_spellings"]),
            times=data["times"],
            consent=Consent.from_dict(data["consent"], data["intents"][YES_INTENT], data["intents"][NO_INTENT]),
            address=Address(**{name: tuple(phrases) for name, phrases in data["address"].items()}),
        )

    def numbers(self, number_words: Mapping[str, int]) -> dict[Words, int]:
        """The numbers by their words, in every spelling."""
        known = {words(spelling): number for spelling, number in number_words.items()}
        for first, second in self.number_spellings:
            known |= {words(joined(spelling).replace(first, second)): number for spelling, number in known.items()}
        return known

    def clock(self, numbers: Mapping[Words, int]) -> Clock:
        """The times of day in this language's words for these numbers."""
        return Clock.from_dict(self.times, numbers)

"""The samples of an interaction model, and what stands in their slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

LanguageModel: TypeAlias = Mapping[str, Any]
"""The `languageModel` of Amazon's schema."""

SLOT = re.compile(r"\{([^{}]*)\}")
"""A slot in a sample."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample utterance."""

    intent: str
    """The intent it stands for."""
    text: str
    """Its words, with slots in braces."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in order."""
        return tuple(SLOT.findall(self.text))

    @property
    def words(self) -> tuple[str, ...]:
        """Its words; a slot is one word, with its braces."""
        return words(self.text)

    @property
    def folded(self) -> str:
        """The text with all slots alike."""
        return SLOT.sub("{}", self.text)


def words(text: str) -> tuple[str, ...]:
    """The words of a text; 's is one of its own, because a slot may stand before it."""
    return tuple(text.replace("'s", " 's").split())


def samples(model: LanguageModel) -> list[Sample]:
    """All samples, in the model's order."""
    return [Sample(intent["name"], text) for intent in model["intents"] for text in intent.get("samples", ())]


def declared_slots(model: LanguageModel) -> list[tuple[str, str, str]]:
    """Intent, slot and type of every slot of every intent."""
    return [
        (intent["name"], slot["name"], slot["type"]) for intent in model["intents"] for slot in intent.get("slots", ())
    ]


def phrases(slot_type: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every value and synonym of a custom type, with the id of its value."""
    for value in slot_type["values"]:
        for phrase in (value["name"]["value"], *value["name"].get("synonyms", ())):
            yield phrase, value.get("id", "")

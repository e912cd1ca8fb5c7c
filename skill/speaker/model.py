"""An interaction model in Amazon's schema, read into templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from skill.speaker.slot_types import FreeText, Listed, SlotType
from skill.speaker.words import POSSESSIVE, Words, words

_PARTS = re.compile(r"\{\s*(\w+)\s*\}")


class ModelError(ValueError):
    """The interaction model cannot be used; the message names the intent or type and what is wrong."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sample that the speaker fills."""

    name: str
    """Its name in the intent."""
    type: SlotType
    """What may stand there."""


class Rank(IntEnum):
    """How specific a template is; the more specific wins."""

    LITERAL = 0
    SLOTS = 1
    FREE = 2


@dataclass(frozen=True, slots=True)
class Template:
    """A sample utterance."""

    intent: str
    """The intent it stands for."""
    sample: str
    """The sample as the model has it."""
    parts: tuple[str | Slot, ...]
    """Literal words and slots, in order."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def literal_words(self) -> Words:
        """The fixed words, in order."""
        return tuple(part for part in self.parts if isinstance(part, str))

    @property
    def rank(self) -> Rank:
        """How specific it is."""
        if not self.slots:
            return Rank.LITERAL
        return Rank.FREE if any(isinstance(slot.type, FreeText) for slot in self.slots) else Rank.SLOTS

    def prefix(self) -> Words:
        """The literal words before the first slot."""
        return _leading(self.parts)

    def suffix(self) -> Words:
        """The literal words after the last slot; nothing when there is no slot."""
        return _leading(self.parts[::-1])[::-1] if self.slots else ()


@dataclass(frozen=True, slots=True)
class Model:
    """What a skill understands."""

    invocation_name: str
    """The name it is opened by."""
    slots: Mapping[str, Mapping[str, str]]
    """Every intent with its slots, and the type of each."""
    templates: tuple[Template, ...]
    """All samples, in the model's order."""

    @classmethod
    def from_schema(cls, schema: Mapping[str, Any], amazons: Iterable[SlotType]) -> Model:
        """Read Amazon's schema, with those of Amazon's own types that are understood; raises ModelError."""
        try:
            language_model = schema["interactionModel"]["languageModel"]
            types: dict[str, SlotType] = {each.name: each for each in amazons}
            types |= {each["name"]: Listed.from_schema(each) for each in language_model.get("types", ())}
            intents = language_model["intents"]
            return cls(
                invocation_name=language_model["invocationName"],
                slots={
                    intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
                    for intent in intents
                },
                templates=tuple(
                    template(intent["name"], sample, _slots(intent, types))
                    for intent in intents
                    for sample in intent.get("samples", ())
                ),
            )
        except KeyError as missing:
            raise ModelError(f"the interaction model has no {missing}") from missing


def template(intent: str, sample: str, slots: Mapping[str, Slot]) -> Template:
    """Read a sample; raises ModelError for an unknown slot or for a sample without words."""
    parts: list[str | Slot] = []
    # Split with a group: literal text and slot names take turns.
    for place, piece in enumerate(_PARTS.split(sample.replace("}" + POSSESSIVE, "} " + POSSESSIVE))):
        if place % 2 == 0:
            parts += words(piece)
        elif piece in slots:
            parts.append(slots[piece])
        else:
            raise ModelError(f"{intent} has no slot {piece}, which its sample {sample!r} uses")
    if not parts:
        raise ModelError(f"{intent} has a sample without words: {sample!r}")
    return Template(intent, sample, tuple(parts))


def _slots(intent: Mapping[str, Any], types: Mapping[str, SlotType]) -> dict[str, Slot]:
    slots = {}
    for slot in intent.get("slots", ()):
        if slot["type"] not in types:
            raise ModelError(f"{intent['name']} has a slot of type {slot['type']}, which is not understood here")
        slots[slot["name"]] = Slot(slot["name"], types[slot["type"]])
    return slots


def _leading(parts: tuple[str | Slot, ...]) -> Words:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Slot):
            break
        found.append(part)
    return tuple(found)

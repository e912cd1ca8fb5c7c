"""What was said in the slots of an intent, as much of it as is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

MOST_SLOTS, MOST_SAID = 64, 8000
"""Slots, and characters in all of them, that are looked at, so that no request takes long; real ones have fewer."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot was filled with."""

    said: str
    """The words as the recogniser heard them."""
    id: str | None
    """Id of the value it resolved to."""


def slots_of(raw: Mapping[str, Any]) -> dict[str, Slot]:
    """The slots that were filled."""
    slots = {name: slot for name, each in islice(raw.items(), MOST_SLOTS) if (slot := _slot(each))}
    if sum(len(slot.said) for slot in slots.values()) <= MOST_SAID:
        return slots
    half = MOST_SAID // len(slots) // 2
    return {name: replace(slot, said=f"{slot.said[:half]} {slot.said[-half:]}") for name, slot in slots.items()}


def _slot(raw: Any) -> Slot | None:
    """A slot that was filled; "?" is what the platform sends for a number it did not understand."""
    said = raw and (raw.value or _words(raw.slot_value))
    if not said or said == "?":
        return None
    for authority in filter(None, (raw.resolutions and raw.resolutions.resolutions_per_authority) or ()):
        for wrapper in filter(None, authority.values or ()):
            if wrapper.value and wrapper.value.id:
                return Slot(said, wrapper.value.id)
    return Slot(said, None)


def _words(value: Any, levels: int = 20) -> str:
    """All words in the value of a slot: a simple one, a list, or one of a kind that is newer than the SDK."""
    if isinstance(value, str) or not levels:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        parts = value
    else:
        fields = value if isinstance(value, dict) else getattr(value, "__dict__", {})
        # What is no words of the person beside them: a type, a name, and what the words were resolved to.
        parts = [
            part
            for key, part in fields.items()
            if key == "value" or (key != "resolutions" and not isinstance(part, str))
        ]
    return ", ".join(filter(None, (_words(part, levels - 1) for part in parts)))

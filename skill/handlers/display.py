"""The device's screen, as a request tells of it, and what was done on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from skill.screens import SET_OVER

EVENT = "Alexa.Presentation.APL.UserEvent"
"""The request by which a screen tells of something."""

MOST_SLOTS, LONGEST_ID = 8, 64
"""Slots that touching something fills, and characters of the id in each; ours are fewer."""

MOST = 1000
"""Counts of a set; ours have fewer."""

OLDEST = (1, 4)
"""The version of our documents; what a screen knows must not be older."""


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that a screen told of."""

    intent: str | None = None
    """What was touched means as much as this intent; None when nothing was touched."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Ids in its slots."""
    token: str | None = None
    """The set that the screen was counting, if any."""
    over: bool = False
    """Whether that set was spoken to its end."""
    done: int | None = None
    """Else how many of its counts were done, where that is known."""


def interfaces_of(envelope: Any) -> Any:
    """What the device of a request can do; None where it does not tell."""
    device = envelope.context.system and envelope.context.system.device
    return device and device.supported_interfaces


def has_display(envelope: Any) -> bool:
    """Whether the device has a screen that can show our documents."""
    interfaces = interfaces_of(envelope)
    screen = interfaces and interfaces.alexa_presentation_apl
    newest = screen and screen.runtime and screen.runtime.max_version
    return bool(newest) and _version(newest) >= OLDEST


def touch_of(request: Any) -> Touch | None:
    """What a screen tells of by a request; None when it is no such request, or tells of nothing of ours."""
    arguments = request.arguments if request.object_type == EVENT else None
    padding: list[Any] = [None, None, None]
    first, token, done = ((arguments if isinstance(arguments, list) else []) + padding)[:3]
    token = token if isinstance(token, str) else None
    if first == SET_OVER:
        return Touch(token=token, over=True)
    if not isinstance(first, dict) or not isinstance(first.get("intent"), str):
        return None
    raw = first.get("slots")
    slots: dict[str, str] = {}
    for name, value in raw.items() if isinstance(raw, dict) else ():
        if isinstance(value, str) and len(value) <= LONGEST_ID and len(slots) < MOST_SLOTS:
            slots[name] = value
    known = type(done) in {int, float} and 0 <= done <= MOST
    return Touch(first["intent"], slots, token, done=int(done) if known else None)


@lru_cache(maxsize=64)
def _version(told: str) -> tuple[int, ...]:
    """A version as numbers; the oldest of all when it is none."""
    parts = told[:LONGEST_ID].split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdecimal() for part in parts) else ()

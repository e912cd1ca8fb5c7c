"""A conversation that can be had again: what is done in each turn, and what is to come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

from skill.speaker.device import Device
from skill.speaker.envelopes import Button
from skill.speaker.turns import Turn

Act: TypeAlias = Literal["say", "launch", "silence", "press", "wait"]
"""Something said, the skill opened, no answer, a button pressed, or time that passes."""

USUAL_PAUSE_S = 5.0
"""Seconds before a turn of which nothing else is known."""

MOST_STEPS, LONGEST_PAUSE_S = 500, 30 * 24 * 3600
"""Turns of a conversation, and seconds before one of them."""

MOST_PIECES = 2
"""Sentences of an answer that are expected again."""

_SENTENCE = re.compile(r"[^.?!…]+[.?!](?=\s|$)")


class ReplayError(ValueError):
    """A file cannot be replayed; the message names the line or key and the cure."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done in a turn."""

    act: Act
    """What."""
    what: str = ""
    """What is said, or the button that is pressed."""
    after_s: float = USUAL_PAUSE_S
    """The seconds that pass before it."""
    expected: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """What is to come of it, by the keys of a dialogue file."""


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation."""

    steps: tuple[Step, ...]
    """What is done, in order."""
    locale: str = "en-US"
    """The locale of the device."""
    recordings: bool = False
    """Whether recordings lead the routine."""

    def __post_init__(self) -> None:
        if not 0 < len(self.steps) <= MOST_STEPS:
            raise ReplayError(f"a conversation of {len(self.steps)} turns: give 1 to {MOST_STEPS}")


def play(device: Device, step: Step) -> Turn:
    """Do with a device what a step says, when its seconds have passed."""
    match step.act:
        case "say":
            return device.say(step.what)
        case "launch":
            return device.launch()
        case "silence":
            return device.silence()
        case "press":
            return device.press(cast(Button, step.what))
        case "wait":
            return Turn("", None, device.catch_up(), "", "")


def missed(step: Step, turn: Turn, device: Device) -> Iterator[str]:
    """What a step expected of its turn and did not come: the key, and what came instead or is missing or too much."""
    came = _came(turn, device)
    yield from (f"{key}: {came[key]}" for key in came.keys() & step.expected.keys() if came[key] != step.expected[key])
    speech, token = turn.speech.lower(), (device.player.state.token or "").lower()
    for key, text, wanted in (("says", speech, True), ("never_says", speech, False), ("plays", token, True)):
        yield from (f"{key}: {piece}" for piece in step.expected.get(key, ()) if (piece.lower() in text) != wanted)


def to_expect(turn: Turn, device: Device, again: str) -> Mapping[str, Any]:
    """What may be expected of a turn that a device has just had; `again` is what it said when all was done once more.

    What was said both times will be said every time, and the rest is one way of many to say it.
    """
    pieces = [piece for piece in map(str.strip, _SENTENCE.findall(turn.speech)) if piece in again]
    came = {key: value for key, value in _came(turn, device).items() if value is not None}
    return MappingProxyType({**came, "says": pieces[:MOST_PIECES]} if pieces else came)


def _came(turn: Turn, device: Device) -> dict[str, Any]:
    return {
        "intent": turn.heard.intent if turn.heard else None,
        "ends": not device.in_session,
        "playing": device.player.state.activity == "PLAYING",
    }

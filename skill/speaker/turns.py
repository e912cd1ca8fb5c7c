"""Turns: what was said to a device, what went to the skill and back, and what was said in return."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from skill.speaker.envelopes import Envelope
from skill.speaker.response_rules import broken_rules
from skill.speaker.understanding import Heard

Skill: TypeAlias = Callable[[Envelope], Envelope]
"""A skill as a device knows it: a request envelope in, a response envelope out."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response."""

    request: Envelope
    """The whole request envelope."""
    response: Envelope
    """The whole response envelope."""

    def broken_rules(self) -> list[str]:
        """The rules that the response breaks, a line each."""
        return broken_rules(self.request, self.response)


def exchange(skill: Skill, request: Envelope) -> Exchange:
    """Ask a skill."""
    # It gets a copy, so that whatever it does to it the exchange shows what was sent.
    return Exchange(request, skill(copy.deepcopy(request)))


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an utterance or of a silence."""

    utterance: str
    """The words as typed; empty for a silence or a launch."""
    heard: Heard | None
    """What was understood; None where no intent was sent."""
    exchanges: tuple[Exchange, ...]
    """All requests with their responses, in order."""
    speech: str
    """What the device says."""
    reprompt: str
    """What it says next if nobody answers."""

    def broken_rules(self) -> list[str]:
        """The rules that the responses break, a line each."""
        return [line for exchange in self.exchanges for line in exchange.broken_rules()]

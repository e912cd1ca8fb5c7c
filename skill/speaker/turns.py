"""Turns: what was said to a device, what went to the skill and back, and what was said in return."""

from __future__ import annotations

from dataclasses import dataclass

from skill.speaker.envelopes import Envelope
from skill.speaker.response_rules import broken_rules
from skill.speaker.understanding import Heard


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

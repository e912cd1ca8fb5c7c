"""What is known within one conversation, as it travels in the session attributes."""

from __future__ import annotations

import json
import marshal
from dataclasses import dataclass
from typing import Any

from skill.routine.position import Position
from skill.speech.ssml import NOTHING, Speech

LARGEST = 32 * 1024
"""Bytes of the attributes; ours are far fewer, and all of them must fit into the answer again."""

LONGEST_REPEATED = 4000
"""Characters of an answer that is said again; as SSML it has more."""


PLAINLY = 2
"""The version of `marshal` that writes a value as often as it stands there."""

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Counting:
    """A set that is being spoken: with it, elapsed time becomes a count."""

    since_ms: int
    """When the answer was made, in milliseconds of Unix time."""
    lead_ms: int
    """From then to the first beat."""
    slack: int
    """Thousandths by which such times may be too short."""

    @property
    def token(self) -> str:
        """What a screen calls the set when it tells of it."""
        return f"set:{self.since_ms:x}"

    def to_list(self) -> list[int]:
        """As plain values."""
        return [self.since_ms, self.lead_ms, self.slack]


@dataclass(frozen=True, slots=True)
class Session:
    """What this conversation is about."""

    position: Position | None = None
    """Where the routine is, when one is under way."""
    counting: Counting | None = None
    """The set that the last answer counted."""
    introduced: str | None = None
    """The exercise whose set-up was said last in this conversation."""
    asked: str | None = None
    """The question that the last answer ended with; "name" or "name:argument"."""
    topic: tuple[str, str] | None = None
    """Kind and id of what was talked about."""
    speech: Speech = NOTHING
    """The last answer, for saying it again; empty when it was a counted set."""
    reprompt: Speech = NOTHING
    """Its reprompt."""
    misses: int = 0
    """How often in a row nothing was understood."""
    withheld: tuple[str, ...] = ()
    """Remedies that must not be offered in this conversation any more."""

    def to_dict(self) -> dict[str, Any]:
        """As plain values, leaving out what says nothing."""
        raw = {
            "position": self.position and self.position.to_dict(),
            "counting": self.counting and self.counting.to_list(),
            "introduced": self.introduced,
            "asked": self.asked,
            "topic": self.topic and list(self.topic),
            "speech": self.speech.to_list(),
            "reprompt": self.reprompt.to_list(),
            "misses": self.misses,
            "withheld": list(self.withheld),
        }
        return {key: value for key, value in raw.items() if value}

    @property
    def can_repeat(self) -> bool:
        """Whether the last answer can be said again: a question with a shorter reprompt, as all of ours are."""
        said, again = self.speech.text(), self.reprompt.text()
        is_plain = f"{said}{again}".isprintable() and set("{}").isdisjoint(f"{said}{again}")
        return is_plain and said.endswith("?") and 0 < len(again) < len(said) <= LONGEST_REPEATED

    @classmethod
    def from_dict(cls, raw: Any) -> Session:
        """From plain values; what cannot be read is left at its default."""
        raw = raw if isinstance(raw, dict) and _can_be_sent(raw) else {}
        counting, topic, asked = raw.get("counting"), raw.get("topic"), raw.get("asked")
        introduced = raw.get("introduced")
        misses, withheld = raw.get("misses"), raw.get("withheld")
        speech, reprompt = Speech.from_list(raw.get("speech")), Speech.from_list(raw.get("reprompt"))
        return cls(
            position=Position.from_dict(raw.get("position")),
            counting=Counting(*counting) if _all(int, counting, 3) and counting[2] >= 0 else None,
            introduced=introduced if isinstance(introduced, str) else None,
            asked=asked if isinstance(asked, str) else None,
            topic=(topic[0], topic[1]) if _all(str, topic, 2) else None,
            # Only both together can be said again.
            speech=speech if reprompt else NOTHING,
            reprompt=reprompt if speech else NOTHING,
            misses=misses if isinstance(misses, int) else 0,
            withheld=tuple(withheld) if _all(str, withheld) else (),
        )


def _can_be_sent(raw: dict[str, Any]) -> bool:
    """Whether it is JSON of a size that can be sent; halves of characters are not."""
    try:
        # No value takes more than eight times as much as JSON, and what begins with this byte may be half a character.
        packed = marshal.dumps(dict(raw), PLAINLY)
        if len(packed) <= LARGEST // 8 and b"\xed" not in packed:
            return True
        return len(_AS_JSON(raw).encode()) <= LARGEST
    except (RecursionError, ValueError):
        return False


def _all(kind: type, raw: Any, length: int | None = None) -> bool:
    return isinstance(raw, list) and {*map(type, raw)} <= {kind} and length in {None, len(raw)}

"""Handing somebody over: a skill has the device ask them for leave, and waits for what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skill.speaker.envelopes import Session
from skill.speaker.response_rules import directives


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that the device asks for a skill."""

    directive: Mapping[str, Any]
    """What the skill asked for."""
    scope: str
    """The permission it wants."""
    session: Session
    """The conversation that goes on with the answer."""

    @classmethod
    def wanted(cls, body: Mapping[str, Any], session: Session | None) -> Asking | None:
        """What the body of a response wants asked, if anything."""
        for directive in directives(body):
            payload = directive.get("payload")
            if session and directive.get("type") == "Connections.SendRequest" and isinstance(payload, dict):
                return cls(directive, str(payload.get("permissionScope")), session)
        return None

"""What triage finds."""

from __future__ import annotations

from dataclasses import dataclass

from skill.content import Tier


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that somebody needs help."""

    category: str
    """Id of the red flag."""
    tier: Tier
    """How soon help is needed."""

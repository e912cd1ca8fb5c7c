"""How urgent is what somebody says? Pure: a text in, a finding or nothing out."""

from skill.content import Tier
from skill.triage.detector import detect
from skill.triage.finding import Finding

__all__ = ["Finding", "Tier", "detect"]

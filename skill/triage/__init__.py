"""How urgent is what somebody says? Pure: a text in, a finding or nothing out."""

from skill.content import Tier
from skill.triage.detector import detect
from skill.triage.finding import Finding
from skill.triage.reason import deciding_words

__all__ = ["Finding", "Tier", "deciding_words", "detect"]

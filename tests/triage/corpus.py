"""The utterances of `utterances.yaml`, and how many of them triage gets right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from skill.content import read_yaml
from skill.triage import Tier, detect

FILE = Path(__file__).with_name("utterances.yaml")


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said, and what it should be taken for."""

    words: str
    """What is said."""
    category: str | None
    """The red flag, or None where nothing is wrong."""
    tier: Tier
    """How soon help is needed; SELF_CARE where nothing is wrong."""


@cache
def utterances(part: str) -> tuple[Utterance, ...]:
    """One part of the file: tuned or held_out."""
    return tuple(
        Utterance(row[0], row[1], Tier[row[2]]) if len(row) == 3 else Utterance(row[0], None, Tier.SELF_CARE)
        for row in read_yaml(FILE)[part]
    )


def found_tier(words: str) -> Tier:
    """The tier that triage finds, SELF_CARE where it finds nothing."""
    finding = detect(words, "en-US")
    return finding.tier if finding else Tier.SELF_CARE


def recall(part: str, tier: Tier) -> float:
    """Share of a tier's utterances that are taken at least as seriously as they are."""
    told = [found_tier(u.words).urgency >= tier.urgency for u in utterances(part) if u.tier is tier]
    return share(told)


def false_alarms(part: str) -> float:
    """Share of the harmless utterances that are taken for an emergency."""
    harmless = [u for u in utterances(part) if u.tier is Tier.SELF_CARE]
    return share(found_tier(u.words) is Tier.EMERGENCY_NOW for u in harmless)


def share(outcomes: Iterable[bool]) -> float:
    """How many of them are true."""
    counted = list(outcomes)
    return sum(counted) / len(counted)

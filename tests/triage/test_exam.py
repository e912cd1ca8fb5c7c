"""Triage holds its level on the exam, on the plainest words, and on what the interaction model itself says."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bench.triage.samples import model_utterances
from skill.content import Tier
from skill.triage.detector import detect
from tests.utterances.corpus import Utterance, read

EXAM = read("exam")
PLAIN = [row for row in read("tune") if row.file == "j"]


def found(rows: Iterable[Utterance]) -> list[tuple[Utterance, Tier]]:
    """Each utterance with the tier it gets."""
    judged = ((row, detect(row.text, "en-US")) for row in rows)
    return [(row, finding.tier if finding else Tier.SELF_CARE) for row, finding in judged]


@pytest.fixture(scope="module")
def judged() -> list[tuple[Utterance, Tier]]:
    """The whole exam, judged once."""
    return found(EXAM)


def test_emergencies_are_found(judged: list[tuple[Utterance, Tier]]) -> None:
    """The share of emergencies that are answered as emergencies does not fall."""
    hits = [tier is Tier.EMERGENCY_NOW for row, tier in judged if row.tier is Tier.EMERGENCY_NOW]
    assert sum(hits) / len(hits) >= 0.96


def test_false_alarms_are_few(judged: list[tuple[Utterance, Tier]]) -> None:
    """The share of harmless utterances that are answered as emergencies does not rise."""
    alarms = [tier is Tier.EMERGENCY_NOW for row, tier in judged if row.category is None]
    assert sum(alarms) / len(alarms) <= 0.03


def test_tier_is_right_or_safer(judged: list[tuple[Utterance, Tier]]) -> None:
    """Danger of every tier is taken seriously enough."""
    safe = [tier.urgency >= row.tier.urgency for row, tier in judged if row.category is not None]
    assert sum(safe) / len(safe) >= 0.95


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row.text)
def test_plainest_words(row: Utterance) -> None:
    """What is said outright is never missed, and what is plainly harmless never alarms."""
    finding = detect(row.text, "en-US")
    tier = finding.tier if finding else Tier.SELF_CARE
    assert tier.urgency >= row.tier.urgency
    assert row.category is not None or tier is Tier.SELF_CARE


def test_samples_of_the_model() -> None:
    """Harmless samples are harmless; danger in the words of the model is found, even where they make no sentence."""
    judged = found(model_utterances())
    alarms = [row.text for row, tier in judged if row.category is None and tier is not Tier.SELF_CARE]
    missed = [row.text for row, tier in judged if row.category is not None and tier is Tier.SELF_CARE]
    assert len(alarms) <= 0.005 * len(judged), alarms
    assert len(missed) <= 0.05 * len(judged), missed[:50]

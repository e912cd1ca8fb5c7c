"""The utterances are whole, well-formed and fairly split."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from skill.content import Tier, load
from tests.utterances.corpus import Utterance, near_copies, read

PARTS = {part: read(part) for part in ("tune", "exam")}
KINDS = {"question", "command", "chat", "idiom", "denial", "past", "other", "self_care"}
CATEGORIES = set(load("en").red_flags)


@pytest.mark.parametrize("part", PARTS)
def test_every_category_and_kind(part: str) -> None:
    """Each category and each kind of harmless speech is said in many ways."""
    categories = Counter(row.category for row in PARTS[part])
    kinds = Counter(row.kind for row in PARTS[part] if row.category is None)
    assert set(categories) == CATEGORIES | {None}
    assert min(categories.values()) >= 40
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 150


@pytest.mark.parametrize("part", PARTS)
def test_words_as_a_recogniser_prints_them(part: str) -> None:
    """Lower case, letters and apostrophes, and nothing twice in a file."""
    for row in PARTS[part]:
        assert re.fullmatch(r"[a-z']+( [a-z']+)*", row.text), row
        assert row.category is None or row.tier is not Tier.SELF_CARE, row
    assert max(Counter((row.file, row.text) for row in PARTS[part]).values()) == 1


def test_exam_is_large_enough() -> None:
    """A share in it is known to within a point or so."""
    assert len(PARTS["exam"]) >= 3000
    assert sum(row.tier is Tier.EMERGENCY_NOW for row in PARTS["exam"]) >= 1200
    assert sum(row.category is None for row in PARTS["exam"]) >= 1200


def test_no_near_copies_across_the_split() -> None:
    """Nothing in the exam was as good as seen before."""
    assert list(near_copies(PARTS["tune"], PARTS["exam"])) == []


def test_near_copies_are_found() -> None:
    """The same words in another order, or one more word among many, are a near-copy."""
    row = Utterance("my left arm has gone all weak", "stroke_tia", Tier.EMERGENCY_NOW, "", "a")
    for text in ("weak all gone has arm left my", "my left arm has gone all weak now"):
        assert list(near_copies([row], [Utterance(text, None, Tier.SELF_CARE, "chat", "b")]))
    other = Utterance("my left arm aches", None, Tier.SELF_CARE, "chat", "b")
    assert not list(near_copies([row], [other]))

"""Tests of what takes a sign back, and what does not."""

from __future__ import annotations

import pytest

from skill.triage import Tier, detect


@pytest.mark.parametrize(
    "words",
    [
        "no chest pain",
        "i don't have any chest pain",
        "no chest pain or trouble breathing",
        "my face isn't drooping",
        "i don't think my face is drooping",
        "i never get chest pain",
        "i used to get chest pain",
        "what are the signs of a stroke",
        "can a clot cause chest pain",
        "does a slipped disc cause numbness between the legs",
        "what should i do if i have chest pain",
        "my leg went cold and white years ago",
        "when i was a kid i couldn't move my legs",
        "my dog can't move his legs",
        "the cat is not breathing",
        "in the movie he can't feel his legs",
        "i dreamt i couldn't move my legs",
        "i'm dying to know",
        "you nearly gave me a heart attack",
    ],
)
def test_taken_back(words: str) -> None:
    """Denied, asked about, long past, not of a person, or a figure of speech."""
    assert detect(words, "en-US") is None


@pytest.mark.parametrize(
    "words",
    [
        "no fever no pain but my face is drooping",
        "no chest pain but i can't breathe",
        "no, my face is drooping",
        "i'm not sure but my face is drooping",
        "it's probably nothing but my face is drooping",
        "my face was drooping for ten minutes this morning but it went away",
        "why is my leg cold and white",
        "what is a stroke because my face is drooping",
        "is it normal that i can't feel anything between my legs",
        "i had a stroke last year and now my face is drooping",
        "my dog is fine but i can't breathe",
        "i tripped over the cat and now i can't feel my legs",
        "i was watching a film and suddenly my whole leg went numb",
        "in my dream i could fly but now i can't move my legs",
        "i'm dying to know why i can't breathe",
        "my mother can't speak",
        "one of the kids isn't breathing",
        "my leg isn't only numb it's cold and white",
        "i can't believe it my face is drooping",
    ],
)
def test_not_taken_back(words: str) -> None:
    """Words that look like a way out and are none."""
    finding = detect(words, "en-US")
    assert finding is not None
    assert finding.tier is Tier.EMERGENCY_NOW


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("my chest hurts no wait i mean my calf is hot and swollen", Tier.SAME_DAY),
        ("my calf is hot and swollen no wait my chest hurts", Tier.EMERGENCY_NOW),
    ],
)
def test_last_claim_wins(words: str, tier: Tier) -> None:
    """A correction takes back what was said before it."""
    finding = detect(words, "en-US")
    assert finding is not None
    assert finding.tier is tier

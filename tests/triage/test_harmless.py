"""Words that were looked at before anybody said them."""

from __future__ import annotations

from skill.packaging.baking import without_danger
from skill.triage.detector import detect
from skill.triage.harmless import harmless


def test_of_a_package() -> None:
    """A package knows many listed words, none of which carries danger, and none that names one."""
    words = set(without_danger("en"))
    assert len(words) > 500
    assert {"sitting too long", "leg swings"} <= words
    assert [each for each in sorted(words)[::20] if detect(each, "en-GB")] == []
    assert words.isdisjoint({"stroke", "cauda equina"})


def test_of_a_checkout() -> None:
    """A checkout knows none beforehand, so that no word is passed over that changed since."""
    assert harmless("en") == frozenset()

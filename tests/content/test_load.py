"""The shipped content: it loads, once, and holds what the program asks for by name."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from skill.content import Tier, load
from skill.content.reading import ContentError
from skill.handlers.red_flags import PLAIN_REQUEST

CONTENT = load("en")


def test_loaded_once() -> None:
    """Asking again gives the same object."""
    assert load("en") is CONTENT


def test_what_the_program_names_is_there() -> None:
    """Topics, routines, remedies and advice that the program asks for by name exist."""
    topics = {"causes", "benign", "serious", "remedies", "what_now", "when_doctor", "prevention"}
    assert topics == set(CONTENT.topics)
    assert {"short", "full", "seated"} == set(CONTENT.routines)
    assert set(CONTENT.exercises) == set(CONTENT.remedies) - {"foot_bath"}
    assert CONTENT.remedies["foot_bath"].bath is not None
    assert Tier.EMERGENCY_NOW in CONTENT.red_flags[PLAIN_REQUEST].advice


def test_numbers_are_counting_words() -> None:
    """A word stands at the place of its number, once."""
    assert CONTENT.numbers[:4] == ("zero", "one", "two", "three")
    assert CONTENT.numbers[100] == "one hundred"
    assert len(set(CONTENT.numbers)) == len(CONTENT.numbers)


def test_urgency_orders_the_tiers() -> None:
    """An emergency is the most urgent, self care the least."""
    urgencies = [tier.urgency for tier in (Tier.SELF_CARE, Tier.SEE_DOCTOR, Tier.SAME_DAY, Tier.EMERGENCY_NOW)]
    assert urgencies == sorted(set(urgencies))


def test_content_cannot_be_changed() -> None:
    """An entry is a value."""
    with pytest.raises(FrozenInstanceError):
        CONTENT.causes["diabetes"].name = "sugar"  # type: ignore[misc]  # that is what must fail


def test_missing_language_and_file_are_named(tmp_path: Path) -> None:
    """A language without content and a language with half of it are errors that say what is missing."""
    with pytest.raises(ContentError, match="'xx'"):
        load("xx")
    (tmp_path / "en").mkdir()
    with pytest.raises(ContentError, match=r"causes\.yaml"):
        load("en", tmp_path)

"""Tests of triage as a whole: rules and network together, on any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.triage.detector import EXAMINED, detect
from skill.triage.network import WINDOW, words_of


@given(st.text())
def test_any_text(text: str) -> None:
    """No text raises, and the answer is always the same."""
    assert detect(text, "en-US") == detect(text, "en-US")


@pytest.mark.parametrize("locale", ["en-US", "en-IN", "", "xx-YY", "de-DE", "../../etc", "\ud800"])
def test_any_locale(locale: str) -> None:
    """A locale in a language that is not known is read as English."""
    finding = detect("my chest is tight and i can't breathe", locale)
    assert finding is not None
    assert finding.tier == "EMERGENCY_NOW"


def test_long_text_is_read_at_both_ends() -> None:
    """Of a text too long to read, the start and the end count."""
    filler = "and we had some tea and cake " * EXAMINED
    assert detect(f"i cannot breathe and my chest is tight. {filler}", "en-US") is not None
    assert detect(f"{filler}. i cannot breathe and my chest is tight", "en-US") is not None


def test_danger_deep_in_a_long_talk() -> None:
    """A sign is found wherever it stands in a talk of several windows."""
    talk = "we went to the shops and bought bread and milk for tea and then we came home again " * 8
    words = len(words_of(talk))
    assert words > 2 * WINDOW
    finding = detect(f"{talk} my face is drooping and my arm is weak {talk}", "en-US")
    assert finding is not None
    assert finding.tier == "EMERGENCY_NOW"


@pytest.mark.parametrize(
    "unit",
    [
        "my leg numb ",
        "no not never ",
        "cannot feel ",
        "a",
        "'",
        "a'",
        "\ud800",
        "\u0130 ",
        ". ",
        "is my leg cold white ",
    ],
)
def test_hostile_text(unit: str) -> None:
    """Megabytes of anything take no longer than a long breath's talk."""
    text = unit * (3_000_000 // len(unit))
    start = time.perf_counter()
    detect(text, "en-US")
    assert time.perf_counter() - start < 2

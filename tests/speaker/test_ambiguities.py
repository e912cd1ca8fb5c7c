"""Tests of utterances that two intents claim."""

from __future__ import annotations

import pytest

from skill.speaker.understanding import AmbiguousModelError
from tests.speaker.small import TYPES, understanding

SMALL = understanding()


@pytest.mark.parametrize(
    ("intents", "clash"),
    [
        ({"OneIntent": ["go on"], "TwoIntent": ["Go on!"]}, '"go on" belongs to OneIntent and to TwoIntent'),
        (
            {"OneIntent": ["start {exercise}"], "TwoIntent": ["start {remedy}"]},
            '"start leg swings" belongs to OneIntent and to TwoIntent',
        ),
        (
            {"OneIntent": ["do {count}"], "TwoIntent": ["do {count}"]},
            '"do zero" belongs to OneIntent and to TwoIntent',
        ),
        (
            {"OneIntent": ["i feel {symptom}"], "TwoIntent": ["i feel {symptom}"]},
            '"i feel anything" belongs to OneIntent and to TwoIntent',
        ),
    ],
)
def test_ambiguous(intents: dict[str, list[str]], clash: str) -> None:
    """Two intents that claim the same words are named, and hearing these words fails."""
    ambiguous = understanding(intents)
    assert ambiguous.ambiguities() == [clash]
    with pytest.raises(AmbiguousModelError, match=clash):
        ambiguous.hear(clash.split('"')[1])


def test_number_that_the_model_has_clashes() -> None:
    """A number that is said elsewhere in the model is held against it."""
    ambiguous = understanding(
        {"OneIntent": ["do {count}"], "TwoIntent": ["{exercise} now", "do {exercise}"]},
        {**TYPES, "ExerciseName": {"x": ["one"]}},
    )
    assert ambiguous.ambiguities() == ['"do one" belongs to OneIntent and to TwoIntent']


def test_not_ambiguous() -> None:
    """A literal sample beside a slot, a longer free text and one intent's own samples are no clash."""
    assert SMALL.ambiguities() == []
    specific = {
        "OneIntent": ["start {exercise}", "begin {exercise}", "i feel {symptom}"],
        "TwoIntent": ["start leg swings", "i feel {symptom} today"],
    }
    assert understanding(specific).ambiguities() == []

"""What a person may be told to say is found in the model, word by word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skill.locales import model_path
from skill.packaging.phrases import OPENING, sample_of

MODEL = model_path("en-US")
FOUND = sample_of(MODEL, "en-US")


@pytest.mark.parametrize(
    ("phrase", "sample"),
    [
        ("Alexa, open Steady Legs", OPENING),
        ("Alexa, ask Steady Legs to start the routine", "start the routine"),
        ("Alexa, ask Steady Legs why is my leg numb", "why is my leg numb"),
        ("Alexa, pause", "pause"),
        ("start the short routine", "start the {routine} routine"),
        ("Make it forty", "make it {count}"),
        ("help", "help"),
    ],
)
def test_a_phrase_has_the_words_of_a_sample(phrase: str, sample: str) -> None:
    """With the words that address the skill, or without; Amazon's own words count as well."""
    assert FOUND(phrase) == sample


@pytest.mark.parametrize(
    "phrase",
    ["", "Alexa", "start the purple routine", "Alexa, open another skill", "my purple xylophone", "can you dance"],
)
def test_other_words_have_none(phrase: str) -> None:
    """Nothing is guessed, and free text is no promise that anything is understood."""
    assert FOUND(phrase) is None


def test_words_of_two_intents_are_not_understood(tmp_path: Path) -> None:
    """Nobody can say which of the two is meant."""
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    intents = model["interactionModel"]["languageModel"]["intents"]
    next(each for each in intents if each["name"] == "SlowerIntent")["samples"].append("what helps")
    path = tmp_path / "en-US.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    (tmp_path / "built_in").mkdir()
    built_in = MODEL.parent / "built_in" / "en.json"
    (tmp_path / "built_in" / "en.json").write_bytes(built_in.read_bytes())
    assert sample_of(path, "en-US")("what helps") is None

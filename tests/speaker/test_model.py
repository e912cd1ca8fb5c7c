"""Tests of reading an interaction model."""

from typing import Any

import pytest

from skill.speaker.model import Model, ModelError, Rank, Template
from skill.speaker.slot_types import FreeText, Number
from skill.speaker.words import words
from tests.speaker.small import schema

AMAZONS = (Number({words("ten"): 10}), FreeText())


def templates(*samples: str) -> list[Template]:
    """The templates of an intent with these samples."""
    return list(Model.from_schema(schema({"AnIntent": list(samples)}), AMAZONS).templates)


@pytest.mark.parametrize(
    ("sample", "rank", "prefix", "suffix"),
    [
        ("tell me more", Rank.LITERAL, "tell me more", ""),
        ("is my {cause} bad", Rank.SLOTS, "is my", "bad"),
        ("do {count} {exercise}", Rank.SLOTS, "do", ""),
        ("{count} is enough", Rank.SLOTS, "", "is enough"),
        ("i feel {symptom}", Rank.FREE, "i feel", ""),
        ("my {person}'s leg", Rank.SLOTS, "my", "'s leg"),
    ],
)
def test_template(sample: str, rank: Rank, prefix: str, suffix: str) -> None:
    """A sample is literal words and slots, and ranks by how specific its slots are."""
    (template,) = templates(sample)
    assert (template.sample, template.rank) == (sample, rank)
    assert (template.prefix(), template.suffix()) == (words(prefix), words(suffix))


def test_every_slot_is_known() -> None:
    """The model tells all slots of an intent, and none for an intent without."""
    model = Model.from_schema(schema({"AnIntent": ["do {count} {exercise}"], "AMAZON.FallbackIntent": []}), AMAZONS)
    assert model.slots["AnIntent"] == {"exercise": "ExerciseName", "count": "AMAZON.NUMBER"}
    assert model.slots["AMAZON.FallbackIntent"] == {}
    assert model.invocation_name == "steady legs"


def broken(change: str) -> dict[str, Any]:
    """A model with one thing wrong."""
    model = schema({"AnIntent": ["is my {cause} bad"]})
    language_model = model["interactionModel"]["languageModel"]
    intent = language_model["intents"][0]
    if change == "type":
        intent["slots"][0]["type"] = "AMAZON.DATE"
    elif change == "slot":
        intent["slots"] = []
    elif change == "words":
        intent["samples"] = ["..."]
    else:
        del language_model["invocationName"]
    return model


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("type", "AnIntent has a slot of type AMAZON.DATE"),
        ("slot", "AnIntent has no slot cause"),
        ("words", "AnIntent has a sample without words"),
        ("name", "no 'invocationName'"),
    ],
)
def test_broken_model(change: str, told: str) -> None:
    """A model that cannot be used says what is wrong and where."""
    with pytest.raises(ModelError, match=told):
        Model.from_schema(broken(change), AMAZONS)

"""Tests of finding the samples that have exactly some words."""

import pytest

from skill.speaker.matching import Samples, expand, listed, sentence
from skill.speaker.model import Model, Rank
from skill.speaker.slot_types import FreeText, Number
from skill.speaker.words import joined, words
from tests.speaker.small import LANGUAGE, numbers, schema

MODEL = Model.from_schema(
    schema(
        {
            "StartExerciseIntent": ["start the {exercise}", "do {count} {exercise} please"],
            "RedFlagIntent": ["my {person} {red_flag}", "{person}'s {red_flag}", "{red_flag}"],
            "ReportSymptomIntent": ["i feel {symptom}", "i feel {symptom} in my leg"],
            "SkipIntent": ["skip this exercise"],
        }
    ),
    (Number(LANGUAGE.numbers(numbers())), FreeText()),
)
SAMPLES = Samples(MODEL.templates)


@pytest.mark.parametrize(
    ("said", "rank", "sample", "filled"),
    [
        ("skip this exercise", Rank.LITERAL, "skip this exercise", {}),
        ("start the knee circles", Rank.SLOTS, "start the {exercise}", {"exercise": "knee circles"}),
        (
            "do one hundred and five leg swings please",
            Rank.SLOTS,
            "do {count} {exercise} please",
            {"count": "one hundred and five", "exercise": "leg swings"},
        ),
        (
            "my mother in law face is drooping",
            Rank.SLOTS,
            "my {person} {red_flag}",
            {"person": "mother in law", "red_flag": "face is drooping"},
        ),
        (
            "wife's speech is slurred",
            Rank.SLOTS,
            "{person}'s {red_flag}",
            {"person": "wife", "red_flag": "speech is slurred"},
        ),
        ("speech is slurred", Rank.SLOTS, "{red_flag}", {"red_flag": "speech is slurred"}),
        ("i feel it", Rank.FREE, "i feel {symptom}", {"symptom": "it"}),
    ],
)
def test_find(said: str, rank: Rank, sample: str, filled: dict[str, str]) -> None:
    """A sample is found with its slots filled."""
    (match,) = SAMPLES.find(words(said), rank)
    assert match.template.sample == sample
    assert {each.slot.name: joined(each.said) for each in match.filled} == filled
    assert sentence(match) == words(said)


@pytest.mark.parametrize(
    "said",
    [
        "start the",
        "start the engine",
        "start the leg swings now",
        "do leg swings please",
        "my wife",
        "i feel",
        "skip",
        "",
    ],
)
def test_find_nothing(said: str) -> None:
    """Other words find no sample: no slot is empty, and none takes what its type does not list."""
    assert [match for rank in Rank for match in SAMPLES.find(words(said), rank)] == []


def test_free_text_may_end_early() -> None:
    """Both ways to read free text are found."""
    assert [match.template.sample for match in SAMPLES.find(words("i feel pain in my leg"), Rank.FREE)] == [
        "i feel {symptom}",
        "i feel {symptom} in my leg",
    ]


def test_expand() -> None:
    """A template is spelled out with every combination of its fillings."""
    template = next(each for each in MODEL.templates if each.sample == "my {person} {red_flag}")
    sentences = {joined(sentence(match)) for match in expand(template, listed)}
    assert len(sentences) == 3 * 3
    assert "my wife calf is hot and swollen" in sentences

"""The interaction model of the skill, to be looked into."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from skill.packaging.amazon import BUILT_IN
from skill.packaging.samples import LanguageModel, phrases, samples, words
from skill.speaker.slot_types import FREE_TEXT, NUMBER, TIME
from tests.interaction_model.amazon import BUILT_IN_WORDS, CLAIMED
from tests.interaction_model.sentences import fits, listed_in_slots

ROOT = Path(__file__).parents[2]
PATH = ROOT / "interaction_model" / "en-US.json"
SAID = yaml.safe_load(Path(__file__).with_name("said.yaml").read_text(encoding="utf-8"))

SLOT_TYPES = {
    "cause": "CauseName",
    "cause_kind": "CauseKind",
    "remedy": "RemedyName",
    "exercise": "ExerciseName",
    "routine": "RoutineName",
    "red_flag": "RedFlag",
    "illness": "Illness",
    "person": "Person",
    "spoken": "Spoken",
    "switch": "Switch",
    "count": NUMBER,
    "time": TIME,
    "symptom": FREE_TEXT,
}

NAMED_FOR_WORDS = {
    *("i", "i_cannot", "i_am", "i_do_not", "i_had", "i_want", "he", "he_cannot", "we", "no_pain", "not", "can_you"),
    *("can_i", "is_it", "both", "one", "leg", "legs", "foot", "chest", "pain", "numb", "face", "back", "suddenly"),
    *("pregnant", "diabetic"),
}
"""Slots of free text whose names are the words that stand before them: the skill puts them back."""


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a mapping; raises ValueError where JSON has a key twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"double key among {[key for key, _ in pairs]}")
    return found


@cache
def whole_file() -> dict[str, Any]:
    """The model file."""
    model: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"), object_pairs_hook=without_doubles)
    return model


def language_model() -> LanguageModel:
    """The language model in it."""
    model: LanguageModel = whole_file()["interactionModel"]["languageModel"]
    return model


def texts(intent: str) -> list[str]:
    """The samples of an intent."""
    return [sample.text for sample in samples(language_model()) if sample.intent == intent]


@cache
def phrases_of(type_: str) -> dict[str, frozenset[str]]:
    """All phrases of a custom type, by the ids of their values."""
    slot_type = next(each for each in language_model()["types"] if each["name"] == type_)
    pairs = list(phrases(slot_type))
    return {id_: frozenset(phrase for phrase, of in pairs if of == id_) for _, id_ in pairs}


@cache
def listed() -> dict[str, frozenset[str]]:
    """What may be heard in each slot."""
    return listed_in_slots(language_model())


def intents_of(sentence: str) -> set[str]:
    """Every intent that has exactly this sentence, by a sample or by Amazon's own words; free text aside."""
    said = words(sentence)
    found = {sample.intent for sample in samples(language_model()) if fits(sample.words, said, listed())}
    if sentence not in CLAIMED:
        found |= {f"{BUILT_IN}{name}Intent" for name, known in BUILT_IN_WORDS.items() if sentence in known}
    return found


def content(name: str) -> dict[str, Any]:
    """A content file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "content" / "en" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found

"""The interaction model of the skill keeps the platform's rules and fits the content."""

from __future__ import annotations

import json

import pytest

from skill.packaging.amazon import BUILT_IN
from skill.packaging.samples import declared_slots
from skill.speaker.slot_types import FREE_TEXT
from tests.interaction_model.amazon import BUILT_IN_WORDS
from tests.interaction_model.model import (
    NAMED_FOR_WORDS,
    PATH,
    SAID,
    SLOT_TYPES,
    content,
    intents_of,
    language_model,
    phrases_of,
    texts,
    whole_file,
    without_doubles,
)
from tests.interaction_model.rules import broken_rules

CUSTOM_INTENTS = {
    f"{name}Intent"
    for name in (
        *("Causes", "Cause", "Remedies", "Remedy", "WhatNow", "WhenDoctor", "Prevention", "Sources", "TellMeMore"),
        *("About", "StartRoutine", "StartExercise", "Skip", "Slower", "Faster", "ChangeCount", "HowManyLeft"),
        *("WhereAmI", "FootBath", "ReportSymptom", "RedFlag", "Signs", "EmergencyHelp", "ForgetMe", "PlayRoutine"),
        *("SkipSide", "HowMuchSaid", "Tick", "Progress", "RemindMe", "StopReminding", "Pain"),
    )
}


def test_the_model_breaks_no_rule() -> None:
    """It can be built, and certification has nothing to say against it."""
    assert broken_rules(whole_file()) == []


def test_the_file_is_laid_out_to_be_read() -> None:
    """Two spaces a level and a line a phrase, so that a change shows as what it is."""
    assert PATH.read_text(encoding="utf-8") == json.dumps(whole_file(), indent=2, ensure_ascii=False) + "\n"


def test_a_double_key_is_noticed() -> None:
    """JSON itself would let the second win."""
    with pytest.raises(ValueError, match="double key"):
        json.loads('{"a": 1, "a": 2}', object_pairs_hook=without_doubles)


def test_the_name_is_the_skill_s() -> None:
    """It cannot be changed once published."""
    assert language_model()["invocationName"] == "steady legs"


def test_doubtful_words_stay_with_the_skill() -> None:
    """The fallback gets no words, so what it swallows can never be searched for signs of danger."""
    assert language_model()["modelConfiguration"] == {"fallbackIntentSensitivity": {"level": "LOW"}}


def test_all_intents_are_there() -> None:
    """No more of the skill's own than are handled, and all of Amazon's that reach a skill that plays audio."""
    there = {intent["name"] for intent in language_model()["intents"]}
    assert {name for name in there if not name.startswith(BUILT_IN)} == CUSTOM_INTENTS
    wanted = {*BUILT_IN_WORDS, "NavigateHome", "Fallback", "LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff"}
    assert {name for name in there if name.startswith(BUILT_IN)} == {f"{BUILT_IN}{name}Intent" for name in wanted}


def test_slots_have_their_types() -> None:
    """One name, one type, as the handlers read them."""
    types = {slot: type_ for _, slot, type_ in declared_slots(language_model())}
    assert types == SLOT_TYPES | dict.fromkeys(NAMED_FOR_WORDS, FREE_TEXT)


@pytest.mark.parametrize(
    ("type_", "topic"),
    [("CauseName", "causes"), ("RemedyName", "remedies"), ("RoutineName", "routines"), ("RedFlag", "red_flags")],
)
def test_ids_are_those_of_the_content(type_: str, topic: str) -> None:
    """Whatever is understood has an answer, and every answer can be asked for."""
    assert {*phrases_of(type_)} == {*content(topic)}


def test_exercises_are_the_remedies_that_are_counted() -> None:
    """With the same words in both types."""
    counted = {id_ for id_, remedy in content("remedies").items() if "counting" in remedy}
    assert phrases_of("ExerciseName") == {id_: phrases_of("RemedyName")[id_] for id_ in counted}


def test_kinds_of_causes_are_those_of_the_content() -> None:
    """Benign and serious."""
    assert {*phrases_of("CauseKind")} == {cause["kind"] for cause in content("causes").values()}


def test_every_danger_can_be_asked_about() -> None:
    """Each has several names, in carriers that ask and never report."""
    carriers = texts("SignsIntent")
    assert len(carriers) >= 20
    assert all("{illness}" in carrier for carrier in carriers)
    assert {*phrases_of("Illness")} == {*content("red_flags")}
    assert {id_: len(found) for id_, found in phrases_of("Illness").items() if len(found) < 6} == {}


@pytest.mark.parametrize(("sentence", "intent"), [*SAID["suggested"].items(), *SAID["neighbours"].items()])
def test_sentences_belong_to_one_intent(sentence: str, intent: str) -> None:
    """What is suggested is understood word by word, and neighbours are told apart."""
    assert intents_of(sentence) == {intent}

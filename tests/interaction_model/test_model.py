"""The interaction model of the skill keeps the platform's rules and fits the content and what people say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.triage import Finding, Tier, detect
from skill.triage.network import words_of
from tests.interaction_model.amazon import BUILT_IN, BUILT_IN_WORDS, CLAIMED, FREE_TEXT, NUMBER, TIME
from tests.interaction_model.rules import broken_rules
from tests.interaction_model.sentences import (
    SLOT,
    LanguageModel,
    declared_slots,
    fits,
    heard_in_slots,
    listed_in_slots,
    phrases,
    samples,
    spoken,
    words,
)

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

CUSTOM_INTENTS = {
    f"{name}Intent"
    for name in (
        *("Causes", "Cause", "Remedies", "Remedy", "WhatNow", "WhenDoctor", "Prevention", "Sources", "TellMeMore"),
        *("About", "StartRoutine", "StartExercise", "Skip", "Slower", "Faster", "ChangeCount", "HowManyLeft"),
        *("WhereAmI", "FootBath", "ReportSymptom", "RedFlag", "Signs", "EmergencyHelp", "ForgetMe", "PlayRoutine"),
        *("SkipSide", "HowMuchSaid", "Tick", "Progress", "RemindMe", "StopReminding", "Pain"),
    )
}

COMMANDS = {
    f"{name}Intent"
    for name in (
        *("PlayRoutine", "SkipSide", "HowMuchSaid", "Tick", "Progress", "RemindMe", "StopReminding", "FootBath"),
        *("ChangeCount", "HowManyLeft", "WhereAmI", "ForgetMe"),
    )
}
"""Nobody who says one of these tells how they feel."""

CHANGES_THE_MEANING = {
    *("no", "not", "never", "without", "cannot", "can't", "don't", "won't", "isn't", "suddenly", "sudden", "worse"),
    *("both", "chest", "face", "arm", "back", "groin"),
}
"""Words that decide how urgent a symptom is."""
DENIES = {"no", "not", "never", "without", "cannot"}
"""Of these words, those that turn what follows into its opposite."""


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


def test_signs_of_danger_can_be_told_in_many_ways() -> None:
    """Alexa learns from what it is given: carriers, and words for each category."""
    carriers = texts("RedFlagIntent")
    assert len(carriers) >= 150
    assert "{red_flag}" not in {*carriers}
    assert all("{red_flag}" in carrier for carrier in carriers)
    assert {id_: len(found) for id_, found in phrases_of("RedFlag").items() if not 21 <= len(found) <= 61} == {}


def test_every_danger_can_be_asked_about() -> None:
    """Each has several names, in carriers that ask and never report."""
    carriers = texts("SignsIntent")
    assert len(carriers) >= 20
    assert all("{illness}" in carrier for carrier in carriers)
    assert {*phrases_of("Illness")} == {*content("red_flags")}
    assert {id_: len(found) for id_, found in phrases_of("Illness").items() if len(found) < 6} == {}


def test_symptoms_can_be_told_in_many_ways() -> None:
    """Every carrier is followed by the words to search for signs of danger."""
    carriers = [sample for sample in samples(language_model()) if sample.intent == "ReportSymptomIntent"]
    assert len(carriers) >= 300
    assert [each.text for each in carriers if not each.text.endswith(f" {{{each.slots[0]}}}")] == []


def test_carriers_of_free_text_keep_the_meaning_in_the_slot() -> None:
    """A skill never hears the words around a slot, so those that decide how urgent it is stand in its name."""
    lost = {}
    for sample in samples(language_model()):
        if sample.intent == "ReportSymptomIntent":
            said = {*words_of(SLOT.sub("", sample.text))} & CHANGES_THE_MEANING
            kept = {*sample.slots[0].split("_")}
            if said and (sample.slots[0] not in NAMED_FOR_WORDS or said & DENIES != kept & DENIES):
                lost[sample.text] = said
    assert lost == {}


@pytest.mark.parametrize(("sentence", "intent"), [*SAID["suggested"].items(), *SAID["neighbours"].items()])
def test_sentences_belong_to_one_intent(sentence: str, intent: str) -> None:
    """What is suggested is understood word by word, and neighbours are told apart."""
    assert intents_of(sentence) == {intent}


@pytest.mark.parametrize(
    ("sentence", "category"),
    [(sentence, category) for category, found in SAID["red_flags"].items() for sentence in found],
)
def test_signs_of_danger_are_understood(sentence: str, category: str) -> None:
    """Carrier and words for the category make the sentence that a person says."""
    assert intents_of(sentence) == {"RedFlagIntent"}
    slots = listed() | {"red_flag": frozenset(" ".join(words(each)) for each in phrases_of("RedFlag")[category])}
    assert any(fits(words(text), words(sentence), slots) for text in texts("RedFlagIntent"))


def test_every_category_is_told_by_several_people() -> None:
    """The sentences above leave none out."""
    assert {*SAID["red_flags"]} == {*phrases_of("RedFlag")}
    assert min(len(found) for found in SAID["red_flags"].values()) >= 8


@pytest.mark.parametrize("intent", sorted(COMMANDS))
def test_commands_are_no_sign_of_danger(intent: str) -> None:
    """With any value in their slots, by its name; otherwise triage would answer instead."""
    named = {each["name"]: [value["name"]["value"] for value in each["values"]] for each in language_model()["types"]}
    heard = heard_in_slots(language_model()) | {
        slot: named[type_] for slot, type_ in SLOT_TYPES.items() if type_ in named
    }
    said = {text for sample in samples(language_model()) if sample.intent == intent for text in spoken(sample, heard)}
    assert len(said) >= len(texts(intent))
    assert sorted(text for text in said if detect(text, "en-US")) == []


@pytest.mark.parametrize("type_", ["RoutineName", "Spoken", "Switch"])
def test_values_of_commands_are_no_sign_of_danger(type_: str) -> None:
    """A skill gets them without the words around them, and looks at them alone."""
    said = {phrase for found in phrases_of(type_).values() for phrase in found}
    assert sorted(phrase for phrase in said if detect(phrase, "en-US")) == []


@pytest.mark.parametrize("sentence", texts("PainIntent"))
def test_pain_by_itself_is_no_more(sentence: str) -> None:
    """A skill gets no words with it, so every sample is listed as pain that is looked after at home."""
    assert detect(sentence, "en-US") == Finding("exercise_adverse", Tier.SELF_CARE)


def test_pain_is_told_in_many_ways() -> None:
    """Where it hurts, and with a cry; never with a word that makes it urgent."""
    said = texts("PainIntent")
    assert len(said) >= 40
    assert [text for text in said if {*words_of(text)} & CHANGES_THE_MEANING - {"back"}] == []


@pytest.mark.parametrize("sentence", SAID["harmless"])
def test_harmless_talk_is_no_sign_of_danger(sentence: str) -> None:
    """A leg that fell asleep is not an emergency."""
    assert "RedFlagIntent" not in intents_of(sentence)

"""Danger can be told to the interaction model in many ways, and nothing else sounds like it."""

from __future__ import annotations

import pytest

from skill.content import Tier
from skill.packaging.samples import SLOT, samples, words
from skill.triage.detector import detect
from skill.triage.finding import Finding
from skill.triage.network import words_of
from tests.interaction_model.model import (
    NAMED_FOR_WORDS,
    SAID,
    SLOT_TYPES,
    intents_of,
    language_model,
    listed,
    phrases_of,
    texts,
)
from tests.interaction_model.sentences import fits, heard_in_slots, spoken

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


def test_signs_of_danger_can_be_told_in_many_ways() -> None:
    """Alexa learns from what it is given: carriers, and words for each category."""
    carriers = texts("RedFlagIntent")
    assert len(carriers) >= 150
    assert "{red_flag}" not in {*carriers}
    assert all("{red_flag}" in carrier for carrier in carriers)
    assert {id_: len(found) for id_, found in phrases_of("RedFlag").items() if not 21 <= len(found) <= 61} == {}


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

"""All rules for an interaction model, the platform's and our own: a model in, what is wrong with it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skill.packaging import model_rules
from skill.packaging.amazon import BUILT_IN
from skill.packaging.model_rules import Rule
from skill.packaging.samples import LanguageModel
from tests.interaction_model.amazon import FEWEST_SAMPLES
from tests.interaction_model.clashes import built_in_words, one_intent_when_spoken, one_value


def broken_rules(model: Mapping[str, Any]) -> list[str]:
    """A line for everything in a whole model file that breaks a rule; nothing for a sound model."""
    language_model = model["interactionModel"]["languageModel"]
    return [line for rule in RULES for line in rule(language_model)]


def fallback_sensitivity(model: LanguageModel) -> Iterator[str]:
    """A level the schema has, and not the one that gives up most utterances."""
    level = model.get("modelConfiguration", {}).get("fallbackIntentSensitivity", {}).get("level")
    if level not in {"LOW", "MEDIUM"}:
        yield f"fallback sensitivity is {level}, not LOW or MEDIUM"


def variety(model: LanguageModel) -> Iterator[str]:
    """Enough samples for an intent of one's own."""
    for intent in model["intents"]:
        if not intent["name"].startswith(BUILT_IN) and len(intent.get("samples", ())) < FEWEST_SAMPLES:
            yield f"{intent['name']} has fewer than {FEWEST_SAMPLES} samples"


RULES: tuple[Rule, ...] = (
    *model_rules.RULES,
    fallback_sensitivity,
    variety,
    one_intent_when_spoken,
    built_in_words,
    one_value,
)

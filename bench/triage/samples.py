"""What the interaction model says itself, as utterances: harmless samples, and danger in its plainest words."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from skill.content import Tier, load
from skill.locales import model_path
from tests.utterances.corpus import Utterance

DANGEROUS = frozenset({"RedFlag", "Illness"})
"""Slot types whose values are dangers; the values of all others are harmless by themselves too."""
DANGER, HELP, REPORT = "RedFlagIntent", "EmergencyHelpIntent", "ReportSymptomIntent"
NUMBERS = ("eight", "ten", "twenty", "thirty", "fifty")
FILE = "model"
"""What stands for the file of these utterances."""


def model_utterances() -> list[Utterance]:
    """Samples with their slots filled in, each once, in a random choice of fillings."""
    made = {each.text: each for each in (*_samples(), *_built_in())}
    return list(made.values())


def _samples() -> Iterator[Utterance]:
    model = json.loads(model_path("en-US").read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
    values = {
        kind["name"]: [
            (value["id"], name)
            for value in kind["values"]
            for name in (value["name"]["value"], *value["name"].get("synonyms", ()))
        ]
        for kind in model["types"]
    }
    for kind, listed in values.items():
        if kind not in DANGEROUS:
            yield from (Utterance(words, None, Tier.SELF_CARE, "command", FILE) for _, words in listed)
    flags = load("en").red_flags
    for intent in model["intents"]:
        name, slots = intent["name"], {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        if name == REPORT:
            continue
        for sample in intent.get("samples", ()):
            for _ in range(14 if name == DANGER else 3 if "{" in sample else 1):
                text, category = sample, "generic_emergency" if name == HELP else None
                for slot, kind in slots.items():
                    if f"{{{slot}}}" in text:
                        value, words = random.choice(values.get(kind) or [("", n) for n in NUMBERS])
                        text = text.replace(f"{{{slot}}}", words)
                        category = value if kind == "RedFlag" else category
                tier = flags[category].tier if category else Tier.SELF_CARE
                yield Utterance(text.lower(), category, tier, "" if category else "command", FILE)


def _built_in() -> Iterator[Utterance]:
    intents = json.loads((model_path("en-US").parent / "built_in" / "en.json").read_text(encoding="utf-8"))["intents"]
    for words in intents.values():
        for text in words:
            yield Utterance(text, None, Tier.SELF_CARE, "command", FILE)

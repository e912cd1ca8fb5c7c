"""The interaction model of another skill, from a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import capwords
from typing import Any

from skill import locales
from skill.speaker.language import Language
from skill.speaker.matching import expand, listed, sentence
from skill.speaker.model import Model, ModelError, Rank, Slot, Template
from skill.speaker.slot_types import FREE_TEXT, NUMBER, Filling, FreeText, Number, Time
from skill.speaker.understanding import Understanding
from skill.speaker.words import Words, joined
from skill.web.simulator.foreign import ForeignError

AMAZONS = "AMAZON."
"""Begins the names of Amazon's own intents and types."""

ALIKE = {"AMAZON.FOUR_DIGIT_NUMBER": NUMBER}
"""Amazon's types that are known here by another name."""

_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class ForeignModel:
    """What another skill understands."""

    understanding: Understanding
    """Its interaction model."""
    locale: str
    """The locale of that, by the name of the file; en-US where it has no such name."""
    opening: str
    """What opens it."""
    phrases: tuple[str, ...]
    """What can be said to it, one for each intent, those of its own first."""
    taken_as_said: tuple[str, ...]
    """Amazon's types in it that are not known here, for which any words will do."""

    @property
    def title(self) -> str:
        """What the skill is called, as a title."""
        return capwords(self.understanding.invocation_name)


def load_model(path: str) -> ForeignModel:
    """The interaction model in a file, such as `models/en-US.json`; raises ForeignError."""
    try:
        raw = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ForeignError(f"--model {path}: {error.strerror}; give the file of an interaction model") from error
    except (ValueError, RecursionError) as error:
        raise ForeignError(f"--model {path}: this is no JSON, {error}; export it anew from the console") from error
    stem = Path(path).stem
    locale = stem if _LOCALE.fullmatch(stem) else "en-US"
    language = _language(locale)
    numbers = language.numbers(locales.find(locale).number_words)
    amazons = (Number(numbers), Time(language.clock(numbers)), FreeText())
    try:
        schema, taken_as_said = _understood(raw, {each.name for each in amazons})
        model = Model.from_schema(schema, amazons)
        understanding = Understanding(model, language, amazons)
        opening = f"{language.address.open[0]} {model.invocation_name}"
        phrases = tuple(_phrases(model))
    except ModelError as error:
        raise ForeignError(f"--model {path}: {error}; mend it, or export it anew from the console") from error
    except KeyError as missing:
        raise ForeignError(f"--model {path}: it has no {missing}; export it anew from the console") from missing
    except (AttributeError, TypeError) as error:
        said = f"this is no interaction model, {type(error).__name__} at {error}"
        raise ForeignError(f"--model {path}: {said}; export it anew from the console") from error
    return ForeignModel(understanding, locale, opening, phrases, taken_as_said)


def _understood(raw: Any, known: set[str]) -> tuple[Any, tuple[str, ...]]:
    """A model whose slots have types that are known here, and those of Amazon's types that were not."""
    schema = {"interactionModel": raw} if "languageModel" in raw else raw
    language_model = schema["interactionModel"]["languageModel"]
    if not isinstance(language_model["invocationName"], str):
        raise ModelError("the invocationName is no text")
    known |= {each["name"] for each in language_model.get("types") or ()}
    taken_as_said: set[str] = set()
    for slot in (slot for intent in language_model["intents"] for slot in intent.get("slots") or ()):
        slot["type"] = ALIKE.get(slot["type"], slot["type"])
        if slot["type"].startswith(AMAZONS) and slot["type"] not in known:
            taken_as_said.add(slot["type"])
            slot["type"] = FREE_TEXT
    return schema, tuple(sorted(taken_as_said))


def _language(locale: str) -> Language:
    folder = locales.model_path(locale).parent / "built_in"
    own = folder / f"{locale.partition('-')[0]}.json"
    # What a device knows by itself, such as "open" and "yes", is known in few languages.
    return Language.load(own if own.is_file() else folder / "en.json")


def _phrases(model: Model) -> Iterator[str]:
    """A phrase for each intent, those of the skill's own first."""
    chosen: dict[str, Template] = {}
    for template in sorted(model.templates, key=lambda each: each.rank):
        if template.rank is not Rank.FREE:
            chosen.setdefault(template.intent, template)
    order = [intent for intent in model.slots if intent in chosen]
    order.sort(key=lambda intent: intent.startswith(AMAZONS))
    return filter(None, (_spoken(chosen[intent]) for intent in order))


def _spoken(template: Template) -> str:
    if not template.slots:
        return template.sample
    return next((joined(sentence(match)) for match in expand(template, _fillings)), "")


def _fillings(slot: Slot) -> Iterator[tuple[Words, Filling]]:
    # Of numbers the first is zero, which hardly anybody says.
    return islice(listed(slot), 5 if slot.type.name == NUMBER else 0, None)

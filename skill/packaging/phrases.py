"""What a person may be told to say: only what the skill is sure to understand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from skill.locales import find
from skill.speaker.invocation import Invocation
from skill.speaker.slot_types import FREE_TEXT
from skill.speaker.understanding import AmbiguousModelError, Understanding

OPENING = ""
"""Stands for the sample of a phrase that only opens the skill."""

SampleOf: TypeAlias = Callable[[str], str | None]
"""The sample whose very words a phrase has, with or without words that address the skill; None without one."""


def sample_of(model: Path, locale: str) -> SampleOf:
    """Finds samples of a model file for phrases of a locale; raises ModelError."""
    understanding = Understanding.load(model, find(locale).number_words)
    invocation = Invocation(understanding.invocation_name, understanding.language.address, understanding.is_sample)

    def found(phrase: str) -> str | None:
        addressed = invocation.address(phrase)
        if addressed.how == "launch":
            return OPENING
        try:
            heard = understanding.exactly(addressed.words)
        except AmbiguousModelError:
            return None
        # Free text takes any words in, so what it has heard need not mean anything.
        if heard is None or any(slot.type == FREE_TEXT for slot in heard.slots.values()):
            return None
        return heard.sample

    return found

"""Danger that is named outright: words that a clinician can add to without training anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from skill.baked import baked
from skill.content import Tier

if TYPE_CHECKING:
    from pathlib import Path

Outright = Mapping[str, tuple[tuple[list[str], tuple[str, Tier]], ...]]
"""Words with the category and tier that they name, by the first of them."""


def named_outright(words: list[str], language: str) -> set[tuple[str, Tier]]:
    """The categories and tiers that some words name."""
    known = outright(language)
    return {
        meaning
        for start, word in enumerate(words)
        for naming, meaning in known.get(word, ())
        if words[start : start + len(naming)] == naming
    }


@baked("outright")
def outright(language: str, directory: Path | None = None) -> Outright:
    """What a language names outright; raises ContentError for a faulty phrase."""
    from skill.content.reading import DIRECTORY, ContentError, read

    path = (directory or DIRECTORY) / language / "outright.yaml"
    known: dict[str, tuple[tuple[list[str], tuple[str, Tier]], ...]] = {}
    for category, tiers in read(path, dict[str, dict[Tier, tuple[str, ...]]]).items():
        for tier, phrases in tiers.items():
            for phrase in phrases:
                if not re.fullmatch(r"[a-z]+( [a-z]+)*", phrase):
                    raise ContentError(f"{path}: {phrase!r} must be words in small letters, spelled out")
                first, *_ = words = phrase.split()
                known[first] = (*known.get(first, ()), (words, (category, tier)))
    return known

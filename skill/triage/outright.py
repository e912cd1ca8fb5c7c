"""Danger that is named outright: words that a clinician can add to without training anything."""

from __future__ import annotations

import re
from functools import cache

from skill.content import DIRECTORY, ContentError, Tier, read


@cache
def _named(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, Tier]]]:
    path = DIRECTORY / language / "outright.yaml"
    meanings = {
        words: (category, tier)
        for category, tiers in read(path, dict[str, dict[Tier, tuple[str, ...]]]).items()
        for tier, phrases in tiers.items()
        for words in phrases
    }
    if faulty := [words for words in meanings if not re.fullmatch(r"[a-z]+( [a-z]+)*", words)]:
        raise ContentError(f"{path}: {faulty[0]!r} must be words in small letters, spelled out")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, meanings))})\b"), meanings


def named_outright(words: list[str], language: str) -> set[tuple[str, Tier]]:
    """The categories and tiers that some words name."""
    pattern, meanings = _named(language)
    return {meanings[each] for each in pattern.findall(" ".join(words))}

"""Whole utterances that mean no more than they say: a clinician lists them, and no network is asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from skill.content import DIRECTORY, ContentError, Tier, load, read
from skill.triage.finding import Finding
from skill.triage.network import spelled_out

LONGEST = 80
"""Characters of an utterance that may be listed; nothing longer is looked up."""

_PHRASE = re.compile(r"(?:[a-z']+|\{[a-z_]+\})(?: (?:[a-z']+|\{[a-z_]+\}))*")
_LIST = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Plain:
    """An utterance that means no more than it says."""

    finding: Finding | None
    """What it tells of; None where it carries no danger at all."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a file of plain utterances holds."""

    lists: dict[str, tuple[str, ...]]
    """Words that may stand for a name in braces."""
    around: tuple[str, ...]
    """Words that change nothing, before or after an utterance."""
    harmless: tuple[str, ...]
    """Utterances without any danger."""
    findings: dict[str, dict[Tier, tuple[str, ...]]]
    """Utterances that tell of a category, by tier."""


def plain(text: str, language: str) -> Plain | None:
    """What a text means that was listed as a whole; None for any other."""
    if len(text) > LONGEST:
        return None
    # Whatever is a letter or a digit counts, so that nothing that was said is passed over.
    said = " ".join(re.sub(r"[^\w']+", " ", spelled_out(text)).split())
    return next((meaning for pattern, meaning in meanings(language) if pattern.fullmatch(said)), None)


@cache
def meanings(language: str, directory: Path = DIRECTORY) -> tuple[tuple[re.Pattern[str], Plain], ...]:
    """What is listed in a language, with a pattern for each meaning; raises ContentError for a faulty phrase."""
    path = directory / language / "plain.yaml"
    listed = read(path, _Listed)
    groups = {"number": "|".join(load(language, directory).numbers)}
    for name, words in listed.lists.items():
        groups[name] = _any_of(words, groups, path)
    around = _any_of(listed.around, groups, path)
    told = [
        (phrases, Plain(Finding(category, tier)))
        for category, tiers in listed.findings.items()
        for tier, phrases in tiers.items()
    ]
    return tuple(
        (re.compile(rf"(?:(?:{around}) )*(?:{_any_of(phrases, groups, path)})(?: (?:{around}))*"), meaning)
        for phrases, meaning in (*told, (listed.harmless, Plain(None)))
    )


def _any_of(phrases: Iterable[str], groups: Mapping[str, str], path: Path) -> str:
    """A pattern for any of some phrases, with the lists they name put in."""
    for phrase in phrases:
        if not _PHRASE.fullmatch(phrase):
            raise ContentError(f"{path}: {phrase!r} must be words in small letters, or names of lists in braces")
        if unknown := sorted({*_LIST.findall(phrase)} - groups.keys()):
            raise ContentError(f"{path}: {phrase!r} names {unknown[0]!r}, which is no list above it")
    return "|".join(_LIST.sub(lambda found: f"(?:{groups[found[1]]})", spelled_out(phrase)) for phrase in phrases)

"""Whole utterances that mean no more than they say: a clinician lists them, and no network is asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from skill.baked import baked
from skill.content import Tier, load
from skill.triage.finding import Finding
from skill.triage.network import spelled_out

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 80
"""Characters of an utterance that may be listed; nothing longer is looked up."""

_PHRASE = r"(?:[a-z']+|\{[a-z_]+\})(?: (?:[a-z']+|\{[a-z_]+\}))*"
_LIST = r"\{([a-z_]+)\}"


@dataclass(frozen=True, slots=True)
class Plain:
    """An utterance that means no more than it says."""

    finding: Finding | None
    """What it tells of; None where it carries no danger at all."""


@dataclass(frozen=True, slots=True)
class _File:
    """What a file of plain utterances holds."""

    lists: dict[str, tuple[str, ...]]
    """Words that may stand for a name in braces."""
    around: tuple[str, ...]
    """Words that change nothing, before or after an utterance."""
    harmless: tuple[str, ...]
    """Utterances without any danger."""
    findings: dict[str, dict[Tier, tuple[str, ...]]]
    """Utterances that tell of a category, by tier."""


Choice = Mapping[str, tuple["Terms", ...]]
"""Wordings, by the words that they can begin with."""

Terms = tuple["str | Choice", ...]
"""A wording: words and choices, one after the other."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed in a language."""

    words: frozenset[str]
    """All words that stand in it; with any other word an utterance is not listed."""
    around: Choice
    """What changes nothing, before or after an utterance."""
    meanings: tuple[tuple[Choice, Plain], ...]
    """Utterances, with what they mean."""


def plain(text: str, language: str) -> Plain | None:
    """What a text means that was listed as a whole; None for any other."""
    if len(text) > LONGEST:
        return None
    # Whatever is a letter or a digit counts, so that nothing that was said is passed over.
    said = re.sub(r"[^\w']+", " ", spelled_out(text)).split()
    listing = listed(language)
    if not listing.words.issuperset(said):
        return None
    starts = _around(listing.around, said, 0)
    for wordings, meaning in listing.meanings:
        ends = {end for start in starts for end in _ends((wordings,), said, start)}
        if any(len(said) in _around(listing.around, said, end) for end in ends):
            return meaning
    return None


def _around(around: Choice, said: Sequence[str], start: int) -> set[int]:
    """Where what changes nothing can end that begins at a place, with any number of them."""
    found, new = set[int](), {start}
    while new:
        found |= new
        new = {end for place in new for end in _ends((around,), said, place)} - found
    return found


def _ends(terms: Terms, said: Sequence[str], start: int) -> Iterator[int]:
    """Where a wording can end that begins at a place."""
    if not terms:
        yield start
        return
    if start == len(said):
        return
    first, *rest = terms
    if isinstance(first, str):
        if said[start] == first:
            yield from _ends(tuple(rest), said, start + 1)
        return
    for wording in first.get(said[start], ()):
        for end in _ends(wording, said, start):
            yield from _ends(tuple(rest), said, end)


@baked("plain")
def listed(language: str, directory: Path | None = None) -> Listing:
    """What is listed in a language; raises ContentError for a faulty phrase."""
    from skill.content.reading import DIRECTORY, read

    path = (directory or DIRECTORY) / language / "plain.yaml"
    file = read(path, _File)
    numbers = load(language, directory).numbers
    choices = {"number": _choice(numbers, {}, path)}
    for name, phrases in file.lists.items():
        choices[name] = _choice(phrases, choices, path)
    told = [
        (_choice(phrases, choices, path), Plain(Finding(category, tier)))
        for category, tiers in file.findings.items()
        for tier, phrases in tiers.items()
    ]
    meanings = (*told, (_choice(file.harmless, choices, path), Plain(None)))
    around = _choice(file.around, choices, path)
    tiers = (phrases for tiers in file.findings.values() for phrases in tiers.values())
    every = chain(numbers, file.around, file.harmless, *file.lists.values(), *tiers)
    words = {word for phrase in every for word in spelled_out(phrase).split() if word[0] != "{"}
    return Listing(frozenset(words), around, meanings)


def _choice(phrases: Iterable[str], choices: Mapping[str, Choice], path: Path) -> Choice:
    """The choice of some phrases, with the lists they name put in."""
    from skill.content.reading import ContentError

    found: dict[str, tuple[Terms, ...]] = {}
    for phrase in phrases:
        if not re.fullmatch(_PHRASE, phrase):
            raise ContentError(f"{path}: {phrase!r} must be words in small letters, or names of lists in braces")
        if unknown := sorted({*re.findall(_LIST, phrase)} - choices.keys()):
            raise ContentError(f"{path}: {phrase!r} names {unknown[0]!r}, which is no list above it")
        terms = tuple(choices[each[1:-1]] if each[0] == "{" else each for each in spelled_out(phrase).split())
        for word in (terms[0],) if isinstance(terms[0], str) else terms[0]:
            found[word] = (*found.get(word, ()), terms)
    return found

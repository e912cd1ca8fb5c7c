"""What the store says of the skill, and what its testers are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from skill.content.reading import DIRECTORY, ContentError, read
from skill.content.template import Template
from skill.locales import find, published

FILLED: Mapping[str, frozenset[str]] = {
    "summary": frozenset(),
    "description": frozenset({"emergency"}),
    "disclaimer": frozenset({"emergency"}),
    "testing": frozenset({"numbers"}),
}
"""The placeholders that a text may have."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The file `skill.yaml` of a language."""

    name: str
    """What the page is headed with."""
    category: Literal["HEALTH_AND_FITNESS"]
    """The shelf of the store."""
    summary: Template
    """One sentence."""
    description: Template
    """What the skill does, and what one can say."""
    disclaimer: Template
    """What it is not."""
    examples: tuple[str, ...]
    """What anybody may say first."""
    keywords: tuple[str, ...]
    """What it is found by."""
    testing: Template
    """Instructions for testers."""
    avoided: frozenset[str]
    """Words that promise what no skill may."""


@dataclass(frozen=True, slots=True)
class Page:
    """The skill's page for one locale."""

    locale: str
    """Whose page it is."""
    name: str
    """What it is headed with."""
    summary: str
    """One sentence."""
    description: str
    """What the skill does, with the disclaimer at its end."""
    examples: tuple[str, ...]
    """What anybody may say first."""
    keywords: tuple[str, ...]
    """What it is found by."""


def listing_file(locale: str, directory: Path = DIRECTORY) -> Path:
    """Where the words for a locale are."""
    return directory / find(locale).language / "skill.yaml"


def load_listing(locale: str, directory: Path = DIRECTORY) -> Listing:
    """The words for a locale; raises ContentError naming file and key when something is wrong with them."""
    path = listing_file(locale, directory)
    listing = read(path, Listing)
    for key, known in FILLED.items():
        text: Template = getattr(listing, key)
        if not text.text.strip():
            raise ContentError(f"{path}: {key} must not be empty")
        for name in sorted(text.fields - known):
            raise ContentError(f"{path}: {key}: nothing is known to fill {{{name}}} with")
    return listing


def page(listing: Listing, locale: str) -> Page:
    """The page for a locale, with the numbers of its country."""
    texts = (listing.description, listing.disclaimer)
    described = [text.text.format(emergency=find(locale).numbers.emergency) for text in texts]
    summary = listing.summary.text.format()
    return Page(locale, listing.name, summary, "\n\n".join(described), listing.examples, listing.keywords)


def instructions(listing: Listing) -> str:
    """The instructions for testers, with the emergency numbers of all locales."""
    numbers = ", ".join(f"{locale} {find(locale).numbers.emergency}" for locale in published())
    return listing.testing.text.format(numbers=numbers)

"""What the store and its testers ask of the skill's page: a page in, what is wrong with it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skill.packaging.amazon import (
    EXAMPLES,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    LONGEST_TEXT,
    MOST_KEYWORDS,
    PRODUCT_WORDS,
    SHORTEST_NAME,
    WAKE_WORDS,
)
from skill.packaging.listing import Listing, Page
from skill.packaging.phrases import SampleOf

_QUOTED = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"[\w'-]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A page, and what it is held against."""

    page: Page
    """The page."""
    listing: Listing
    """What it was made of."""
    testing: str
    """The instructions for testers, filled in."""
    invocation_name: str
    """What the skill is opened by."""
    sample_of: SampleOf
    """Finds the sample for what a person is told to say."""


Rule = Callable[[Draft], Iterator[str]]
"""Yields the key and the fault of everything in a draft that breaks it."""


def lengths(draft: Draft) -> Iterator[str]:
    """Texts are there, and fit into what the store keeps for them."""
    page = draft.page
    limits = (
        ("name", page.name, SHORTEST_NAME, LONGEST_NAME),
        ("summary", page.summary, 1, LONGEST_SUMMARY),
        ("description", page.description, 1, LONGEST_TEXT),
        ("testing", draft.testing, 1, LONGEST_TEXT),
    )
    for key, text, least, most in limits:
        if not least <= len(text.strip()) <= most:
            yield f"{key}: has {len(text.strip())} characters, not {least} to {most}"
    if "\n" in page.summary:
        yield "summary: has several lines"


def name(draft: Draft) -> Iterator[str]:
    """The name is not that of the assistant, nor what every skill is."""
    said = {word.removesuffix("'s") for word in _words(draft.page.name)}
    if reserved := sorted(said & (WAKE_WORDS | PRODUCT_WORDS)):
        yield f"name: has reserved words: {', '.join(reserved)}"


def avoided(draft: Draft) -> Iterator[str]:
    """No word promises what no skill may."""
    page = draft.page
    texts = {
        "name": page.name,
        "summary": page.summary,
        "description": page.description,
        "examples": "\n".join(page.examples),
        "keywords": "\n".join(page.keywords),
        "the invocation name": draft.invocation_name,
    }
    for key, text in texts.items():
        said = f" {' '.join(_words(text))} "
        for words in sorted(draft.listing.avoided):
            if f" {' '.join(_words(words))} " in said:
                yield f"{key}: says {words!r}, which is to be avoided"


def examples(draft: Draft) -> Iterator[str]:
    """As many as the store shows, the first with the skill's name; all of them samples, word by word."""
    found = draft.page.examples
    if len(found) != EXAMPLES or len({*found}) != len(found):
        yield f"examples: must be {EXAMPLES}, each another"
    woken, named = _words(found[0])[:1] if found else [], _words(draft.invocation_name)
    if not {*woken} & WAKE_WORDS or not found or " ".join(named) not in " ".join(_words(found[0])):
        yield f"examples: the first must begin with the wake word and name {draft.invocation_name!r}"
    for phrase in found:
        sample = draft.sample_of(phrase)
        if sample is None or "{" in sample:
            yield f"examples: {phrase!r} is no sample of the interaction model, word by word"


def keywords(draft: Draft) -> Iterator[str]:
    """Not too many, and none in vain."""
    found = [keyword.strip().lower() for keyword in draft.page.keywords]
    if not 1 <= len(found) <= MOST_KEYWORDS:
        yield f"keywords: are {len(found)}, not 1 to {MOST_KEYWORDS}"
    if not all(found) or len({*found}) != len(found):
        yield "keywords: one is empty or stands twice"


def suggestions(draft: Draft) -> Iterator[str]:
    """Whatever stands in double quotes can be said, and is understood."""
    for key, text in (
        ("summary", draft.page.summary),
        ("description", draft.page.description),
        ("testing", draft.testing),
    ):
        if text.count('"') % 2:
            yield f"{key}: a double quote is not closed"
        for phrase in _QUOTED.findall(text):
            if draft.sample_of(phrase) is None:
                yield f"{key}: {phrase!r} is no sample of the interaction model"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


RULES: tuple[Rule, ...] = (lengths, name, avoided, examples, keywords, suggestions)

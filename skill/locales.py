"""What differs from locale to locale: the language, the counting words and the numbers to call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from skill.baked import baked
from skill.content import Content, load

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_TAG = 35
"""Characters of the longest locale that there can be."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom to call, as the end of the sentence "call ..."."""

    emergency: str
    """The emergency number."""
    crisis_line: str
    """Help for somebody in despair."""
    poison_line: str
    """Help after a poisoning."""


@dataclass(frozen=True, slots=True)
class Table:
    """The file `locales.yaml`."""

    published: tuple[str, ...]
    """Locales that the skill is offered in."""
    languages: dict[str, str]
    """Language subtag of a locale to the folder of its content."""
    default_language: str
    """Content for every other language."""
    default_locale: str
    """The locale of a request that names none."""
    regions: dict[str, Numbers]
    """Numbers by region subtag, and under `default` for all others."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A locale as the conversation needs it."""

    tag: str
    """Its name, such as en-GB."""
    language: str
    """The folder of its content."""
    numbers: Numbers
    """Whom to call there."""

    @property
    def number_words(self) -> dict[str, int]:
        """Counting words to numbers."""
        return {word: n for n, word in enumerate(self.content.numbers)}

    @property
    def content(self) -> Content:
        """The words of the language."""
        return load(self.language)


@baked("table")
def table(name: str, directory: Path | None = None) -> Table:
    """The table of that name; raises ContentError for a fault in its file."""
    from skill.content.reading import DIRECTORY, ContentError, read

    path = (directory or DIRECTORY) / f"{name}.yaml"
    known = read(path, Table)
    if "default" not in known.regions:
        raise ContentError(f"{path}: regions needs an entry named default")
    return known


def find(tag: str | None) -> Locale:
    """The locale of that tag; an unknown one gets the default language and its region's or general numbers."""
    return _locale((tag or table("locales").default_locale)[:LONGEST_TAG])


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    known = table("locales")
    language, _, region = tag.partition("-")
    return Locale(
        tag=tag,
        language=known.languages.get(language, known.default_language),
        numbers=known.regions.get(region, known.regions["default"]),
    )


def published() -> tuple[str, ...]:
    """The locales that the skill is offered in."""
    return table("locales").published


def model_path(tag: str) -> Path:
    """The interaction model of a locale: its own file, or the one of the default locale."""
    from skill.content.reading import DIRECTORY

    models = DIRECTORY.parent / "interaction_model"
    own = models / f"{tag}.json"
    return own if own.is_file() else models / f"{table('locales').default_locale}.json"

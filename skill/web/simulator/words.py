"""The words of the page, as they stand in the content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from skill.content.reading import DIRECTORY, ContentError, read_yaml


@cache
def words_of(language: str) -> Mapping[str, Any]:
    """All words of the page in a language; raises ContentError where something else than texts stands in them."""
    path = DIRECTORY / language / "page.yaml"
    words = read_yaml(path)
    _check(words, f"{path}: ")
    known: Mapping[str, Any] = words
    return known


@cache
def page_words(language: str, title: str | None = None) -> Mapping[str, Any]:
    """The words as the page shows them: of our own skill, or of another one under that title."""
    words = dict(words_of(language))
    instead = words.pop("other_skill")
    if title:
        for group, texts in instead.items():
            words[group] = words[group] | {key: text.replace("{skill}", title) for key, text in texts.items()}
    return words


def _check(part: Any, where: str) -> None:
    if isinstance(part, dict):
        for key, value in part.items():
            _check(value, f"{where}{key}: ")
    elif isinstance(part, list):
        for value in part:
            _check(value, where)
    elif not isinstance(part, str) or not part.strip():
        raise ContentError(f"{where}must be a text, in quotes where YAML takes it for something else")

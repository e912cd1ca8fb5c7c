"""What the manifest of a skill package must be like: complete, and everything that it names is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from skill.locales import published
from skill.packaging.icons import SIZES, png_size

MODELS = "interactionModels/custom/"
"""Where a skill package has its interaction models."""

FILE = "file://"
"""Begins the address of a file of the package."""

Rule = Callable[[Mapping[str, Any], Mapping[str, bytes]], Iterator[str]]
"""Yields the key and the fault of everything in a manifest that breaks it, given the package's other files."""


def complete(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Nothing is left empty."""

    def empty(key: str, value: Any) -> Iterator[str]:
        if value in ("", [], {}, None):
            yield f"{key}: is empty"
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, part in parts:
            yield from empty(f"{key}.{name}", part)

    for name, part in manifest.items():
        yield from empty(name, part)


def locales(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Every locale in which the skill is published has a page, a model and, if there is one, the privacy policy."""
    wanted = {*published()}
    found = {
        "publishingInformation.locales": {*manifest["publishingInformation"]["locales"]},
        "privacyAndCompliance.locales": {*manifest["privacyAndCompliance"].get("locales", wanted)},
        MODELS: {path.removeprefix(MODELS).removesuffix(".json") for path in files if path.startswith(MODELS)},
    }
    for key, there in found.items():
        if there != wanted:
            yield f"{key}: has {', '.join(sorted(there))}, not {', '.join(sorted(wanted))}"


def icons(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Every icon is a file of the package, and a PNG of its size."""
    for locale, page in manifest["publishingInformation"]["locales"].items():
        for size, pixels in SIZES.items():
            key, uri = f"publishingInformation.locales.{locale}.{size}IconUri", page[f"{size}IconUri"]
            data = files.get(uri.removeprefix(FILE)) if uri.startswith(FILE) else None
            if data is None:
                yield f"{key}: {uri} is no file of the package"
            elif png_size(data) != (pixels, pixels):
                yield f"{key}: {uri} is no PNG of {pixels} by {pixels} pixels"


RULES: tuple[Rule, ...] = (complete, locales, icons)

"""Makes what takes long to make out of files: `python -m skill.packaging.baking OUT`."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from skill.baked import Baked
from skill.content import load
from skill.handlers.capability import ROUTES, modules
from skill.locales import find, model_path, published, table
from skill.packaging.samples import phrases
from skill.screens.library import library
from skill.triage.detector import detect
from skill.triage.harmless import harmless
from skill.triage.network import network
from skill.triage.outright import outright
from skill.triage.plain import listed


def wanted() -> Iterator[tuple[Baked[Any], str]]:
    """All that the skill can ask for: what makes it, and its name."""
    yield table, "locales"
    yield modules, ROUTES
    for language in languages():
        yield from ((each, language) for each in (load, listed, outright, network, library))
        yield network, f"{language}.second"


def languages() -> list[str]:
    """The languages that there is content in."""
    known = table("locales")
    return sorted({*known.languages.values(), known.default_language})


def main(out: Path) -> None:
    """Write a file for each into a folder; raises ContentError for a fault in the content."""
    for each, name in wanted():
        _write(out / each.file(name), each.make(name))
    for language in languages():
        _write(out / harmless.file(language), frozenset(without_danger(language)))


def without_danger(language: str) -> Iterator[str]:
    """Words that interaction models list for anything but a danger, in which none is found."""
    models = {model_path(tag): tag for tag in published() if find(tag).language == language}
    dangers = load(language).red_flags
    for path, tag in models.items():
        for slot_type in json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]["types"]:
            for words, value in phrases(slot_type):
                if value not in dangers and detect(words, tag) is None:
                    yield words


def _write(file: Path, value: Any) -> None:
    file.write_bytes(pickle.dumps(value, protocol=5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Makes what takes long to make out of files: `python -m skill.packaging.baking OUT`."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from skill.baked import Baked
from skill.content import load
from skill.handlers.capability import ROUTES, modules
from skill.locales import table
from skill.screens.library import library
from skill.triage.network import network
from skill.triage.outright import outright
from skill.triage.plain import listed


def wanted() -> Iterator[tuple[Baked[Any], str]]:
    """All that the skill can ask for: what makes it, and its name."""
    yield table, "locales"
    yield modules, ROUTES
    for language in sorted({*table("locales").languages.values(), table("locales").default_language}):
        yield from ((each, language) for each in (load, listed, outright, network, library))
        yield network, f"{language}.second"


def main(out: Path) -> None:
    """Write a file for each into a folder; raises ContentError for a fault in the content."""
    for each, name in wanted():
        (out / each.file(name)).write_bytes(pickle.dumps(each.make(name), protocol=5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

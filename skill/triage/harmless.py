"""Words that were looked at before anybody said them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skill.baked import baked

if TYPE_CHECKING:
    from pathlib import Path


@baked("harmless")
def harmless(language: str, directory: Path | None = None) -> frozenset[str]:
    """Words of the interaction model in which there is no danger; none in a checkout, which looks when they are said.

    In a package they are those that `detect` finds nothing in, so that a question needs no network to be answered.
    """
    return frozenset()

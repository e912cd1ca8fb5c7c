"""A long text in pieces that an engine can take."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BOUNDARIES = tuple(re.compile(boundary) for boundary in (r"(?<=[.!?]) ", r"(?<=[,;:]) ", r" "))


def pieces(text: str, longest: int) -> Iterator[str]:
    """Pieces of at most so many characters, cut at the last sentence end, else comma, else space in reach."""
    while len(text) > longest:
        # One more, as a piece may end right before the space that it is cut at.
        reach = text[: longest + 1]
        cuts = ([each.start() for each in boundary.finditer(reach)] for boundary in _BOUNDARIES)
        cut = next((each[-1] for each in cuts if each), longest)
        yield text[:cut]
        text = text[cut:].lstrip(" ")
    if text:
        yield text

"""An answer as pages that can be read from across a room: whole sentences, each page about as long as the others."""

from __future__ import annotations

import re
from math import sqrt

LONGEST = 160
"""Characters of a page, where its sentences allow it."""

FULL = 170
"""Characters of a page that still is written large."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def pages(text: str) -> tuple[str, ...]:
    """The text in as few pages as hold it, evenly filled; a long sentence has a page of its own."""
    sentences = _SENTENCE.split(text.strip())
    most = LONGEST
    packed = _packed(sentences, most)
    # With the same number of pages, less on the fullest one is more even.
    while most > 1 and len(tighter := _packed(sentences, most - 1)) == len(packed):
        packed, most = tighter, most - 1
    return tuple(packed)


def scale(several: tuple[str, ...]) -> float:
    """How large they can be written, as a part of the largest."""
    return min(1.0, sqrt(FULL / max(map(len, several))))


def _packed(sentences: list[str], most: int) -> list[str]:
    found = sentences[:1]
    for sentence in sentences[1:]:
        if len(found[-1]) + 1 + len(sentence) <= most:
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found

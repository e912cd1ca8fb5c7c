"""Text as a row of plain words that remember where they stood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WORD_LENGTH = 24
"""Letters of a word that are looked at; no word in a phrase is longer."""

_PIECE = re.compile(
    r"(?P<word>[^\W_]{1,400}(?:['\u2019\u02bc][^\W_]{1,20})*)|(?P<stop>[!?;\n]|(?<!\b\w)\.)|(?P<pause>[,:])"
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How short forms are spelled out."""

    whole: Mapping[str, tuple[str, ...]]
    """Words that are spelled out as they stand."""
    endings: Mapping[str, tuple[str, ...]]
    """Endings that become words of their own, or nothing."""
    pairs: Mapping[tuple[str, ...], str]
    """Two words that become one."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words; the tuples run side by side."""

    words: tuple[str, ...]
    """The words in lower case, short forms spelled out."""
    spans: tuple[tuple[int, int], ...]
    """Where each stands in the text."""
    stops: frozenset[int]
    """Indexes of words that begin a new sentence."""
    pauses: frozenset[int]
    """Indexes of words that follow a comma."""


def split(text: str, spelling: Spelling) -> Words:
    """The words of a text, any text."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    stops: set[int] = set()
    pauses: set[int] = set()
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "stop":
            stops.add(len(words))
        elif piece.lastgroup == "pause":
            pauses.add(len(words))
        else:
            for word in _spelled_out(piece.group().lower(), spelling):
                if words and (words[-1], word) in spelling.pairs:
                    words[-1] = spelling.pairs[words[-1], word]
                    spans[-1] = (spans[-1][0], piece.end())
                else:
                    words.append(word[:WORD_LENGTH])
                    spans.append(piece.span())
    return Words(tuple(words), tuple(spans), frozenset(stops), frozenset(pauses))


def _spelled_out(word: str, spelling: Spelling) -> tuple[str, ...]:
    word = word.replace("\u2019", "'").replace("\u02bc", "'")
    if word in spelling.whole:
        return spelling.whole[word]
    if "'" in word:
        for ending, instead in spelling.endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                return (word.removesuffix(ending), *instead)
    return (word.replace("'", ""),)

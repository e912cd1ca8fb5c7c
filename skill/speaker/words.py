"""Text as a speech recogniser would have printed it."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]
"""The words of an utterance; a possessive or contracted 's is a word of its own."""

POSSESSIVE = "'s"
"""Kept apart so that a slot may stand before it, as in "my {person}'s leg"."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032`", "'"))
_LETTER = r"[^\W_]"
_WORD = re.compile(rf"(?<![\w'])'s(?!\w)|{_LETTER}+(?:'{_LETTER}+)*")


def words(text: str) -> Words:
    """The words of a text in lower case; all punctuation but an apostrophe inside a word parts them."""
    found: list[str] = []
    # Composed before and after, because either order alone leaves some letters in two spellings.
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()).translate(_APOSTROPHES)
    for word in _WORD.findall(text):
        if word.endswith(POSSESSIVE) and word != POSSESSIVE:
            found += [word.removesuffix(POSSESSIVE), POSSESSIVE]
        else:
            found.append(word)
    return tuple(found)


def joined(several: Words) -> str:
    """Words as text again."""
    return " ".join(several).replace(f" {POSSESSIVE}", POSSESSIVE)


def normalised(text: str) -> str:
    """The text as a recogniser prints it: lower case, single spaces, no punctuation but apostrophes."""
    return joined(words(text))

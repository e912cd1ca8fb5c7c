"""Which words decided: for people who look into a finding, and not needed to act on one."""

from __future__ import annotations

from skill.triage.detector import detect

FEWEST = 3
"""Words that are left at least: fewer say little to a reader."""


def deciding_words(text: str, locale: str) -> str:
    """The words, cut from the end and then from the start, that still give the finding of the whole text.

    Empty where there is none. It reads the text a dozen times over, so nothing that is in a hurry asks for it.
    """
    whole = detect(text, locale)
    if whole is None:
        return ""
    words = text.split()
    for from_start in (False, True):
        cut = len(words) // 2
        while cut:
            shorter = words[cut:] if from_start else words[:-cut]
            if len(shorter) >= FEWEST and detect(" ".join(shorter), locale) == whole:
                words = shorter
            else:
                cut //= 2
    return " ".join(words)

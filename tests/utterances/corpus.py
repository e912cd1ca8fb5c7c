"""Reading the utterances, and finding near-copies between the part that is tuned on and the exam."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skill.content import Tier
from skill.content.reading import read_yaml

DIRECTORY = Path(__file__).resolve().parent / "en"
BENIGN = "benign"

ALIKE = 0.8
"""Share of common words from which two utterances are near-copies."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that a person said."""

    text: str
    """The words, as a recogniser prints them."""
    category: str | None
    """Category of the danger, or None when it is harmless."""
    tier: Tier
    """How urgent it is; SELF_CARE when it is harmless."""
    kind: str
    """What kind of harmless speech it is, or nothing."""
    file: str
    """Name of the file it is in."""


def read(part: str) -> list[Utterance]:
    """All utterances of a part, `tune` or `exam`."""
    found = []
    for path in sorted((DIRECTORY / part).glob("*.yaml")):
        for category, groups in read_yaml(path).items():
            for group, texts in groups.items():
                harmless = category == BENIGN
                tier = Tier.SELF_CARE if harmless else Tier(group)
                for text in texts:
                    found.append(
                        Utterance(text, None if harmless else category, tier, group if harmless else "", path.stem)
                    )
    return found


def near_copies(ours: Iterable[Utterance], theirs: Iterable[Utterance]) -> Iterator[tuple[Utterance, Utterance]]:
    """Pairs of which most words are common to both."""
    pairs = [[(each, frozenset(each.text.split())) for each in part] for part in (ours, theirs)]
    usual = Counter(word for part in pairs for _, words in part for word in words)

    def rarest(words: frozenset[str]) -> list[str]:
        # Sets that are alike enough share at least one of so many of their rarest words.
        return sorted(words, key=lambda word: (usual[word], word))[: len(words) - math.ceil(ALIKE * len(words)) + 1]

    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, (_, words) in enumerate(pairs[0]):
        for word in rarest(words):
            holders[word].append(index)
    for other, wanted in pairs[1]:
        for index in {index for word in rarest(wanted) for index in holders[word]}:
            each, known = pairs[0][index]
            if len(known & wanted) >= ALIKE * len(known | wanted):
                yield each, other

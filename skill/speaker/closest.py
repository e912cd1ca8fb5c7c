"""Which sample comes closest to words that no sample has exactly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process

from skill.speaker.matching import Match
from skill.speaker.words import Words, joined

LIGHT, UNKNOWN = 0.2, 1.4
"""Weights of a word that tells little and of one that no sample has; other words weigh 0.5 to 1."""

ALIKE = 82.0
"""From this ratio on, in percent, two words with the same first letter count as forms of one another."""


_Form: TypeAlias = tuple[str, float]
"""A known word that another may stand for, and the weight they share."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A sample with its slots filled."""

    match: Match
    """The sample."""
    words: Words
    """All its words."""

    def values(self) -> frozenset[str]:
        """The words that fill its slots."""
        return frozenset(word for filled in self.match.filled for word in filled.said)


class Closest:
    """Choices to compare words with: shared words count, and rare ones more than common ones."""

    def __init__(self, choices: Iterable[Choice], light: frozenset[str], negations: frozenset[str]) -> None:
        """Weigh and index the words of all choices."""
        self._choices = tuple(choices)
        self._weights = _weights(self._choices, light)
        self._light = light
        self._negations = negations
        self._words = tuple(frozenset(choice.words) for choice in self._choices)
        self._values = tuple(choice.values() - light for choice in self._choices)
        # Exact sums, because the order of a set changes from run to run.
        self._totals = tuple(math.fsum(self._weights[word] for word in bag) for bag in self._words)
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for place, bag in enumerate(self._words):
            for word in bag:
                self._with_word[word].append(place)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._weights):
            self._by_initial[word[0]].append(word)

    def find(self, said: Words, least: float) -> tuple[Choice, float] | None:
        """The choice with the highest score, from 0 to 1, if one reaches `least`; of equals the earlier."""
        forms = {word: self._forms(word) for word in dict.fromkeys(said)}
        total = sum(self._weight(word) for word in forms)
        best: tuple[float, float, int] | None = None
        text = joined(said)
        within_reach = {form for alike in forms.values() for form, _ in alike}
        unnegated = self._negations.isdisjoint(said)
        for place in self._candidates(forms, total, least):
            bag = self._words[place]
            # "don't stop" is close to "stop", and "a blood clot" to "blood flow", in letters only.
            if self._negations.isdisjoint(bag) != unnegated or not self._values[place] <= within_reach:
                continue
            shared = 0.0
            for alike in forms.values():
                for form, worth in alike:
                    if form in bag:
                        shared += worth
                        break
            score = min(2 * shared / (total + self._totals[place]), 1.0)
            if score < least or (best and score < best[0]):
                continue
            # Words alone know no order, so letters decide between equals.
            rated = (score, fuzz.ratio(text, joined(self._choices[place].words)), -place)
            best = max(best, rated) if best else rated
        return (self._choices[-best[2]], best[0]) if best else None

    def _candidates(self, forms: Mapping[str, list[_Form]], total: float, least: float) -> set[int]:
        """Every choice that can reach `least`, and few others."""
        # A choice must share words of this weight at the least, even if it has no others. So one that has
        # none of the heaviest is out as soon as the rest weighs less, and common words need no look-up.
        needed = least * total / (2 - least)
        found: set[int] = set()
        rest = total
        for word in sorted(forms, key=self._weight, reverse=True):
            if rest < needed:
                break
            for form, _ in forms[word]:
                found.update(self._with_word.get(form, ()))
            rest -= self._weight(word)
        return found

    def _weight(self, word: str) -> float:
        return LIGHT if word in self._light else self._weights.get(word, UNKNOWN)

    def _forms(self, word: str) -> list[_Form]:
        """The known words that this one may stand for, the likeliest first."""
        known = self._by_initial.get(word[0], ())
        alike = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=6)
        return [
            (form, ratio / 100 * min(self._weight(word), self._weights[form]))
            for form, ratio, _ in alike
            if form == word or word not in self._light
        ]


def _weights(choices: tuple[Choice, ...], light: frozenset[str]) -> dict[str, float]:
    """A weight for each word: the fewer intents have it, the more it tells."""
    intents: dict[str, set[str]] = defaultdict(set)
    for choice in choices:
        for word in choice.words:
            intents[word].add(choice.match.template.intent)
    everywhere = len(set().union(*intents.values())) + 1
    return {
        word: LIGHT if word in light else 1 - 0.5 * math.log(len(having)) / math.log(everywhere)
        for word, having in intents.items()
    }

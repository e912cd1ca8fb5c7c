"""What takes a sign back: denials, questions, the past, figures of speech, and things that are no people."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from skill.triage.matching import Match
from skill.triage.phrases import Kind, Phrases
from skill.triage.wording import Words

DENIAL_REACH = 7
"""Counting words that a denial reaches over."""

DENIAL_WINDOW = 16
"""Words of any kind among which a denial is looked for."""

PAST_REACH = 25
"""Words that a mention of the past reaches over."""


class Scopes:
    """Which of the matches in one text count; each question is answered from the nearest words that bear on it."""

    def __init__(self, words: Words, matches: Iterable[Match], phrases: Phrases) -> None:
        self._words = words
        self._phrases = phrases
        self._borders = sorted(borders_of(words, phrases))
        found: defaultdict[Kind, list[Match]] = defaultdict(list)
        for match in matches:
            found[phrases.labels[match.label].kind].append(match)
        self._meaningless = {index for match in found[Kind.IDIOM] for index in match.at}
        self._denials = sorted(self._denying(found[Kind.DENIAL], found[Kind.NO_DENIAL]))
        self._thoughts = sorted(match.at[-1] for match in found[Kind.THOUGHT])
        self._questions = _starts(match for match in found[Kind.QUESTION] if self._opens(match))
        self._hypothetical = _starts(match for match in found[Kind.HYPOTHETICAL] if self._opens(match))
        self._asked_now = _starts(found[Kind.ASKED_NOW])
        self._past = _starts(found[Kind.PAST])
        self._present = _starts(found[Kind.PRESENT])
        self._subjects = sorted(match.at[-1] for match in found[Kind.SUBJECT] if self._is_subject(match))
        self._fiction = _starts(found[Kind.FICTION])
        self._reality = _starts(found[Kind.REALITY])
        last_claim = max((match.at[0] for match in found[Kind.CLAIM]), default=-1)
        corrections = [match.at[0] for match in found[Kind.CORRECTION] if match.at[-1] < last_claim]
        self._taken_back_before = max(corrections, default=0)

    def counts(self, match: Match, *, also_past: bool = False) -> bool:
        """Whether what was found is said of a real person and the present."""
        return not (
            match.at[-1] < self._taken_back_before
            or not self._meaningless.isdisjoint(match.at)
            or self.is_denied(match)
            or self._is_asked(match)
            or self._is_of_a_thing(match)
            or self._is_told(match)
            or (not also_past and self._is_past(match))
        )

    def is_denied(self, match: Match) -> bool:
        """Whether the text says that it is not so."""
        first = bisect_left(self._denials, match.at[-1] - DENIAL_WINDOW)
        last = bisect_left(self._denials, match.at[-1])
        return any(self._denies(index, match) for index in self._denials[first:last])

    def _denying(self, denials: Iterable[Match], exceptions: Iterable[Match]) -> set[int]:
        harmless = {index for match in exceptions for index in match.at}
        last_words = {match.at[-1] for match in denials} - harmless
        return {index for index in last_words if index + 1 not in self._words.pauses}

    def _denies(self, index: int, match: Match) -> bool:
        words, stops = self._words.words, self._phrases.denial_stops
        if index in match.at:
            return False
        target = next(at for at in match.at if at > index)
        if target == match.at[0] and words[target] in self._phrases.denial_starts:
            return False
        if _any_in(self._borders, index + 1, target):
            return False
        start = index + 1
        thought = bisect_right(self._thoughts, index)
        if thought < len(self._thoughts) and self._thoughts[thought] <= index + 3:
            start = self._thoughts[thought] + 1
            while start < target and words[start] in stops:
                start += 1
        between = words[start:target]
        return stops.isdisjoint(between) and sum(word not in self._phrases.fillers for word in between) <= DENIAL_REACH

    def _opens(self, match: Match) -> bool:
        words, at = self._words.words, match.at[0]
        if words[at] not in self._phrases.inverted or not at or _any_in(self._borders, at, at):
            return True
        return words[at - 1] in self._phrases.leads

    def _is_asked(self, match: Match) -> bool:
        end = match.at[-1]
        hypothetical = _latest(self._hypothetical, end)
        if hypothetical is not None and not _any_in(self._borders, hypothetical + 1, end):
            return True
        question = _latest(self._questions, end)
        if question is None or _any_in(self._borders, question + 1, end):
            return False
        return not _any_in(self._asked_now, question + 1, end)

    def _is_past(self, match: Match) -> bool:
        for first, last in _reaches(self._past, match):
            if last - first <= PAST_REACH and not _any_in(self._present, first, last):
                return True
        return False

    def _is_told(self, match: Match) -> bool:
        for first, last in _reaches(self._fiction, match):
            if not _any_in(self._borders, first + 1, last) and not _any_in(self._reality, first, last):
                return True
        return False

    def _is_subject(self, match: Match) -> bool:
        words, at = self._words.words, match.at[0]
        following = words[match.at[-1] + 1 : match.at[-1] + 2]
        return self._phrases.prepositions.isdisjoint(words[max(0, at - 2) : at]) and self._phrases.compounds.isdisjoint(
            following
        )

    def _is_of_a_thing(self, match: Match) -> bool:
        subject = _latest(self._subjects, match.at[-1] + 1)
        if subject is None or subject in match.at or _any_in(self._borders, subject + 1, match.at[-1]):
            return False
        return self._phrases.people.isdisjoint(self._words.words[subject + 1 : match.at[-1] + 1])


def borders_of(words: Words, phrases: Phrases) -> frozenset[int]:
    """Indexes of the words before which a new thought begins."""
    return words.stops | {index for index, word in enumerate(words.words) if word in phrases.borders}


def _starts(matches: Iterable[Match]) -> list[int]:
    return sorted(match.at[0] for match in matches)


def _latest(indexes: list[int], before: int) -> int | None:
    place = bisect_left(indexes, before)
    return indexes[place - 1] if place else None


def _any_in(indexes: list[int], first: int, last: int) -> bool:
    return bisect_left(indexes, first) < bisect_right(indexes, last)


def _reaches(indexes: list[int], match: Match) -> Iterator[tuple[int, int]]:
    """From the nearest index on either side to the far end of the match."""
    place = bisect_right(indexes, match.at[-1])
    if place:
        yield min(indexes[place - 1], match.at[0]), match.at[-1]
    if place < len(indexes):
        yield match.at[0], indexes[place]

"""Signs of danger in what somebody says: phrases first, then what takes them back, then what they mean together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from skill.content import Tier
from skill.triage import wording
from skill.triage.finding import Finding
from skill.triage.matching import Match
from skill.triage.phrases import Kind, Phrases, Together
from skill.triage.reading import for_locale
from skill.triage.scopes import Scopes, borders_of
from skill.triage.wording import Words

EXAMINED = 2000
"""Characters looked at, at each end of a text that is longer than twice this."""

NEARBY = 40
"""Words that may lie between facts that mean something together."""


def detect(text: str, locale: str) -> Finding | None:
    """The most urgent sign in a text, or None; never raises.

    Of a text longer than twice EXAMINED characters only the start and the end are looked at, so that no text takes
    long; a locale in a language without phrases is read as English.
    """
    phrases = for_locale(locale)
    if len(text) <= 2 * EXAMINED:
        return _most_urgent(text, phrases)
    found = [_most_urgent(part, phrases) for part in (text[:EXAMINED], text[-EXAMINED:])]
    return max((finding for finding in found if finding), key=lambda finding: finding.tier.urgency, default=None)


def _most_urgent(text: str, phrases: Phrases) -> Finding | None:
    words = wording.split(text, phrases.spelling)
    matches = phrases.tree.find(words, borders_of(words, phrases))
    if not matches:
        return None
    best: tuple[tuple[int, int, int], str, Tier, int, int] | None = None
    for category, tier, first, last in _signs(words, matches, phrases):
        order = (-tier.urgency, phrases.rank[category], first)
        if best is None or order < best[0]:
            best = (order, category, tier, first, last)
    if best is None:
        return None
    _, category, tier, first, last = best
    return Finding(category, tier, text[words.spans[first][0] : words.spans[last][1]])


def _signs(words: Words, matches: list[Match], phrases: Phrases) -> Iterator[tuple[str, Tier, int, int]]:
    scopes = Scopes(words, matches, phrases)
    facts: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        label = phrases.labels[match.label]
        if label.kind is Kind.SIGN:
            if scopes.counts(match):
                yield label.name, label.tier, match.at[0], match.at[-1]
        elif label.kind is Kind.EXCUSE:
            if not scopes.is_denied(match):
                facts[label.name].append(match)
        elif label.kind in (Kind.FACT, Kind.HISTORY) and scopes.counts(match, also_past=label.kind is Kind.HISTORY):
            facts[label.name].append(match)
    known = facts.keys()
    for name in list(known):
        for line in phrases.together.get(name, ()):
            if line.present <= known and known.isdisjoint(line.absent) and (span := _span(line, facts)):
                yield line.category, line.tier, *span


def _span(line: Together, facts: dict[str, list[Match]]) -> tuple[int, int] | None:
    """First and last word of the facts, where they stand near one another."""
    rarest = min(sorted(line.present), key=lambda name: len(facts[name]))
    for anchor in facts[rarest]:
        nearest = [min(facts[name], key=lambda match: abs(match.at[0] - anchor.at[0])) for name in line.present]
        first, last = min(match.at[0] for match in nearest), max(match.at[-1] for match in nearest)
        if last - first <= NEARBY:
            return first, last
    return None

"""How urgent a text is: what the networks see in it and what it names outright, weighed against no danger at all."""

from __future__ import annotations

from dataclasses import replace

from skill.content import Tier
from skill.locales import find
from skill.triage.finding import Finding
from skill.triage.network import Network, Reading, network, words_of
from skill.triage.outright import named_outright

EXAMINED = 4000
"""Characters looked at, at each end of a text that is longer than twice this."""

LEAST = {Tier.EMERGENCY_NOW: -0.1, Tier.SAME_DAY: -0.3, Tier.SEE_DOCTOR: -1.0}
"""By how much a tier's score must exceed that of no danger; the most urgent tier stands first."""

OUTRIGHT = 1.0
"""What danger that is named outright adds to the score of its tier."""

UNSURE = 1.5
"""Where the scores of an emergency and of no danger differ by less than this, a second network is heard as well."""

CLOSE = 0.5
"""Of two tiers whose scores differ by less than this, the more urgent one answers."""


def detect(text: str, locale: str) -> Finding | None:
    """The most urgent danger in a text, or None; never raises.

    Of a text longer than twice EXAMINED characters only the start and the end are looked at, so that no text takes
    long; a locale in a language that is not known is read in the default one.
    """
    if len(text) > 2 * EXAMINED:
        found = [detect(part, locale) for part in (text[:EXAMINED], text[-EXAMINED:])]
    else:
        language, words = find(locale).language, words_of(text)
        trained, named = network(language), named_outright(words, language)
        found = [_finding(trained, reading, named) for reading in _readings(trained, words, language)]
    return max(filter(None, found), key=lambda finding: finding.tier.urgency, default=None)


def _readings(trained: Network, words: list[str], language: str) -> list[Reading]:
    """What the first network makes of the words, or the mean of both where it is unsure."""
    readings = trained.read(words)
    if not any(abs(_danger(trained, reading)) < UNSURE for reading in readings):
        return readings
    others = network(f"{language}.second").read(words)
    return [
        replace(one, tiers=tuple([(a + b) / 2 for a, b in zip(one.tiers, other.tiers, strict=True)]))
        if abs(_danger(trained, one)) < UNSURE
        else one
        for one, other in zip(readings, others, strict=True)
    ]


def _danger(trained: Network, reading: Reading) -> float:
    return reading.tiers[trained.tiers.index(Tier.EMERGENCY_NOW)] - reading.tiers[trained.tiers.index(Tier.SELF_CARE)]


def _finding(trained: Network, reading: Reading, named: set[tuple[str, Tier]]) -> Finding | None:
    scores = dict(zip(trained.tiers, reading.tiers, strict=True))
    for _, tier in named:
        scores[tier] += OUTRIGHT
    nothing = scores.pop(Tier.SELF_CARE)
    likeliest = max(scores.values())
    for tier, least in LEAST.items():
        if scores[tier] - nothing > least and likeliest - scores[tier] < CLOSE:
            category = next((category for category, its in sorted(named) if its is tier), None)
            return Finding(category or trained.category(reading), tier)
    return None

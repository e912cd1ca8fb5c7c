"""How urgent a text is: what the networks see in it and what it names outright, weighed against no danger at all."""

from __future__ import annotations

from collections.abc import Sequence

from skill.content import Tier
from skill.locales import find
from skill.triage.finding import Finding
from skill.triage.network import network, windows, words_of
from skill.triage.outright import named_outright
from skill.triage.plain import plain

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


def detect(text: str, locale: str, *, whole: bool = True) -> Finding | None:
    """The most urgent danger in a text, or None; never raises.

    A text that is `whole` is all that somebody said; where that is listed as plain, no network is asked. Of a text
    longer than twice EXAMINED characters only the start and the end are looked at, so that no text takes long; a locale
    in a language that is not known is read in the default one.
    """
    language = find(locale).language
    if whole and (meant := plain(text, language)):
        return meant.finding
    if len(text) > 2 * EXAMINED:
        found = [detect(part, locale, whole=False) for part in (text[:EXAMINED], text[-EXAMINED:])]
    else:
        words = words_of(text)
        named = named_outright(words, language)
        found = [_finding(language, window, named) for window in windows(words)]
    return max(filter(None, found), key=lambda finding: finding.tier.urgency, default=None)


def _finding(language: str, words: Sequence[str], named: set[tuple[str, Tier]]) -> Finding | None:
    trained = network(language)
    reading = trained.read(words)
    scores = dict(zip(trained.tiers, reading.tiers, strict=True))
    if abs(scores[Tier.EMERGENCY_NOW] - scores[Tier.SELF_CARE]) < UNSURE:
        second = network(f"{language}.second")
        for tier, score in zip(second.tiers, second.read(words).tiers, strict=True):
            scores[tier] = (scores[tier] + score) / 2
    for _, tier in named:
        scores[tier] += OUTRIGHT
    nothing = scores.pop(Tier.SELF_CARE)
    likeliest = max(scores.values())
    for tier, least in LEAST.items():
        if scores[tier] - nothing > least and likeliest - scores[tier] < CLOSE:
            category = next((category for category, its in sorted(named) if its is tier), None)
            return Finding(category or trained.category(reading), tier)
    return None

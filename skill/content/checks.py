"""What no single content entry can show: that the files agree with each other and the numbers make sense."""

from __future__ import annotations

import re
from pathlib import Path

from skill.content.model import PACE_STEP_MS, Claim, Content, Counting, RedFlag, Remedy, Tier
from skill.content.reading import ContentError
from skill.content.template import Template

LONGEST_ADVICE = 2
"""Sentences in a piece of urgent advice."""

FILLED = frozenset({"emergency", "crisis_line", "poison_line"})
"""The placeholders that advice and claims may have; a locale gives their values."""


class Checks:
    """The checks of one language; the first fault ends them."""

    def __init__(self, content: Content, folder: Path) -> None:
        self.content = content
        self.folder = folder

    def run(self) -> None:
        """Raise ContentError for the first fault."""
        for key, cause in self.content.causes.items():
            for claim in ("answer", "more", "helps", "doctor"):
                self._claim("causes.yaml", f"{key}.{claim}", getattr(cause, claim))
        for key, topic in self.content.topics.items():
            self._claim("topics.yaml", f"{key}.claim", topic.claim)
        for key, remedy in self.content.remedies.items():
            self._remedy(key, remedy)
        for key, flag in self.content.red_flags.items():
            self._red_flag(key, flag)
        for key, routine in self.content.routines.items():
            if not routine.exercises:
                self._fail("routines.yaml", key, "needs at least one exercise")
            for exercise in routine.exercises:
                if exercise not in self.content.exercises:
                    self._fail("routines.yaml", key, f"{exercise!r} is not an exercise of remedies.yaml")
                if routine.posture not in {None, self.content.remedies[exercise].posture}:
                    self._fail("routines.yaml", key, f"{exercise!r} is not {routine.posture}")
        self._cues()

    def _fail(self, file: str, key: str, fault: str) -> None:
        raise ContentError(f"{self.folder / file}: {key}: {fault}")

    def _claim(self, file: str, key: str, claim: Claim) -> None:
        self._cited(file, key, claim.sources)
        self._filled(file, key, claim.say)

    def _filled(self, file: str, key: str, text: Template) -> None:
        for name in sorted(text.fields - FILLED):
            self._fail(file, key, f"nothing is known to fill {{{name}}} with")

    def _cited(self, file: str, key: str, sources: tuple[str, ...]) -> None:
        if not sources:
            self._fail(file, key, "needs at least one source")
        for source in sources:
            if source not in self.content.sources:
                self._fail(file, key, f"source {source!r} is not in sources.yaml")

    def _red_flag(self, key: str, flag: RedFlag) -> None:
        self._cited("red_flags.yaml", key, flag.sources)
        self._claim("red_flags.yaml", f"{key}.signs", flag.signs)
        if flag.tier not in flag.advice:
            self._fail("red_flags.yaml", f"{key}.advice", f"there is no advice for the usual tier {flag.tier}")
        for tier, advice in flag.advice.items():
            self._filled("red_flags.yaml", f"{key}.advice.{tier}", advice)
            if tier is Tier.EMERGENCY_NOW and "emergency" not in advice.fields:
                self._fail("red_flags.yaml", f"{key}.advice.{tier}", "must say {emergency}")
            if len(re.findall(r"[.!?](?:\s|$)", advice.text)) > LONGEST_ADVICE:
                self._fail("red_flags.yaml", f"{key}.advice.{tier}", f"is longer than {LONGEST_ADVICE} sentences")
        for remedy in () if flag.withhold == "all" else flag.withhold:
            if remedy not in self.content.remedies:
                self._fail("red_flags.yaml", f"{key}.withhold", f"{remedy!r} is not a remedy")

    def _remedy(self, key: str, remedy: Remedy) -> None:
        for claim in ("answer", "skip_if", "safety"):
            self._claim("remedies.yaml", f"{key}.{claim}", getattr(remedy, claim))
        for text in (remedy.setup, *remedy.steps, remedy.gentler):
            self._filled("remedies.yaml", key, text)
        if (remedy.counting is None) == (remedy.bath is None):
            self._fail("remedies.yaml", key, "needs either counting or bath")
        if remedy.counting:
            self._counting(f"{key}.counting", remedy.counting)
            # Recordings are shared by all countries of a language, so nothing in them may differ between these.
            for name, text in (("skip_if.say", remedy.skip_if.say), ("setup", remedy.setup)):
                if text.fields:
                    self._fail("remedies.yaml", f"{key}.{name}", "must not have a placeholder, as it is recorded")

    def _cues(self) -> None:
        cues = self.content.cues
        for key in ("countdown", "halfway", "last_five", "change", "rest", "end"):
            said = getattr(cues, key)
            texts = said if isinstance(said, tuple) else (said,)
            if not texts or not all(text.strip() for text in texts):
                self._fail("cues.yaml", key, "must be said in at least one word")

    def _counting(self, key: str, counting: Counting) -> None:
        counts, rounds, words = counting.counts, counting.rounds, len(self.content.numbers)
        few, many = sorted((counts.short, counts.full))
        for name in ("pace_ms", "fastest_ms", "ready_ms", "rest_ms"):
            if getattr(counting, name) <= 0 or getattr(counting, name) % PACE_STEP_MS:
                self._fail("remedies.yaml", f"{key}.{name}", f"must be a positive multiple of {PACE_STEP_MS}")
        if counting.fastest_ms > counting.pace_ms:
            self._fail("remedies.yaml", f"{key}.fastest_ms", "must not be slower than pace_ms")
        if not 1 <= counts.least <= few <= many <= counts.most < words:
            order = f"least, short and full, most, from 1 to the last counting word, {words - 1}"
            self._fail("remedies.yaml", f"{key}.counts", f"must go {order}")
        if min(rounds.short, rounds.full) < 1:
            self._fail("remedies.yaml", f"{key}.rounds", "must be one or more")
        if not counting.sides:
            self._fail("remedies.yaml", f"{key}.sides", "needs at least one")
        for side in counting.sides:
            if f"side.{side}" not in self.content.phrases:
                self._fail("remedies.yaml", f"{key}.sides", f"{side!r} has no phrase side.{side}")

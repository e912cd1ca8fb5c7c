"""Somebody who does what a speaker counts, counts along, interrupts it, and so knows the truth."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from skill.routine.plan import Plan
from skill.routine.position import Position, set_of
from skill.speaker.timeline import timeline
from tests.conftest import Ask, Envelope, speech
from tests.handlers.asking import CONTENT, asked

NUMBERS = {word: count for count, word in enumerate(CONTENT.numbers)}
ANSWER_DELAY_MS = (500, 1000)
"""From our answer to the speaker's first sound."""
INTERRUPTION_MS = (1300, 2000)
"""From the wake word, at which the speaker falls silent, to the request."""


@dataclass
class Listener:
    """A person with a speaker of some voice behind a network of some speed."""

    ask: Ask
    """The skill."""
    rng: random.Random
    """What differs from time to time."""
    plan: Plan
    """The routine."""
    say_ms: Callable[[str], float]
    """How long the voice takes for some words."""
    clock_ms: float = 0
    """The time since the beginning."""
    heard: dict[tuple[str, str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    """The counts that were done, by set."""
    behind: list[int] = field(default_factory=list)
    """By how many counts the skill was behind the truth, at each interruption."""
    attributes: dict[str, Any] = field(default_factory=dict)
    """The state of the conversation."""
    true: int = 0
    """The counts of the present set that are done in truth."""

    def start(self) -> None:
        """Do the whole routine, with many an interruption."""
        routine = self.plan.routine
        known = routine in CONTENT.routines
        slots = {"routine" if known else "exercise": f"x={routine}"}
        response = self.send("StartRoutineIntent" if known else "StartExerciseIntent", slots=slots)
        while "counting" in self.attributes:
            until = self.rng.choice((1, self.rng.random(), self.rng.random()))
            if self.listen(response, until):
                self.clock_ms += 10_000
                response = self.send("AMAZON.NextIntent")
                continue
            self.send("WhereAmIIntent")
            found = self.attributes.get("position")
            if found is None:
                break
            self.behind.append(self.true - found["count"])
            self.clock_ms += 5000
            response = self.send("AMAZON.YesIntent")

    def send(self, intent: str, **options: Any) -> Envelope:
        """Say something at the present time."""
        response = self.ask(asked(intent, self.attributes, seconds=self.clock_ms / 1000, **options))
        self.attributes = response.get("sessionAttributes", {})
        return response

    def listen(self, response: Envelope, until: float) -> bool:
        """Count along up to a share of a set, or to its end; whether its end was reached."""
        place = Position.from_dict(self.attributes["position"])
        assert place is not None
        each = set_of(self.plan, place)
        moments = timeline(speech(response), self.say_ms, lambda url: 0)
        beats = [(moment.begin_ms, _count(moment.words, each.counts)) for moment in moments]
        # The countdown goes before the counts, so the last beats are these.
        begins = [begin for begin, count in beats if count is not None][-(each.counts - place.count) :]
        ends = [*begins[1:], begins[-1] + each.pace_ms]
        stopped = ends[-1] if until >= 1 else begins[0] + until * (ends[-1] - begins[0])
        self.true = place.count + sum(end <= stopped for end in ends)
        self.heard[each.exercise, each.side, each.round] += range(place.count + 1, self.true + 1)
        self.clock_ms += self.rng.uniform(*ANSWER_DELAY_MS) + stopped + self.rng.uniform(*INTERRUPTION_MS)
        return until >= 1


def _count(words: str, counts: int) -> int | None:
    """The count that some words speak."""
    return NUMBERS.get(words) or {CONTENT.cues.halfway: counts // 2, CONTENT.cues.last_five: counts - 4}.get(words)

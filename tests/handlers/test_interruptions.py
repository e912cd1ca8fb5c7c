"""Led in conversation and interrupted anywhere: no count is lost, and the place is never ahead of the truth."""

from __future__ import annotations

import random

import pytest

from skill.routine.cues import OVERLAP
from skill.routine.plan import Preferences, make_plan
from skill.speech.ssml import counted_ms, spoken_ms
from tests.conftest import checked
from tests.handlers.asking import CONTENT, Kept, skill_with
from tests.handlers.listener import NUMBERS, Listener

LONGEST_COUNT = 3
"""Words; anything longer is prose."""


def listener(routine: str, rng: random.Random) -> Listener:
    """Somebody whose speaker's voice is not quite as estimated, and says no word twice alike."""
    rate = rng.uniform(0.99, 1.01)

    def say_ms(words: str) -> float:
        if len(words.split()) > LONGEST_COUNT:
            return rate * spoken_ms(words)
        return rate * counted_ms(words) * (rng.uniform(0.9, 1.1) if words in NUMBERS else 1)

    plan = make_plan(CONTENT, routine, Preferences())
    return Listener(checked(skill_with(Kept({"introduced": True}))), rng, plan, say_ms)


def test_listener_counts_every_beat() -> None:
    """The listener takes each beat of a set for what it is, and the countdown for none."""
    person = listener("full", random.Random(1))
    person.listen(person.send("StartRoutineIntent", slots={"routine": "full=full"}), 1)
    assert person.heard["leg_swings", "left", 1] == list(range(1, 81))


@pytest.mark.parametrize("routine", ["short", "full", "seated", "leg_swings"])
@pytest.mark.parametrize("seed", range(6))
def test_no_count_is_lost(routine: str, seed: int) -> None:
    """Interrupted at random and resumed, every set is counted whole; a few counts come twice and none is left out."""
    person = listener(routine, random.Random(f"{routine}{seed}"))
    person.start()
    for each in person.plan.sets:
        heard = person.heard[each.exercise, each.side, each.round]
        missing = {*range(1, each.counts + 1)} - {*heard}
        last = each is person.plan.sets[-1]
        assert len(missing) <= (min(OVERLAP, each.counts // 4) if last else 0), (each, sorted(missing))
    assert all(0 <= behind <= 2 for behind in person.behind), person.behind

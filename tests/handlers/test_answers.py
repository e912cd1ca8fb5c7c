"""Yes and no: what they mean depends on the question, and there is no question that they leave hanging."""

from __future__ import annotations

from typing import Any

import pytest

from skill.handlers.answers import NO, YES
from tests.conftest import checked
from tests.handlers.asking import Kept, asked, ends, place, says, skill_with

POSITION = {"position": place("full", 0, 20)}
CAUSE = {"topic": ["cause", "diabetes"]}

MEANINGS: list[tuple[str, dict[str, Any], str, str]] = [
    ("after_advice", {}, "help.idle", "goodbye.plain"),
    ("anything", {}, "help.idle", "goodbye.plain"),
    ("carry_on", POSITION, "routine.resume", "routine.paused"),
    ("count:leg_swings", {}, "unanswered", "ask.examples.question"),
    ("doctor", CAUSE, "ask.anything.question", "ask.examples.question"),
    ("forget", {}, "forget.done", "forget.kept"),
    ("more", CAUSE, "ask.doctor.question", "ask.examples.question"),
    ("missed_symptom", {}, "ask.anything.question", "ask.examples.question"),
    ("next", POSITION, "routine.set", "routine.paused"),
    ("offer_help", {}, "help.idle", "goodbye.plain"),
    ("remind", {}, "reminder.permission", "ask.examples.question"),
    ("remind:20:30", {}, "reminder.permission", "ask.examples.question"),
    ("resume", POSITION, "routine.resume", "ask.examples.question"),
    ("start:foot_bath", {}, "foot_bath.start", "ask.examples.question"),
    ("start:full", {}, "routine.start", "ask.examples.question"),
    ("start:leg_swings", {}, "routine.start", "ask.examples.question"),
    ("start:moonwalk", {}, "unanswered", "ask.examples.question"),
    ("start:short", {}, "routine.start", "ask.examples.question"),
    ("timer", {}, "timer.permission", "timer.declined"),
    ("what_helps", {}, "ask.short_routine.question", "ask.examples.question"),
    ("welcome", {}, "ask.which_routine.question", "goodbye.plain"),
    ("which_cause", {}, "unanswered", "ask.examples.question"),
    ("", {}, "unanswered", "unanswered"),
]


def test_every_question_is_here() -> None:
    """The table below has every question that yes or no is known for."""
    assert {*YES, *NO} <= {question for question, *_ in MEANINGS}


@pytest.mark.parametrize(("question", "state", "yes", "no"), MEANINGS, ids=[each[0] for each in MEANINGS])
def test_yes_and_no(question: str, state: dict[str, Any], yes: str, no: str) -> None:
    """Each question has its yes and its no."""
    for intent, phrase in (("AMAZON.YesIntent", yes), ("AMAZON.NoIntent", no)):
        ask = checked(skill_with(Kept({"introduced": True})))
        assert says(ask(asked(intent, {**state, "asked": question})), phrase), intent


@pytest.mark.parametrize("question", sorted({*YES, *NO}))
def test_yes_and_no_without_what_they_are_about(question: str) -> None:
    """In a conversation that lost its place and topic they still get an answer that is no failure."""
    for intent in ("AMAZON.YesIntent", "AMAZON.NoIntent"):
        response = checked(skill_with(Kept({"introduced": True})))(asked(intent, {"asked": question}))
        assert not says(response, "error")


def test_no_to_carrying_on_keeps_the_place() -> None:
    """A routine that is declined for now is there the next time."""
    kept = Kept({"introduced": True})
    response = checked(skill_with(kept))(asked("AMAZON.NoIntent", {**POSITION, "asked": "carry_on"}))
    assert ends(response)
    assert kept.record["position"] == POSITION["position"]

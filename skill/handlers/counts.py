"""How often an exercise is counted, as a person wishes it."""

from __future__ import annotations

from skill.handlers.leading import name_of
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.speech.ssml import NOTHING

COUNT = "count:"
"""A question for how often to count the exercise that is named after it."""

FIRST = "which_exercise:"
"""A question for the exercise that is to be counted as often as is said after it."""

LONGEST = 9
"""Digits of a count that is looked at; Python refuses to read thousands of them."""


def keep_count(turn: Turn, routine: str, exercise: str) -> bool:
    """Prefer the count that was said; False when it is no number or not one for this exercise."""
    said, counts = said_count(turn), turn.content.exercises[exercise].counts
    count = int(said) if said.isdecimal() and len(said) <= LONGEST else 0
    if not counts.least <= count <= counts.most:
        return False
    turn.memory.prefer(lambda preferences: preferences.counting(routine, exercise, count))
    return True


def said_count(turn: Turn) -> str:
    """The count that was said, now or before it was asked for which exercise; empty where none was."""
    asked = turn.session.asked or ""
    if slot := turn.slots.get("count"):
        return slot.said
    return asked.removeprefix(FIRST) if asked.startswith(FIRST) else ""


def ask_exercise(turn: Turn) -> Reply:
    """Ask for the exercise that the count is for, and remember it meanwhile."""
    count = said_count(turn)
    return turn.ask(NOTHING, "which_exercise", asked=f"{FIRST}{count}" if 0 < len(count) <= LONGEST else "")


def ask_count(turn: Turn, exercise: str) -> Reply:
    """Ask for a count that the exercise may have."""
    counts = turn.content.exercises[exercise].counts
    least, most = turn.number(counts.least), turn.number(counts.most)
    return turn.ask(
        NOTHING, "which_count", asked=f"{COUNT}{exercise}", exercise=name_of(turn, exercise), least=least, most=most
    )


def asked_count(turn: Turn) -> str | None:
    """The exercise whose count was asked for in the last answer."""
    asked = turn.session.asked or ""
    exercise = asked.removeprefix(COUNT)
    return exercise if asked.startswith(COUNT) and exercise in turn.content.exercises else None

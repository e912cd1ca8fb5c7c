"""How often an exercise is counted, as a person wishes it."""

from __future__ import annotations

from skill.handlers.leading import name_of
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.speech.ssml import NOTHING

COUNT = "count:"
"""A question for how often to count the exercise that is named after it."""


def keep_count(turn: Turn, routine: str, exercise: str) -> bool:
    """Prefer the count that was said; False when it is no number or not one for this exercise."""
    slot, counts = turn.slots.get("count"), turn.content.exercises[exercise].counts
    count = int(slot.said) if slot and slot.said.isdecimal() else 0
    if not counts.least <= count <= counts.most:
        return False
    turn.memory.prefer(lambda preferences: preferences.counting(routine, exercise, count))
    return True


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

"""What must wait until a doctor has had a look, after what was said, and what may be done instead."""

from __future__ import annotations

from skill.handlers.turn import START, Turn
from skill.reply import Reply
from skill.speech.ssml import NOTHING, Speech

EASIEST = "seated"
"""The posture that is offered first."""


def refuse(turn: Turn, before: Speech = NOTHING) -> Reply:
    """Leave a routine or an exercise out, and offer one that is not withheld where there is one."""
    said, instead = before + turn.say("routine.withheld"), allowed(turn)
    # In a routine a yes to another exercise would lose the place in it.
    if instead is None or turn.in_routine:
        return turn.ask(said, "after_advice")
    name = turn.content.remedies[instead].name
    return turn.ask(
        said + turn.say("routine.allowed", exercise=name), "exercise", asked=f"{START}{instead}", exercise=name
    )


def allowed(turn: Turn) -> str | None:
    """The easiest exercise that is not withheld."""
    left = [exercise for exercise in turn.content.exercises if not turn.is_withheld(exercise)]
    return min(left, key=lambda exercise: turn.content.remedies[exercise].posture != EASIEST, default=None)

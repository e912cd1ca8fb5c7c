"""What a screen tells by itself: that it spoke a set to its end."""

from __future__ import annotations

from skill.handlers.capability import Route
from skill.handlers.display import EVENT
from skill.handlers.leading import lead
from skill.handlers.standard import fallback
from skill.handlers.turn import Turn
from skill.reply import SILENT, Reply
from skill.routine import position as places
from skill.speech.ssml import NOTHING


def told(turn: Turn) -> Reply:
    """Go on after the set that is being counted; an event of any other set comes too late and does nothing."""
    if turn.touch is None:
        return fallback(turn)
    if turn.set_over is None:
        return SILENT
    if not turn.set_over:
        # A screen that hurries through a set has not spoken it, and would hurry through them all.
        return turn.ask(NOTHING, "carry_on")
    known = turn.place_and_plan()
    following = places.following(known[1], known[0]) if known else None
    if known is None or following is None:
        return turn.ask(turn.say("routine.all_done"), "last_set", asked="anything")
    return lead(turn, known[1], following, turn.say("routine.done"))


ROUTES: dict[str, Route] = {EVENT: told}

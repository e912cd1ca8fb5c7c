"""The foot bath, led safely: who must leave it out comes before how it is done."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.alarms import REMEDY, bath_minutes, refuse, set_timer
from skill.handlers.capability import Route
from skill.handlers.turn import Turn
from skill.reply import Card, Reply
from skill.speech.ssml import join


def start(turn: Turn) -> Reply:
    """Take the person through a foot bath, and offer a timer for it; asked for it again, set that."""
    minutes = bath_minutes(turn)
    if minutes is None:
        return refuse(turn)
    # "Set the timer" is heard as asking for the foot bath, and is a yes to whether to set one.
    if turn.session.asked == "timer":
        return set_timer(turn)
    remedy = turn.content.remedies[REMEDY]
    speech = join(
        (
            turn.fill(remedy.skip_if.say),
            turn.say("foot_bath.start", minutes=turn.number(minutes)),
            *map(turn.fill, remedy.steps),
            turn.fill(remedy.safety.say),
        )
    )
    turn.session = replace(turn.session, topic=("remedy", REMEDY))
    # Recordings would lead somebody on whose feet are in the water.
    turn.interrupt()
    card = Card(remedy.name, speech.text(), ("remedy", REMEDY))
    return replace(turn.ask(speech, "timer", minutes=turn.number(minutes), card=card), stops_audio=True)


ROUTES: dict[str, Route] = {"FootBathIntent": start}

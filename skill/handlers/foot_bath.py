"""The foot bath, led safely: who must leave it out comes before how it is done."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.capability import Route
from skill.handlers.turn import Turn
from skill.reply import Card, Reply
from skill.speech.ssml import join

REMEDY = "foot_bath"
"""Id of the remedy."""


def start(turn: Turn) -> Reply:
    """Take the person through a foot bath."""
    remedy = turn.content.remedies[REMEDY]
    if turn.is_withheld(REMEDY) or remedy.bath is None:
        return turn.ask(turn.say("routine.withheld"), "after_advice")
    speech = join(
        (
            turn.fill(remedy.skip_if.say),
            turn.say("foot_bath.start", minutes=turn.number(remedy.bath.minutes)),
            *map(turn.fill, remedy.steps),
            turn.fill(remedy.safety.say),
        )
    )
    turn.session = replace(turn.session, topic=("remedy", REMEDY))
    question = "carry_on" if turn.session.position else "anything"
    return turn.ask(speech, question, card=Card(remedy.name, speech.text()))


ROUTES: dict[str, Route] = {"FootBathIntent": start}

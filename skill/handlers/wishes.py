"""What a person would like otherwise: the pace, the counts, how much of them is said, and whether recordings tick."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from skill.handlers.capability import Route
from skill.handlers.counts import ask_count, ask_exercise, asked_count, keep_count
from skill.handlers.going_on import go_on
from skill.handlers.leading import name_of
from skill.handlers.playing import can_play
from skill.handlers.routine import start
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.routine.plan import make_plan
from skill.speech.ssml import NOTHING, Speech

SAID = {"every": "spoken.every", "fifth": "spoken.fifth", "last_ten": "spoken.last_ten"}
"""What is answered when somebody chose which counts are said aloud."""

TICKING = {"on": "tick.on", "off": "tick.off"}
"""What is answered when somebody chose whether recordings tick."""


def slower(turn: Turn) -> Reply:
    """Count more slowly from here on."""
    return _change_pace(turn, +1)


def faster(turn: Turn) -> Reply:
    """Count faster from here on."""
    return _change_pace(turn, -1)


def change_count(turn: Turn) -> Reply:
    """Another number of counts for the exercise that is under way."""
    known = turn.place_and_plan()
    asked_for = asked_count(turn)
    if asked_for and (known is None or known[0].exercise != asked_for):
        return start(turn, asked_for) if keep_count(turn, asked_for, asked_for) else ask_count(turn, asked_for)
    if known is None:
        return ask_exercise(turn)
    place = known[0]
    if not keep_count(turn, place.routine, place.exercise):
        return ask_count(turn, place.exercise)
    plan = turn.plan(place.routine)
    count = turn.number(places.set_of(plan, place).counts)
    kept = turn.say("routine.count_kept", count=count, exercise=name_of(turn, place.exercise))
    return go_on(turn, place, plan, kept)


def how_much_said(turn: Turn) -> Reply:
    """Say all counts from here on, each fifth, or the last ten."""
    spoken = turn.named("spoken", SAID)
    if spoken is None:
        return turn.ask(NOTHING, "which_spoken", asked="anything")
    return _prefer(turn, turn.say(SAID[spoken]), spoken=spoken)


def tick(turn: Turn) -> Reply:
    """Have recordings with or without a tick on every beat."""
    switch = turn.named("switch", TICKING)
    if switch is None:
        return turn.ask(NOTHING, "which_tick", asked="anything")
    ticks, known = switch == "on", turn.place_and_plan()
    preferences = replace(turn.memory.record.preferences, ticks=ticks)
    plan = make_plan(turn.content, known[1].routine if known else "full", preferences)
    if ticks and not can_play(turn, plan):
        return _prefer(turn, turn.say("tick.none"))
    return _prefer(turn, turn.say(TICKING[switch]), ticks=ticks)


def _prefer(turn: Turn, said: Speech, **changes: Any) -> Reply:
    """Keep a preference, and go on with it where a routine is under way."""
    turn.memory.prefer(lambda preferences: replace(preferences, **changes))
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(said, "anything")
    return go_on(turn, *known, said)


def _change_pace(turn: Turn, steps: int) -> Reply:
    before = turn.place_and_plan()
    preferences = turn.memory.record.preferences
    changed = preferences.slower(steps)
    different = changed != preferences
    if before is not None:
        place, plan = before
        paced = make_plan(turn.content, plan.routine, changed)
        different = places.set_of(paced, place).pace_ms != places.set_of(plan, place).pace_ms
    # A step that is not heard must not have to be taken back later.
    if different:
        turn.memory.prefer(lambda preferences: preferences.slower(steps))
        said = turn.say("routine.slower" if steps > 0 else "routine.faster")
    else:
        said = turn.say("routine.slowest" if steps > 0 else "routine.fastest")
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(said + turn.say("routine.tempo_kept"), "anything")
    return go_on(turn, *known, said)


ROUTES: dict[str, Route] = {
    "ChangeCountIntent": change_count,
    "FasterIntent": faster,
    "HowMuchSaidIntent": how_much_said,
    "SlowerIntent": slower,
    "TickIntent": tick,
}

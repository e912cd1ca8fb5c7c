"""Going on with a routine that is under way, and what is said where none is."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.leading import ask_next, duration, lead, name_of
from skill.handlers.playing import play
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.routine.cues import resume_from
from skill.routine.plan import Plan
from skill.routine.position import Position
from skill.speech.ssml import NOTHING, Speech


def go(turn: Turn, step: places.Step, before: Speech = NOTHING) -> Reply:
    """Lead the set that a step from here comes to; after the last one the routine is over."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    place, plan = known
    target = step(plan, place)
    if target is None:
        turn.move(None)
        return finished(turn, before + turn.say("routine.over"))
    return lead(turn, plan, target, before)


def play_on(turn: Turn, place: Position, plan: Plan) -> Reply:
    """Play what is left of the routine that is under way."""
    ahead = None if turn.is_withheld(plan.routine) else places.ahead(plan, place)
    if ahead is not None:
        said = turn.say("routine.play_on") + turn.say("routine.while_playing")
        played = play(turn, plan, places.counted(plan, ahead, resume_from(ahead.count)), said)
        if played is not None:
            return played
    return go_on(turn, place, plan, turn.say("routine.cannot_play"))


def go_on(turn: Turn, place: Position, plan: Plan, before: Speech = NOTHING) -> Reply:
    """Go on at a place; a set that is done already is followed by the question for the next."""
    if place.count < places.set_of(plan, place).counts:
        return lead(turn, plan, places.counted(plan, place, resume_from(place.count)), before)
    following = places.following(plan, place)
    if following is None:
        turn.complete()
        return finished(turn, before + turn.say("routine.finished"))
    if not before:
        return lead(turn, plan, following)
    turn.move(place)
    return ask_next(turn, plan, following, place, before + turn.say("routine.set_is_done"))


def finished(turn: Turn, said: Speech) -> Reply:
    """The routine is over, and so is a recording of its last set that has not come to its end."""
    return replace(turn.ask(said, "anything"), stops_audio=True)


def called(turn: Turn, routine: str) -> str:
    """How a routine or an exercise is called in a sentence."""
    if routine in turn.content.routines:
        return turn.content.routines[routine].name
    return turn.say("routine.one", exercise=name_of(turn, routine)).text()


def nothing_under_way(turn: Turn) -> Reply:
    """No routine is under way, and here is one."""
    short = turn.plan("short")
    return turn.ask(turn.say("routine.none"), "short_routine", asked="start:short", duration=duration(turn, short))

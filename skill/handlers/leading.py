"""Leading a set: what is said around the counts, and how long it all takes."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.session import Counting
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.routine.cues import cue_sheet
from skill.routine.plan import Plan, Set
from skill.routine.position import Position
from skill.speech.ssml import NOTHING, Counted, Pause, Speech

GET_READY_MS = 6000
"""Silence for getting into place before a new exercise."""

CHANGE_MS = 2500
"""Silence for changing sides, and before counting goes on."""

ANSWER_MS = 4000
"""What the question after a set and its answer take, in the stated length of a routine."""


def lead(turn: Turn, plan: Plan, position: Position, before: Speech = NOTHING) -> Reply:
    """Count the set at a position from there to its end, and ask for the next; the place is kept first."""
    each = places.set_of(plan, position)
    if position.exercise in turn.session.withheld:
        turn.move(None)
        return turn.ask(before + turn.say("routine.withheld"), "after_advice")
    opening = before + _opening(turn, plan, position, turn.session.introduced)
    sheet = cue_sheet(turn.content, each, position.count)
    turn.move(position)
    reply = _after(turn, plan, position, opening + Speech((Counted(sheet),)))
    since = Counting(turn.now_ms, opening.duration_ms())
    # A counted set is said again from its position and not from memory, so its words are not kept.
    turn.session = replace(
        turn.session, counting=since, introduced=position.exercise, topic=None, speech=NOTHING, reprompt=NOTHING
    )
    return reply


def duration(turn: Turn, plan: Plan) -> str:
    """How long a plan takes, in words, with everything that is said in it."""
    ms, introduced = 0, None
    for index, each in enumerate(plan.sets):
        opening = _opening(turn, plan, places.at(plan, index), introduced)
        ms += opening.duration_ms() + each.counts * each.pace_ms + ANSWER_MS
        introduced = each.exercise
    minutes = round(ms / 60_000)
    if minutes <= 1:
        return turn.say("duration.one").text()
    return turn.say("duration.more", minutes=turn.number(minutes)).text()


def name_of(turn: Turn, exercise: str) -> str:
    """How an exercise is called."""
    return turn.content.remedies[exercise].name


def side_of(turn: Turn, position: Position | Set) -> str:
    """How the side or direction is called."""
    return turn.content.phrases[f"side.{position.side}"][0].text


def described(turn: Turn, plan: Plan, position: Position) -> str:
    """A place in words."""
    each = places.set_of(plan, position)
    values = {
        "exercise": name_of(turn, each.exercise),
        "side": side_of(turn, each),
        "count": turn.number(position.count),
        "round": turn.number(each.round),
        "rounds": turn.number(each.rounds),
    }
    if each.rounds > 1:
        key = "place.round_count" if position.count else "place.round_start"
        return turn.fill(turn.content.phrases[key][0], **values).text()
    key = "place.count" if position.count else "place.start"
    return turn.fill(turn.content.phrases[key][0], **values).text()


def _opening(turn: Turn, plan: Plan, position: Position, introduced: str | None) -> Speech:
    """What is said before the first count: the exercise unless it was introduced, the set, and time to get ready."""
    each = places.set_of(plan, position)
    values = {
        "side": side_of(turn, each),
        "counts": turn.number(each.counts),
        "count": turn.number(position.count + 1),
        "round": turn.number(each.round),
        "rounds": turn.number(each.rounds),
    }
    if position.count:
        line = turn.say("routine.resume_round" if each.rounds > 1 else "routine.resume", **values)
        return line + Speech((Pause(CHANGE_MS),)) + turn.say("routine.go")
    line = turn.say("routine.set_round" if each.rounds > 1 else "routine.set", **values)
    if each.exercise == introduced:
        return line + Speech((Pause(CHANGE_MS),)) + turn.say("routine.go")
    remedy = turn.content.remedies[each.exercise]
    named = turn.say("routine.exercise", exercise=remedy.name) if len(plan.exercises()) > 1 else NOTHING
    setup = named + turn.fill(remedy.skip_if.say) + turn.fill(remedy.setup) + turn.say("routine.get_ready")
    return setup + Speech((Pause(GET_READY_MS),)) + line + turn.say("routine.go")


def _after(turn: Turn, plan: Plan, position: Position, speech: Speech) -> Reply:
    """The question at the end of a set."""
    following = places.following(plan, position)
    if following is None:
        return turn.ask(speech + turn.say("routine.all_done"), "last_set", asked="anything")
    return ask_next(turn, plan, following, position, speech + turn.say("routine.done"))


def ask_next(turn: Turn, plan: Plan, following: Position, position: Position, speech: Speech) -> Reply:
    """Whether to go on with the next set."""
    each = places.set_of(plan, following)
    if following.exercise != position.exercise:
        return turn.ask(speech, "next_exercise", asked="next", exercise=name_of(turn, following.exercise))
    if following.round != position.round:
        round_, rounds = turn.number(each.round), turn.number(each.rounds)
        return turn.ask(speech, "next_round", asked="next", side=side_of(turn, each), round=round_, rounds=rounds)
    return turn.ask(speech, "next_side", asked="next", side=side_of(turn, each))

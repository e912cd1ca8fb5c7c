"""The guided routine by voice: starting it, moving in it, changing it, and asking where it is."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.capability import Route
from skill.handlers.counts import ask_count, keep_count, said_count
from skill.handlers.going_on import called, go, go_on, nothing_under_way, play_on
from skill.handlers.leading import count, described, duration, lead, name_of, side_of
from skill.handlers.playing import play
from skill.handlers.refusing import refuse
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.speech.ssml import NOTHING


def start_routine(turn: Turn) -> Reply:
    """Begin a routine; which one is asked when it was not said."""
    routine = turn.named("routine", turn.content.routines)
    if routine is not None:
        return start(turn, routine)
    if turn.is_withheld("short"):
        return refuse(turn)
    short, full = (duration(turn, turn.plan(each)) for each in ("short", "full"))
    unknown = turn.say("routine.unknown") if "routine" in turn.slots else NOTHING
    return turn.ask(unknown, "which_routine", asked="start:short", short=short, full=full)


def start_exercise(turn: Turn) -> Reply:
    """Begin one exercise, with a count when one was said."""
    exercise = turn.named("exercise", turn.content.exercises)
    if exercise is None:
        return turn.ask(NOTHING, "which_exercise")
    if said_count(turn) and not keep_count(turn, exercise, exercise):
        return ask_count(turn, exercise)
    return start(turn, exercise)


def start(turn: Turn, routine: str) -> Reply:
    """Begin a routine or an exercise at its first set."""
    plan = turn.plan(routine)
    if turn.is_withheld(routine):
        return refuse(turn)
    opening = turn.say("routine.start", name=called(turn, routine), duration=duration(turn, plan))
    return count(turn, plan, places.first(plan), opening)


def play_routine(turn: Turn) -> Reply:
    """Play a routine or exercise with no question between: the one said, else what is under way, else the full one."""
    named = turn.named("exercise", turn.content.exercises) or turn.named("routine", turn.content.routines)
    known = turn.place_and_plan() if named is None and turn.in_routine else None
    if known is not None:
        return play_on(turn, *known)
    routine = named or "full"
    if turn.is_withheld(routine):
        return refuse(turn)
    plan = turn.plan(routine)
    opening = turn.say("routine.play", name=called(turn, routine), duration=duration(turn, plan, between_ms=0))
    played = play(turn, plan, places.first(plan), opening + turn.say("routine.while_playing"))
    if played is not None:
        return played
    opening = turn.say("routine.start", name=called(turn, routine), duration=duration(turn, plan))
    return count(turn, plan, places.first(plan), turn.say("routine.cannot_play") + opening)


def next_set(turn: Turn) -> Reply:
    """Go on to the next set."""
    return go(turn, places.following)


def skip(turn: Turn) -> Reply:
    """Leave out the rest of this exercise; where its last set is done, the exercise that was to come."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    place, plan = known
    ahead = places.ahead(plan, place) or place
    left_out = turn.say("routine.skipped", exercise=name_of(turn, ahead.exercise))
    return go(turn, lambda plan, _: places.next_exercise(plan, ahead), left_out)


def skip_side(turn: Turn) -> Reply:
    """Leave out the rest of this set."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    return go(turn, places.following, turn.say("routine.skipped_side", side=side_of(turn, known[0])))


def previous_set(turn: Turn) -> Reply:
    """Go back to the set before, or to the beginning of the first."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    place, plan = known
    before = NOTHING if places.index_of(plan, place) else turn.say("routine.no_previous")
    return lead(turn, plan, places.previous(plan, place), before)


def repeat(turn: Turn) -> Reply:
    """Say the last answer again, or do the set again."""
    if turn.session.can_repeat:
        return Reply(turn.session.speech, turn.session.reprompt)
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(NOTHING, "examples", asked="anything")
    place, plan = known
    return lead(turn, plan, places.counted(plan, place, 0))


def resume(turn: Turn) -> Reply:
    """Go on from where the routine was left, a few counts earlier."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    return go_on(turn, *known)


def start_over(turn: Turn) -> Reply:
    """Begin the same routine again."""
    known = turn.place_and_plan()
    if known is None:
        return start_routine(turn)
    place, plan = known
    if turn.memory.record.playing is not None:
        return lead(turn, plan, places.first(plan))
    return start(turn, place.routine)


def pause(turn: Turn) -> Reply:
    """Keep the place and be quiet."""
    known = turn.place_and_plan()
    if known is None:
        return turn.tell(turn.say("routine.nothing_to_pause"), stops_audio=True)
    place, plan = known
    turn.hold(place)
    said = turn.say("routine.paused", place=described(turn, plan, place))
    if not turn.has_display:
        return turn.tell(said, stops_audio=True)
    from skill.screens.scene import Held

    return turn.wait(said, Held(plan, place), stops_audio=True)


def stay(turn: Turn) -> Reply:
    """Keep the place, and ask what else there is to do."""
    turn.interrupt()
    return replace(turn.ask(NOTHING, "examples", asked="anything"), stops_audio=True)


def how_many_left(turn: Turn) -> Reply:
    """Counts left in this set and sets after it."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    place, plan = known
    left = places.set_of(plan, place).counts - place.count
    side = side_of(turn, place)
    if left > 1:
        speech = turn.say("routine.left", left=turn.number(left), side=side)
    else:
        speech = turn.say("routine.left_one" if left else "routine.left_none", side=side)
    after = len(plan.sets) - 1 - places.index_of(plan, place)
    if after > 1:
        speech += turn.say("routine.sets_after", sets=turn.number(after))
    else:
        speech += turn.say("routine.sets_after_one" if after else "routine.sets_after_none")
    turn.move(place)
    return turn.ask(speech, "carry_on")


def where_am_i(turn: Turn) -> Reply:
    """The exercise, side, round and count."""
    known = turn.place_and_plan()
    if known is None:
        return nothing_under_way(turn)
    place, plan = known
    turn.move(place)
    return turn.ask(turn.say("routine.where", place=described(turn, plan, place)), "carry_on")


ROUTES: dict[str, Route] = {
    "AMAZON.NextIntent": next_set,
    "AMAZON.PauseIntent": pause,
    "AMAZON.PreviousIntent": previous_set,
    "AMAZON.RepeatIntent": repeat,
    "AMAZON.ResumeIntent": resume,
    "AMAZON.StartOverIntent": start_over,
    "HowManyLeftIntent": how_many_left,
    "PlayRoutineIntent": play_routine,
    "SkipIntent": skip,
    "SkipSideIntent": skip_side,
    "StartExerciseIntent": start_exercise,
    "StartRoutineIntent": start_routine,
    "WhereAmIIntent": where_am_i,
}

"""The guided routine by voice: starting it, moving in it, changing it, and asking where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from skill.handlers.capability import Route
from skill.handlers.leading import ask_next, count, described, duration, lead, name_of, side_of
from skill.handlers.playing import can_play, play
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.routine.cues import resume_from
from skill.routine.plan import Plan, make_plan
from skill.routine.position import Position
from skill.speech.ssml import NOTHING, Speech

SAID = {"every": "spoken.every", "fifth": "spoken.fifth", "last_ten": "spoken.last_ten"}
"""What is answered when somebody chose which counts are said aloud."""

TICKING = {"on": "tick.on", "off": "tick.off"}
"""What is answered when somebody chose whether recordings tick."""

GOING_ON = frozenset({"carry_on", "next", "resume"})
"""Questions whether to go on with the routine."""

COUNT = "count:"
"""A question for how often to count the exercise that is named after it."""


def start_routine(turn: Turn) -> Reply:
    """Begin a routine; which one is asked when it was not said."""
    routine = turn.named("routine", turn.content.routines)
    # "Let's go" is heard as asking for a routine.
    if routine is None and turn.session.asked in GOING_ON:
        return resume(turn)
    if routine is None and turn.is_withheld("short"):
        return _withheld(turn)
    if routine is None:
        short, full = (duration(turn, turn.plan(routine)) for routine in ("short", "full"))
        return turn.ask(NOTHING, "which_routine", asked="start:short", short=short, full=full)
    return start(turn, routine)


def start_exercise(turn: Turn) -> Reply:
    """Begin one exercise, with a count when one was said."""
    exercise = turn.named("exercise", turn.content.exercises)
    if exercise is None:
        return turn.ask(NOTHING, "which_exercise")
    if "count" in turn.slots and not _keep_count(turn, exercise, exercise):
        return _ask_count(turn, exercise)
    return start(turn, exercise)


def start(turn: Turn, routine: str) -> Reply:
    """Begin a routine or an exercise at its first set."""
    plan = turn.plan(routine)
    if turn.is_withheld(routine):
        return _withheld(turn)
    opening = turn.say("routine.start", name=_called(turn, routine), duration=duration(turn, plan))
    return count(turn, plan, places.first(plan), opening)


def play_routine(turn: Turn) -> Reply:
    """Play a routine or exercise with no question between: the one said, else what is under way, else the full one."""
    named = turn.named("exercise", turn.content.exercises) or turn.named("routine", turn.content.routines)
    known = turn.place_and_plan() if named is None and turn.in_routine else None
    if known is not None:
        return _play_on(turn, *known)
    routine = named or "full"
    if turn.is_withheld(routine):
        return _withheld(turn)
    plan = turn.plan(routine)
    if can_play(turn, plan):
        opening = turn.say("routine.play", name=_called(turn, routine), duration=duration(turn, plan, between_ms=0))
        played = play(turn, plan, places.first(plan), opening + turn.say("routine.while_playing"))
        if played is not None:
            return played
    opening = turn.say("routine.start", name=_called(turn, routine), duration=duration(turn, plan))
    return count(turn, plan, places.first(plan), turn.say("routine.cannot_play") + opening)


def next_set(turn: Turn) -> Reply:
    """Go on to the next set."""
    return _go(turn, places.following)


def skip(turn: Turn) -> Reply:
    """Leave out the rest of this exercise; where its last set is done, the exercise that was to come."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
    place, plan = known
    ahead = _ahead(plan, place) or place
    left_out = turn.say("routine.skipped", exercise=name_of(turn, ahead.exercise))
    return _go(turn, lambda plan, _: places.next_exercise(plan, ahead), left_out)


def skip_side(turn: Turn) -> Reply:
    """Leave out the rest of this set."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
    return _go(turn, places.following, turn.say("routine.skipped_side", side=side_of(turn, known[0])))


def previous_set(turn: Turn) -> Reply:
    """Go back to the set before, or to the beginning of the first."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
    place, plan = known
    before = NOTHING if places.index_of(plan, place) else turn.say("routine.no_previous")
    return lead(turn, plan, places.previous(plan, place), before)


def repeat(turn: Turn) -> Reply:
    """Say the last answer again, or do the set again."""
    if turn.session.speech:
        session = turn.session
        return Reply(session.speech, session.reprompt)
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(NOTHING, "examples", asked="anything")
    place, plan = known
    return lead(turn, plan, places.counted(plan, place, 0))


def resume(turn: Turn) -> Reply:
    """Go on from where the routine was left, a few counts earlier."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
    return _continue(turn, *known)


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
    return turn.tell(turn.say("routine.paused", place=described(turn, plan, place)), stops_audio=True)


def stay(turn: Turn) -> Reply:
    """Keep the place, and ask what else there is to do."""
    if turn.is_playing and turn.place:
        turn.hold(turn.place)
    return replace(turn.ask(NOTHING, "examples", asked="anything"), stops_audio=True)


def slower(turn: Turn) -> Reply:
    """Count more slowly from here on."""
    return _change_pace(turn, +1)


def faster(turn: Turn) -> Reply:
    """Count faster from here on."""
    return _change_pace(turn, -1)


def change_count(turn: Turn) -> Reply:
    """Another number of counts for the exercise that is under way."""
    known = turn.place_and_plan()
    asked_for = _asked_count(turn)
    if asked_for and (known is None or known[0].exercise != asked_for):
        return start(turn, asked_for) if _keep_count(turn, asked_for, asked_for) else _ask_count(turn, asked_for)
    if known is None:
        return turn.ask(NOTHING, "which_exercise")
    place = known[0]
    if not _keep_count(turn, place.routine, place.exercise):
        return _ask_count(turn, place.exercise)
    plan = turn.plan(place.routine)
    count = turn.number(places.set_of(plan, place).counts)
    kept = turn.say("routine.count_kept", count=count, exercise=name_of(turn, place.exercise))
    return _continue(turn, place, plan, kept)


def how_many_left(turn: Turn) -> Reply:
    """Counts left in this set and sets after it."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
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
        return _nothing_under_way(turn)
    place, plan = known
    turn.move(place)
    return turn.ask(turn.say("routine.where", place=described(turn, plan, place)), "carry_on")


def _go(turn: Turn, step: places.Step, before: Speech = NOTHING) -> Reply:
    """Lead the set that a step from here comes to; after the last one the routine is over."""
    known = turn.place_and_plan()
    if known is None:
        return _nothing_under_way(turn)
    place, plan = known
    target = step(plan, place)
    if target is None:
        turn.move(None)
        return _finished(turn, before + turn.say("routine.over"))
    return lead(turn, plan, target, before)


def _ahead(plan: Plan, place: Position) -> Position | None:
    """Where the next count is: here, or at the next set where this one is done; None when all is done."""
    return place if place.count < places.set_of(plan, place).counts else places.following(plan, place)


def _play_on(turn: Turn, place: Position, plan: Plan) -> Reply:
    """Play what is left of the routine that is under way."""
    ahead = None if turn.is_withheld(plan.routine) or not can_play(turn, plan) else _ahead(plan, place)
    if ahead is not None:
        said = turn.say("routine.play_on") + turn.say("routine.while_playing")
        played = play(turn, plan, places.counted(plan, ahead, resume_from(ahead.count)), said)
        if played is not None:
            return played
    return _continue(turn, place, plan, turn.say("routine.cannot_play"))


def _continue(turn: Turn, place: Position, plan: Plan, before: Speech = NOTHING) -> Reply:
    """Go on at a place; a set that is done already is followed by the question for the next."""
    if place.count < places.set_of(plan, place).counts:
        return lead(turn, plan, places.counted(plan, place, resume_from(place.count)), before)
    following = places.following(plan, place)
    if following is None:
        turn.complete()
        return _finished(turn, before + turn.say("routine.finished"))
    if not before:
        return lead(turn, plan, following)
    turn.move(place)
    return ask_next(turn, plan, following, place, before + turn.say("routine.set_is_done"))


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
    turn.memory.keep(preferences=replace(turn.memory.record.preferences, **changes))
    known = turn.place_and_plan()
    if known is None:
        return turn.ask(said, "anything")
    return _continue(turn, *known, said)


def _change_pace(turn: Turn, steps: int) -> Reply:
    before = turn.place_and_plan()
    preferences = turn.memory.record.preferences
    changed = preferences.slower(steps)
    turn.memory.keep(preferences=changed)
    known = turn.place_and_plan()
    if known is None or before is None:
        different = changed != preferences
    else:
        different = places.set_of(known[1], known[0]).pace_ms != places.set_of(before[1], before[0]).pace_ms
    if not different:
        # A step that is not heard must not have to be taken back later.
        turn.memory.keep(preferences=preferences)
        said = turn.say("routine.slowest" if steps > 0 else "routine.fastest")
    else:
        said = turn.say("routine.slower" if steps > 0 else "routine.faster")
    if known is None:
        return turn.ask(said + turn.say("routine.tempo_kept"), "anything")
    return _continue(turn, *known, said)


def _keep_count(turn: Turn, routine: str, exercise: str) -> bool:
    """Prefer the count that was said; False when it is no number or not one for this exercise."""
    slot, counts = turn.slots.get("count"), turn.content.exercises[exercise].counts
    count = int(slot.said) if slot and slot.said.isdecimal() else 0
    if not counts.least <= count <= counts.most:
        return False
    turn.memory.keep(preferences=turn.memory.record.preferences.counting(routine, exercise, count))
    return True


def _ask_count(turn: Turn, exercise: str) -> Reply:
    counts = turn.content.exercises[exercise].counts
    least, most = turn.number(counts.least), turn.number(counts.most)
    return turn.ask(
        NOTHING, "which_count", asked=f"{COUNT}{exercise}", exercise=name_of(turn, exercise), least=least, most=most
    )


def _asked_count(turn: Turn) -> str | None:
    """The exercise whose count was asked for in the last answer."""
    asked = turn.session.asked or ""
    exercise = asked.removeprefix(COUNT)
    return exercise if asked.startswith(COUNT) and exercise in turn.content.exercises else None


def _called(turn: Turn, routine: str) -> str:
    """How a routine or an exercise is called in a sentence."""
    if routine in turn.content.routines:
        return turn.content.routines[routine].name
    return turn.say("routine.one", exercise=name_of(turn, routine)).text()


def _finished(turn: Turn, said: Speech) -> Reply:
    """The routine is over, and so is a recording of its last set that has not come to its end."""
    return replace(turn.ask(said, "anything"), stops_audio=True)


def _withheld(turn: Turn) -> Reply:
    return turn.ask(turn.say("routine.withheld"), "after_advice")


def _nothing_under_way(turn: Turn) -> Reply:
    short = turn.plan("short")
    return turn.ask(turn.say("routine.none"), "short_routine", asked="start:short", duration=duration(turn, short))


ROUTES: dict[str, Route] = {
    "AMAZON.NextIntent": next_set,
    "AMAZON.PauseIntent": pause,
    "AMAZON.PreviousIntent": previous_set,
    "AMAZON.RepeatIntent": repeat,
    "AMAZON.ResumeIntent": resume,
    "AMAZON.StartOverIntent": start_over,
    "ChangeCountIntent": change_count,
    "FasterIntent": faster,
    "HowManyLeftIntent": how_many_left,
    "HowMuchSaidIntent": how_much_said,
    "PlayRoutineIntent": play_routine,
    "SkipIntent": skip,
    "SkipSideIntent": skip_side,
    "SlowerIntent": slower,
    "StartExerciseIntent": start_exercise,
    "StartRoutineIntent": start_routine,
    "TickIntent": tick,
    "WhereAmIIntent": where_am_i,
}

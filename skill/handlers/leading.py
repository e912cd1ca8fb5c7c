"""Leading a set, by the device's own voice or by a recording, and how long it all takes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from skill.handlers import playing
from skill.handlers.refusing import refuse
from skill.handlers.session import Counting
from skill.handlers.turn import Turn
from skill.reply import Reply
from skill.routine import position as places
from skill.routine.cues import SLACK
from skill.routine.plan import Plan, Set
from skill.routine.position import Position
from skill.speech.script import Script, recorded_script, script_of
from skill.speech.ssml import NOTHING, Counted, Recorded, Speech, join

ANSWER_MS = 4000
"""What the question after a set and its answer take, in the stated length of a routine."""

LONGEST_AUDIO_MS = 240_000
"""The longest recording that may be played among spoken words."""


def lead(turn: Turn, plan: Plan, position: Position, before: Speech = NOTHING) -> Reply:
    """Lead the set at a position from there to its end, by the player where that leads already."""
    if position.exercise in turn.session.withheld:
        turn.move(None)
        return replace(refuse(turn, before), stops_audio=True)
    # A player asks for the sets that follow without this conversation, which alone knows what is withheld.
    if turn.memory.record.playing is not None and not turn.is_withheld(position.routine):
        played = playing.play(turn, plan, position, before)
        if played is not None:
            return played
        before += turn.say("routine.cannot_play")
    return count(turn, plan, position, before)


def count(turn: Turn, plan: Plan, position: Position, before: Speech = NOTHING) -> Reply:
    """Count the set at a position in this conversation from there to its end, and ask for the next."""
    index = places.index_of(plan, position)
    script = script_of(turn.content, plan, index, position.count, turn.session.introduced == position.exercise)
    # A screen speaks sets itself, and can play nothing among its words.
    recording = turn.recordings.find(script) if turn.recordings.public and not turn.has_display else None
    if recording is not None and recording.length_ms <= LONGEST_AUDIO_MS:
        counted = Speech((Recorded(recording.url, recording.length_ms, _words(script)),))
        # Only what goes before the recording is estimated.
        before_ms = before.duration_ms() * (1000 + SLACK) // 1000
        lead_ms, slack = before_ms + recording.first_ms - script.sheet.first_ms, 0
    else:
        opening = _prose(script)
        counted = opening + Speech((Counted(script.sheet),))
        lead_ms, slack = (before + opening).duration_ms(), SLACK
    turn.move(position, playing=None, paused=False)
    reply = replace(_after(turn, plan, position, before + counted), stops_audio=True)
    counting = Counting(turn.now_ms, lead_ms, slack)
    # A counted set is said again from its position and not from memory, so its words are not kept.
    turn.session = replace(
        turn.session,
        counting=counting,
        introduced=position.exercise,
        topic=None,
        speech=NOTHING,
        reprompt=NOTHING,
    )
    if not turn.has_display:
        return reply
    from skill.screens.scene import Leading

    opening, counts = _prose(script), Speech((Counted(script.sheet),)).ssml()
    scene = Leading(plan, position, script.sheet, opening.ssml(), opening.duration_ms(), counts, counting.token)
    return replace(reply, scene=scene, before=before)


def duration(turn: Turn, plan: Plan, between_ms: int = ANSWER_MS) -> str:
    """How long a plan takes, in words, with everything that is said in it; `between_ms`: what comes between sets."""
    ms = -between_ms
    for index in range(len(plan.sets)):
        script = recorded_script(turn.content, plan, index)
        ms += _prose(script).duration_ms() + script.sheet.length_ms + between_ms
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


@lru_cache(maxsize=512)
def _prose(script: Script) -> Speech:
    """What is said before the first beat."""
    return join(Speech((part,)) for part in script.opening)


def _words(script: Script) -> str:
    """All that a recording says."""
    return (_prose(script) + Speech((Counted(script.sheet),))).text()


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

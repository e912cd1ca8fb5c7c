"""Being led by recordings: one after the other on the device's player, with no question between."""

from __future__ import annotations

from dataclasses import replace

from skill.handlers.turn import Turn
from skill.reply import Play, Reply
from skill.routine import position as places
from skill.routine.plan import Plan
from skill.routine.position import Position
from skill.routine.stream import Stream
from skill.speech.script import recorded_script, script_of
from skill.speech.ssml import NOTHING, Speech


def can_play(turn: Turn, plan: Plan) -> bool:
    """Whether the device plays recordings, every set of a plan has one, and its events will find what is kept."""
    scripts = (recorded_script(turn.content, plan, index) for index in range(len(plan.sets)))
    # Events have no conversation: without a record nobody would know what is to follow.
    return turn.player.supported and turn.memory.is_known and all(map(turn.recordings.has, scripts))


def play(turn: Turn, plan: Plan, position: Position, before: Speech = NOTHING) -> Reply | None:
    """Play the set at a position from its count on, in a new run; None when there is nothing to play it from."""
    found = _recorded(turn, plan, position, f"{turn.now_ms:x}") if can_play(turn, plan) else None
    if found is None:
        return None
    stream, directive = found
    if position.count:
        script = script_of(turn.content, plan, places.index_of(plan, position), position.count, introduced=True)
        before += Speech(script.opening[:1])
    turn.move(position, playing=stream.run, paused=False)
    return turn.tell(before, play=replace(directive, offset_ms=stream.offset_of(position.count)))


def following(turn: Turn, plan: Plan, current: Stream) -> Play | None:
    """What is to be played after a recording; None after the last, or when there is no recording of it."""
    place = places.following(plan, current.place)
    found = _recorded(turn, plan, place, current.run) if place else None
    return replace(found[1], after=current.token) if found else None


def _recorded(turn: Turn, plan: Plan, position: Position, run: str) -> tuple[Stream, Play] | None:
    """The stream of a set and how it is played from its beginning; None when there is no recording of it."""
    index = places.index_of(plan, position)
    recording = turn.recordings.find(recorded_script(turn.content, plan, index))
    if recording is None:
        return None
    each = plan.sets[index]
    stream = Stream.of(run, position, each, recording.first_ms)
    side = turn.content.phrases[f"side.{each.side}"][0].text
    return stream, Play(recording.url, stream.token, title=turn.content.remedies[each.exercise].name, subtitle=side)

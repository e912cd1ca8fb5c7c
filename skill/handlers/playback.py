"""What a device tells of the recordings that it plays, and what its buttons ask for."""

from __future__ import annotations

from collections.abc import Callable

from skill.handlers import playing, routine
from skill.handlers.capability import Route
from skill.handlers.turn import Turn
from skill.reply import SILENT, Reply
from skill.routine import position as places
from skill.routine.plan import Plan
from skill.routine.position import Position
from skill.routine.stream import Stream, further

Event = Callable[[Turn, Plan, Stream, Position], Reply]
"""What is done about a recording of the run that is under way, from the place where the routine is."""


def moved(turn: Turn, plan: Plan, stream: Stream, place: Position) -> Reply:
    """A recording was begun or interrupted: the routine is there, unless it is known to be further."""
    offset_ms: int = turn.request.offset_in_milliseconds or 0
    turn.move(further(plan, place, stream.place_at(offset_ms)))
    return SILENT


def nearly_finished(turn: Turn, plan: Plan, stream: Stream, place: Position) -> Reply:
    """A recording is about to end: the next one follows it."""
    # Behind a recording that the person has paused, the next one would begin by itself.
    if turn.memory.record.paused or places.index_of(plan, stream.place) < places.index_of(plan, place):
        return SILENT
    return Reply(play=playing.following(turn, plan, stream))


def finished(turn: Turn, plan: Plan, stream: Stream, place: Position) -> Reply:
    """A recording was played to its end: its set is done, and with the last one the routine."""
    following = places.following(plan, stream.place)
    if following is None:
        turn.complete()
    else:
        turn.move(further(plan, place, following))
    return SILENT


def failed(turn: Turn, plan: Plan, stream: Stream, place: Position) -> Reply:
    """A recording could not be played: the place is kept as far as it came, and nothing goes on by itself."""
    state = turn.request.current_playback_state
    reached = Stream.from_token(state.token) if state else None
    if state and reached and reached.run == stream.run:
        place = further(plan, place, reached.place_at(state.offset_in_milliseconds or 0))
    turn.hold(place)
    return SILENT


def _event(act: Event) -> Route:
    """An event as it concerns the run that is under way; silence for one of another run, however late it comes."""

    def route(turn: Turn) -> Reply:
        stream = Stream.from_token(turn.request.token)
        known = turn.place_and_plan() if stream and stream.run == turn.memory.record.playing else None
        if stream is None or known is None or stream.place.routine != known[0].routine:
            return SILENT
        return act(turn, known[1], stream, known[0])

    return route


def pause(turn: Turn) -> Reply:
    """The same as by voice, without a word; what plays stops even where nothing is known of it."""
    return Reply(stops_audio=routine.pause(turn).stops_audio)


def _button(command: Route) -> Route:
    """A command given by touch: the same as by voice, without a word, and only while recordings lead."""

    def route(turn: Turn) -> Reply:
        if turn.memory.record.playing is None:
            return SILENT
        reply = command(turn)
        return Reply(play=reply.play, stops_audio=reply.stops_audio)

    return route


ROUTES: dict[str, Route] = {
    "AudioPlayer.PlaybackFailed": _event(failed),
    "AudioPlayer.PlaybackFinished": _event(finished),
    "AudioPlayer.PlaybackNearlyFinished": _event(nearly_finished),
    "AudioPlayer.PlaybackStarted": _event(moved),
    "AudioPlayer.PlaybackStopped": _event(moved),
    "PlaybackController.NextCommandIssued": _button(routine.next_set),
    "PlaybackController.PauseCommandIssued": pause,
    "PlaybackController.PlayCommandIssued": _button(routine.resume),
    "PlaybackController.PreviousCommandIssued": _button(routine.previous_set),
}

"""Time that passed becomes counts done, before anything else is decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skill.routine import position as places
from skill.routine.cues import OVERLAP, CueSheet, cue_sheet, heard_ms
from skill.routine.stream import further

if TYPE_CHECKING:
    from skill.handlers.session import Counting
    from skill.handlers.turn import Turn
    from skill.routine.plan import Plan
    from skill.routine.position import Position

BELIEVED = 75
"""Hundredths of the estimated time of a set; a screen that tells of its end sooner has not spoken it."""


def settle(turn: Turn) -> None:
    """Turn what was heard of a set so far into counts done, before anything else is decided."""
    if turn.player.stream:
        _settle_played(turn)
    counting = turn.session.counting
    if counting is None:
        return
    if turn.touch and turn.touch.over and turn.touch.token != counting.token:
        # It comes too late, and what is being counted now goes on.
        return
    known = turn.place_and_plan() if turn.session.position else None
    if known is None:
        turn.session = replace(turn.session, counting=None)
        return
    position, plan = known
    sheet = cue_sheet(turn.content, places.set_of(plan, position), position.count)
    elapsed_ms = turn.now_ms - counting.since_ms
    if turn.touch and turn.touch.over:
        turn.set_over = elapsed_ms * 100 >= BELIEVED * (counting.lead_ms + sheet.length_ms)
    seen = _seen(turn, counting, sheet)
    # The estimate stays a little behind the truth, so a set that near its end is done.
    missing = min(OVERLAP, sheet.counts // 4) if seen is None else 0
    heard = sheet.count_at(heard_ms(elapsed_ms, counting.lead_ms, counting.slack))
    _reach(turn, plan, places.counted(plan, position, heard if seen is None else seen), missing)


def _seen(turn: Turn, counting: Counting, sheet: CueSheet) -> int | None:
    """Counts done by the screen that counts along with the words, which nobody knows better; None without one."""
    if turn.set_over:
        return sheet.counts
    if turn.touch is None or turn.touch.token != counting.token or turn.touch.done is None:
        return None
    return max(turn.touch.done, sheet.start)


def _settle_played(turn: Turn) -> None:
    """The place by the player's own offset, which is exact."""
    stream, known = turn.player.stream, None
    if stream and stream.run == turn.memory.record.playing:
        known = turn.place_and_plan()
    if stream and known and known[0].routine == stream.place.routine:
        place, plan = known
        in_session = turn.session.position
        _reach(turn, plan, further(plan, place, stream.place_at(turn.player.offset_ms)), 0)
        turn.session = replace(turn.session, position=in_session)


def _reach(turn: Turn, plan: Plan, place: Position, missing: int) -> None:
    """Be at a place; when no more counts than these are missing from the last set, the routine is done."""
    left = places.set_of(plan, place).counts - place.count
    if left <= missing and places.following(plan, place) is None:
        turn.complete()
    else:
        turn.move(place)

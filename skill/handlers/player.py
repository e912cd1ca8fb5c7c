"""The device's audio player, as a request tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skill.handlers.display import interfaces_of
from skill.routine.stream import Stream

IDLE = frozenset({None, "IDLE"})
"""What a player does that has nothing left to stop."""

SILENT = IDLE | {"FINISHED"}
"""What a player does that is silent, if only until the recording that it was given next."""


@dataclass(frozen=True, slots=True)
class Player:
    """What the device can play and is playing."""

    supported: bool = False
    """Whether it can play recordings at all."""
    active: bool = False
    """Whether something is playing, or would go on by itself once we have answered."""
    may_sound: bool = False
    """Whether it must be told to stop where silence has to be sure."""
    stream: Stream | None = None
    """The recording of ours that it played last."""
    offset_ms: int = 0
    """How far that recording was played."""


def player_of(envelope: Any) -> Player:
    """The player of the device that a request comes from."""
    interfaces = interfaces_of(envelope)
    if not interfaces or interfaces.audio_player is None:
        return Player()
    state = envelope.context.audio_player
    if state is None:
        return Player(supported=True)
    activity = getattr(state.player_activity, "value", state.player_activity)
    return Player(
        supported=True,
        active=activity not in SILENT,
        may_sound=activity not in IDLE,
        stream=Stream.from_token(state.token),
        offset_ms=state.offset_in_milliseconds or 0,
    )

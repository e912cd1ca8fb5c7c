"""Streams, directives that play them, and a player that has done as directives say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from skill.speaker.player import Event, Player

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)

SECOND = timedelta(seconds=1)
LENGTHS = {"long": 60_000, "short": 5_000, "second": 30_000}
STOP = {"type": "AudioPlayer.Stop"}
Told = tuple[str, str | None, int, float]


def play(token: str, behaviour: str = "REPLACE_ALL", **stream: Any) -> dict[str, Any]:
    """A directive that plays the stream that is called like its token."""
    return {
        "type": "AudioPlayer.Play",
        "playBehavior": behaviour,
        "audioItem": {"stream": {"url": token, "token": token, **stream}},
    }


def clear(behaviour: str) -> dict[str, Any]:
    """A directive that clears the queue."""
    return {"type": "AudioPlayer.ClearQueue", "clearBehavior": behaviour}


def player(*directives: dict[str, Any]) -> Player:
    """A player at noon that has done as these directives say."""
    fresh = Player(LENGTHS.get, NOON)
    for directive in directives:
        fresh.perform(directive)
    return fresh


def told(events: list[Event]) -> list[Told]:
    """Events without their prefix, with token, offset and seconds after noon."""
    return [
        (event.kind.removeprefix("Playback"), event.state.token, event.state.offset_ms, (event.at - NOON) / SECOND)
        for event in events
    ]


def after(playing: Player, seconds: float) -> list[Told]:
    """What a player tells up to so many seconds after noon."""
    return told(list(playing.advance(NOON + seconds * SECOND)))

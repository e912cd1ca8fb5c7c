"""Tests of a player that is held while somebody is heard."""

from __future__ import annotations

from skill.speaker.player import PlayerState
from tests.speaker.streams import STOP, after, play, player


def test_hold_and_release() -> None:
    """A held stream stands still and goes on from there; its notice is told once."""
    playing = player(play("long"))
    after(playing, 55)
    playing.hold()
    playing.hold()
    assert after(playing, 80) == [("Stopped", "long", 55_000, 55)]
    assert playing.state == PlayerState("PAUSED", "long", 55_000)
    playing.release()
    playing.release()
    assert after(playing, 100) == [("Started", "long", 55_000, 80), ("Finished", "long", 60_000, 85)]


def test_enqueued_while_held() -> None:
    """A stream that is enqueued while another is held comes after it."""
    playing = player(play("short"))
    playing.hold()
    playing.perform(play("second", "ENQUEUE"))
    playing.release()
    assert [token for kind, token, *_ in after(playing, 100) if kind == "Finished"] == ["short", "second"]


def test_stopped_while_held() -> None:
    """A stream that is stopped while it is held does not go on, and has been told to have stopped."""
    playing = player(play("long"))
    after(playing, 5)
    playing.hold()
    playing.perform(STOP)
    playing.release()
    assert after(playing, 100) == [("Stopped", "long", 5000, 5)]
    assert playing.state == PlayerState("STOPPED", "long", 5000)


def test_played_while_held() -> None:
    """A stream that comes while the player is held waits until it is released."""
    playing = player(play("long"))
    after(playing, 5)
    playing.hold()
    playing.perform(play("second", offsetInMilliseconds=1000))
    assert after(playing, 6) == [("Stopped", "long", 5000, 5)]
    assert playing.state == PlayerState("PAUSED", "second", 1000)
    playing.release()
    assert after(playing, 7) == [("Started", "second", 1000, 6)]

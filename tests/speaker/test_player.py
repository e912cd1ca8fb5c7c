"""Tests of the audio player."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.player import NEARLY_FINISHED_MS, Player, PlayerState, Stream
from tests.speaker.streams import LENGTHS, NOON, SECOND, STOP, after, clear, play, player, told


def test_idle() -> None:
    """A player that never played tells nothing, however long it waits and whatever is stopped."""
    idle = player(STOP, clear("CLEAR_ALL"), clear("CLEAR_ENQUEUED"))
    idle.hold()
    idle.release()
    assert after(idle, 3600) == []
    assert (idle.state, idle.title) == (PlayerState(), "")


def test_stream_from_begin_to_end() -> None:
    """A stream starts at once, is nearly finished ten seconds before its end, and finishes."""
    playing = player(play("long"))
    assert after(playing, 50) == [("Started", "long", 0, 0), ("NearlyFinished", "long", 50_000, 50)]
    assert playing.state == PlayerState("PLAYING", "long", 50_000)
    assert after(playing, 100) == [("Finished", "long", 60_000, 60)]
    assert playing.state == PlayerState("FINISHED", "long", 60_000)
    assert after(playing, 1000) == []


def test_short_stream_is_nearly_finished_at_once() -> None:
    """A stream shorter than the time of the notice is nearly finished where it begins."""
    assert LENGTHS["short"] < NEARLY_FINISHED_MS
    assert after(player(play("short", offsetInMilliseconds=2000)), 10) == [
        ("Started", "short", 2000, 0),
        ("NearlyFinished", "short", 2000, 0),
        ("Finished", "short", 5000, 3),
    ]


def test_answer_to_nearly_finished_is_in_time() -> None:
    """What is enqueued while the notice is told follows without a gap, though all the time has passed at once."""
    playing = player(play("long"))
    events = []
    for event in playing.advance(NOON + 100 * SECOND):
        events.append(event)
        if (event.kind, event.state.token) == ("PlaybackNearlyFinished", "long"):
            playing.perform(play("second", "ENQUEUE", expectedPreviousToken="long"))
    assert told(events)[2:] == [
        ("Finished", "long", 60_000, 60),
        ("Started", "second", 0, 60),
        ("NearlyFinished", "second", 20_000, 80),
        ("Finished", "second", 30_000, 90),
    ]


def test_event_has_its_own_state() -> None:
    """An event tells what the player did then, though it may be doing something else when it is told."""
    playing = player(play("short"), play("second", "ENQUEUE"))
    finished = [event for event in playing.advance(NOON + 5 * SECOND) if event.kind == "PlaybackFinished"]
    assert [event.state for event in finished] == [PlayerState("FINISHED", "short", 5000)]
    assert playing.state == PlayerState("PLAYING", "second", 0)


@pytest.mark.parametrize(
    ("behaviour", "order"),
    [
        ("REPLACE_ALL", ["second"]),
        ("REPLACE_ENQUEUED", ["long", "second"]),
        ("ENQUEUE", ["long", "short", "second"]),
        ("LATER", ["long", "short"]),
    ],
)
def test_behaviours(behaviour: str, order: list[str]) -> None:
    """A stream takes the place of all, of what waits, or of nothing."""
    playing = player(play("long"), play("short", "ENQUEUE"))
    after(playing, 1)
    playing.perform(play("second", behaviour))
    rest = after(playing, 1000)
    stopped = [("Stopped", "long", 1000, 1)] if behaviour == "REPLACE_ALL" else []
    assert rest[: len(stopped)] == stopped
    assert [token for kind, token, *_ in rest if kind == "Finished"] == order


@pytest.mark.parametrize(
    ("before", "expected", "played"),
    [
        ([], "long", True),
        ([], "short", False),
        ([play("short", "ENQUEUE")], "short", True),
        ([play("short", "ENQUEUE")], "long", False),
        ([STOP], "long", True),
        ([STOP], "short", False),
    ],
)
def test_expected_previous_token(before: list[dict[str, Any]], expected: str, played: bool) -> None:
    """A stream that expects another before it than there is, is ignored."""
    playing = player(play("long"), *before, play("second", "ENQUEUE", expectedPreviousToken=expected))
    assert (("Finished", "second") in [(kind, token) for kind, token, *_ in after(playing, 1000)]) is played


def test_enqueued_after_the_end() -> None:
    """A stream that is enqueued too late begins when it comes."""
    playing = player(play("short"))
    after(playing, 20)
    playing.perform(play("second", "ENQUEUE", expectedPreviousToken="short"))
    assert after(playing, 20) == [("Started", "second", 0, 20)]


def test_stop() -> None:
    """Stopping tells how far the stream was, once, and what is enqueued waits."""
    playing = player(play("long"), play("short", "ENQUEUE"))
    after(playing, 7.5)
    playing.perform(STOP)
    playing.perform(STOP)
    assert after(playing, 100) == [("Stopped", "long", 7500, 7.5)]
    assert playing.state == PlayerState("STOPPED", "long", 7500)


@pytest.mark.parametrize(
    ("behaviour", "finished", "activity"), [("CLEAR_ENQUEUED", ["long"], "FINISHED"), ("CLEAR_ALL", [], "STOPPED")]
)
def test_clear(behaviour: str, finished: list[str], activity: str) -> None:
    """The queue is emptied, and the stream stopped with it only if all is cleared."""
    playing = player(play("long"), play("short", "ENQUEUE"), clear(behaviour))
    assert [token for kind, token, *_ in after(playing, 1000) if kind == "Finished"] == finished
    assert playing.state.activity == activity
    playing.perform(play("second", "ENQUEUE"))
    assert after(playing, 1000) == [("Started", "second", 0, 1000)]


def test_clear_needs_to_know_what() -> None:
    """A queue is not cleared by a directive that does not say what to clear."""
    playing = player(play("long"), play("short", "ENQUEUE"), {"type": "AudioPlayer.ClearQueue"})
    assert [token for kind, token, *_ in after(playing, 1000) if kind == "Finished"] == ["long", "short"]


@pytest.mark.parametrize(
    ("directive", "kind", "words"),
    [
        (play("missing"), "MEDIA_ERROR_SERVICE_UNAVAILABLE", "missing cannot be fetched"),
        (play("short", offsetInMilliseconds=5000), "MEDIA_ERROR_INVALID_REQUEST", "short ends before 5000 ms"),
    ],
)
def test_failure(directive: dict[str, Any], kind: str, words: str) -> None:
    """A stream that is not there, or not so far, fails with a reason and stops the player."""
    playing = player(directive)
    (event,) = playing.advance(NOON + 100 * SECOND)
    assert event.error is not None
    assert (event.kind, event.error.type, event.error.message) == ("PlaybackFailed", kind, words)
    assert event.state.activity == playing.state.activity == "STOPPED"
    assert playing.state.token == directive["audioItem"]["stream"]["token"]


def test_failed_stream_can_be_followed() -> None:
    """After a failure the next stream plays when it is asked for."""
    playing = player(play("missing"), play("short", "ENQUEUE", expectedPreviousToken="missing"))
    assert [kind for kind, *_ in after(playing, 10)] == ["Failed", "Started", "NearlyFinished", "Finished"]


def test_time_does_not_run_back() -> None:
    """A clock that was put back changes nothing."""
    playing = player(play("long"))
    after(playing, 30)
    assert after(playing, 10) == []
    assert playing.state.offset_ms == 30_000


def test_fetched_once_a_play() -> None:
    """A stream is fetched when it starts, and not again when it goes on."""
    fetched: list[str] = []

    def fetch(url: str) -> int:
        fetched.append(url)
        return 60_000

    playing = Player(fetch, NOON)
    playing.perform(play("a"))
    playing.perform(play("b", "ENQUEUE"))
    playing.hold()
    playing.release()
    assert after(playing, 60)[-1] == ("Started", "b", 0, 60)
    assert fetched == ["a", "b"]


@pytest.mark.parametrize(
    "item",
    [
        None,
        {},
        {"stream": None},
        {"stream": {"token": "a"}},
        {"stream": {"url": "a"}},
        {"stream": {"url": "a", "token": 1}},
        {"stream": {"url": "a", "token": "a", "offsetInMilliseconds": -1}},
        {"stream": {"url": "a", "token": "a", "offsetInMilliseconds": "1"}},
    ],
)
def test_unplayable(item: object) -> None:
    """A directive without a stream that could be played is ignored."""
    directive = {"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL", "audioItem": item}
    assert Stream.from_directive(directive) is None
    assert after(player(play("long"), directive), 0) == [("Started", "long", 0, 0)]


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ({"title": "Leg swings"}, "Leg swings"),
        ({"title": "Leg swings", "subtitle": "left leg"}, "Leg swings, left leg"),
        ({"title": "", "subtitle": None}, "long"),
        ({}, "long"),
        (None, "long"),
    ],
)
def test_title(metadata: object, title: str) -> None:
    """A stream goes by its title, or by where it is."""
    directive = play("long")
    directive["audioItem"]["metadata"] = metadata
    assert player(directive).title == title

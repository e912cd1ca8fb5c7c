"""Tests of what a skill is told of its streams, and of buttons."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.envelopes import Button
from skill.speaker.playback import PlaybackLoopError
from skill.speaker.player import PlayerState
from tests.speaker.jukebox import jukebox, jukebox_device, play, playing_device, sent
from tests.speaker.small import Clock


def test_stream_starts_after_the_answer(clock: Clock) -> None:
    """A stream starts when the answer has been given, and the skill is told."""
    speaker = jukebox_device(clock)
    turn = speaker.say("start the leg swings")
    assert sent(turn.exchanges) == [("StartExerciseIntent", None, 0), ("PlaybackStarted", "left", 0)]
    assert turn.speech == "That was StartExerciseIntent."
    assert turn.broken_rules() == []
    assert speaker.player.state == PlayerState("PLAYING", "left", 0)
    assert speaker.player.title == "The left leg"


def test_events(clock: Clock) -> None:
    """Events are told as time has passed, each with its moment and state, in no session."""
    speaker = playing_device(clock, 200)
    exchanges = speaker.catch_up()
    assert sent(exchanges) == [
        ("PlaybackNearlyFinished", "left", 50_000),
        ("PlaybackFinished", "left", 60_000),
        ("PlaybackStarted", "right", 0),
        ("PlaybackNearlyFinished", "right", 35_000),
        ("PlaybackFinished", "right", 45_000),
    ]
    assert [exchange.request["request"]["timestamp"][-9:] for exchange in exchanges] == [
        "09:00:50Z",
        "09:01:00Z",
        "09:01:00Z",
        "09:01:35Z",
        "09:01:45Z",
    ]
    for exchange in exchanges:
        told = exchange.request["request"]
        assert "session" not in exchange.request
        assert told["locale"] == "en-US"
        assert exchange.broken_rules() == []
        assert (told["token"], told["offsetInMilliseconds"]) == sent((exchange,))[0][1:]
    activities = [exchange.request["context"]["AudioPlayer"]["playerActivity"] for exchange in exchanges]
    assert activities == ["PLAYING", "FINISHED", "PLAYING", "PLAYING", "FINISHED"]
    assert speaker.catch_up() == ()


@pytest.mark.parametrize(
    ("button", "command", "after"),
    [
        ("pause", "PauseCommandIssued", [("PlaybackStopped", "left", 10_000)]),
        ("next", "NextCommandIssued", [("PlaybackStopped", "left", 10_000), ("PlaybackStarted", "right", 0)]),
        ("previous", "PreviousCommandIssued", [("PlaybackStopped", "left", 10_000), ("PlaybackStarted", "left", 0)]),
    ],
)
def test_press(button: Button, command: str, after: list[tuple[str, str, int]], clock: Clock) -> None:
    """A button asks the skill without hushing the stream, and only the answer changes what plays."""
    turn = playing_device(clock, 10).press(button)
    assert sent(turn.exchanges) == [(command, "left", 10_000), *after]
    request = turn.exchanges[0].request
    assert request["request"]["type"] == f"PlaybackController.{command}"
    assert "session" not in request
    assert request["context"]["AudioPlayer"]["playerActivity"] == "PLAYING"
    assert (turn.speech, turn.broken_rules()) == ("", [])


def test_press_play(clock: Clock) -> None:
    """The button for playing goes on from where the stream was stopped."""
    speaker = playing_device(clock, 10)
    speaker.press("pause")
    clock.move(10)
    assert sent(speaker.press("play").exchanges) == [
        ("PlayCommandIssued", "left", 10_000),
        ("PlaybackStarted", "left", 10_000),
    ]


def test_failed_stream(clock: Clock) -> None:
    """A stream that cannot be fetched fails with a reason, and nothing plays."""

    def lost(request: dict[str, Any]) -> dict[str, Any]:
        return {"version": "1.0", "response": {"directives": [play("lost")]} if "session" in request else {}}

    speaker = jukebox_device(clock, lost)
    failed = speaker.launch().exchanges[1].request
    assert failed["request"]["type"] == "AudioPlayer.PlaybackFailed"
    assert failed["request"]["error"] == {
        "type": "MEDIA_ERROR_SERVICE_UNAVAILABLE",
        "message": "https://example.com/lost.mp3 cannot be fetched",
    }
    state = {"token": "lost", "offsetInMilliseconds": 0, "playerActivity": "STOPPED"}
    assert failed["request"]["currentPlaybackState"] == failed["context"]["AudioPlayer"] == state
    assert failed["request"]["token"] == state["token"]
    assert "offsetInMilliseconds" not in failed["request"]


def test_endless_answers_are_an_error(clock: Clock) -> None:
    """A skill that answers each failure with the same stream is stopped."""
    speaker = jukebox_device(clock, lambda _: {"version": "1.0", "response": {"directives": [play("lost")]}})
    with pytest.raises(PlaybackLoopError, match="PlaybackFailed of 'lost'"):
        speaker.launch()


def test_playing_on_and_on_is_none(clock: Clock) -> None:
    """A skill may go on for ever as long as its streams take their time."""

    def endless(request: dict[str, Any]) -> dict[str, Any]:
        finished = request["request"]["type"] == "AudioPlayer.PlaybackFinished"
        return {"version": "1.0", "response": {"directives": [play("left")]}} if finished else jukebox(request)

    speaker = jukebox_device(clock, endless)
    speaker.say("start the leg swings")
    clock.move(3 * 3600)
    assert len(speaker.catch_up()) > 300


def test_stream_starts_when_the_skill_has_answered(clock: Clock) -> None:
    """The time that the skill takes is before the stream."""

    def slow(request: dict[str, Any]) -> dict[str, Any]:
        clock.move(2)
        return jukebox(request)

    asked, started = jukebox_device(clock, slow).say("start the leg swings").exchanges
    assert asked.request["request"]["timestamp"] == "2026-11-22T09:00:00Z"
    assert started.request["request"]["timestamp"] == "2026-11-22T09:00:02Z"


def test_device_without_a_player(clock: Clock) -> None:
    """A device that cannot play streams ignores what is said about them, and has no buttons."""
    speaker = jukebox_device(clock, plays_audio=False)
    turn = speaker.say("start the leg swings")
    assert [exchange.request["request"]["type"] for exchange in turn.exchanges] == ["IntentRequest"]
    assert turn.broken_rules() == ["a directive of AudioPlayer goes to a device that does not have it"]
    assert speaker.player.state == PlayerState()
    assert speaker.press("next").exchanges == ()


def test_silence_out_of_a_session_catches_up(clock: Clock) -> None:
    """Time passes in silence as well."""
    speaker = playing_device(clock, 50)
    turn = speaker.silence()
    assert sent(turn.exchanges) == [("PlaybackNearlyFinished", "left", 50_000)]
    assert turn.speech == ""

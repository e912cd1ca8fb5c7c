"""Tests of talking to a device that plays streams."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.envelopes import Button
from skill.speaker.player import PlayerState
from skill.speaker.turns import Exchange
from tests.speaker.jukebox import STOP, jukebox, jukebox_device, play, playing_device, sent
from tests.speaker.small import Clock


def test_turn_begins_with_what_happened_before(clock: Clock) -> None:
    """The skill hears of all that happened before it hears what is said."""
    speaker = playing_device(clock, 55)
    turn = speaker.say("what helps")
    assert sent(turn.exchanges) == [
        ("PlaybackNearlyFinished", "left", 50_000),
        ("PlaybackStopped", "left", 55_000),
        ("RemediesIntent", "left", 55_000),
        ("PlaybackStarted", "left", 55_000),
    ]
    request = turn.exchanges[2].request
    assert request["context"]["AudioPlayer"]["playerActivity"] == "PAUSED"
    assert request["session"]["new"] is True


def test_stream_goes_on_by_itself(clock: Clock) -> None:
    """An answer that leaves the stream alone and asks nothing lets it go on to its end."""
    speaker = playing_device(clock, 20)
    speaker.say("what helps")
    assert speaker.player.state == PlayerState("PLAYING", "left", 20_000)
    clock.move(40)
    assert sent(speaker.catch_up())[1] == ("PlaybackFinished", "left", 60_000)


@pytest.mark.parametrize(("said", "last"), [("", "SessionEndedRequest"), ("quit", "SessionEndedRequest")])
def test_stream_waits_for_the_session(said: str, last: str, clock: Clock) -> None:
    """While the skill waits for an answer the stream waits too, and goes on when nobody talks any more."""
    speaker = playing_device(clock, 20)
    turn = speaker.say("why is my leg numb")
    assert sent(turn.exchanges)[-1] == ("CausesIntent", "left", 20_000)
    clock.move(300)
    assert speaker.catch_up() == ()
    assert sent(speaker.say(said).exchanges) == [(last, "left", 20_000), ("PlaybackStarted", "left", 20_000)]
    assert speaker.player.state.activity == "PLAYING"


def test_stream_of_an_open_session_waits(clock: Clock) -> None:
    """A stream that comes with a question starts only when the session is over."""

    def asking(request: dict[str, Any]) -> dict[str, Any]:
        response = jukebox(request)
        if request["request"]["type"] == "LaunchRequest":
            response["response"] = {"directives": [play("left")], "shouldEndSession": False}
        return response

    speaker = jukebox_device(clock, asking)
    assert sent(speaker.launch().exchanges) == [("LaunchRequest", None, 0)]
    assert speaker.player.state == PlayerState("PAUSED", "left", 0)
    assert sent(speaker.silence().exchanges)[-1] == ("PlaybackStarted", "left", 0)


def test_stopped_stream_does_not_go_on(clock: Clock) -> None:
    """A stream that the answer stops stays where it is, and goes on from there when that is asked for."""
    speaker = playing_device(clock, 12.5)
    turn = speaker.say("pause")
    assert sent(turn.exchanges) == [("PlaybackStopped", "left", 12_500), ("PauseIntent", "left", 12_500)]
    assert speaker.player.state == PlayerState("STOPPED", "left", 12_500)
    clock.move(60)
    turn = speaker.say("resume the routine")
    assert sent(turn.exchanges) == [("ResumeIntent", "left", 12_500), ("PlaybackStarted", "left", 12_500)]


def test_replaced_stream_does_not_go_on(clock: Clock) -> None:
    """A stream that the answer replaces is gone."""
    turn = playing_device(clock, 10).say("next exercise")
    assert sent(turn.exchanges) == [
        ("PlaybackStopped", "left", 10_000),
        ("NextIntent", "left", 10_000),
        ("PlaybackStarted", "right", 0),
    ]


def test_stop_is_pause_out_of_a_session(clock: Clock) -> None:
    """To a device, stopping a stream is pausing it, as long as it was the last thing that it played."""
    speaker = jukebox_device(clock)
    assert sent(speaker.say("stop").exchanges) == [("StopIntent", None, 0)]
    speaker.say("start the leg swings")
    turn = speaker.say("stop")
    assert turn.heard is not None
    assert turn.heard.intent == "AMAZON.PauseIntent"
    assert sent(turn.exchanges)[-1] == ("PauseIntent", "left", 0)
    assert sent(speaker.say("stop").exchanges) == [("PauseIntent", "left", 0)]
    speaker.say("why is my leg numb")
    assert sent(speaker.say("stop").exchanges) == [("StopIntent", "left", 0)]


def test_nothing_is_done_after_the_session(clock: Clock) -> None:
    """A device takes no directives from the answer to the end of a session."""

    def late(request: dict[str, Any]) -> dict[str, Any]:
        ended = request["request"]["type"] == "SessionEndedRequest"
        return {"version": "1.0", "response": {"directives": [STOP]}} if ended else jukebox(request)

    speaker = jukebox_device(clock, late)
    for words in ("start the leg swings", "why is my leg numb", "quit"):
        speaker.say(words)
    assert speaker.player.state.activity == "PLAYING"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["start the leg swings", "stop", "what helps", "why is my leg numb", "next", "", "quit", "pause"]
            ),
            st.sampled_from([None, *get_args(Button)]),
            st.sampled_from([0, 1, 9.999, 50, 60, 200]),
        ),
        max_size=12,
    )
)
def test_whatever_is_done(steps: list[tuple[str, Button | None, float]]) -> None:
    """However people talk and press, nothing plays while they are listened to, and requests come in order."""
    clock = Clock()
    speaker = jukebox_device(clock)
    exchanges: list[Exchange] = []
    for words, button, seconds in steps:
        clock.move(seconds)
        turn = speaker.press(button) if button else speaker.say(words) if words else speaker.silence()
        exchanges += turn.exchanges
        assert not (speaker.in_session and speaker.player.state.activity == "PLAYING")
    moments = [exchange.request["request"]["timestamp"] for exchange in exchanges]
    assert moments == sorted(moments)
    told = [exchange.request["request"]["type"] for exchange in exchanges]
    ended = sum(map(told.count, ("AudioPlayer.PlaybackFinished", "AudioPlayer.PlaybackStopped")))
    playing = speaker.player.state.activity == "PLAYING"
    assert told.count("AudioPlayer.PlaybackStarted") == ended + playing

"""Tests of a device that plays streams."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speaker.device import Device, PlaybackLoopError
from skill.speaker.envelopes import Button
from skill.speaker.player import PlayerState
from skill.speaker.turns import Exchange
from tests.speaker.jukebox import STOP, jukebox, jukebox_device, play
from tests.speaker.small import Clock


def sent(exchanges: tuple[Exchange, ...]) -> list[tuple[str, str | None, int]]:
    """The requests of some exchanges by name, with the player's token and offset in milliseconds as it was then."""
    found = []
    for exchange in exchanges:
        request, player = exchange.request["request"], exchange.request["context"]["AudioPlayer"]
        name = request["intent"]["name"] if "intent" in request else request["type"]
        found.append((name.rpartition(".")[2], player.get("token"), player.get("offsetInMilliseconds", 0)))
    return found


def playing_device(clock: Clock, seconds: float = 0) -> Device:
    """A device that has played the first stream for so long."""
    speaker = jukebox_device(clock)
    speaker.say("start the leg swings")
    clock.move(seconds)
    return speaker


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


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


def test_nothing_is_done_after_the_session(clock: Clock) -> None:
    """A device takes no directives from the answer to the end of a session."""

    def late(request: dict[str, Any]) -> dict[str, Any]:
        ended = request["request"]["type"] == "SessionEndedRequest"
        return {"version": "1.0", "response": {"directives": [STOP]}} if ended else jukebox(request)

    speaker = jukebox_device(clock, late)
    for words in ("start the leg swings", "why is my leg numb", "quit"):
        speaker.say(words)
    assert speaker.player.state.activity == "PLAYING"


def test_silence_out_of_a_session_catches_up(clock: Clock) -> None:
    """Time passes in silence as well."""
    speaker = playing_device(clock, 50)
    turn = speaker.silence()
    assert sent(turn.exchanges) == [("PlaybackNearlyFinished", "left", 50_000)]
    assert turn.speech == ""


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

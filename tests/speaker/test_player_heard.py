"""A player whose streams somebody really plays: how far they came is what was heard, and not what a clock says."""

from __future__ import annotations

import pytest

from skill.speaker.player import PlayerState
from tests.speaker.jukebox import jukebox_device, playing_device, sent
from tests.speaker.small import Clock
from tests.speaker.streams import NOON, SECOND, after, play, player, told


def test_heard_is_the_truth() -> None:
    """A stream that was held up is nearly finished and finished when it is really heard to be."""
    playing = player(play("long"))
    playing.heard("long", 45_000, NOON + 52 * SECOND)
    assert after(playing, 52) == [("Started", "long", 0, 0)]
    assert playing.state == PlayerState("PLAYING", "long", 45_000)
    assert after(playing, 200) == [("NearlyFinished", "long", 50_000, 57), ("Finished", "long", 60_000, 67)]


def test_heard_further_than_the_clock() -> None:
    """What is heard at its end is finished at once, and what follows begins then."""
    playing = player(play("long"), play("second", "ENQUEUE"))
    playing.heard("long", 61_000, NOON + 10 * SECOND)
    assert after(playing, 10) == [
        ("Started", "long", 0, 0),
        ("NearlyFinished", "long", 50_000, 0),
        ("Finished", "long", 60_000, 10),
        ("Started", "second", 0, 10),
    ]


def test_what_is_heard_of_another_stream() -> None:
    """It changes nothing, nor does what is heard of one that does not play."""
    playing = player(play("long"))
    playing.heard("second", 30_000, NOON)
    assert playing.state.offset_ms == 0
    playing.hold()
    playing.heard("long", 30_000, NOON)
    assert playing.state == PlayerState("PAUSED", "long", 0)


@pytest.mark.parametrize(("offset_ms", "reached"), [(30_000, 30_000), (0, 0), (99_000, 59_999)])
def test_seek(offset_ms: int, reached: int) -> None:
    """The stream stops where it is and starts where it is wanted, within its length."""
    playing = player(play("long"))
    assert after(playing, 5) == [("Started", "long", 0, 0)]
    playing.seek(offset_ms)
    assert told(list(playing.advance(NOON + 5 * SECOND)))[:2] == [
        ("Stopped", "long", 5000, 5),
        ("Started", "long", reached, 5),
    ]


def test_seek_back_from_the_end() -> None:
    """A stream that was nearly finished is so again when it comes there once more."""
    playing = player(play("long"))
    after(playing, 55)
    playing.seek(20_000)
    assert after(playing, 200)[-2:] == [("NearlyFinished", "long", 50_000, 85), ("Finished", "long", 60_000, 95)]


def test_seek_while_still() -> None:
    """A stream that waits goes on from there; one that is over, or was never there, goes nowhere."""
    playing = player(play("long"))
    playing.hold()
    playing.seek(40_000)
    playing.release()
    assert playing.state == PlayerState("PLAYING", "long", 40_000)
    after(playing, 100)
    playing.seek(10_000)
    assert playing.state == PlayerState("FINISHED", "long", 60_000)
    nothing = player()
    nothing.seek(5)
    assert nothing.state == PlayerState()


def test_seek_before_it_began() -> None:
    """A stream that was never begun, as somebody speaks, begins where it is wanted."""
    waiting = player()
    waiting.hold()
    waiting.perform(play("long"))
    waiting.seek(40_000)
    waiting.release()
    assert waiting.state == PlayerState("PLAYING", "long", 40_000)


def test_what_plays_is_known() -> None:
    """The stream, its length and those that follow can be looked at."""
    playing = player()
    assert (playing.stream, playing.length_ms, playing.queue) == (None, None, ())
    playing.perform(play("long"))
    playing.perform(play("second", "ENQUEUE"))
    assert playing.stream
    assert (playing.stream.token, playing.length_ms) == ("long", 60_000)
    assert [each.token for each in playing.queue] == ["second"]


def test_device_tells_what_was_heard(clock: Clock) -> None:
    """The skill gets the offset that was really heard, also as the one at which somebody interrupted."""
    speaker = playing_device(clock, 20)
    assert speaker.heard("left", 17_000).exchanges == ()
    assert sent(speaker.say("what helps").exchanges)[0] == ("PlaybackStopped", "left", 17_000)


def test_device_tells_of_a_stream_that_fails(clock: Clock) -> None:
    """What cannot be played has failed where it was, with a reason."""
    speaker = playing_device(clock, 20)
    (told,) = speaker.heard("left", 17_000, "no decoder").exchanges
    assert told.request["request"]["type"] == "AudioPlayer.PlaybackFailed"
    assert told.request["request"]["error"]["message"] == "no decoder"
    assert told.request["request"]["currentPlaybackState"]["offsetInMilliseconds"] == 17_000


def test_device_seeks(clock: Clock) -> None:
    """Seeking is a stop and a start, as the skill is told."""
    speaker = playing_device(clock, 20)
    assert sent(speaker.seek(5000).exchanges) == [
        ("PlaybackStopped", "left", 20_000),
        ("PlaybackStarted", "left", 5000),
    ]


def test_stream_waits_until_all_is_said(clock: Clock) -> None:
    """Where speaking takes time, a stream sounds when that has been told, and not before."""
    speaker = jukebox_device(clock)
    speaker.says_at_once = False
    assert sent(speaker.say("start the leg swings").exchanges) == [("StartExerciseIntent", None, 0)]
    clock.move(7)
    assert speaker.wait().exchanges == ()
    assert sent(speaker.spoken().exchanges) == [("PlaybackStarted", "left", 0)]
    speaker.say("why is my leg numb")
    assert speaker.spoken().exchanges == ()

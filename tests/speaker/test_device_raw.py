"""A device that sends requests as they stand, and one that gives up."""

from __future__ import annotations

from typing import Any

from skill.speaker.device import Device
from tests.speaker.jukebox import jukebox_device
from tests.speaker.small import Clock, device


def raw(kind: str, **envelope: Any) -> dict[str, Any]:
    """A request of that type which no device has made."""
    return {"version": "1.0", "context": {}, "request": {"type": kind}, **envelope}


def test_spoken_request() -> None:
    """A request with a session goes out as it stands, and the device says and keeps what comes back."""
    speaker = device()
    asked = raw("LaunchRequest", session={"attributes": {"turn": 6}})
    turn = speaker.send(asked)
    assert turn.exchanges[0].request == asked
    assert turn.speech == "Turn 7 was a launch. And now?"
    assert turn.reprompt == "What now?"
    assert speaker.in_session
    assert speaker.say("stop").speech == "Turn 8 was AMAZON.StopIntent."


def test_event(clock: Clock) -> None:
    """An event without a session is followed, and leaves a conversation as it is."""
    speaker: Device = jukebox_device(clock)
    turn = speaker.send(raw("PlaybackController.PlayCommandIssued"))
    assert turn.speech == ""
    assert speaker.player.state.activity == "PLAYING"
    speaker.say("why is my leg numb")
    assert speaker.in_session
    speaker.send(raw("PlaybackController.PauseCommandIssued"))
    assert speaker.in_session
    assert str(speaker.player.state.activity) == "STOPPED"


def test_giving_up(clock: Clock) -> None:
    """A device that gave up is in no conversation and still, and can be spoken to anew."""
    speaker = jukebox_device(clock)
    speaker.say("start the leg swings")
    assert speaker.player.state.activity == "PLAYING"
    speaker.say("why is my leg numb")
    speaker.give_up()
    assert not speaker.in_session
    assert str(speaker.player.state.activity) == "STOPPED"
    assert speaker.silence().speech == ""
    assert speaker.say("why is my leg numb").speech == "That was CausesIntent. And now?"

"""What is done in a conversation, and what is to come of it."""

from __future__ import annotations

import pytest

from skill.speaker.device import Device
from skill.web.simulator.steps import MOST_STEPS, ReplayError, Script, Step, missed, play, to_expect
from tests.speaker.jukebox import jukebox_device
from tests.speaker.small import Clock


@pytest.fixture
def player(clock: Clock) -> Device:
    """A device that plays streams."""
    return jukebox_device(clock)


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


def test_playing(player: Device, clock: Clock) -> None:
    """Each act does what it says."""
    launched = play(player, Step("launch"))
    assert launched.exchanges[0].request["request"]["type"] == "LaunchRequest"
    said = play(player, Step("say", "start the leg swings"))
    assert said.heard is not None
    assert said.heard.intent == "StartExerciseIntent"
    clock.move(61)
    waited = play(player, Step("wait"))
    assert "AudioPlayer.PlaybackFinished" in [each.request["request"]["type"] for each in waited.exchanges]
    pressed = play(player, Step("press", "pause"))
    assert pressed.exchanges[0].request["request"]["type"] == "PlaybackController.PauseCommandIssued"
    play(player, Step("say", "why is my leg numb"))
    assert player.in_session
    assert play(player, Step("silence")).speech == "What now?"
    assert not player.in_session


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        ({"intent": "CausesIntent", "ends": False, "playing": False, "says": ["THAT was"], "never_says": ["bye"]}, []),
        ({"intent": "OtherIntent"}, ["intent: CausesIntent"]),
        ({"ends": True}, ["ends: False"]),
        ({"playing": True}, ["playing: False"]),
        ({"says": ["that was", "something else"]}, ["says: something else"]),
        ({"never_says": ["and NOW"]}, ["never_says: and NOW"]),
        ({"plays": ["left"]}, ["plays: left"]),
    ],
)
def test_missing(expected: dict[str, object], lines: list[str], player: Device) -> None:
    """What was expected and did not come is named by its key."""
    step = Step("say", "why is my leg numb", expected=expected)
    assert list(missed(step, play(player, step), player)) == lines


def test_expecting(player: Device) -> None:
    """Of what was said, whole sentences are expected that came both times."""
    turn = play(player, Step("say", "why is my leg numb"))
    assert turn.speech == "That was CausesIntent. And now?"
    came = {"intent": "CausesIntent", "ends": False, "playing": False}
    assert to_expect(turn, player, "Well. And now?") == {**came, "says": ["And now?"]}
    assert to_expect(turn, player, "Something else") == came
    launched = play(player, Step("launch"))
    assert "intent" not in to_expect(launched, player, "")


@pytest.mark.parametrize("length", [0, MOST_STEPS + 1])
def test_length(length: int) -> None:
    """A conversation has turns, and no more than can be played at once."""
    with pytest.raises(ReplayError, match=f"of {length} turns: give 1 to {MOST_STEPS}"):
        Script((Step("launch"),) * length)

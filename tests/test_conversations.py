"""Dialogues as data, played with the local speaker in simulated time."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest

from skill.assistant import create_skill
from skill.content.reading import read_yaml
from skill.settings import IN_MEMORY, Settings
from skill.speaker.alarms import Alarms
from skill.speaker.device import Device
from skill.speaker.envelopes import Button
from skill.speaker.turns import Turn
from skill.triage.detector import detect
from tests.conftest import TESTS, checked, close, understanding
from tests.handlers.recorded import lengths, shelf
from tests.speaker.jukebox import jukebox_device
from tests.speaker.small import Clock

CONVERSATIONS = sorted((TESTS / "conversations").glob("*.yaml"))
KNOWN = {
    "say",
    "launch",
    "silence",
    "press",
    "wait",
    "after",
    "intent",
    "says",
    "never_says",
    "ends",
    "playing",
    "plays",
}


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_conversation(path: Path, tmp_path: Path) -> None:
    """Every turn is understood and answered as the file says."""
    dialogue = read_yaml(path)
    locale, clock = dialogue.get("locale", "en-US"), Clock()
    ids = (UUID(int=n) for n in count())
    alarms = Alarms(clock)
    settings = shelf(tmp_path / "shelf") if dialogue.get("recordings") else Settings(database=IN_MEMORY)
    skill = create_skill(settings, api_client=alarms)
    device = Device(
        checked(skill),
        understanding(locale),
        locale,
        clock,
        detect,
        alarms=alarms,
        stream_length=lengths(settings) if settings.tracks else lambda url: None,
        new_id=lambda: next(ids),
    )
    _converse(device, clock, dialogue["turns"])
    close(skill)


JUKEBOX: list[dict[str, Any]] = [
    {"say": "why is my leg numb", "ends": False, "playing": False},
    {"say": "start the leg swings", "ends": True, "playing": True, "plays": ["LEFT"]},
    {"wait": True, "after": 60, "playing": True, "plays": ["right"]},
    {"press": "previous", "playing": True},
    {"say": "stop", "intent": "AMAZON.PauseIntent", "playing": False, "plays": ["ri", "ht"]},
]


def test_streams() -> None:
    """A file may say that nobody speaks, that a button is pressed, and what is to be playing."""
    clock = Clock()
    _converse(jukebox_device(clock), clock, JUKEBOX)


@pytest.mark.parametrize(
    ("turn", "wrong", "complaint"),
    [
        (0, {"playing": True}, "the player is IDLE"),
        (1, {"playing": False}, "the player is PLAYING"),
        (2, {"plays": ["left"]}, "'left' is not what plays"),
        (2, {"after": 59}, "'right' is not what plays"),
        (3, {"press": "stop"}, "no button is called stop"),
        (4, {"plays": ["right", "left"]}, "'left' is not what plays"),
    ],
)
def test_wrong_streams_are_noticed(turn: int, wrong: dict[str, Any], complaint: str) -> None:
    """What plays otherwise than a file says makes its test fail."""
    clock = Clock()
    turns = [{**expected, **wrong} if number == turn else expected for number, expected in enumerate(JUKEBOX)]
    with pytest.raises(AssertionError, match=complaint):
        _converse(jukebox_device(clock), clock, turns)


def _converse(device: Device, clock: Clock, turns: list[dict[str, Any]]) -> None:
    for number, expected in enumerate(turns, start=1):
        assert expected.keys() <= KNOWN, f"turn {number}: {expected.keys() - KNOWN} mean nothing"
        clock.move(expected.get("after", 5))
        turn = _play(device, expected)
        where = f"turn {number}, {expected}: {turn.heard and turn.heard.intent}: {turn.speech}"
        for piece in expected.get("says", ()):
            assert piece.lower() in turn.speech.lower(), f"{piece!r} is missing in {where}"
        for piece in expected.get("never_says", ()):
            assert piece.lower() not in turn.speech.lower(), f"{piece!r} is in {where}"
        if "intent" in expected:
            assert turn.heard is not None, where
            assert turn.heard.intent == expected["intent"], where
        if "ends" in expected:
            assert device.in_session is not expected["ends"], where
        player = device.player.state
        if "playing" in expected:
            assert (player.activity == "PLAYING") is expected["playing"], f"the player is {player.activity} in {where}"
        for piece in expected.get("plays", ()):
            assert piece.lower() in (player.token or "").lower(), f"{piece!r} is not what plays in {where}: {player}"


def _play(device: Device, expected: dict[str, Any]) -> Turn:
    if expected.get("silence"):
        return device.silence()
    if expected.get("wait"):
        return Turn("", None, device.catch_up(), "", "")
    if "press" in expected:
        assert expected["press"] in get_args(Button), f"no button is called {expected['press']}"
        return device.press(expected["press"])
    return device.launch() if expected.get("launch") else device.say(expected["say"])

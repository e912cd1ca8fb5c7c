"""Dialogues as data, played with the local speaker in simulated time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from skill.content import read_yaml
from skill.speaker.device import Device, Turn
from skill.triage import detect
from tests.conftest import TESTS, Ask, understanding

CONVERSATIONS = sorted((TESTS / "conversations").glob("*.yaml"))
KNOWN = {"say", "launch", "silence", "after", "intent", "says", "never_says", "ends"}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_conversation(path: Path, ask: Ask) -> None:
    """Every turn is understood and answered as the file says."""
    dialogue = read_yaml(path)
    locale, clock = dialogue.get("locale", "en-US"), Clock()
    ids = (UUID(int=n) for n in count())
    device = Device(ask, understanding(locale), locale, clock, detect, new_id=lambda: next(ids))
    for number, expected in enumerate(dialogue["turns"], start=1):
        assert expected.keys() <= KNOWN, f"turn {number}: {expected.keys() - KNOWN} mean nothing"
        clock.now += timedelta(seconds=expected.get("after", 5))
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


def _play(device: Device, expected: dict[str, Any]) -> Turn:
    if expected.get("silence"):
        return device.silence()
    return device.launch() if expected.get("launch") else device.say(expected["say"])

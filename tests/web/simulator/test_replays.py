"""Replays of Amazon's toolkit: read and written as the toolkit does, and a fault is named with its key and the cure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skill.web.simulator.replays import LONGEST_FILE, read, read_toolkit, write_toolkit
from skill.web.simulator.steps import ReplayError, Script, Step

REPLAY = {"skillId": "amzn1.ask.skill.1", "locale": "en-GB", "userInput": ["open steady legs", " why is my leg numb "]}


def test_reading() -> None:
    """All that a replay holds is said, in its locale."""
    steps = (Step("say", "open steady legs"), Step("say", "why is my leg numb"))
    assert read_toolkit(json.dumps(REPLAY)) == Script(steps, "en-GB")


def test_writing() -> None:
    """What is said is kept, opening the skill is said, and the rest is left out."""
    steps = (Step("launch"), Step("say", "why is my leg numb"), Step("press", "play"), Step("silence"), Step("wait"))
    written = json.loads(write_toolkit(Script(steps, "en-GB"), "steady legs", "amzn1.ask.skill.1"))
    assert written == {**REPLAY, "userInput": ["open steady legs", "why is my leg numb"]}


def test_nothing_was_said() -> None:
    """Without a word there is nothing that the toolkit could replay."""
    with pytest.raises(ReplayError, match="say something first"):
        write_toolkit(Script((Step("wait"),)), "steady legs", "amzn1.ask.skill.1")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"locale": None}, "locale: give a text"),
        ({"userInput": "hello"}, "userInput: give a list"),
        ({"userInput": ["hello", ""]}, r"userInput\[1\]: give the words"),
        ({"userInput": [{"text": "hello"}]}, r"userInput\[0\]: give the words"),
        ({"userInput": []}, "of 0 turns"),
    ],
)
def test_faults(changes: dict[str, Any], complaint: str) -> None:
    """A fault is named with its key."""
    with pytest.raises(ReplayError, match=complaint):
        read_toolkit(json.dumps({**REPLAY, **changes}))


@pytest.mark.parametrize(
    ("text", "form", "complaint"),
    [
        ("{", "toolkit", "line 1 column 2"),
        ("[" * 100_000, "toolkit", "this is no JSON"),
        ("[]", "toolkit", 'a replay is an object with "skillId"'),
        ("{}", "zip", "format 'zip': give one of dialogue, toolkit"),
        (" " * (LONGEST_FILE + 1), "dialogue", "replay a part of it"),
        ("turns: [3]", "dialogue", "line 1: a turn has keys"),
    ],
)
def test_files(text: str, form: str, complaint: str) -> None:
    """What is no file of its format is refused."""
    with pytest.raises(ReplayError) as caught:
        read(text, form)
    assert complaint in str(caught.value)

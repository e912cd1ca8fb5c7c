"""The workbench on the real skill: requests as they stand, fixtures, and conversations written down and had again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speaker.device import Device
from skill.speaker.envelopes import LOCAL_SKILL
from skill.speaker.screen import Screen
from skill.speaker.wall_clock import WallClock
from skill.web.simulator.actions import ACTIONS
from skill.web.simulator.conversations import Conversation, Conversations, RequestError
from skill.web.simulator.fixtures import folder_of
from skill.web.simulator.home import our_home
from skill.web.simulator.replays import read
from skill.web.simulator.workbench import export, raw, replay, save_fixture
from tests.conftest import TESTS, request
from tests.speaker.small import Clock

Open = Callable[..., Conversation]


@pytest.fixture
def open_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens conversations of the real skill without a voice, with their recordings in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    conversations = Conversations(our_home(Settings(database=IN_MEMORY)), Clock(), voice="none")
    return lambda locale="en-US", device="none": conversations.open(locale, device)


def do(conversation: Conversation, act: str, after: float = 5, **fields: Any) -> str:
    """Do something in a conversation, some seconds later, and tell what was said."""
    assert isinstance(conversation.device.clock, WallClock)
    conversation.device.clock.forward(after)
    turns = ACTIONS[act](conversation, {"do": act, **fields})["turns"]
    return str(turns[0].turn.speech) if turns else ""


def talk(conversation: Conversation) -> None:
    """A conversation with a bit of everything."""
    do(conversation, "launch")
    do(conversation, "say", text="why is my leg numb")
    do(conversation, "say", text="no")
    do(conversation, "say", text="start the knee rotations")
    do(conversation, "say", 42, text="how many are left")
    do(conversation, "press", button="pause")
    do(conversation, "say", text="stop")


def test_raw(open_: Open) -> None:
    """A request goes to the skill as it stands, the device does as it is answered, and rubbish is told of as such."""
    conversation = open_()
    (taken,) = raw(conversation, {"do": "raw", "envelope": request("StartExerciseIntent/new_session")})["turns"]
    assert taken.observed.exchanges[0].request == request("StartExerciseIntent/new_session")
    assert taken.turn.speech
    assert conversation.device.in_session
    (taken,) = raw(conversation, {"do": "raw", "envelope": {"session": {}, "request": {"type": "No"}}})["turns"]
    assert taken.observed.failure is not None
    assert "EnvelopeError" in taken.observed.failure.why
    with pytest.raises(RequestError, match="envelope: give a request envelope"):
        raw(conversation, {"do": "raw", "envelope": "LaunchRequest"})


def test_saving(open_: Open, tmp_path: Path) -> None:
    """The request of a turn that was spoken to is saved, or another one by its place."""
    conversation = open_()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "tests" / "requests").mkdir(parents=True)
    object.__setattr__(conversation.home, "fixtures", folder_of(tmp_path))
    talk(conversation)
    outcome = save_fixture(conversation, {"turn": 2, "name": "mine"})
    assert outcome["saved"] == "tests/requests/CausesIntent/mine.json"
    assert json.loads((tmp_path / outcome["saved"]).read_text())["request"]["intent"]["name"] == "CausesIntent"
    assert save_fixture(conversation, {"turn": 2, "name": "other", "exchange": 0})["saved"].endswith("other.json")
    for asked, complaint in (
        ({"turn": 2, "name": "mine"}, "there already"),
        ({"turn": 2, "name": "../mine"}, "small letters"),
        ({"turn": 2, "name": "b", "exchange": 9}, "exchange: the turn has 1 requests"),
        ({"turn": 99, "name": "b"}, "turn: there is no turn 99"),
        ({"turn": "2", "name": "b"}, "turn: give a whole number"),
        ({"turn": 2}, "name: give a text"),
    ):
        with pytest.raises(RequestError, match=complaint):
            save_fixture(conversation, asked)


def test_dialogue_that_tests_play(open_: Open, tmp_path: Path) -> None:
    """A conversation written down as a dialogue is played by the tests, and they find what it expects."""
    conversation = open_("en-GB")
    talk(conversation)
    outcome = export(conversation, {"format": "dialogue"})
    assert outcome["left_out"] == 0
    script = read(outcome["text"], "dialogue")
    assert [step.act for step in script.steps] == ["launch", "say", "say", "say", "say", "press", "say"]
    assert [step.after_s for step in script.steps] == [5, 5, 5, 5, 42, 5, 5]
    assert script.steps[1].expected["intent"] == "CausesIntent"
    assert script.steps[6].expected["ends"] is True
    assert sum(len(step.expected.get("says", ())) for step in script.steps) >= 5
    copied = tmp_path / "tests"
    (copied / "conversations").mkdir(parents=True)
    for name in ("__init__.py", "conftest.py", "test_conversations.py"):
        shutil.copy(TESTS / name, copied / name)
    for room in ("speaker", "handlers"):
        shutil.copytree(TESTS / room, copied / room, ignore=shutil.ignore_patterns("test_*", "__pycache__"))
    (tmp_path / "interaction_model").symlink_to(TESTS.parent / "interaction_model")
    (copied / "conversations" / "saved_here.yaml").write_text(outcome["text"], encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_conversations.py"]
    ran = subprocess.run([*command, "-k", "saved_here"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr + outcome["text"]
    assert "1 passed" in ran.stdout


def test_replay_of_what_was_written(open_: Open) -> None:
    """What was written down is had again by somebody new, brings what was expected, and is gone on with."""
    first, second = open_(), open_()
    talk(first)
    text = export(first, {"format": "dialogue"})["text"]
    do(second, "say", text="start the toe stretches")
    outcome = replay(second, {"format": "dialogue", "text": text})
    assert outcome["missed"] == {}
    assert [taken.number for taken in outcome["turns"]] == [2, 3, 4, 5, 6, 7, 8][: len(outcome["turns"])]
    assert "Welcome" in outcome["turns"][0].turn.speech
    assert outcome["turns"][4].turn.speech == first.turn(5).turn.speech
    # What came before the file began is no part of what is written down from there.
    again = export(second, {"format": "dialogue"})["text"]
    assert again == text
    assert do(second, "say", text="why is my leg numb")


def test_expectations_that_are_missed(open_: Open) -> None:
    """What a file expects and does not come is told by the number of the turn."""
    text = "turns:\n  - {launch: true}\n  - {say: why is my leg numb, intent: StopIntent, says: [nerve, no such words]}"
    outcome = replay(open_(), {"format": "dialogue", "text": text})
    assert outcome["missed"] == {2: ["intent: CausesIntent", "says: no such words"]}


def test_failing_skill(open_: Open) -> None:
    """A conversation in which the skill failed is written down and had again like any other."""
    conversation = open_()
    home, make = conversation.home, conversation.home.make

    def failing(locale: str, screen: Screen | None) -> Device:
        return replace(make(locale, screen), skill=lambda envelope: {"response": 7})

    object.__setattr__(home, "make", failing)
    first = replay(conversation, {"format": "dialogue", "text": "turns: [{launch: true}]"})["turns"][0]
    assert first.observed.failure is not None
    text = export(conversation, {"format": "dialogue"})["text"]
    assert read(text, "dialogue").steps[0].expected["says"] == [first.turn.speech]


def test_time_passes_at_once(open_: Open) -> None:
    """The seconds of a file are not waited for: a timer of ten minutes is over when it says so."""
    turns = [
        "{say: start the foot bath}",
        '{say: "yes"}',
        "{say: I approve, says: [Your timer runs]}",
        "{say: why is my leg numb, after: 500, never_says: [Your foot bath is over]}",
        "{say: help, after: 110, says: [Your foot bath is over]}",
    ]
    text = "turns:\n" + "".join(f"  - {turn}\n" for turn in turns)
    assert replay(open_(), {"format": "dialogue", "text": text})["missed"] == {}


def test_toolkit(open_: Open) -> None:
    """The toolkit's format goes out and in; what it cannot hold is counted."""
    conversation = open_()
    talk(conversation)
    outcome = export(conversation, {"format": "toolkit"})
    written = json.loads(outcome["text"])
    assert (written["skillId"], written["locale"]) == (LOCAL_SKILL, "en-US")
    assert written["userInput"][:3] == ["open steady legs", "why is my leg numb", "no"]
    assert outcome["left_out"] == 1
    turns = replay(open_(), {"format": "toolkit", "text": outcome["text"]})["turns"]
    assert [taken.turn.utterance for taken in turns] == written["userInput"]


def test_nobody_is_changed(open_: Open) -> None:
    """Neither writing down nor having again touches what is kept of the person at the device."""
    conversation = open_()
    talk(conversation)
    home, user_id = conversation.home, conversation.device.user_id
    kept = home.kept.of(user_id)
    assert kept
    text = export(conversation, {"format": "dialogue"})["text"]
    replay(conversation, {"format": "dialogue", "text": text})
    assert home.kept.of(user_id) == kept


@pytest.mark.parametrize(
    ("act", "asked", "complaint"),
    [
        (export, {"format": "zip"}, "format: give one of dialogue, toolkit"),
        (export, {}, "format: give a text"),
        (export, {"format": "dialogue"}, "of 0 turns"),
        (replay, {"format": "dialogue"}, "text: give a text"),
        (replay, {"format": "dialogue", "text": "turns: [3]"}, "line 1: a turn has keys"),
        (replay, {"format": "toolkit", "text": "{"}, "this is no JSON"),
        (replay, {"format": "zip", "text": "{"}, "format 'zip'"),
        (
            replay,
            {"format": "dialogue", "text": "locale: en-GB\nturns: [{launch: true}]"},
            "locale: the file is for en-GB; switch to that first",
        ),
    ],
)
def test_faults(act: Any, asked: dict[str, Any], complaint: str, open_: Open) -> None:
    """What cannot be done as asked names the key and the cure, and changes nothing."""
    conversation = open_()
    device = conversation.device
    with pytest.raises(RequestError, match=complaint):
        act(conversation, asked)
    assert conversation.device is device

"""The command: what it prints for good input, and one clear line with exit code 2 for bad input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from skill import cli
from skill.settings import IN_MEMORY
from skill.speaker import local
from tests.conftest import TESTS, assert_keeps_rules, speech
from tests.printed import Output, complaint, lines, objects
from tests.speaker.jukebox import jukebox, jukebox_device
from tests.speaker.small import Clock

DANGER = "my face is drooping and my arm is weak"
LAUNCH = TESTS / "requests" / "LaunchRequest" / "new_session.json"


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of these tests is kept, and no setting of this machine matters."""
    monkeypatch.setenv("STEADY_LEGS_DATABASE", IN_MEMORY)
    monkeypatch.delenv("STEADY_LEGS_SKILL_ID", raising=False)


class Pipe(io.BytesIO):
    """Bytes on standard input."""

    name = "<stdin>"


def piped(monkeypatch: pytest.MonkeyPatch, data: str | bytes) -> None:
    """Put data on standard input, as a pipe does."""
    raw = data.encode() if isinstance(data, str) else data
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(raw), encoding="utf-8"))


def test_talk_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A conversation of six lines, with a routine in the middle and danger at the end."""
    said = [
        "open steady legs",
        "why is my leg numb",
        "start the leg swings",
        "next",
        "how many are left",
        DANGER,
    ]
    piped(monkeypatch, "\n".join(said) + "\n\n")
    assert cli.main(["talk"]) == 0
    turns = "\n".join(lines(capsys)).strip().split("\n\n")
    assert [turn.split("\n", 1)[0] for turn in turns] == [f"> {line}" for line in said]
    welcome, causes, swings, following, left, urgent = (turn.split("\n", 1)[1] for turn in turns)
    assert "Welcome to Steady Legs" in welcome
    assert "nerve" in causes
    assert "the left leg, eighty times" in swings
    assert "the right leg, eighty times" in following
    assert "left on the right leg" in left
    assert "911" in urgent.split(". ")[0]


def test_talk_shows_what_plays(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A line tells of the player when it plays something else or stops, and none while it plays on."""
    clock = Clock()

    def slow(envelope: dict[str, Any]) -> dict[str, Any]:
        if (envelope["request"]["type"], envelope["request"].get("token")) == ("AudioPlayer.PlaybackStarted", "left"):
            clock.move(65)
        return jukebox(envelope)

    monkeypatch.setattr(local, "local_speaker", lambda *_: jukebox_device(clock, slow))
    piped(monkeypatch, "\n".join(["what helps", "start the leg swings", "what helps", "why is my leg numb", "stop"]))
    assert cli.main(["talk"]) == 0
    assert "\n".join(lines(capsys)).split("\n\n") == [
        "> what helps\nThat was RemediesIntent.",
        "> start the leg swings\nThat was StartExerciseIntent.\n▶ The left leg 0:00",
        "> what helps\n▶ The right leg 0:05\nThat was RemediesIntent.",
        "> why is my leg numb\nThat was CausesIntent. And now?\n⏸ The right leg 0:05",
        "> stop\nThat was AMAZON.StopIntent.\n⏹ The right leg 0:05\n",
    ]


@pytest.mark.parametrize(("locale", "number"), [("en-US", "911"), ("en-GB", "999"), ("en-IN", "112")])
def test_ask_text(locale: str, number: str, capsys: Output) -> None:
    """One utterance is answered in its locale."""
    assert cli.main(["ask", "--locale", locale, DANGER]) == 0
    assert number in " ".join(lines(capsys))


@pytest.mark.parametrize("source", ["file", "-"])
def test_ask_lines_as_json(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Each line of a file or of standard input is asked by a new person, and gives one object."""
    said = ["open steady legs", "what helps", "open steady legs", "zoë's leg is numb"]
    text = "\n".join([said[0], "", *said[1:]])
    path = tmp_path / "said.txt"
    path.write_text(text, encoding="utf-8")
    piped(monkeypatch, text)
    assert cli.main(["ask", "--json", "--file", str(path) if source == "file" else "-"]) == 0
    answers = objects(capsys)
    assert [each["utterance"] for each in answers] == said
    for each in answers:
        assert set(each) == {"utterance", "request", "response"}
        assert each["request"]["session"]["new"] is True
        assert_keeps_rules(each["request"], each["response"])
    assert len({each["request"]["session"]["user"]["userId"] for each in answers}) == len(answers)
    assert "not medical advice" in speech(answers[0]["response"])
    assert "not medical advice" in speech(answers[2]["response"])


def test_triage(tmp_path: Path, capsys: Output) -> None:
    """Each text gets its category and tier, or null for both."""
    path = tmp_path / "texts.txt"
    path.write_text(f"{DANGER}\nmy leg fell asleep\n", encoding="utf-8")
    assert cli.main(["triage", "--file", str(path)]) == 0
    assert objects(capsys) == [
        {"text": DANGER, "category": "stroke_tia", "tier": "EMERGENCY_NOW"},
        {"text": "my leg fell asleep", "category": None, "tier": None},
    ]
    assert cli.main(["triage", ""]) == 0
    assert objects(capsys) == [{"text": "", "category": None, "tier": None}]


def test_invoke(capsys: Output) -> None:
    """Fixtures go through the Lambda entry, one response a line."""
    assert cli.main(["invoke", str(LAUNCH), str(LAUNCH)]) == 0
    first, second = objects(capsys)
    for response in (first, second):
        assert_keeps_rules(json.loads(LAUNCH.read_text(encoding="utf-8")), response)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (None, "No such file"),
        (b"{", "Expecting"),
        (b"\xff", "utf-8"),
        (b"[" * 100_000, "recursion"),
        (b"[]", "not list"),
        (b"{}", '"request" object'),
        (b'{"request": {"type": "IntentRequest"}, "context": {"System": {}}}', '"intent" object'),
    ],
    ids=["missing", "no json", "no text", "too deep", "a list", "no request", "no intent"],
)
def test_invoke_with_a_bad_file(content: bytes | None, named: str, tmp_path: Path, capsys: Output) -> None:
    """What cannot be read or is no envelope is named with its file."""
    path = tmp_path / "request.json"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["invoke", str(path)]) == 2
    message = complaint(capsys)
    assert str(path) in message
    assert named in message


@pytest.mark.parametrize("command", ["ask", "triage"])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "either some words or --file"),
        (["words", "--file", "x"], "either some words or --file"),
        (["--file", "no-such-file"], "no-such-file"),
        (["--file", "."], "directory"),
        (["--locale", "de-DE", "words"], "the skill speaks en-US"),
        (["--locale", "", "words"], "the skill speaks en-US"),
    ],
)
def test_bad_arguments(command: str, arguments: list[str], named: str, capsys: Output) -> None:
    """What cannot be done as given is said in one line."""
    assert cli.main([command, *arguments]) == 2
    assert named in complaint(capsys)


@pytest.mark.parametrize("arguments", [["talk"], ["ask", "--file", "-"], ["triage", "--file", "-"]])
def test_input_that_is_no_text(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Bytes that are no UTF-8 are an error and no stack trace."""
    piped(monkeypatch, b"\xff\xfe\n")
    assert cli.main(arguments) == 2
    assert "<stdin>: 'utf-8'" in complaint(capsys)


def test_file_that_is_no_text(tmp_path: Path, capsys: Output) -> None:
    """So are they in a file, which is named."""
    path = tmp_path / "said.txt"
    path.write_bytes(b"hello\n\xff\n")
    assert cli.main(["ask", "--file", str(path)]) == 2
    assert str(path) in complaint(capsys)


@pytest.mark.parametrize("command", [["talk"], ["serve"], ["invoke", str(LAUNCH)]])
def test_bad_setting(command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """A setting that cannot be used is named."""
    monkeypatch.setenv("STEADY_LEGS_SKILL_ID", "mine")
    assert cli.main(command) == 2
    assert "STEADY_LEGS_SKILL_ID" in complaint(capsys)


@pytest.mark.parametrize("arguments", [[], ["dance"], ["ask", "--loud"], ["serve", "--port", "http"]])
def test_unknown_command(arguments: list[str], capsys: Output) -> None:
    """A command that does not exist ends with code 2 and one line that says where help is."""
    assert cli.main(arguments) == 2
    assert "--help" in complaint(capsys)

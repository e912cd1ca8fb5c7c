"""The command: what it prints for good input, and one clear line with exit code 2 for bad input."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from skill import cli
from skill.settings import IN_MEMORY
from skill.speaker import local
from tests.conftest import TESTS, assert_keeps_rules, speech
from tests.speaker.jukebox import jukebox, jukebox_device
from tests.speaker.small import Clock
from tests.web.simulator import hello

Output = pytest.CaptureFixture[str]
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


def lines(output: Output) -> list[str]:
    """What was printed, a line each; nothing may stand on standard error."""
    captured = output.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def objects(output: Output) -> list[Any]:
    """What was printed, as JSON objects, one a line."""
    return [json.loads(line) for line in lines(output)]


def complaint(output: Output) -> str:
    """The one line on standard error."""
    captured = output.readouterr()
    assert captured.err.startswith("steady-legs: ")
    assert captured.err.count("\n") == 1
    return captured.err


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


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--unverified", "--host", "0.0.0.0"], "loopback"),  # noqa: S104  # that is what must be refused
        (["--unverified", "--host", "192.168.1.7"], "loopback"),
        (["--unverified", "--host", "example.org"], "loopback"),
        (["--unverified", "--host", ""], "loopback"),
        (["--unverified", "--proxy"], "either --proxy or --unverified"),
        (["--threads", "0"], "one or more"),
        (["--port", "0"], "from 1 to 65535"),
        (["--port", "65536"], "from 1 to 65535"),
    ],
)
def test_serve_only_this_machine(arguments: list[str], named: str, capsys: Output) -> None:
    """Unverified, an address that others could reach is refused; and so is, always, what cannot be served."""
    assert cli.main(["serve", *arguments]) == 2
    assert named in complaint(capsys)


class Announced:
    """A server that takes no requests, and notes where it would."""

    taken: frozenset[int] = frozenset()

    def __init__(self, app: Any, host: str, port: int, threads: int) -> None:
        if port in self.taken:
            raise OSError("Address already in use")
        self.effective_port = port or 40_123

    def run(self) -> None:
        """Serve nobody."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pages that a browser was to show; servers serve nobody."""
    pages: list[str] = []
    monkeypatch.setattr("skill.web.server.Server", Announced)
    monkeypatch.setattr("webbrowser.open", pages.append)
    monkeypatch.setattr("skill.web.logs.log_json", lambda: None)
    return pages


def test_serve_tells_where(shown: list[str], capsys: Output) -> None:
    """Where Alexa's requests go, and where the page is; nothing is shown unless that is asked for."""
    assert cli.main(["serve"]) == 0
    alexa, page = lines(capsys)
    assert alexa.endswith("at http://127.0.0.1:5000/alexa")
    assert page == "The local speaker is at http://127.0.0.1:5000/"
    assert shown == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7"])  # noqa: S104  # nobody listens there
def test_page_is_for_this_machine(host: str, shown: list[str], capsys: Output) -> None:
    """Where others could reach the server there is nothing to say of a page that nobody would be shown."""
    assert cli.main(["serve", "--host", host, "--open"]) == 0
    assert len(lines(capsys)) == 1
    assert shown == []


def test_serve_shows_the_page(shown: list[str], capsys: Output) -> None:
    """The browser of this machine is asked to show it."""
    assert cli.main(["serve", "--unverified", "--open", "--port", "5123"]) == 0
    until = time.monotonic() + 5
    while not shown and time.monotonic() < until:
        time.sleep(0.01)
    assert shown == ["http://127.0.0.1:5123/"]


def test_port_that_is_taken(shown: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Unverified and unless a port is named, any other one will do; Alexa's proxy would look for it in vain."""
    monkeypatch.setattr(Announced, "taken", frozenset({5000}))
    assert cli.main(["serve", "--unverified"]) == 0
    assert lines(capsys)[1].endswith(":40123/")
    for arguments in (["serve"], ["serve", "--unverified", "--port", "5000"]):
        assert cli.main(arguments) == 2
        assert "--port 5000: Address already in use" in complaint(capsys)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--skill", "hello:handler"], "both --skill and --model"),
        (["--model", "en-US.json"], "both --skill and --model"),
        (["--skill", "nothing_there:handler", "--model", "en-US.json"], "nothing_there"),
    ],
)
def test_other_skill_that_is_not_there(arguments: list[str], named: str, shown: list[str], capsys: Output) -> None:
    """Another skill needs its handler and its model, and both must be there."""
    assert cli.main(["serve", "--unverified", *arguments]) == 2
    assert named in complaint(capsys)


def test_other_skill(shown: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Another skill with a model of its own is served in the same speaker."""
    (tmp_path / "hello_there.py").write_text(hello.LAMBDA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    arguments = ["--skill", "hello_there:handler", "--model", hello.model_file(tmp_path)]
    assert cli.main(["serve", "--unverified", *arguments]) == 0
    assert "local speaker" in lines(capsys)[1]


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

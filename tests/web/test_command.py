"""The command `serve`: what it tells of where it serves what, and one clear line for what cannot be served."""

from __future__ import annotations

import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from skill import cli
from skill.settings import IN_MEMORY
from tests.printed import Output, complaint, lines
from tests.web.serving import free_port, served
from tests.web.simulator import hello


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of these tests is kept, and no setting of this machine matters."""
    monkeypatch.setenv("STEADY_LEGS_DATABASE", IN_MEMORY)
    monkeypatch.delenv("STEADY_LEGS_SKILL_ID", raising=False)


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


WITHOUT = "import sys; sys.modules['rapidfuzz'] = None; from skill.cli import main; sys.exit(main())"
"""The command where a package of the local speaker is not installed."""


def test_without_the_speaker(tmp_path: Path) -> None:
    """Where only what a server needs is installed Alexa is answered, and there is no page."""
    port = free_port()
    with served(tmp_path, port, "-c", WITHOUT, "serve", "--unverified", "--port", str(port)):
        answers = []
        for path in ("/health", "/"):
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            answers.append(connection.getresponse().status)
            connection.close()
        assert answers == [200, 404]


@pytest.mark.parametrize("arguments", [["--open"], ["--skill", "hello:handler", "--model", "en-US.json"]])
def test_without_the_speaker_that_is_asked_for(arguments: list[str]) -> None:
    """Whoever asks for the page is told what to install, in one line."""
    command = [sys.executable, "-c", WITHOUT, "serve", "--unverified", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    said = "steady-legs: the local speaker needs rapidfuzz; install this with its extras speaker and tracks\n"
    assert (ran.returncode, ran.stderr, ran.stdout) == (2, said, "")


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


def test_other_skill(shown: list[str], folder: Path, capsys: Output) -> None:
    """Another skill with a model of its own is served by its own name, and what is not as on a device is told."""
    (folder / "hello_there.py").write_text(hello.LAMBDA, encoding="utf-8")
    arguments = ["--skill", "hello_there:handler", "--model", hello.model_file(folder)]
    assert cli.main(["serve", "--unverified", *arguments]) == 0
    assert lines(capsys) == [
        "My Hello answers this machine only, UNVERIFIED, at http://127.0.0.1:5000/alexa",
        "Any words will do here in slots of type AMAZON.FirstName",
        "The local speaker is at http://127.0.0.1:5000/",
    ]

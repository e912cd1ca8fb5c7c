"""The process that Pico speaks in, with an engine in it that misbehaves as the real one can."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from skill.speech.voices.engine import from_pcm
from skill.speech.voices.pico_process import WORKER, PicoProcess
from skill.speech.voices.voice import VoiceError

ENGINE = """
import os, re, sys, time
from pathlib import Path
folder = Path(__file__).parent
class NanoTTS:
    def speak(self, text, voice="", speed=1.0, volume=1.0):
        with open(folder / "calls", "a") as file:
            print(os.getpid(), text, file=file)
        times = (folder / "calls").read_text().count(text)
        if text == "hang" or text == "hang once" and times == 1:
            re.fullmatch("(a+)+", "a" * 64 + "b")  # for ever, and no other Python thread gets a turn
        if text == "end" or text == "end once" and times == 1:
            os._exit(3)
        if text == "slow":
            time.sleep(0.5)
        if text == "complain":
            raise RuntimeError("pico_getData failed")
        if text == "print":
            os.write(1, b"noise")
        if text == "modules":
            return " ".join(sys.modules).encode()
        return f"{text} {voice} {speed} {volume}".encode()
"""
"""A stand-in for the package py_nanotts."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in's own folder, which comes first wherever Python looks for packages."""
    package = tmp_path / "py_nanotts"
    package.mkdir()
    (package / "__init__.py").write_text(ENGINE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return package


@pytest.fixture
def process() -> Iterator[PicoProcess]:
    """A process that gets two seconds for an answer."""
    process = PicoProcess("pico-test", patience_s=2.0)
    yield process
    process.close()


def question(text: str) -> dict[str, Any]:
    """The engine's arguments."""
    return {"text": text, "voice": "en-US", "speed": 1.5, "volume": 0.5}


def callers(folder: Path) -> list[int]:
    """The process of each call so far."""
    calls = folder / "calls"
    return [int(line.split()[0]) for line in calls.read_text(encoding="utf-8").splitlines()] if calls.exists() else []


def alive(pid: int) -> bool:
    """Whether the process is running or waits to be collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_arguments_and_sound_get_through(folder: Path, process: PicoProcess) -> None:
    """One process answers all questions, whatever letters are in them."""
    for text in ("one", 'naïve "café" \\ 日本', "x" * 5000):
        assert process.ask(question(text)) == f"{text} en-US 1.5 0.5".encode()
    assert len(set(callers(folder))) == 1


def test_hanging_engine_is_ended_and_asked_again(folder: Path, process: PicoProcess) -> None:
    """A question that hangs once is answered by another process; the first one is gone."""
    assert process.ask(question("hang once")).startswith(b"hang once")
    assert process.ask(question("two")).startswith(b"two")
    first, second, third = callers(folder)
    assert first != second == third
    assert not alive(first)


def test_engine_that_always_hangs(folder: Path) -> None:
    """Two tries, then an error with a cure, no process left, and the next question is answered."""
    process = PicoProcess("pico-test", patience_s=0.5)
    start = time.monotonic()
    with pytest.raises(VoiceError, match=r"pico-test: 'hang': .* more than 0\.5 s, twice; .*another voice"):
        process.ask(question("hang"))
    assert 1.0 <= time.monotonic() - start < 10
    # A process that is killed while it starts has not called the engine.
    assert not any(map(alive, callers(folder)))
    process = PicoProcess("pico-test", patience_s=10)
    assert process.ask(question("two")).startswith(b"two")
    process.close()


def test_ended_engine_is_asked_again(folder: Path, process: PicoProcess) -> None:
    """An engine that ends its process is asked once more, and a second end is an error."""
    assert process.ask(question("end once")).startswith(b"end once")
    with pytest.raises(VoiceError, match="pico-test: 'end': the engine ended"):
        process.ask(question("end"))
    assert len(callers(folder)) == 4
    assert process.ask(question("two")).startswith(b"two")


def test_complaint_is_an_error_and_no_end(folder: Path, process: PicoProcess) -> None:
    """What the engine refuses is said at once, and the process goes on."""
    with pytest.raises(VoiceError, match="pico-test: 'complain': RuntimeError: pico_getData failed"):
        process.ask(question("complain"))
    assert process.ask(question("two")).startswith(b"two")
    assert len(callers(folder)) == 2
    assert len(set(callers(folder))) == 1


def test_printing_engine_disturbs_nothing(folder: Path, process: PicoProcess) -> None:
    """What the engine writes to standard output is not in the answer."""
    assert process.ask(question("print")) == b"print en-US 1.5 0.5"
    assert process.ask(question("two")) == b"two en-US 1.5 0.5"


def test_question_that_is_broken_off(folder: Path, process: PicoProcess) -> None:
    """After Ctrl-C, the answer that was waited for is not taken for the next one."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    usual = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.25)
        with pytest.raises(KeyboardInterrupt):
            process.ask(question("slow"))
    finally:
        signal.signal(signal.SIGALRM, usual)
    assert process.ask(question("two")).startswith(b"two")


def test_worker_is_light(folder: Path, process: PicoProcess) -> None:
    """The process imports nothing of the skill and nothing that starts slowly."""
    modules = set(process.ask(question("modules")).decode().split())
    assert "json" in modules
    assert not {name for name in modules if name.split(".")[0] in {"skill", "asyncio", "typing", "subprocess", "numpy"}}


def test_fresh_process_where_memory_stays_dirty(
    folder: Path, process: PicoProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the C library has no mallopt, every call gets a process of its own."""
    (folder.parent / "ctypes.py").write_text("class CDLL:\n    def __init__(self, name): pass\n", encoding="utf-8")
    assert [process.ask(question(text)).split()[0] for text in ("one", "two", "three")] == [b"one", b"two", b"three"]
    assert len(set(callers(folder))) == 3
    assert not any(map(alive, callers(folder)))


def test_fresh_processes_sound_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real engine, a process for each call and one with clean memory give the same sound."""
    text = {**question("Now change sides, and keep your back straight."), "speed": 1.0}
    usual = PicoProcess("usual", 20)
    sounds = [from_pcm(usual.ask(text)) for _ in range(3)]
    usual.close()
    (tmp_path / "ctypes.py").write_text("class CDLL:\n    def __init__(self, name): pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    fresh = PicoProcess("fresh", 20)
    sounds += [from_pcm(fresh.ask(text)) for _ in range(3)]
    fresh.close()
    assert isinstance(sounds[0], array)
    assert all(sound == sounds[0] for sound in sounds)


def test_threads_take_turns(folder: Path, process: PicoProcess) -> None:
    """Threads that ask at once all get their own answer from one process."""
    texts = [f"number {n}" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: process.ask(question(text)), texts))
    assert answers == [f"{text} en-US 1.5 0.5".encode() for text in texts]
    assert len(set(callers(folder))) == 1


@pytest.mark.parametrize("let_go", ["close", "forget"])
def test_process_ends_with_its_owner(let_go: str, folder: Path) -> None:
    """Closing ends it at once, and so does letting go of the object."""
    process = PicoProcess("pico-test", 10)
    process.ask(question("one"))
    (pid,) = callers(folder)
    assert alive(pid)
    if let_go == "close":
        process.close()
    else:
        del process
        gc.collect()
    assert not alive(pid)


def test_process_ends_with_the_program(folder: Path) -> None:
    """A program that ends without closing leaves no process behind, and no complaint."""
    program = (
        "from skill.speech.voices.pico_process import PicoProcess; p = PicoProcess('x', 10);"
        "print(p.ask({'text': 'one'}))"
    )
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(  # our own interpreter
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert done.stderr == b""
    assert done.stdout == b"b'one  1.0 1.0'\n"
    (pid,) = callers(folder)
    assert not alive(pid)


def test_orphan_ends_itself(folder: Path) -> None:
    """A hanging process whose owner is gone does not go on for ever."""
    path = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(  # our own interpreter
        [sys.executable, "-P", str(WORKER), "0.5"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    ) as orphan:
        orphan.communicate(b'{"text": "hang"}\n', timeout=30)
    assert orphan.returncode == 1
    assert callers(folder) == [orphan.pid]


def test_no_process_can_be_started(process: PicoProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that does not know its own path is an error with a cure."""
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(VoiceError, match=r"pico-test: no process can be started: .*; use another voice"):
        process.ask(question("one"))


def test_engine_that_cannot_be_imported(folder: Path, process: PicoProcess) -> None:
    """A broken installation is named."""
    (folder / "__init__.py").write_text("raise ImportError('native extension failed to load')", encoding="utf-8")
    with pytest.raises(VoiceError, match="ImportError: native extension failed to load"):
        process.ask(question("one"))

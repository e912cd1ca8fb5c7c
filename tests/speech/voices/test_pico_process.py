"""The process that Pico speaks in, with an engine in it that misbehaves as the real one can."""

from __future__ import annotations

import signal
import sys
import time
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill.speech.voices.engine import from_pcm
from skill.speech.voices.pico_process import PicoProcess
from skill.speech.voices.voice import VoiceError
from tests.speech.voices.bad_engine import alive, callers, question


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

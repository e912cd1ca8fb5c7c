"""The process that Pico speaks in, seen from outside: asked, waited for, and ended when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from skill.speech.voices.voice import VoiceError

WORKER = Path(__file__).with_name("pico_worker.py")
"""What the process runs."""


class PicoProcess:
    """A process that is started when it is first needed, and anew when it has ended; for threads, not for forks."""

    def __init__(self, name: str, patience_s: float) -> None:
        self._name = name
        self._patience_s = patience_s
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] | None = None

    def ask(self, question: dict[str, Any]) -> bytes:
        """The sound for the engine's arguments; one that does not come is asked for once more; raises VoiceError."""
        line = json.dumps(question).encode() + b"\n"
        with self._lock:
            answer = self._answer(line) or self._answer(line)
        if answer is None:
            raise VoiceError(
                f"{self._name}: {question['text'][:40]!r}: the engine ended or took more than {self._patience_s:g} s,"
                " twice; give it other words, or use another voice"
            )
        error, sound = answer
        if error:
            raise VoiceError(f"{self._name}: {question['text'][:40]!r}: {error}; give it other words")
        return sound

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._stop()

    def _answer(self, line: bytes) -> tuple[str, bytes] | None:
        """The engine's complaint and its sound, one of them empty; None when the process ended before it answered."""
        process = self._running or self._start()
        # A hanging engine holds everything but a signal up, and reading ends when the process does.
        limit = Timer(self._patience_s, process.kill)
        limit.daemon = True
        limit.start()
        try:
            header, sound = _exchange(process, line)
        except (OSError, ValueError):
            self._stop()
            return None
        except BaseException:
            # The answer to a question that was broken off must not become the answer to the next one.
            self._stop()
            raise
        finally:
            limit.cancel()
        if not header["again"]:
            self._stop()
        return header["error"], sound

    def _start(self) -> subprocess.Popen[bytes]:
        # The worker finds what this process finds, however that was set up, and nothing from the folder it lies in.
        path = os.pathsep.join(each or os.getcwd() for each in sys.path)
        command = [sys.executable, "-P", str(WORKER), str(2 * self._patience_s)]
        try:
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and file
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError as error:
            raise VoiceError(f"{self._name}: no process can be started: {error}; use another voice") from error
        self._running = process
        self._end = weakref.finalize(self, _ended, process)
        return process

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._running = self._end = None


def _exchange(process: subprocess.Popen[bytes], line: bytes) -> tuple[dict[str, Any], bytes]:
    """The header and sound for a question; raises OSError or ValueError when the process ended over it."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("no pipes")
    process.stdin.write(line)
    process.stdin.flush()
    header = json.loads(process.stdout.readline())
    sound = process.stdout.read(header["bytes"])
    if len(sound) < header["bytes"]:
        raise ValueError("half an answer")
    return header, sound


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()

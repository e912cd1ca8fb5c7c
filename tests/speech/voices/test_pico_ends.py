"""The process that Pico speaks in is light, and ends with whoever started it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from skill.speech.voices.pico_process import WORKER, PicoProcess
from tests.speech.voices.bad_engine import alive, callers, question


def test_worker_is_light(folder: Path, process: PicoProcess) -> None:
    """The process imports nothing of the skill and nothing that starts slowly."""
    modules = set(process.ask(question("modules")).decode().split())
    assert "json" in modules
    assert not {name for name in modules if name.split(".")[0] in {"skill", "asyncio", "typing", "subprocess", "numpy"}}


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

"""Servers as they run for real, in processes of their own, and in a thread where a test has its hand in them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import make_server


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    port: int
    """Where it answers on this machine."""
    process: subprocess.Popen[bytes]
    """The process."""
    log: Path
    """What it writes to standard error."""

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and the code with which it does."""
        self.process.send_signal(by)
        return self.process.wait(20)


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, port: int, *command: str, **environment: str) -> Iterator[Served]:
    """Python with these arguments, once something listens at the port."""
    log = folder / f"log-{port}"
    with log.open("wb") as errors:
        process = subprocess.Popen(  # what tests themselves say
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=errors, env={**os.environ, **environment}
        )
    try:
        until_listening(port, process, log)
        yield Served(port, process, log)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """The address of an application that a thread of this process serves."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def until_listening(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once something listens at the port; fails with what the process had to say if it ends before."""
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until, "nothing listens"
            time.sleep(0.05)

"""AWS Lambda's Runtime API for one instance of a function: what it asks is taken and answered in turn.

All happens in the thread of whoever drives it, and no more is read than the runtime sends, so it costs next to nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from selectors import EVENT_READ, DefaultSelector
from socket import IPPROTO_TCP, TCP_NODELAY, create_server, socket
from typing import BinaryIO

PREFIX = "/2018-06-01/runtime/"
"""What all paths begin with."""

PART_S = 10
"""Seconds that a request may take to arrive once it has begun."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the runtime, which waits for its answer."""

    what: str
    """Its path behind the prefix, such as `invocation/next`."""
    headers: Mapping[str, str]
    """With names in lower case."""
    body: bytes
    """What it reports; empty where it only asks."""
    at: float
    """When it had arrived, by the clock `time.perf_counter`."""
    connection: socket
    """Where the answer goes."""


class RuntimeApi:
    """Listens on this machine, at a port of its own."""

    def __init__(self) -> None:
        self._listener = create_server(("127.0.0.1", 0))
        self._selector = DefaultSelector()
        self._selector.register(self._listener, EVENT_READ)

    @property
    def address(self) -> str:
        """What AWS_LAMBDA_RUNTIME_API says."""
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def asked(self, within_s: float) -> Asked | None:
        """The next request; None when none comes in that time."""
        until = time.monotonic() + within_s
        while ready := self._selector.select(max(0.0, until - time.monotonic())):
            ends: tuple[socket, BinaryIO] | None = ready[0][0].data
            if ends is None:
                self._accept()
            elif asked := _read(*ends):
                return asked
            else:
                self._hang_up(*ends)
        return None

    def answer(
        self, asked: Asked, status: HTTPStatus, body: bytes = b"{}", headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer a request with JSON."""
        head = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        asked.connection.sendall(f"HTTP/1.1 {status} {status.phrase}\r\n{lines}\r\n".encode() + body)

    def close(self) -> None:
        """Listen no more, and hang up."""
        for key in [*self._selector.get_map().values()]:
            if key.data is not None:
                self._hang_up(*key.data)
        self._selector.close()
        self._listener.close()

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        connection.settimeout(PART_S)
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)
        self._selector.register(connection, EVENT_READ, (connection, connection.makefile("rb")))

    def _hang_up(self, connection: socket, stream: BinaryIO) -> None:
        self._selector.unregister(connection)
        stream.close()
        connection.close()


def _read(connection: socket, stream: BinaryIO) -> Asked | None:
    """The request that has begun to arrive; None when the other end has hung up."""
    try:
        line = stream.readline()
    except ConnectionResetError:
        return None
    if not line:
        return None
    path = line.split(b" ")[1].decode()
    headers = {}
    while line := stream.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    if headers.get("expect") == "100-continue":
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = stream.read(int(headers.get("content-length", 0)))
    return Asked(path.removeprefix(PREFIX), headers, body, time.perf_counter(), connection)

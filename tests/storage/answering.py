"""Servers in the place of DynamoDB that answer as they are told to, and remember what they were asked."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.storage.table import ENVIRONMENT
from tests.web.authority import Leaf, key, leaf, pem, private_pem, root

PATIENCE_S = 5
"""Seconds after which what has not happened never will."""


class Server(ThreadingHTTPServer):
    """A server that answers in one way."""

    daemon_threads = True

    def __init__(self, answer: Answer, *, keeps_open: bool = False, trust: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.keeps_open = keeps_open
        self.over = Event()
        self.left = Event()
        self.connections = 0
        self.ended = 0
        self.asked: list[dict[str, str]] = []
        self.bodies: list[dict[str, Any]] = []
        if trust:
            self.socket = trust.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def shutdown_request(self, request: Any) -> None:
        """End a connection, and count it."""
        super().shutdown_request(request)
        self.ended += 1

    def drained(self) -> None:
        """Fail unless all connections come to their end soon."""
        until = time.monotonic() + PATIENCE_S
        while self.ended < self.connections:
            assert time.monotonic() < until, "a connection is still open"
            time.sleep(0.001)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up on us, as they should."""


class Handler(BaseHTTPRequestHandler):
    """Answers as its server is told to."""

    server: Server
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Count a connection."""
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path, **{key.lower(): value for key, value in self.headers.items()}})
        self.server.bodies.append(json.loads(body))
        self.close_connection = not self.server.keeps_open
        self.server.answer(self, body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name it has
        """Say nothing."""


Answer = Callable[[Handler, bytes], None]


def always(status: int, text: bytes) -> Answer:
    """An answer that is always the same."""

    def answer(handler: Handler, body: bytes) -> None:
        head(handler, status, len(text))
        handler.wfile.write(text)

    return answer


def silent(handler: Handler, body: bytes) -> None:
    """Says nothing until the other end has left, or for ten seconds."""
    handler.connection.settimeout(10)
    with suppress(TimeoutError):
        handler.connection.recv(1)
        handler.server.left.set()


def hangs_up(handler: Handler, body: bytes) -> None:
    """Closes the connection without a word."""
    handler.close_connection = True


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other, and then the last one for ever."""
    left = list(answers)

    def answer(handler: Handler, body: bytes) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler, body)

    return answer


def head(handler: Handler, status: int, length: int) -> None:
    """Begin an answer."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()


@contextmanager
def answering(answer: Answer, *, keeps_open: bool = False, trust: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on this machine that answers like that."""
    with Server(answer, keeps_open=keeps_open, trust=trust) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


@contextmanager
def served(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that answers like that, to which the environment leads."""
    with answering(answer) as server:
        for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}.items():
            monkeypatch.setenv(name, value)
        yield server


def certified(folder: Path, *names: str) -> ssl.SSLContext:
    """What a server over TLS needs to be taken for any of these names; `root.pem` in the folder trusts it."""
    today = datetime.now(UTC)
    made = Leaf(names=names, begins=today - timedelta(days=1), ends=today + timedelta(days=1))
    (folder / "root.pem").write_bytes(pem(root().certificate))
    (folder / "chain.pem").write_bytes(pem(leaf(root(), made)))
    (folder / "key.pem").write_bytes(private_pem(key("leaf")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    return context

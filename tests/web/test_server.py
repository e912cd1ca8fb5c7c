"""The server, in a process of its own: it is patient with nobody, loses no answer, and says what it does."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill.web.door import LARGEST_REQUEST
from skill.web.server import LEFT_OVER
from tests.conftest import REQUESTS
from tests.web.serving import Served, free_port, served

APP = """
import sys, time
from skill.web import server
from skill.web.logs import log_json
server.ARRIVAL_S, server.GRACE_S = 1.5, 4
def app(environ, start):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.7)
    read = len(environ["wsgi.input"].read())
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(read).encode().ljust(int(environ["QUERY_STRING"] or 0))]
log_json()
server.Server(app, "127.0.0.1", int(sys.argv[1]), threads=2).run()
"""
"""An application that takes its time if asked to, and answers at the length that it is asked for."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """The server with that application and two threads."""
    port = free_port()
    with served(tmp_path, port, "-c", APP, str(port)) as running:
        yield running


def connected(server: Served) -> socket.socket:
    """A connection."""
    return socket.create_connection(("127.0.0.1", server.port), 10)


def get(server: Served, path: str) -> tuple[int, int]:
    """The status of a page and its length."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
    connection.request("GET", path)
    answer = connection.getresponse()
    length = len(answer.read())
    connection.close()
    return answer.status, length


def told(server: Served, sent: bytes) -> tuple[int, bytes]:
    """The status and the body that come back for bytes."""
    with connected(server) as connection:
        connection.sendall(sent)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_ends_when_all_is_answered(by: signal.Signals, server: Served) -> None:
    """Requests that have come are answered, those that wait for a thread, too, and then the process ends by itself."""
    with ThreadPoolExecutor(5) as clients, connected(server) as idle:
        asked = [clients.submit(get, server, "/slow?9") for _ in range(5)]
        time.sleep(0.4)
        begin = time.monotonic()
        assert server.end(by) == 0
        assert time.monotonic() - begin < 5
        assert [each.result() for each in asked] == [(200, 9)] * 5
        assert idle.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        connected(server)


def test_end_waits_for_nobody_who_dribbles(server: Served) -> None:
    """A request that does not arrive cannot keep the process."""
    with connected(server) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1")
        time.sleep(0.2)
        begin = time.monotonic()
        assert server.end() == 0
        assert time.monotonic() - begin < 7


@pytest.mark.parametrize(
    "start", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n"]
)
def test_slow_clients_keep_nobody_waiting(start: bytes, server: Served) -> None:
    """However many dribble in headers or a body, others are answered at once; and their time is soon over."""
    slow = [connected(server) for _ in range(60)]
    for connection in slow:
        connection.sendall(start)
    begin, closed = time.monotonic(), 0
    while closed < len(slow) and time.monotonic() - begin < 8:
        asked = time.monotonic()
        assert get(server, "/") == (200, 1)
        assert time.monotonic() - asked < 1
        time.sleep(0.2)
        closed = sum(_is_closed(connection) for connection in slow)
    assert closed == len(slow)
    assert time.monotonic() - begin > 1.4
    for connection in slow:
        connection.close()


def _is_closed(connection: socket.socket) -> bool:
    """Whether the other end has closed it; one more byte is sent if it has not."""
    try:
        connection.sendall(b"x")
        connection.settimeout(0.001)
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_slow_readers_get_all(server: Served) -> None:
    """A long answer arrives whole, also where it is taken slowly; others are answered meanwhile."""
    length = LEFT_OVER * 100
    with connected(server) as connection:
        connection.sendall(f"GET /?{length} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
        assert get(server, "/") == (200, 1)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert len(answer.read()) == length


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (LARGEST_REQUEST + 1), 413),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    ],
)
def test_what_cannot_be_read(sent: bytes, status: int, server: Served) -> None:
    """It is refused with an error in JSON, and logged without a word of it."""
    got, body = told(server, sent)
    assert got == status
    assert set(json.loads(body)) == {"error"}
    assert {"time", "level", "from", "event", "status"} == set(server.lines()[-1])
    assert server.lines()[-1]["status"] == status


def test_the_largest_request(server: Served) -> None:
    """A body at the limit is read, whether its length is told or it comes in chunks; one byte more is not."""
    body = b"x" * LARGEST_REQUEST
    head = b"POST / HTTP/1.1\r\nHost: x\r\n"
    assert told(server, head + b"Content-Length: %d\r\n\r\n" % len(body) + body) == (200, b"%d" % len(body))
    chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
    assert told(server, head + chunks % (len(body) // 2, body[: len(body) // 2])) == (200, b"%d" % (len(body) // 2))
    assert told(server, head + chunks % (len(body) + 1, body + b"x"))[0] == 413


def test_connections_are_kept(server: Served) -> None:
    """A connection serves more than one request, also when they come at once."""
    with connected(server) as connection:
        connection.sendall(b"GET /?3 HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        got = b""
        while got.count(b"HTTP/1.1 200") < 2 or not got.endswith(b"\r\n\r\n0  "):
            got += connection.recv(4096)


def test_serve_unverified(tmp_path: Path) -> None:
    """The command says in its first line and in each line of its log that it does not verify, and answers no proxy."""
    port, body = free_port(), (REQUESTS[0].parents[1] / "LaunchRequest" / "new_session.json").read_bytes()
    command = "import sys; from skill.cli import main; sys.exit(main())"
    arguments = ("-c", command, "serve", "--unverified", "--port", str(port))
    with served(tmp_path, port, *arguments, STEADY_LEGS_DATABASE=":memory:") as running:
        head = b"POST /alexa HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n" % (port, len(body))
        assert told(running, head + b"\r\n" + body)[0] == 200
        assert told(running, head + b"X-Forwarded-For: 127.0.0.1\r\n\r\n" + body)[0] == 403
        answered, refused = running.lines()
        assert running.end() == 0
        assert running.process.stdout
        assert b"UNVERIFIED" in running.process.stdout.readline()
    shared = {"level": "info", "event": "request", "method": "POST", "path": "/alexa", "verified": False}
    assert answered.items() >= (shared | {"status": 200, "type": "LaunchRequest"}).items()
    assert refused.items() >= (shared | {"status": 403, "client": "127.0.0.1"}).items()

"""DynamoDB by the standard library: over few connections, in time, and again where that may help."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier, Event
from typing import Any

import pytest

from skill.storage import light_client
from skill.storage.light_client import LightClient
from tests.storage.answering import Answer, Handler, Server, always, answering, hangs_up, head, in_turn, silent
from tests.storage.asking import KEY, TOKEN, WELL, error_of, to

THROTTLED = always(400, b'{"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"}')
CONFLICT = b'{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "Item": {"n": {"N": "1"}}}'


def cut_off(handler: Handler, body: bytes) -> None:
    """Says less than it has announced."""
    head(handler, 200, 30)
    handler.wfile.write(b"{")
    handler.close_connection = True


@contextmanager
def asking(answer: Answer, *, keeps_open: bool = True) -> Iterator[tuple[Server, LightClient]]:
    """A server, and a client of it."""
    with answering(answer, keeps_open=keeps_open) as server, closing(to(server)) as client:
        yield server, client


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a server to recover."""
    monkeypatch.setattr(light_client, "PAUSE_S", 0)


def test_what_is_asked() -> None:
    """An operation is a post of its values, signed, for the operation by DynamoDB's name."""
    with asking(WELL) as (server, client):
        assert client.ask("get_item", KEY) == {"Item": {}}
        asked = server.asked[0]
        assert (asked["path"], asked["x-amz-target"]) == ("/", "DynamoDB_20120810.GetItem")
        assert asked["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")
        assert (asked["host"], asked["x-amz-security-token"]) == (f"127.0.0.1:{server.server_port}", TOKEN)
        assert server.bodies == [KEY]


def test_connection_is_kept() -> None:
    """One connection serves what is asked one after the other."""
    with asking(WELL) as (server, client):
        for _ in range(5):
            client.ask("get_item", KEY)
        assert (server.connections, len(server.bodies)) == (1, 5)


def test_closed_connection_is_not_used() -> None:
    """That the other end has closed a connection while it stood idle is noticed, and costs no attempt."""
    with asking(in_turn(WELL, always(500, b""), WELL), keeps_open=False) as (server, client):
        for _ in range(2):
            assert client.ask("get_item", KEY) == {"Item": {}}
            server.drained()
        assert (server.connections, len(server.bodies)) == (3, 3)


def test_old_connection_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that stood idle for long may be dead without a word."""
    monkeypatch.setattr(light_client, "IDLE_S", -1)
    with asking(WELL) as (server, client):
        for _ in range(3):
            client.ask("get_item", KEY)
        assert server.connections == 3


@pytest.mark.parametrize("fault", [hangs_up, cut_off, always(500, b""), always(503, b"<html>"), THROTTLED])
def test_passing_fault(fault: Answer) -> None:
    """What fails once, in a way that passes, is sent again, over a connection of its own."""
    with asking(in_turn(WELL, fault, WELL)) as (server, client):
        for _ in range(2):
            assert client.ask("get_item", KEY) == {"Item": {}}
        assert server.bodies == [KEY, KEY, KEY]
        assert server.connections == 2


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (hangs_up, "RemoteDisconnected"),
        (cut_off, "IncompleteRead"),
        (always(500, b""), "500"),
        (always(500, b'{"__type": "InternalServerError"}'), "InternalServerError"),
        (THROTTLED, "ThrottlingException"),
    ],
)
def test_lasting_fault(fault: Answer, code: str) -> None:
    """What fails twice has failed."""
    with asking(fault) as (server, client):
        assert error_of(client).code == code
        assert len(server.bodies) == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            always(400, b'{"__type": "com.amazon.coral.validate#ValidationException", "message": "ann"}'),
            "ValidationException",
        ),
        (always(400, b'{"__type": "x#ann is not valid"}'), "400"),
        (always(400, b'{"__type": null}'), "400"),
        (always(403, b'["ann"]'), "403"),
        (always(404, b"\xff"), "404"),
        (always(302, b""), "302"),
        (always(200, b""), "ValueError"),
        (always(200, b"[]"), "ValueError"),
        (always(200, b'{"Item": '), "ValueError"),
    ],
)
def test_final_fault(answer: Answer, code: str) -> None:
    """What would fail again is not sent again, and its error is a word that quotes nothing."""
    with asking(answer) as (server, client):
        error = error_of(client)
        assert (error.code, str(error), error.item) == (code, code, None)
        assert len(server.bodies) == 1


def test_conflict() -> None:
    """A condition that is not met comes with the item that stood in its way."""
    with asking(always(400, CONFLICT)) as (server, client):
        error = error_of(client)
        assert (error.code, error.item) == ("ConditionalCheckFailedException", {"n": {"N": "1"}})
        assert len(server.bodies) == 1


def test_slow_server() -> None:
    """A server that says nothing is left alone soon, and not asked again."""
    with answering(silent) as server, closing(to(server, wait_s=0.1)) as client:
        assert error_of(client).code == "TimeoutError"
        assert server.left.wait(5)
        assert len(server.bodies) == 1


def test_nobody_there() -> None:
    """Where nobody listens, the error says so."""
    with answering(WELL) as server:
        pass
    with closing(to(server)) as client:
        assert error_of(client).code == "ConnectionRefusedError"


def test_threads_at_once() -> None:
    """Threads share a client: each gets its own answer, and at most as many connections are open as threads ask."""
    together = Barrier(4)

    def echo(handler: Handler, body: bytes) -> None:
        always(200, body)(handler, body)

    with asking(echo) as (server, client):

        def ask(thread: int) -> list[Any]:
            together.wait()
            return [client.ask("get_item", {"n": f"{thread} {time}"})["n"] for time in range(25)]

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(ask, range(4)))
        assert answers == [[f"{thread} {time}" for time in range(25)] for thread in range(4)]
        assert server.connections <= 4


def test_closed_client() -> None:
    """Closing lets go of idle connections at once, and of one that is in use when it has its answer."""
    asked, go = Event(), Event()

    def slowly(handler: Handler, body: bytes) -> None:
        asked.set()
        go.wait(5)
        WELL(handler, body)

    for answer in (WELL, slowly):
        with asking(answer) as (server, client), ThreadPoolExecutor(1) as pool:
            asked.clear()
            done = pool.submit(client.ask, "get_item", KEY)
            if answer is slowly:
                assert asked.wait(5)
            else:
                done.result()
            client.close()
            go.set()
            assert done.result() == {"Item": {}}
            server.drained()

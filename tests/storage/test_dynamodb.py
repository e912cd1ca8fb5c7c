"""The DynamoDB storage, over HTTP: shared, expiring, and never in the way of a turn when the server is no use."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from ask_sdk_core.exceptions import PersistenceException
from boto3.session import Session

from skill.assistant import create_skill
from skill.settings import Settings
from skill.storage.dynamodb import KEPT_DAYS, DynamoDbAdapter
from skill.storage.revision import REVISION
from skill.storage.sqlite import IN_MEMORY
from tests.conftest import checked, close, request
from tests.handlers.asking import says
from tests.storage.table import ENVIRONMENT
from tests.storage.updates import ANN, BOB, at_once, count_up, counted

DAY_S = 24 * 3600
ENOUGH_S = 3


@pytest.fixture
def storage(table: str) -> Iterator[DynamoDbAdapter]:
    """The storage of an empty table."""
    with closing(DynamoDbAdapter(table)) as adapter:
        yield adapter


def item_of_ann(table: str) -> dict[str, Any]:
    """Ann's item as it stands in the table."""
    with closing(Session().client("dynamodb")) as client:
        found: dict[str, Any] = client.get_item(TableName=table, Key={"user": {"S": "ann"}})["Item"]
        return found


def put(table: str, item: dict[str, Any]) -> None:
    """Make an item of Ann's by hand."""
    with closing(Session().client("dynamodb")) as client:
        client.put_item(TableName=table, Item={"user": {"S": "ann"}, **item})


def test_no_update_is_lost(table: str, storage: DynamoDbAdapter) -> None:
    """Four processes that change one record at once lose none of their changes."""
    at_once(partial(DynamoDbAdapter, table), processes=4, times=15, patience_s=60)
    assert counted(storage) == 60


def test_item(table: str, storage: DynamoDbAdapter) -> None:
    """An item has these attributes, and every writing puts off its end."""
    storage.save_attributes(ANN, {"n": 1})
    item = item_of_ann(table)
    assert set(item) == {"user", "record", "revision", "expires"}
    assert json.loads(item["record"]["S"]) == {"n": 1}
    assert abs(int(item["expires"]["N"]) - time.time() - KEPT_DAYS * DAY_S) < 60
    put(table, {**item, "expires": {"N": str(int(time.time()) + DAY_S)}})
    storage.save_attributes(ANN, {"n": 2, REVISION: item["revision"]["S"]})
    assert int(item_of_ann(table)["expires"]["N"]) > time.time() + (KEPT_DAYS - 1) * DAY_S


def test_expired_record_is_none(table: str, storage: DynamoDbAdapter) -> None:
    """A record whose time is over is not read, even before the table lets go of it, and the next one replaces it."""
    storage.save_attributes(ANN, {"n": 1})
    put(table, {**item_of_ann(table), "expires": {"N": str(int(time.time()) - 1)}})
    stored = storage.get_attributes(ANN)
    assert set(stored) == {REVISION}
    storage.save_attributes(ANN, {**stored, "n": 2})
    assert storage.get_attributes(ANN)["n"] == 2


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"record": {"S": "{"}},
        {"record": {"M": {"n": {"N": "1"}}}, "revision": {"S": "a.b"}},
        {"record": {"S": "[]"}, "revision": {"N": "7"}, "expires": {"S": "never"}},
    ],
)
def test_damaged_item_is_none(item: dict[str, Any], table: str, storage: DynamoDbAdapter) -> None:
    """An item that somebody else has made, or made worse, is as good as none, and the next one replaces it."""
    put(table, item)
    stored = storage.get_attributes(ANN)
    assert set(stored) <= {REVISION}
    if set(item.get("revision", {"S": ""})) == {"S"}:
        storage.save_attributes(ANN, {**stored, "n": 1})
        assert storage.get_attributes(ANN)["n"] == 1


def test_missing_table_is_a_persistence_error(table: str) -> None:
    """A table that is not there is named, and nothing of the person is."""
    with (
        closing(DynamoDbAdapter(f"no-{table}")) as adapter,
        pytest.raises(PersistenceException, match=f"^table no-{table}: ResourceNotFoundException$"),
    ):
        adapter.get_attributes(ANN)


@pytest.mark.parametrize(
    ("missing", "error"), [("AWS_DEFAULT_REGION", "NoRegionError"), ("AWS_ACCESS_KEY_ID", "NoCredentialsError")]
)
def test_missing_configuration_is_a_persistence_error(
    missing: str, error: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a region or credentials the error names what boto3 misses."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if "KEY" in missing else (missing,):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    with closing(DynamoDbAdapter(table)) as adapter, pytest.raises(PersistenceException, match=error):
        adapter.get_attributes(BOB)


def test_library_is_loaded_when_it_is_needed() -> None:
    """Neither a skill with a file, nor one with a table before its first look into it, loads boto3."""
    code = """
import sys
from skill.assistant import answer, create_skill
from skill.settings import Settings
from tests.conftest import request

for table in (None, "legs"):
    answer(create_skill(Settings(database=":memory:", table=table)), request("CausesIntent/new_session"))
print([name for name in sys.modules if name.startswith("boto")])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # ours
    assert run.stdout.strip() == "[]"


# Servers that are no use


class Server(ThreadingHTTPServer):
    """A server that answers badly."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.over = Event()
        self.left = Event()
        self.bodies: list[dict[str, Any]] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up on us, as they should."""


class Handler(BaseHTTPRequestHandler):
    """Answers as its server is told to."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        self.close_connection = True
        self.server.answer(self, body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name it has
        """Say nothing."""


Answer = Callable[[Handler, bytes], None]


def _silent(handler: Handler, body: bytes) -> None:
    """Says nothing until the other end has left, or for ten seconds."""
    handler.connection.settimeout(10)
    with suppress(TimeoutError):
        handler.connection.recv(1)
        handler.server.left.set()


def _drop_by_drop(handler: Handler, body: bytes) -> None:
    """Gives a byte every now and then, so that no wait for the next one is long."""
    _head(handler, 200, 30)
    for _ in range(30):
        if not handler.server.over.wait(0.2):
            handler.wfile.write(b" ")


def _broken(handler: Handler, body: bytes) -> None:
    """Answers that something is wrong with it."""
    _head(handler, 503, 0)


def _overrun(handler: Handler, body: bytes) -> None:
    """Has too much to do."""
    text = b'{"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}'
    _head(handler, 400, len(text))
    handler.wfile.write(text)


def _hangs_up(handler: Handler, body: bytes) -> None:
    """Closes the connection without a word."""


def _head(handler: Handler, status: int, length: int) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()


@contextmanager
def served(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that answers like that, to which the environment leads."""
    with Server(answer) as server:
        for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}.items():
            monkeypatch.setenv(name, value)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def is_led_in_time(caplog: pytest.LogCaptureFixture) -> None:
    """Fail unless a set is led soon, and the log says that its place is lost, and not whose."""
    caplog.set_level(logging.WARNING, logger="skill")
    skill = create_skill(Settings(database=IN_MEMORY, table="legs"))
    began = time.monotonic()
    response = checked(skill)(request("StartRoutineIntent/full"))
    assert time.monotonic() - began < ENOUGH_S
    assert says(response, "routine.done")
    assert any(re.fullmatch(r"storage could not be \w+: table legs: \w+", message) for message in caplog.messages)
    assert "amzn1.ask.account" not in caplog.text
    close(skill)


@pytest.mark.parametrize("answer", [_silent, _drop_by_drop, _broken, _overrun, _hangs_up])
def test_bad_server(answer: Answer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the server does, the turn goes on."""
    with served(answer, monkeypatch):
        is_led_in_time(caplog)


def test_no_server(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Where no server is at all, the turn goes on."""
    with served(_broken, monkeypatch):
        pass
    is_led_in_time(caplog)


def test_slow_server_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not waited for any more ends soon, so that a slow server does not fill us with threads."""
    with served(_silent, monkeypatch) as server, closing(DynamoDbAdapter("legs")) as adapter:
        with pytest.raises(PersistenceException, match=r"^table legs: \w*TimeoutError$"):
            adapter.get_attributes(ANN)
        assert server.left.wait(2)


def test_lost_answer(table: str, dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change whose answer gets lost is made once, and no other turn's change is taken for it."""

    def forward(handler: Handler, body: bytes) -> None:
        headers = {key: value for key, value in handler.headers.items() if key.startswith(("X-Amz", "Content-Type"))}
        forwarded = Request(dynamodb, body, {**headers, "Authorization": handler.headers["Authorization"]})  # noqa: S310
        try:
            with urlopen(forwarded) as response:  # noqa: S310  # it is the server of this test
                status, text = 200, response.read()
        except HTTPError as error:
            status, text = error.code, error.read()
        puts = sum("Item" in each for each in handler.server.bodies)
        if "Item" not in json.loads(body) or puts != 1:
            _head(handler, status, len(text))
            handler.wfile.write(text)

    with served(forward, monkeypatch) as server, closing(DynamoDbAdapter(table)) as adapter:
        count_up(lambda: adapter, 3)
        assert counted(adapter) == 3
        assert sum("Item" in each for each in server.bodies) == 4
        assert all(each.get("ConsistentRead") for each in server.bodies if "Key" in each)

"""The DynamoDB storage is never in the way of a turn, whatever its server does."""

from __future__ import annotations

import json
import logging
import re
import time
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.assistant import create_skill
from skill.settings import IN_MEMORY, Settings
from skill.storage.dynamodb import DynamoDbAdapter
from tests.conftest import checked, close, request
from tests.handlers.asking import says
from tests.storage.answering import Answer, Handler, always, hangs_up, head, served, silent
from tests.storage.updates import ANN, count_up, counted

pytestmark = pytest.mark.usefixtures("client")

ENOUGH_S = 3
BROKEN = always(503, b"")
OVERRUN = always(400, b'{"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}')


def drop_by_drop(handler: Handler, body: bytes) -> None:
    """Gives a byte every now and then, so that no wait for the next one is long."""
    head(handler, 200, 30)
    for _ in range(30):
        if not handler.server.over.wait(0.2):
            handler.wfile.write(b" ")


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


@pytest.mark.parametrize("answer", [silent, drop_by_drop, BROKEN, OVERRUN, hangs_up])
def test_bad_server(answer: Answer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the server does, the turn goes on."""
    with served(answer, monkeypatch):
        is_led_in_time(caplog)


def test_no_server(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Where no server is at all, the turn goes on."""
    with served(BROKEN, monkeypatch):
        pass
    is_led_in_time(caplog)


def test_slow_server_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not waited for any more ends soon, so that a slow server does not fill us with threads."""
    with served(silent, monkeypatch) as server, closing(DynamoDbAdapter("legs")) as adapter:
        with pytest.raises(PersistenceException, match=r"^table legs: \w*TimeoutError$"):
            adapter.get_attributes(ANN)
        assert server.left.wait(2)


def test_lost_answer(table: str, dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change whose answer gets lost is made once, and no other turn's change is taken for it."""

    def forward(handler: Handler, body: bytes) -> None:
        signed = ("authorization", "content-type", "x-amz-")
        headers = {key: value for key, value in handler.headers.items() if key.lower().startswith(signed)}
        forwarded = Request(dynamodb, body, headers)  # noqa: S310  # it is the server of this test
        try:
            with urlopen(forwarded) as response:  # noqa: S310  # likewise
                status, text = 200, response.read()
        except HTTPError as error:
            status, text = error.code, error.read()
        puts = sum("Item" in each for each in handler.server.bodies)
        if "Item" not in json.loads(body) or puts != 1:
            head(handler, status, len(text))
            handler.wfile.write(text)

    with served(forward, monkeypatch) as server, closing(DynamoDbAdapter(table)) as adapter:
        count_up(lambda: adapter, 3)
        assert counted(adapter) == 3
        assert sum("Item" in each for each in server.bodies) == 4
        assert all(each.get("ConsistentRead") for each in server.bodies if "Key" in each)

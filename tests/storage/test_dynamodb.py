"""The DynamoDB storage, over HTTP: shared, expiring, and loaded only when it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from ast import literal_eval
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException
from boto3.session import Session

from skill.storage.dynamodb import KEPT_DAYS, DynamoDbAdapter
from skill.storage.revision import REVISION
from tests.storage.answering import always, served
from tests.storage.updates import ANN, BOB, at_once, counted

DAY_S = 24 * 3600

pytestmark = pytest.mark.usefixtures("client")


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


@pytest.mark.parametrize("error", ["NoRegionError", "NoCredentialsError"])
def test_what_is_missing_may_come_later(error: str, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials and a region that are not to be had at first are used when they are."""
    names = {"NoRegionError": ["AWS_DEFAULT_REGION"], "NoCredentialsError": ["AWS_ACCESS_KEY_ID"]}[error]
    with monkeypatch.context() as without, closing(DynamoDbAdapter(table)) as adapter:
        for name in names:
            without.delenv(name)
        without.setenv("AWS_CONFIG_FILE", "/nowhere")
        without.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        for attempt in (adapter.prepare, lambda: adapter.get_attributes(BOB)):
            with pytest.raises(PersistenceException, match=f"^table {table}: {error}$"):
                attempt()
        without.undo()
        assert adapter.get_attributes(BOB) == {}


LOADED = """
import sys
from skill.assistant import answer, create_skill
from skill.settings import Settings
from tests.conftest import request

def loaded():
    return sorted({name.partition(".")[0] for name in sys.modules} & {"boto3", "botocore", "hmac", "http", "ssl"})

for table in (None, "legs"):
    answer(create_skill(Settings(database=":memory:", table=table)), request("CausesIntent/new_session"))
print(loaded())
skill = create_skill(Settings(database=":memory:", table=sys.argv[1]))
if sys.argv[2] == "prepare":
    skill.persistence_adapter.prepare()
else:
    answer(skill, request("StartRoutineIntent/full"))
print(loaded())
skill.persistence_adapter.close()
"""


@pytest.mark.parametrize("how", ["ask", "prepare"])
def test_library_is_loaded_when_it_is_needed(how: str, table: str, client: str, storage: DynamoDbAdapter) -> None:
    """A table loads nothing before the first look into it or before a snapshot, and boto3 only where it must."""
    command = [sys.executable, "-W", "error", "-c", LOADED, table, how]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # ours
    first, then = map(literal_eval, run.stdout.splitlines())
    assert first == []
    assert {"http", "ssl"} <= set(then)
    assert ("boto3" in then, "botocore" in then) == (client == "boto3", client == "boto3")


def test_table_is_not_asked_before_it_is_needed(client: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made ready before a snapshot asks nothing, and is what is used afterwards."""
    with served(always(200, b"{}"), monkeypatch) as server, closing(DynamoDbAdapter("legs")) as adapter:
        adapter.prepare()
        assert server.connections == 0
        assert adapter.get_attributes(ANN) == {}
        assert server.connections == 1

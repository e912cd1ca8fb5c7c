"""DynamoDB by boto3: the other client asks as it does, and both tell of errors alike."""

from __future__ import annotations

import os
from contextlib import closing
from typing import Any

import pytest

from skill.storage.access import access_of
from skill.storage.boto3_client import Boto3Client
from skill.storage.light_client import LightClient
from skill.storage.table_client import TableClient, TableError
from tests.storage.answering import always, served

KEY = {"user": {"S": "ann"}}
ITEM = {**KEY, "record": {"S": '{"best": 1}'}, "expires": {"N": "1"}}
CONDITION = {"ConditionExpression": "revision = :read", "ExpressionAttributeValues": {":read": {"S": "a.b"}}}
ASKED: dict[str, dict[str, Any]] = {
    "get_item": {"TableName": "legs", "Key": KEY, "ConsistentRead": True},
    "put_item": {"TableName": "legs", "Item": ITEM, "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **CONDITION},
    "delete_item": {"TableName": "legs", "Key": KEY},
}


def both() -> list[TableClient]:
    """One client of either kind, for where the environment leads."""
    access = access_of(os.environ)
    assert access
    return [LightClient(access, 5), Boto3Client(5)]


@pytest.mark.parametrize(("operation", "values"), ASKED.items())
def test_both_ask_the_same(operation: str, values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent to read, write and delete is the same, and so is what is signed of it."""
    with served(always(200, b'{"Item": {"n": {"N": "1"}}}'), monkeypatch) as server:
        for client in both():
            with closing(client):
                answer = client.ask(operation, values)
                assert answer.get("Item", {"n": {"N": "1"}}) == {"n": {"N": "1"}}
        ours, theirs = server.asked
        for name in ("path", "host", "content-type", "x-amz-target"):
            assert ours[name] == theirs[name]
        assert server.bodies == [values, values]


@pytest.mark.parametrize(
    ("status", "body", "code", "item"),
    [
        (
            400,
            b'{"__type": "x.v1#ConditionalCheckFailedException", "Item": {"n": {"N": "1"}}}',
            None,
            {"n": {"N": "1"}},
        ),
        (400, b'{"__type": "x.v1#ConditionalCheckFailedException"}', "ConditionalCheckFailedException", None),
        (400, b'{"__type": "x.v1#ResourceNotFoundException"}', "ResourceNotFoundException", None),
        (400, b'{"__type": "AccessDeniedException", "Message": "ann"}', "AccessDeniedException", None),
        (404, b"", "404", None),
    ],
)
def test_both_tell_of_errors_alike(
    status: int, body: bytes, code: str | None, item: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error has the same code and the same item."""
    with served(always(status, body), monkeypatch):
        for client in both():
            with closing(client), pytest.raises(TableError) as caught:
                client.ask("put_item", ASKED["put_item"])
            assert caught.value.code == str(caught.value) == (code or "ConditionalCheckFailedException")
            assert caught.value.item == item

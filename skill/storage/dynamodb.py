"""Records in a DynamoDB table, behind the SDK's persistence interface; for as many processes as there may be."""

from __future__ import annotations

import os
import time
from threading import Lock
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.deadline import in_time
from skill.storage.access import access_of
from skill.storage.revision import REVISION, ConflictError, following, put_together, taken_apart, user_of
from skill.storage.table_client import TableClient, TableError

ANSWER_S = 1.0
"""Seconds that are waited for an answer, however it fails to come; a turn has eight in all."""

KEPT_DAYS = 400
"""Days after its last change at which a record expires."""


class DynamoDbAdapter(AbstractPersistenceAdapter):
    """One item a user; raises PersistenceException when the table cannot be read or written in time.

    An item has the user's id as `user`, which is the key, the record as JSON, its revision, and when it expires.
    """

    def __init__(self, table: str) -> None:
        self._table = table
        self._lock = Lock()
        self._client: TableClient | None = None

    def prepare(self) -> None:
        """Have ready what asks the table, and ask it nothing; raises PersistenceException where there is none."""
        try:
            self._opened()
        except (TableError, ValueError) as error:
            raise self._failure(error) from None

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The record of the request's user with its revision; empty when there is none."""
        key = {"user": {"S": user_of(request_envelope)}}
        return _attributes(self._call("get_item", Key=key, ConsistentRead=True).get("Item"))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Replace the record that was read; raises ConflictError when it is not there any more as it was."""
        record, read = taken_apart(attributes)
        written = following(read)
        item = {
            "user": {"S": user_of(request_envelope)},
            "record": {"S": record},
            "revision": {"S": written},
            "expires": {"N": str(int(time.time()) + KEPT_DAYS * 24 * 3600)},
        }
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(revision)"}
        if read is not None:
            condition = {"ConditionExpression": "revision = :read", "ExpressionAttributeValues": {":read": {"S": read}}}
        try:
            self._call("put_item", Item=item, ReturnValuesOnConditionCheckFailure="ALL_OLD", **condition)
        except ConflictError as conflict:
            # A request whose answer was lost is sent again, and then meets what it wrote itself.
            if conflict.stored.get(REVISION) != written:
                raise

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the request's user."""
        self._call("delete_item", Key={"user": {"S": user_of(request_envelope)}})

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _call(self, operation: str, **values: Any) -> dict[str, Any]:
        try:
            client = self._opened()
            # The time-outs of a request bound neither looking up a name nor an answer that comes in drops.
            return in_time(lambda: client.ask(operation, {"TableName": self._table, **values}), ANSWER_S)
        except TableError as error:
            if error.code == "ConditionalCheckFailedException":
                raise ConflictError(_attributes(error.item)) from None
            raise self._failure(error) from None
        except (TimeoutError, ValueError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> PersistenceException:
        """Only what kind of error it was: a message can quote what was sent."""
        kind = error.code if isinstance(error, TableError) else type(error).__name__
        return PersistenceException(f"table {self._table}: {kind}")

    def _opened(self) -> TableClient:
        """The client, which threads can share once it is made."""
        with self._lock:
            if self._client is None:
                self._client = _client()
            return self._client


def _client() -> TableClient:
    if access := access_of(os.environ):
        from skill.storage.light_client import LightClient

        return LightClient(access, ANSWER_S)
    from skill.storage.boto3_client import Boto3Client

    return Boto3Client(ANSWER_S)


def _attributes(item: Any) -> dict[str, Any]:
    """The attributes of an item; of one that has expired and is still there, its revision alone."""
    if not item:
        return {}
    expires = item.get("expires", {}).get("N", "")
    is_over = expires.isdecimal() and int(expires) <= time.time()
    return put_together(None if is_over else item.get("record", {}).get("S"), item.get("revision", {}).get("S"))

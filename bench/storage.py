"""Updates of one person's record from four processes at once, and how many are kept: `python -m bench.storage [EACH]`.

Our two storages stand beside the SDK's own for DynamoDB, used as its documentation has it. DynamoDB is a server on this
machine, so times compare storages with each other and say nothing of Amazon's.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter, AttributesManager

from skill.storage.dynamodb import DynamoDbAdapter
from skill.storage.sqlite import SqliteAdapter
from tests.storage.table import ENVIRONMENT, new_table, serving
from tests.storage.updates import Make, Update, at_once, count_up, counted, ours

PROCESSES = 4
"""How many change the record at once."""

ALONE = 50
"""Updates by one process alone, to tell what one takes."""

SDK_PACKAGE = "ask_sdk_dynamodb"
"""The SDK's own storage for DynamoDB."""


def main(each: int) -> None:
    """Print how many of the updates are kept, and what they take."""
    print(f"{'storage':<26} {'kept':>12} {'seconds':>8} {'alone, ms':>10}   {PROCESSES} processes, {each} updates each")
    with tempfile.TemporaryDirectory() as folder:
        _case("SQLite", [partial(SqliteAdapter, f"{folder}/{n}.sqlite3") for n in range(2)], each)
    with serving() as endpoint:
        os.environ.update({**ENVIRONMENT, "AWS_ENDPOINT_URL": endpoint})
        _case("DynamoDB", [partial(DynamoDbAdapter, new_table()) for _ in range(2)], each)
        if find_spec(SDK_PACKAGE) is None:
            print("the SDK's own adapter: install ask-sdk-dynamodb-persistence-adapter to compare with it")
            return
        _case("DynamoDB, the SDK's own", [partial(sdk_adapter, new_table("id")) for _ in range(2)], each, plain)


def sdk_adapter(table: str) -> AbstractPersistenceAdapter:
    """The SDK's own storage."""
    from ask_sdk_dynamodb.adapter import DynamoDbAdapter as SdkAdapter

    adapter: AbstractPersistenceAdapter = SdkAdapter(table)
    return adapter


def plain(attributes: AttributesManager) -> None:
    """Count up as the SDK's documentation changes what is kept."""
    kept: dict[str, Any] = attributes.persistent_attributes
    kept["best"] = kept.get("best", 0) + 1
    attributes.save_persistent_attributes()


def _case(name: str, storages: Sequence[Make], each: int, update: Update = ours) -> None:
    alone, together = storages
    alone_s = _seconds(lambda: count_up(alone, ALONE, update))
    took_s = _seconds(lambda: at_once(together, PROCESSES, each, update))
    kept = counted(together())
    print(f"{name:<26} {kept:>5} of {PROCESSES * each:<4} {took_s:>8.1f} {alone_s / ALONE * 1000:>10.2f}", flush=True)


def _seconds(task: Callable[[], None]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 250)

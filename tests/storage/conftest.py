"""Storages to test with: SQLite files, and a DynamoDB that all tests share, each with a table of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.storage.access import INTRICATE
from skill.storage.sqlite import SqliteAdapter
from tests.storage.files import Open
from tests.storage.table import ENVIRONMENT, new_table, serving


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[str]:
    """The address of a DynamoDB."""
    with serving() as endpoint:
        yield endpoint


@pytest.fixture
def table(dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a table of that DynamoDB, to which the environment leads."""
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": dynamodb}.items():
        monkeypatch.setenv(name, value)
    return new_table()


@pytest.fixture(params=["light", "boto3"])
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """By which of the two clients a table is asked, in this process and those that it starts."""
    start = {"light": "on-demand", "boto3": "snap-start"}[request.param]
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", start)
    for name in INTRICATE:
        monkeypatch.delenv(name, raising=False)
    return str(request.param)


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens storages and closes them in the end."""
    adapters: list[SqliteAdapter] = []

    def one(path: Path | str) -> SqliteAdapter:
        adapters.append(SqliteAdapter(str(path)))
        return adapters[-1]

    yield one
    for adapter in adapters:
        adapter.close()

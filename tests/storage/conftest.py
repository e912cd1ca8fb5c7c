"""Storages to test with: a DynamoDB that all tests share, each with a table of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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

"""What asks DynamoDB, whichever way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

ATTEMPTS = 2
"""How often a request is sent: a connection that stood idle may have been closed by the other end."""


class TableError(Exception):
    """An operation failed; `code` says how, in a word that quotes nothing of what was sent.

    `item` is the one that did not meet a condition, or None.
    """

    def __init__(self, code: str, item: Any = None) -> None:
        super().__init__(code)
        self.code = code
        self.item = item


class TableClient(Protocol):
    """Asks DynamoDB; threads can share it."""

    def ask(self, operation: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to an operation by boto3's name for it, such as `get_item`; raises TableError."""

    def close(self) -> None:
        """Let go of the connections."""

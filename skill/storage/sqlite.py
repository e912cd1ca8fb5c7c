"""Records in one SQLite file, behind the SDK's persistence interface."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

WAIT_S = 1.5
"""The longest wait for another process that writes; a turn has eight seconds in all."""

IN_MEMORY = ":memory:"
"""The path of a database that is gone with the process."""


class SqliteAdapter(AbstractPersistenceAdapter):
    """One row a user; raises PersistenceException when the file cannot be read or written."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The record of the request's user; empty when there is none that can be read."""
        rows = self._run("SELECT record FROM records WHERE user = ?", (_user(request_envelope),))
        if not rows:
            return {}
        try:
            record = json.loads(rows[0][0])
        except ValueError:
            # One damaged record must not keep its person from ever being remembered again.
            record = None
        return record if isinstance(record, dict) else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Replace the record of the request's user."""
        self._run(
            "INSERT INTO records (user, record) VALUES (?, ?)"
            " ON CONFLICT (user) DO UPDATE SET record = excluded.record",
            (_user(request_envelope), json.dumps(attributes)),
        )

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the request's user."""
        self._run("DELETE FROM records WHERE user = ?", (_user(request_envelope),))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __del__(self) -> None:
        # From Python 3.13 on, a connection that nobody closed is warned of.
        self.close()

    def _run(self, statement: str, values: tuple[str, ...]) -> list[tuple[str]]:
        try:
            with self._lock:
                if self._connection is None:
                    self._connection = _opened(self._path)
                return self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise PersistenceException(f"{self._path}: {error}") from error


def _opened(path: str) -> sqlite3.Connection:
    if path != IN_MEMORY:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS records (user TEXT PRIMARY KEY, record TEXT NOT NULL)")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _user(request_envelope: RequestEnvelope) -> str:
    system: Any = request_envelope.context and request_envelope.context.system
    user = system and system.user
    if not user or not user.user_id:
        raise PersistenceException("the request names no user")
    return str(user.user_id)

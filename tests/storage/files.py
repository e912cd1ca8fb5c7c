"""Records in SQLite files, read and written as turns do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.storage.revision import REVISION
from skill.storage.sqlite import SqliteAdapter
from tests.storage.updates import ANN

Open = Callable[[Path | str], SqliteAdapter]
RECORD = {"version": 1, "introduced": True, "finished": ["2026-11-22"]}


def record_of(adapter: SqliteAdapter, user: Any = ANN) -> dict[str, Any]:
    """What is kept of a user, without its revision."""
    return {key: value for key, value in adapter.get_attributes(user).items() if key != REVISION}


def save(adapter: SqliteAdapter, record: dict[str, Any], user: Any = ANN) -> None:
    """Replace what is kept of a user, as a turn does."""
    read = adapter.get_attributes(user)
    adapter.save_attributes(user, {**record, **{key: read[key] for key in (REVISION,) if key in read}})


def refuses(attempt: Callable[[], Any], match: str = r"kept\.sqlite3") -> float:
    """Fail unless an attempt raises the one error that the skill expects; the seconds it took."""
    began = time.monotonic()
    with pytest.raises(PersistenceException, match=match):
        attempt()
    return time.monotonic() - began

"""SQLite files that are damaged or deleted while others go on with them."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.files import RECORD, Open, record_of, save
from tests.storage.updates import of_user


def _blank(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _noise(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xa5" * (len(content) - 100))


def set_aside(folder: Path) -> list[Path]:
    """The damaged databases in a folder."""
    return [each for each in folder.iterdir() if ".damaged-" in each.name and each.name[-1].isdigit()]


@pytest.mark.parametrize("damage", [_blank, _half, _noise])
@pytest.mark.parametrize("is_open", [False, True])
def test_damaged_file_is_set_aside(
    damage: Callable[[Path], None],
    is_open: bool,
    opened: Open,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A damaged file is renamed and logged, whether it was open or not, and what is saved then is kept."""
    caplog.set_level(logging.ERROR, logger="skill")
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    for n in range(100):
        save(adapter, {"n": n, "more": "x" * 200}, of_user(str(n)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if not is_open:
        adapter.close()
    damage(path)
    damaged = path.read_bytes()
    for n in range(100):
        record_of(adapter, of_user(str(n)))
    save(adapter, RECORD)
    assert record_of(opened(path)) == RECORD
    (message,) = caplog.messages
    (aside,) = set_aside(tmp_path)
    assert aside.read_bytes() == damaged
    assert str(aside) in message


def test_all_go_on_with_the_new_file(opened: Open, tmp_path: Path) -> None:
    """A process that had the damaged file open finds the new one, and sets nothing aside a second time."""
    path = tmp_path / "kept.sqlite3"
    one, other = opened(path), opened(path)
    for adapter in (one, other):
        save(adapter, RECORD)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _noise(path)
    for n in range(5):
        save(one, {"n": n})
        assert record_of(other) == {"n": n}
        save(other, {"n": -n})
        assert record_of(one) == {"n": -n}
    other.close()
    one.close()
    assert record_of(opened(path)) == {"n": -4}
    assert len(set_aside(tmp_path)) == 1


def test_new_file_is_not_set_aside(opened: Open, tmp_path: Path) -> None:
    """Who finds the damage while another process has already begun anew goes on with the new file."""
    path = tmp_path / "kept.sqlite3"
    one, other = opened(path), opened(path)
    for adapter in (one, other):
        save(adapter, RECORD)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _noise(path)
    found: list[str] = []

    def work(connection: sqlite3.Connection) -> str:
        save(one, {"n": 1})
        found.append("began")
        ((record,),) = connection.execute("SELECT record FROM records").fetchall()
        return str(record)

    assert other._run(work) == '{"n": 1}'
    assert found == ["began", "began"]
    assert len(set_aside(tmp_path)) == 1


def test_deleted_file_is_begun_anew(opened: Open, tmp_path: Path) -> None:
    """Where somebody deleted the file behind our back, what is saved then is in a new one."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    save(adapter, {"n": 1})
    for each in tmp_path.iterdir():
        each.unlink()
    save(adapter, {"n": 2})
    assert record_of(opened(path)) == {"n": 2}

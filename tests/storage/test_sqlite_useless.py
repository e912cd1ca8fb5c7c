"""SQLite files that are no use: somebody else's, locked, full or read-only."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.storage.sqlite import WAIT_S, SqliteAdapter
from tests.storage.files import RECORD, Open, record_of, refuses, save
from tests.storage.updates import ANN, BOB, of_user

NOBODY = 65534


def _folder(path: Path) -> None:
    path.mkdir()


def _in_a_file(path: Path) -> None:
    path.parent.write_text("not a folder", encoding="utf-8")


def _no_database(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


def _other_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE records (something_else TEXT)")


@pytest.mark.parametrize("spoil", [_folder, _in_a_file, _no_database, _other_table])
def test_useless_file_is_a_persistence_error(spoil: Callable[[Path], None], opened: Open, tmp_path: Path) -> None:
    """A path with somebody else's file is the one error that the skill expects, each time, and the file stays."""
    path = tmp_path / ("file" if spoil is _in_a_file else ".") / "kept.sqlite3"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    adapter = opened(path)
    for attempt in (adapter.get_attributes, partial(adapter.save_attributes, attributes=RECORD)):
        refuses(partial(attempt, ANN))
    refuses(lambda: adapter.delete_attributes(ANN))
    assert before is None or spoil is _other_table or path.read_bytes() == before


def test_locked_file_is_a_persistence_error(opened: Open, tmp_path: Path) -> None:
    """Another process that holds on to the file costs a short wait and the save, for all threads alike."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    save(adapter, {"n": 1})
    read = adapter.get_attributes(ANN)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor(8) as pool:
            attempt = partial(adapter.save_attributes, ANN, {**read, "n": 2})
            waited = list(pool.map(lambda _: refuses(attempt), range(8)))
        assert max(waited) < 2 * WAIT_S + 0.3
        other.execute("ROLLBACK")
    assert record_of(adapter) == {"n": 1}


def test_locked_file_cannot_be_opened_for_ever(opened: Open, tmp_path: Path) -> None:
    """Processes that begin while another holds on to the file wait together, and not one after the other."""
    path = tmp_path / "kept.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        adapters = [opened(path) for _ in range(6)]
        with ThreadPoolExecutor(6) as pool:
            waited = list(pool.map(lambda adapter: refuses(lambda: adapter.get_attributes(ANN)), adapters))
    assert max(waited) < 2 * WAIT_S + 0.3


def fill(path: str, room: int) -> list[int]:
    """Save for one user after the other where a file can grow to so many bytes; who was acknowledged."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    acknowledged = []
    with closing(SqliteAdapter(path)) as adapter:
        for n in range(100):
            try:
                adapter.save_attributes(of_user(str(n)), {"n": n, "more": "x" * 1000})
            except PersistenceException:
                continue
            acknowledged.append(n)
    return acknowledged


def test_no_room_is_a_persistence_error(opened: Open, tmp_path: Path) -> None:
    """Where nothing more can be written, what was acknowledged before is there, and can be read."""
    path = tmp_path / "kept.sqlite3"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        acknowledged = pool.submit(fill, str(path), 100_000).result()
    assert 0 < len(acknowledged) < 100
    adapter = opened(path)
    assert [n for n in range(100) if adapter.get_attributes(of_user(str(n)))] == acknowledged
    save(adapter, {"n": 99}, of_user("99"))


@contextmanager
def powerless() -> Iterator[None]:
    """Without the powers of the one user who may write everywhere."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_read_only_file_is_a_persistence_error(opened: Open) -> None:
    """A file that must not be written loses what would be saved, and nothing that is there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.sqlite3"
        adapter = opened(path)
        save(adapter, RECORD)
        adapter.close()
        path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
        Path(folder).chmod(0o555)
        with powerless():
            assert refuses(lambda: adapter.save_attributes(BOB, RECORD)) < WAIT_S
            adapter.close()
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        assert record_of(adapter) == RECORD
        assert record_of(adapter, BOB) == {}
        adapter.close()

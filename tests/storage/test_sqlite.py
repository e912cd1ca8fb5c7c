"""The SQLite storage, with real files: kept, shared, forgotten, and a clear error when the file is no use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.envelope import read_envelope
from skill.storage.sqlite import IN_MEMORY, SqliteAdapter
from tests.conftest import request

Open = Callable[[Path | str], SqliteAdapter]
RECORD = {"version": 1, "introduced": True, "finished": ["2026-11-22"], "name": 'Zoë "quoted"; DROP TABLE records'}


def of_user(user: Any) -> RequestEnvelope:
    """A request of that user."""
    envelope = request("LaunchRequest/new_session")
    envelope["context"]["System"]["user"] = user
    made: RequestEnvelope = read_envelope(envelope)
    return made


ANN, BOB = of_user({"userId": "ann"}), of_user({"userId": "bob"})


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


def write(path: str, user: str, times: int) -> None:
    """Save and read back that often, as another process or thread does."""
    adapter = SqliteAdapter(path)
    for n in range(times):
        adapter.save_attributes(of_user({"userId": user}), {"n": n})
        assert adapter.get_attributes(of_user({"userId": user})) == {"n": n}
    adapter.close()


def test_kept_for_the_next_time(opened: Open, tmp_path: Path) -> None:
    """A record is there when the file is opened again, in a folder that did not exist, and only for its user."""
    path = tmp_path / "new" / "folder" / "kept.sqlite3"
    first = opened(path)
    assert first.get_attributes(ANN) == {}
    first.save_attributes(ANN, {"old": True})
    first.save_attributes(ANN, RECORD)
    first.close()
    assert opened(path).get_attributes(ANN) == RECORD
    assert opened(path).get_attributes(BOB) == {}


def test_closed_storage_opens_again(opened: Open, tmp_path: Path) -> None:
    """Letting go of the file loses nothing."""
    adapter = opened(tmp_path / "kept.sqlite3")
    adapter.save_attributes(ANN, RECORD)
    adapter.close()
    assert adapter.get_attributes(ANN) == RECORD


def test_forgotten(opened: Open, tmp_path: Path) -> None:
    """A deleted record is gone from the file, those of others stay, and deleting nothing is no error."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    adapter.save_attributes(ANN, RECORD)
    adapter.save_attributes(BOB, RECORD)
    for _ in range(2):
        adapter.delete_attributes(ANN)
        assert adapter.get_attributes(ANN) == {}
    assert adapter.get_attributes(BOB) == RECORD
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT user FROM records").fetchall() == [("bob",)]


def test_memory_is_its_own(opened: Open) -> None:
    """A storage in memory keeps for itself and writes no file."""
    adapter = opened(IN_MEMORY)
    adapter.save_attributes(ANN, RECORD)
    assert adapter.get_attributes(ANN) == RECORD
    assert opened(IN_MEMORY).get_attributes(ANN) == {}
    assert not Path(IN_MEMORY).exists()


def test_shared_by_processes(opened: Open, tmp_path: Path) -> None:
    """Processes that open the file at once and write to it do not get in each other's way."""
    path = tmp_path / "kept.sqlite3"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(write, str(path), user, 50) for user in ("ann", "bob")]:
            done.result(timeout=60)
    assert opened(path).get_attributes(ANN) == opened(path).get_attributes(BOB) == {"n": 49}


def test_shared_by_threads(opened: Open, tmp_path: Path) -> None:
    """Threads share one storage."""
    adapter = opened(tmp_path / "kept.sqlite3")

    def save(n: int) -> dict[str, Any]:
        envelope = of_user({"userId": str(n)})
        adapter.save_attributes(envelope, {"n": n})
        return adapter.get_attributes(envelope)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(save, range(100))) == [{"n": n} for n in range(100)]


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
    """A file that cannot be read or written is the one error that the skill expects, each time, and names the path."""
    path = tmp_path / ("file" if spoil is _in_a_file else ".") / "kept.sqlite3"
    spoil(path)
    adapter = opened(path)
    for attempt in (
        lambda: adapter.get_attributes(ANN),
        lambda: adapter.save_attributes(ANN, RECORD),
        lambda: adapter.delete_attributes(ANN),
    ):
        with pytest.raises(PersistenceException, match=r"kept\.sqlite3"):
            attempt()


def test_locked_file_is_a_persistence_error(opened: Open, tmp_path: Path) -> None:
    """Another process that holds on to the file costs a short wait and the save, and not the turn."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    adapter.save_attributes(ANN, {"n": 1})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PersistenceException, match="locked"):
            adapter.save_attributes(ANN, {"n": 2})
        other.execute("ROLLBACK")
    assert adapter.get_attributes(ANN) == {"n": 1}


@pytest.mark.parametrize("damaged", ["{", "[1]", "7", ""])
def test_damaged_record_is_none(damaged: str, opened: Open, tmp_path: Path) -> None:
    """A record that cannot be read is as good as none, and the next one replaces it."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    adapter.save_attributes(ANN, RECORD)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE records SET record = ?", (damaged,))
    assert adapter.get_attributes(ANN) == {}
    adapter.save_attributes(ANN, RECORD)
    assert adapter.get_attributes(ANN) == RECORD


@pytest.mark.parametrize("user", [None, {}, {"userId": None}, {"userId": ""}])
def test_nobody_is_a_persistence_error(user: Any, opened: Open) -> None:
    """Records of people who are not known would be shared among them, so there are none."""
    with pytest.raises(PersistenceException, match="no user"):
        opened(IN_MEMORY).save_attributes(of_user(user), RECORD)

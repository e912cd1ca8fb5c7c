"""The SQLite storage, with real files: shared, killed, locked, full, damaged, and a clear error when it is no use."""

from __future__ import annotations

import logging
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import PersistenceException

from skill.storage.revision import REVISION
from skill.storage.sqlite import IN_MEMORY, WAIT_S, SqliteAdapter
from tests.storage.updates import ANN, BOB, at_once, counted, of_user

Open = Callable[[Path | str], SqliteAdapter]
RECORD = {"version": 1, "introduced": True, "finished": ["2026-11-22"]}
NOBODY = 65534


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


# Several at once


def test_no_update_is_lost(tmp_path: Path) -> None:
    """Four processes that change one record at once, on a file that does not exist yet, lose none of their changes."""
    make = partial(SqliteAdapter, str(tmp_path / "new" / "folder" / "kept.sqlite3"))
    at_once(make, processes=4, times=100, patience_s=60)
    with closing(make()) as adapter:
        assert counted(adapter) == 400


def test_shared_by_threads(opened: Open, tmp_path: Path) -> None:
    """Threads share one storage."""
    adapter = opened(tmp_path / "kept.sqlite3")

    def turn(n: int) -> dict[str, Any]:
        save(adapter, {"n": n}, of_user(str(n)))
        return record_of(adapter, of_user(str(n)))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(turn, range(100))) == [{"n": n} for n in range(100)]


TURNS = """
import sys
from skill.assistant import answer, create_skill
from skill.settings import Settings
from tests.conftest import request

skill = create_skill(Settings(database=sys.argv[1]))
for n in range(200):
    envelope = request("ChangeCountIntent/mid_routine")
    envelope["context"]["System"]["user"] = {"userId": f"user {n % 10}"}
    envelope["request"]["intent"]["slots"]["count"]["value"] = str(10 + n % 30)
    answer(skill, envelope)
    print(n, flush=True)
"""


def test_killed_in_the_middle_of_turns(opened: Open, tmp_path: Path) -> None:
    """What was answered before a process was killed is in the file, which opens as if nothing had been."""
    path = tmp_path / "kept.sqlite3"
    command = [sys.executable, "-c", TURNS, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # our own words
        assert process.stdout is not None
        answered = [int(process.stdout.readline()) for _ in range(90)]
        process.send_signal(signal.SIGKILL)
        answered += [int(line) for line in process.stdout]
    assert process.returncode == -signal.SIGKILL
    assert 90 <= len(answered) < 200
    adapter = opened(path)
    last = {n % 10: 10 + n % 30 for n in answered}
    cut_off = {(answered[-1] + 1) % 10: 10 + (answered[-1] + 1) % 30}
    for user, count in last.items():
        (kept,) = record_of(adapter, of_user(f"user {user}"))["preferences"]["counts"].values()
        assert kept in {count, cut_off.get(user)}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# What is kept


def test_closed_storage_opens_again(opened: Open, tmp_path: Path) -> None:
    """Letting go of the file loses nothing."""
    adapter = opened(tmp_path / "kept.sqlite3")
    save(adapter, RECORD)
    adapter.close()
    assert record_of(adapter) == RECORD


def test_forgotten_for_good(opened: Open, tmp_path: Path) -> None:
    """After a record was deleted none of its bytes are in any file, while those of others are."""
    adapter, other = opened(tmp_path / "kept.sqlite3"), opened(tmp_path / "kept.sqlite3")
    save(adapter, {"place": "xylophone"}, of_user("wanted"))
    save(other, {"place": "quagmire"}, BOB)
    save(adapter, {"place": "xylophones"}, of_user("wanted"))
    adapter.delete_attributes(of_user("wanted"))
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"quagmire" in data
    assert b"xylophone" not in data
    assert b"wanted" not in data


def test_memory_is_its_own(opened: Open) -> None:
    """A storage in memory keeps for itself and writes no file."""
    adapter = opened(IN_MEMORY)
    save(adapter, RECORD)
    assert record_of(adapter) == RECORD
    assert record_of(opened(IN_MEMORY)) == {}
    assert not Path(IN_MEMORY).exists()


def test_older_file_is_taken_over(opened: Open, tmp_path: Path) -> None:
    """A record from before there were revisions is read, and changed with the same care."""
    path = tmp_path / "kept.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE records (user TEXT PRIMARY KEY, record TEXT NOT NULL)")
        connection.execute("INSERT INTO records VALUES ('ann', '{\"n\": 1}')")
    adapter = opened(path)
    assert record_of(adapter) == {"n": 1}
    save(adapter, {"n": 2})
    assert record_of(opened(path)) == {"n": 2}
    refuses(lambda: adapter.save_attributes(ANN, {"n": 3}), "others changed")


@pytest.mark.parametrize("damaged", ["{", "[1]", "7", ""])
def test_damaged_record_is_none(damaged: str, opened: Open, tmp_path: Path) -> None:
    """A record that cannot be read is as good as none, and the next one replaces it."""
    path = tmp_path / "kept.sqlite3"
    adapter = opened(path)
    save(adapter, RECORD)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE records SET record = ?", (damaged,))
    assert record_of(adapter) == {}
    save(adapter, RECORD)
    assert record_of(adapter) == RECORD


# Files that are no use


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


# Damage


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

"""The SQLite storage, with real files: what is kept, by several at once and by one that is killed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from skill.settings import IN_MEMORY
from skill.storage.sqlite import SqliteAdapter
from tests.storage.files import RECORD, Open, record_of, refuses, save
from tests.storage.updates import ANN, BOB, at_once, counted, of_user


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
from skill.settings import IN_MEMORY, Settings
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

"""Records in one SQLite file, behind the SDK's persistence interface; safe for several threads and processes."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, TypeVar

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_model import RequestEnvelope

from skill.journal import journal
from skill.settings import IN_MEMORY
from skill.storage.revision import ConflictError, following, put_together, taken_apart, user_of

log = journal(__name__)

WAIT_S = 0.7
"""The longest wait for other threads, and again for other processes; a turn has eight seconds in all."""

POLL_S = 0.01
"""Between two looks whether another process has opened the file."""

COMPANIONS = ("-wal", "-shm", "")
"""How the names of the files of a database end; the database itself is the last to be renamed."""

MAGIC = b"SQLite format 3\0"
"""How a database begins."""

TABLE = "CREATE TABLE IF NOT EXISTS records (user TEXT PRIMARY KEY, record TEXT NOT NULL)"
"""Where records are, as it was first made."""

COLUMN = "ALTER TABLE records ADD COLUMN revision TEXT NOT NULL DEFAULT 'first'"
"""What was added since."""

T = TypeVar("T")


class SqliteAdapter(AbstractPersistenceAdapter):
    """One row a user; raises PersistenceException when the file cannot be read or written in time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """The record of the request's user with its revision; empty when there is none."""
        user = user_of(request_envelope)
        return self._run(lambda connection: _stored(connection, user))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Replace the record that was read; raises ConflictError when it is not there any more as it was."""
        user = user_of(request_envelope)
        self._run(lambda connection: _save(connection, user, attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Forget the request's user, and leave no trace of the record in the file."""
        user = user_of(request_envelope)
        self._run(lambda connection: _delete(connection, user))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def __del__(self) -> None:
        # From Python 3.13 on, a connection that nobody closed is warned of.
        self.close()

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if not self._lock.acquire(timeout=WAIT_S):
            raise PersistenceException(f"{self._path}: other turns hold it for too long")
        try:
            connection = self._opened()
            try:
                return work(connection)
            except sqlite3.DatabaseError as error:
                if not _is_damaged(self._path, error):
                    raise
            # Whatever is lost is lost already; a file that is left in place would lose everything from now on.
            self._set_aside()
            return work(self._opened())
        except (sqlite3.Error, OSError) as error:
            raise PersistenceException(f"{self._path}: {error}") from error
        finally:
            self._lock.release()

    def _opened(self) -> sqlite3.Connection:
        """A connection to the file that has the path now, which may have been renamed or deleted behind our back."""
        if self._connection is None or self._file != _identity(self._path):
            self._let_go()
            with _alone(self._path):
                try:
                    self._connection = _open(self._path)
                except sqlite3.DatabaseError as error:
                    if not _is_damaged(self._path, error):
                        raise
                    _rename(self._path)
                    self._connection = _open(self._path)
                self._file = _identity(self._path)
        return self._connection

    def _set_aside(self) -> None:
        """Rename the file, unless another process has done so."""
        with _alone(self._path):
            if self._file == _identity(self._path):
                _rename(self._path)
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _stored(connection: sqlite3.Connection, user: str) -> dict[str, Any]:
    rows = connection.execute("SELECT record, revision FROM records WHERE user = ?", (user,)).fetchall()
    return put_together(*rows[0]) if rows else {}


def _save(connection: sqlite3.Connection, user: str, attributes: dict[str, Any]) -> None:
    record, read = taken_apart(attributes)
    if read is None:
        statement = "INSERT INTO records (record, revision, user) VALUES (?, ?, ?) ON CONFLICT (user) DO NOTHING"
        done = connection.execute(statement, (record, following(read), user))
    else:
        statement = "UPDATE records SET record = ?, revision = ? WHERE user = ? AND revision = ?"
        done = connection.execute(statement, (record, following(read), user, read))
    if not done.rowcount:
        raise ConflictError(_stored(connection, user))


def _delete(connection: sqlite3.Connection, user: str) -> None:
    connection.execute("DELETE FROM records WHERE user = ?", (user,))
    # Until then the record can still be read in the log of writings, and a power cut could bring it back.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # What was acknowledged outlives the process; a power cut may cost the last places, and never the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(TABLE)
        if "revision" not in {column[1] for column in connection.execute("PRAGMA table_info(records)")}:
            connection.execute(COLUMN)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """While no other process opens a database in that folder or sets one aside."""
    if path == IN_MEMORY:
        yield
        return
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + WAIT_S
        while not _has_locked(handle):
            if time.monotonic() > until:
                raise TimeoutError("other processes open it for too long")
            time.sleep(POLL_S)
        yield
    finally:
        os.close(handle)


def _has_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _identity(path: str) -> tuple[int, int] | None:
    """Which file has a path; None when there is none, or when it is in memory."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _is_damaged(path: str, error: sqlite3.DatabaseError) -> bool:
    """Whether an error comes of a damaged database; a file that never was a database is somebody else's."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return False
    with open(path, "rb") as file:
        start = file.read(len(MAGIC))
    # A power cut can leave a file blank.
    return start == MAGIC or not start.strip(b"\0")


def _rename(path: str) -> None:
    """Set a damaged database aside, so that a new one can be begun; nothing is deleted."""
    aside = f"{path}.damaged-{time.time_ns()}"
    for end in COMPANIONS:
        with suppress(FileNotFoundError):
            os.rename(f"{path}{end}", f"{aside}{end}")
    log.error(
        "%s is damaged and a new file was begun; what can be saved is in %s (sqlite3 FILE .recover), "
        "which has personal data and must be deleted in the end",
        path,
        aside,
    )

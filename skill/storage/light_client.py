"""DynamoDB by the standard library alone, which is loaded in a fraction of the time that boto3 takes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from skill.storage.access import Access
from skill.storage.signing import signed
from skill.storage.table_client import TableError

if TYPE_CHECKING:
    from http.client import HTTPConnection

SERVICE = "DynamoDB_20120810"
"""What the names of operations begin with."""

IDLE_S = 60.0
"""Seconds after which a connection that nobody used may be dead without a word, and is opened anew."""

PAUSE_S = 0.05
"""Between two attempts where the server had too much to do, or was broken."""

THROTTLED = {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"}
"""Errors of a server that has too much to do."""


class _PassingError(TableError):
    """Another attempt may fare better, after so many seconds."""

    def __init__(self, code: str, pause_s: float) -> None:
        super().__init__(code)
        self.pause_s = pause_s


class LightClient:
    """Asks over as many connections as threads ask at once, and keeps them open; raises TableError without roots."""

    def __init__(self, access: Access, wait_s: float) -> None:
        from http.client import HTTPConnection, HTTPSConnection
        from ssl import create_default_context

        self._access = access
        self._lock = Lock()
        self._idle: list[tuple[HTTPConnection, float]] = []
        self._is_closed = False
        self._made: Callable[[], HTTPConnection] = partial(HTTPConnection, access.host, timeout=wait_s)
        if access.is_secure:
            try:
                trust = create_default_context(cafile=access.roots)
            except OSError as error:
                raise TableError(type(error).__name__) from None
            self._made = partial(HTTPSConnection, access.host, timeout=wait_s, context=trust)

    def ask(self, operation: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to an operation; raises TableError."""
        target, body = f"{SERVICE}.{operation.title().replace('_', '')}", json.dumps(values).encode()
        with self._connection() as connection:
            try:
                return self._once(connection, target, body)
            except _PassingError as error:
                connection.close()
                time.sleep(error.pause_s)
            return self._once(connection, target, body)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            self._is_closed = True
            for connection, _ in self._idle:
                connection.close()
            self._idle.clear()

    @contextmanager
    def _connection(self) -> Iterator[HTTPConnection]:
        """A connection of one's own; one that is closed opens itself when it is used."""
        with self._lock:
            connection, since = self._idle.pop() if self._idle else (self._made(), 0.0)
        # Not by a clock that may stand still while a function is frozen.
        if time.time() - since > IDLE_S or _is_dropped(connection):
            connection.close()
        try:
            yield connection
        finally:
            with self._lock:
                if self._is_closed:
                    connection.close()
                else:
                    self._idle.append((connection, time.time()))

    def _once(self, connection: HTTPConnection, target: str, body: bytes) -> dict[str, Any]:
        from http.client import HTTPException

        access = self._access
        try:
            headers = signed(
                access.credentials, region=access.region, host=access.host, target=target, body=body, moment=time.time()
            )
            connection.request("POST", "/", body, headers)
            response = connection.getresponse()
            return _read(response.status, response.read())
        # Messages of errors can quote what was sent.
        except (TimeoutError, ValueError) as error:
            connection.close()
            raise TableError(type(error).__name__) from None
        except (OSError, HTTPException) as error:
            connection.close()
            raise _PassingError(type(error).__name__, 0) from None


def _is_dropped(connection: HTTPConnection) -> bool:
    """Whether the other end has closed a connection: there is something to read while nothing was asked."""
    from select import POLLIN, poll

    if connection.sock is None:
        return False
    looking = poll()
    looking.register(connection.sock, POLLIN)
    return bool(looking.poll(0))


def _read(status: int, text: bytes) -> dict[str, Any]:
    """What a server answered; raises TableError for an error, and ValueError for what makes no sense."""
    told = _told(text)
    if status == 200:
        if told is None:
            raise ValueError("an answer is a JSON object")
        return told
    error = told or {}
    named = re.fullmatch(r"(?:[\w.]+#)?(\w+)", str(error.get("__type") or ""), re.ASCII)
    code = named[1] if named else str(status)
    if status >= 500 or code in THROTTLED:
        raise _PassingError(code, PAUSE_S)
    raise TableError(code, error.get("Item"))


def _told(text: bytes) -> dict[str, Any] | None:
    """The object that a JSON text has; None where it has none."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None

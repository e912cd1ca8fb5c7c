"""The server: waitress, with requests in time or not at all, and an end that lets those finish that have come.

It was chosen by measuring (`bench/README.md`): of three servers it alone goes on answering both while strangers dribble
in headers and while they do in bodies, and it takes the least memory; granian is somewhat faster. More than one
processor is used by more than one of it.
"""

from __future__ import annotations

import json
import select
import signal
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from skill.web.door import LARGEST_REQUEST
from skill.web.logs import log_unread

ARRIVAL_S = 10
"""Seconds that a request may take to arrive; waitress alone would wait as long as a byte comes now and then."""

IDLE_S = 75
"""Seconds that a connection is kept without a request: longer than proxies do, so that none sends into its end."""

GRACE_S = 8.0
"""Seconds that requests have to finish at the end: after these no device waits for an answer."""

CONNECTIONS = 500
"""Connections at the same time, well within the files that systems let a process open; more wait to be accepted."""

LEFT_OVER = 64 * 1024
"""Bytes of an answer that more than a thread at work sends."""


class _Unread(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """What is answered to a request that cannot be read, or is too large."""

    def execute(self) -> None:
        error = self.request.error
        log_unread(error.code)
        body = json.dumps({"error": error.reason.lower()}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when a request is coming in."""

    error_task_class = _Unread
    since: float | None = None

    def received(self, data: bytes) -> bool:
        """Take in bytes."""
        taken: bool = super().received(data)
        self.since = None if self.request is None else self.since or time.time()
        return taken

    def writable(self) -> bool:
        """Whether the loop has something to send or to close.

        A thread at work sends by itself. A loop that tries to help it spins until it is done, and takes its time away
        meanwhile; so it helps only where much is left over, as it is when somebody reads slowly.
        """
        left = self.total_outbufs_len > (LEFT_OVER if self.requests else 0)
        return bool(left or self.will_close or self.close_when_flushed)

    @property
    def busy(self) -> bool:
        """Whether a request is coming in, is being answered or is being sent its answer."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Serves an application until SIGTERM or SIGINT; raises OSError if the address is not to be had."""

    channel_class = _Channel

    def __init__(self, app: Callable[..., Any], host: str, port: int, threads: int) -> None:
        self.ending: float | None = None
        super().__init__(
            app,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            # It refuses what is of this size, too.
            max_request_body_size=LARGEST_REQUEST + 1,
            max_request_header_size=32 * 1024,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_S,
            cleanup_interval=1,
            # The application decides on these headers, so it must see them.
            clear_untrusted_proxy_headers=False,
            log_socket_errors=False,
            # Without it no more than 1024 files can be open.
            asyncore_use_poll=hasattr(select, "poll"),
        )

    def run(self) -> None:
        """Serve; call it in the main thread."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._end)
        while self.ending is None or (time.time() < self.ending and self._work_left()):
            wasyncore.loop(timeout=1, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def maintenance(self, now: float) -> None:
        """Close connections that are idle, or whose request does not come to an end."""
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.since is not None and now - channel.since > ARRIVAL_S:
                channel.will_close = True

    def _end(self, *_: object) -> None:
        if self.ending is None:
            self.ending = time.time() + GRACE_S
            # A handler may run anywhere in the loop, so the loop itself is left to close what it works on.
            self.pull_trigger()

    def _work_left(self) -> bool:
        if self.accepting:
            wasyncore.dispatcher.close(self)  # not close(self), after which nothing could wake the loop
        for channel in self.active_channels.values():
            channel.will_close |= not channel.busy
        return any(channel.busy for channel in self.active_channels.values())

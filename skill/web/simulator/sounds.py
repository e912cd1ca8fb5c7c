"""Answers that are to be heard, in memory and for a while: what was said to somebody is in no file."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

MOST = 48
"""Sounds at the same time; an answer and its reprompt are two, and the oldest goes when another comes."""


class Sound:
    """A file that is made while it is sent, once for all who ask; any thread may."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._made, self._lock = chunks, bytearray(), Lock()

    def stream(self) -> Iterator[bytes]:
        """All of it from the beginning, as it is made."""
        at = 0
        while True:
            with self._lock:
                if at == len(self._made):
                    self._made += next(filter(None, self._chunks), b"")
                chunk = bytes(self._made[at:])
            if not chunk:
                return
            at += len(chunk)
            yield chunk

    def whole(self) -> bytes:
        """All of it, when it is made."""
        return b"".join(self.stream())


class Sounds:
    """Sounds by names that nobody can guess."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._sounds, self._lock = most, OrderedDict[str, Sound](), Lock()

    def add(self, chunks: Iterator[bytes]) -> str:
        """The name of another sound."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._sounds[name] = Sound(chunks)
            while len(self._sounds) > self._most:
                self._sounds.popitem(last=False)
        return name

    def get(self, name: str) -> Sound | None:
        """The sound of a name; None when it is gone."""
        with self._lock:
            return self._sounds.get(name)

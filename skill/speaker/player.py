"""An audio player: it does as directives say and tells what came of it, each event with its moment."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

Activity: TypeAlias = Literal["IDLE", "PLAYING", "PAUSED", "STOPPED", "FINISHED", "BUFFER_UNDERRUN"]
"""What a player may be doing, in Amazon's words; one that fetches from its own machine never waits for a buffer."""

EventKind: TypeAlias = Literal[
    "PlaybackStarted", "PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStopped", "PlaybackFailed"
]
"""What a player tells."""

StreamLength: TypeAlias = Callable[[str], int | None]
"""The milliseconds of the stream at a URL; None where it cannot be fetched."""

ErrorType: TypeAlias = Literal["MEDIA_ERROR_SERVICE_UNAVAILABLE", "MEDIA_ERROR_INVALID_REQUEST"]
"""Why a stream cannot be played, in Amazon's words."""

NEARLY_FINISHED_MS = 10_000
"""A stream is nearly finished so long before its end, or from its beginning."""

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What a player does at a moment."""

    activity: Activity = "IDLE"
    """Idle only before the first stream."""
    token: str | None = None
    """The stream that plays or played last; None before the first."""
    offset_ms: int = 0
    """How far into the stream it is."""


@dataclass(frozen=True, slots=True)
class PlaybackError:
    """Why a stream cannot be played."""

    type: ErrorType
    """The kind."""
    message: str
    """The same for developers."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a stream."""

    kind: EventKind
    """What happened."""
    at: datetime
    """When."""
    state: PlayerState
    """What the player does from then on; the stream and its offset are those of the event."""
    error: PlaybackError | None = None
    """Why it failed, if it did."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream as a directive describes it."""

    url: str
    """Where it is."""
    token: str
    """The skill's name for it."""
    offset_ms: int
    """Where in it to begin."""
    follows: str | None
    """The token that must stand before it; None where any may."""
    title: str
    """Its title for people; empty where it has none."""
    subtitle: str
    """What is shown below it; empty where nothing is."""

    @classmethod
    def from_directive(cls, directive: Mapping[str, Any]) -> Stream | None:
        """The stream of a Play directive; None where it has none that could be played."""
        item = directive.get("audioItem")
        stream = item.get("stream") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(stream, dict):
            return None
        url, token, offset = stream.get("url"), stream.get("token"), stream.get("offsetInMilliseconds")
        offset = 0 if offset is None else offset
        if not (isinstance(url, str) and url and isinstance(token, str) and token):
            return None
        if type(offset) is not int or offset < 0:
            return None
        metadata = item.get("metadata")
        title, subtitle = map(metadata.get, ("title", "subtitle")) if isinstance(metadata, dict) else ("", "")
        return cls(url, token, offset, stream.get("expectedPreviousToken"), str(title or ""), str(subtitle or ""))


@dataclass(slots=True)
class Player:
    """A player that has no clock: time passes when it is told to advance."""

    stream_length: StreamLength
    """Fetches a stream, once for each time that it is played."""
    now: datetime
    """The moment up to which everything has happened; with a time zone."""
    _activity: Activity = field(default="IDLE", init=False)
    _stream: Stream | None = field(default=None, init=False)
    _length_ms: int | None = field(default=None, init=False)
    _offset_ms: int = field(default=0, init=False)
    _origin: datetime = field(init=False)
    _nearly_finished: bool = field(default=False, init=False)
    _held: bool = field(default=False, init=False)
    _queue: deque[Stream] = field(default_factory=deque, init=False)
    _untold: deque[Event] = field(default_factory=deque, init=False)

    def __post_init__(self) -> None:
        self._origin = self.now

    @property
    def state(self) -> PlayerState:
        """What it does now."""
        offset = (self.now - self._origin) // _MS if self._activity == "PLAYING" else self._offset_ms
        return PlayerState(self._activity, self._stream.token if self._stream else None, offset)

    @property
    def title(self) -> str:
        """Title and subtitle of the stream that plays or played last, or its URL; empty before the first."""
        stream = self._stream
        return (", ".join(filter(None, (stream.title, stream.subtitle))) or stream.url) if stream else ""

    @property
    def stream(self) -> Stream | None:
        """The stream that plays or played last; None before the first."""
        return self._stream

    @property
    def length_ms(self) -> int | None:
        """How long that stream is; None unless it was fetched."""
        return self._length_ms

    @property
    def queue(self) -> tuple[Stream, ...]:
        """The streams that follow it, in order."""
        return tuple(self._queue)

    def advance(self, to: datetime) -> Iterator[Event]:
        """Let time pass and yield what happens, each event before what comes after it has happened."""
        while True:
            while self._untold:
                yield self._untold.popleft()
            due = self._due()
            if due is None or due[0] > to:
                break
            self.now = due[0]
            due[1]()
        self.now = max(self.now, to)

    def perform(self, directive: Mapping[str, Any]) -> None:
        """Do now as a directive of AudioPlayer says; one that cannot be understood is ignored."""
        match directive.get("type"), directive.get("playBehavior"), directive.get("clearBehavior"):
            case "AudioPlayer.Play", "REPLACE_ALL" | "REPLACE_ENQUEUED" | "ENQUEUE" as behaviour, _:
                if stream := Stream.from_directive(directive):
                    self._play(stream, behaviour)
            case "AudioPlayer.Stop", _, _:
                self._halt("STOPPED")
            case "AudioPlayer.ClearQueue", _, "CLEAR_ALL":
                self._queue.clear()
                self._halt("STOPPED")
            case "AudioPlayer.ClearQueue", _, "CLEAR_ENQUEUED":
                self._queue.clear()

    def hold(self) -> None:
        """Be still while somebody is listened to; what should play until then waits."""
        self._held = True
        if self._activity == "PLAYING":
            self._halt("PAUSED")

    def release(self) -> None:
        """Go on with what waits."""
        self._held = False
        if self._stream and self._activity == "PAUSED":
            self._start(self._stream)

    def heard(self, token: str, offset_ms: int, at: datetime) -> None:
        """How far a stream was heard at a moment: whoever really plays it knows better than a clock."""
        if self._plays(token) and self._length_ms is not None:
            self._origin = at - min(max(offset_ms, 0), self._length_ms) * _MS

    def seek(self, offset_ms: int) -> None:
        """Go on elsewhere in the stream; where nothing plays, from there when it plays again."""
        if self._stream is None or self._activity == "FINISHED":
            return
        if self._length_ms is None:
            self._length_ms = self.stream_length(self._stream.url)
        if self._length_ms is None:
            return
        sounding = self._activity == "PLAYING"
        if sounding:
            self._halt("PAUSED")
        self._offset_ms = min(max(offset_ms, 0), self._length_ms - 1)
        self._nearly_finished &= self._offset_ms >= self._length_ms - NEARLY_FINISHED_MS
        if sounding:
            self._start(self._stream)

    def fail(self, token: str, why: str) -> None:
        """A stream turns out not to be playable."""
        if self._plays(token):
            self._offset_ms = self.state.offset_ms
            self._fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", why)

    def _plays(self, token: str) -> bool:
        return self._activity == "PLAYING" and self._stream is not None and self._stream.token == token

    def _play(self, stream: Stream, behaviour: str) -> None:
        last = self._queue[-1] if self._queue else self._stream
        if stream.follows is not None and (last is None or stream.follows != last.token):
            return
        if behaviour == "REPLACE_ALL":
            self._halt("STOPPED")
        if behaviour != "ENQUEUE":
            self._queue.clear()
        self._queue.append(stream)
        if self._activity not in {"PLAYING", "PAUSED"}:
            self._next()

    def _next(self) -> None:
        self._stream = stream = self._queue.popleft()
        self._length_ms, self._offset_ms, self._nearly_finished = None, stream.offset_ms, False
        if self._held:
            self._activity = "PAUSED"
        else:
            self._start(stream)

    def _start(self, stream: Stream) -> None:
        if self._length_ms is None:
            self._length_ms = self.stream_length(stream.url)
        if self._length_ms is None:
            self._fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", f"{stream.url} cannot be fetched")
        elif self._offset_ms >= self._length_ms:
            self._fail("MEDIA_ERROR_INVALID_REQUEST", f"{stream.url} ends before {self._offset_ms} ms")
        else:
            self._activity, self._origin = "PLAYING", self.now - self._offset_ms * _MS
            self._tell("PlaybackStarted")

    def _fail(self, kind: ErrorType, why: str) -> None:
        self._activity = "STOPPED"
        self._tell("PlaybackFailed", PlaybackError(kind, why))

    def _halt(self, activity: Literal["PAUSED", "STOPPED"]) -> None:
        if self._activity == "PLAYING":
            self._offset_ms, self._activity = self.state.offset_ms, activity
            self._tell("PlaybackStopped")
        elif self._activity == "PAUSED":
            # That it stopped was told when it paused.
            self._activity = activity

    def _due(self) -> tuple[datetime, Callable[[], None]] | None:
        """When what happens by itself, if anything."""
        if self._activity != "PLAYING" or self._length_ms is None:
            return None
        end = self._origin + self._length_ms * _MS
        if self._nearly_finished:
            return end, self._finish
        return max(self.now, end - NEARLY_FINISHED_MS * _MS), self._nearly_finish

    def _nearly_finish(self) -> None:
        self._nearly_finished = True
        self._tell("PlaybackNearlyFinished")

    def _finish(self) -> None:
        self._offset_ms, self._activity = self.state.offset_ms, "FINISHED"
        self._tell("PlaybackFinished")
        if self._queue:
            self._next()

    def _tell(self, kind: EventKind, error: PlaybackError | None = None) -> None:
        self._untold.append(Event(kind, self.now, self.state, error))

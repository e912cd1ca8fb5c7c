"""A guard round a skill: whatever the skill does, the device has something to say, and it is known why."""

from __future__ import annotations

import copy
import json
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from traceback import walk_tb
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid4

from skill.deadline import in_time
from skill.speaker.device import Device
from skill.speaker.envelopes import Envelope
from skill.speaker.playback import PlaybackLoopError
from skill.speaker.response_rules import CONVERSATION, broken_rules
from skill.speaker.turns import Skill, Turn
from skill.speaker.understanding import AmbiguousModelError
from skill.web.simulator.refusals import refusals

ErrorType: TypeAlias = Literal["INVALID_RESPONSE", "ENDPOINT_TIMEOUT", "INTERNAL_SERVICE_ERROR"]
"""Why a session ends in an error, in Amazon's words."""

DEADLINE_S = 8.0
"""Seconds that the platform waits for an answer."""

FAREWELL_S = 1.0
"""Seconds that somebody is kept waiting for a skill that is only told that it failed."""

LARGEST_SHOWN = 1_000_000
"""Bytes of a response that is still shown."""

TOLD_OF_FAILURE = frozenset({"SessionEndedRequest", "System.ExceptionEncountered"})
"""Requests that a skill may fail to answer without being told."""

DISPATCH = "An exception occurred while dispatching the request to the skill."
"""What the platform tells a skill that failed, whatever happened in it."""

_LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
_OURS = str(Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a device could not do as its skill answered."""

    type: ErrorType
    """The kind."""
    why: str
    """What went wrong and where; nothing that anybody said."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A request and what truly came back."""

    request: Envelope
    """The whole request envelope."""
    response: Any
    """The response as JSON, of whatever shape; None where none came, or one too large to be shown."""
    ms: float
    """The milliseconds that it took."""
    bytes: int
    """The size of the response as JSON."""
    failure: Failure | None = None
    """Why it was of no use, if it was not."""

    @property
    def kind(self) -> str:
        """The type of the request; empty where it has none."""
        return _kind(self.request)

    def broken_rules(self) -> list[str]:
        """The rules that the response breaks, a line each."""
        return broken_rules(self.request, self.response) if isinstance(self.response, dict) else []

    def as_json(self) -> Envelope:
        """It, as the page gets it."""
        return {
            "request": self.request,
            "response": self.response,
            "ms": self.ms,
            "bytes": self.bytes,
            "broken_rules": self.broken_rules(),
            "failure": self.failure.why if self.failure else None,
        }


@dataclass(frozen=True, slots=True)
class Observed:
    """A turn and what went on behind it."""

    turn: Turn
    """The turn, as the person had it."""
    exchanges: tuple[Traced, ...]
    """All requests with what truly came back, in order."""
    failure: Failure | None = None
    """The first thing that went wrong, if anything did."""


class Guard:
    """A skill that never fails: where the one inside does, the device says so, and the skill is told as Amazon does."""

    def __init__(
        self,
        skill: Skill,
        said: Callable[[ErrorType], str],
        *,
        clock: Callable[[], float] = perf_counter,
        deadline_s: float = DEADLINE_S,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        """Stand round a skill; `said` has the words for a kind of failure, and the clock counts seconds."""
        self._skill = skill
        self._said = said
        self._clock = clock
        self._deadline_s = deadline_s
        self._new_id = new_id
        self._traced: list[Traced] = []

    def __call__(self, request: Envelope) -> Envelope:
        """The answer of the skill, or what a device does without one; never raises."""
        traced = self._ask(request, self._deadline_s)
        if traced.failure is None:
            answered: Envelope = traced.response
            return answered
        return self._failed(request, traced.failure)

    def taken(self) -> tuple[Traced, ...]:
        """All that was asked and answered since this was last called, in order."""
        traced, self._traced = tuple(self._traced), []
        return traced

    def words(self, failure: Failure) -> str:
        """What a device says about a failure."""
        return self._said(failure.type)

    def round(self, skill: Skill) -> Guard:
        """The like of this guard round another skill."""
        return Guard(skill, self._said, clock=self._clock, deadline_s=self._deadline_s, new_id=self._new_id)

    def observe(self, device: Device, act: Callable[[], Turn]) -> Observed:
        """A turn of the device whose skill this guards, with what went to and fro; never raises for a skill's sake."""
        self.taken()
        broken: Failure | None = None
        try:
            turn = act()
        except (PlaybackLoopError, AmbiguousModelError) as error:
            broken = Failure("INTERNAL_SERVICE_ERROR", f"{type(error).__name__}: {error}")
            device.give_up()
            if self._traced:
                self._ask(self._news(self._traced[-1].request, broken), FAREWELL_S)
            turn = Turn("", None, (), self.words(broken), "")
        exchanges = self.taken()
        return Observed(turn, exchanges, broken or next((each.failure for each in exchanges if each.failure), None))

    def _failed(self, request: Envelope, failure: Failure) -> Envelope:
        kind = _kind(request)
        if kind in TOLD_OF_FAILURE:
            return {"version": "1.0", "response": {}}
        self._ask(self._news(request, failure), min(FAREWELL_S, self._deadline_s))
        if kind not in CONVERSATION:
            return {"version": "1.0", "response": {}}
        speech = {"type": "PlainText", "text": self.words(failure)}
        return {"version": "1.0", "response": {"outputSpeech": speech, "shouldEndSession": True}}

    def _news(self, failed: Envelope, failure: Failure) -> Envelope:
        """What the platform sends to a skill whose answer to a request it could not use."""
        before = failed.get("request")
        before = before if isinstance(before, dict) else {}
        news: Envelope = {key: before[key] for key in ("timestamp", "locale") if key in before}
        news["requestId"] = f"amzn1.echo-api.request.{self._new_id()}"
        news["error"] = {"type": failure.type, "message": DISPATCH}
        envelope = {key: part for key, part in failed.items() if key not in {"request", "session"}}
        if _kind(failed) in CONVERSATION:
            session = failed.get("session")
            if isinstance(session, dict):
                envelope["session"] = {**session, "new": False}
            return {**envelope, "request": {"type": "SessionEndedRequest", **news, "reason": "ERROR"}}
        cause = {"requestId": before.get("requestId")}
        return {**envelope, "request": {"type": "System.ExceptionEncountered", **news, "cause": cause}}

    def _ask(self, request: Envelope, deadline_s: float) -> Traced:
        """Ask the skill, and keep what came of it."""
        begun = self._clock()
        response, error = _answer(self._skill, request, deadline_s)
        ms = round((self._clock() - begun) * 1000, 1)
        self._traced.append(_judged(request, response, error, ms, deadline_s))
        return self._traced[-1]


def _answer(skill: Skill, request: Envelope, deadline_s: float) -> tuple[Any, BaseException | None]:
    """What a skill answers, or what it raised; a TimeoutError of our own where it does neither in time."""

    def ask() -> tuple[Any, BaseException | None]:
        try:
            return skill(copy.deepcopy(request)), None
        except BaseException as error:  # a skill that ends its process ends nobody else's
            return None, error

    try:
        return in_time(ask, deadline_s)
    except TimeoutError as error:
        return None, _LateError(error)


class _LateError(Exception):
    """A skill did not answer in time, which is not the same as that it raised a TimeoutError."""


def _judged(request: Envelope, raw: Any, error: BaseException | None, ms: float, deadline_s: float) -> Traced:
    if isinstance(error, _LateError):
        return Traced(request, None, ms, 0, Failure("ENDPOINT_TIMEOUT", f"no answer after {deadline_s:g} seconds"))
    if error is not None:
        return Traced(request, None, ms, 0, Failure("INVALID_RESPONSE", f"{type(error).__name__} {place(error)}"))
    try:
        text = json.dumps(raw, ensure_ascii=False, allow_nan=False)
        size = len(text.encode())
    except (TypeError, ValueError, RecursionError) as fault:
        # Their words quote nothing but what JSON cannot hold.
        return Traced(request, None, ms, 0, Failure("INVALID_RESPONSE", f"the response is no JSON: {fault}"))
    # As it arrives: what the skill still holds of it, it may change.
    response = json.loads(text)
    reasons = tuple(refusals(request, response, size))
    failure = Failure("INVALID_RESPONSE", "\n".join(reasons)) if reasons else None
    return Traced(request, response if size <= LARGEST_SHOWN else None, ms, size, failure)


def place(error: BaseException) -> str:
    """The last line of a skill's own that an error came through; of anybody's where none was the skill's."""
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    own = [each for each in frames if not each[0].co_filename.startswith((*_LIBRARIES, _OURS, "<"))]
    code, line = (own or frames)[-1]
    return f"in {code.co_name}, {Path(code.co_filename).name}:{line}"


def _kind(request: Envelope) -> str:
    inner = request.get("request")
    return str(inner.get("type")) if isinstance(inner, dict) else ""

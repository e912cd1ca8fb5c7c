"""Conversations with the page: a device for each, in memory, a few at a time, and gone when left alone for long."""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock, RLock
from typing import Any

from skill import locales
from skill.speaker.device import Device
from skill.speaker.devices import DEVICES
from skill.speaker.turns import Turn
from skill.web.simulator.home import Home
from skill.web.simulator.screens import Screens
from skill.web.simulator.trace import ErrorType, Guard, Observed
from skill.web.simulator.voice import Speaker

MOST, IDLE = 16, timedelta(hours=2)
"""Conversations at the same time, and how long one is kept that nobody goes on with."""

BY_ITSELF = frozenset({"heard", "spoken", "tick"})
"""What the page asks for without anybody's doing."""

MOST_TURNS = 300
"""Turns of a conversation that are remembered."""


class RequestError(ValueError):
    """A request to the door cannot be done; the message names the key and the cure."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was taken, and all that went with it."""

    number: int
    """The how-manieth it is in its conversation."""
    asked: Mapping[str, Any]
    """What the page asked for."""
    at: datetime
    """When; with a time zone."""
    observed: Observed
    """The turn and what went on behind it."""
    stored: tuple[Mapping[str, Any], Mapping[str, Any]]
    """What the skill kept of the person before and after it."""

    @property
    def turn(self) -> Turn:
        """The turn as the person had it."""
        return self.observed.turn

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of it, as when time passes and nothing is due."""
        return not (self.observed.exchanges or self.turn.speech or self.turn.utterance)


@dataclass(slots=True)
class Conversation:
    """Somebody at a device."""

    id: str
    """What the page calls it."""
    home: Home
    """Where the device came from."""
    device_name: str
    """Which kind of device it is."""
    device: Device
    """The device, whose skill is guarded."""
    guard: Guard
    """What stands round the skill."""
    speaker: Speaker
    """The voice that it answers with."""
    screens: Screens = field(default_factory=Screens)
    """What the page gets of its screen."""
    turns: deque[Taken] = field(default_factory=lambda: deque(maxlen=MOST_TURNS))
    """What was said and done, the oldest forgotten where there is too much."""
    lock: RLock = field(default_factory=RLock)
    """One thing is done at a time."""
    _number: int = field(default=0, init=False)

    @property
    def locale(self) -> str:
        """The locale of the device."""
        return self.device.locale

    @property
    def last(self) -> Taken | None:
        """The last turn of somebody's doing, rather than of the player's or of time's; None before the first."""
        return next((taken for taken in reversed(self.turns) if taken.asked.get("do") not in BY_ITSELF), None)

    def take(self, asked: Mapping[str, Any], act: Callable[[], Turn]) -> list[Taken]:
        """Take a turn, and remember it unless nothing came of it; never raises for a skill's sake."""
        device, kept = self.device, self.home.kept
        at, before = device.clock(), kept.of(device.user_id)
        observed = self.guard.observe(device, lambda: self._after_what_was_heard(asked, act))
        taken = Taken(self._number + 1, asked, at, observed, (before, kept.of(device.user_id)))
        if taken.is_empty:
            return []
        self._number += 1
        self.turns.append(taken)
        return [taken]

    def turn(self, number: int) -> Taken:
        """The turn of a number; raises RequestError where it is not remembered."""
        found = next((taken for taken in self.turns if taken.number == number), None)
        if found is None:
            raise RequestError(f"turn: there is no turn {number} any more; use one that is shown")
        return found

    def _after_what_was_heard(self, asked: Mapping[str, Any], act: Callable[[], Turn]) -> Turn:
        """The turn, behind what the player has done until now as whoever plays its streams has heard it."""
        heard = asked.get("heard")
        if not isinstance(heard, dict):
            return act()
        before = self.device.heard(text_of(heard, "token"), whole_number_of(heard, "offset_ms"))
        turn = act()
        speech = " ".join(filter(None, (before.speech, turn.speech)))
        return replace(turn, exchanges=(*before.exchanges, *turn.exchanges), speech=speech)


class Conversations:
    """All conversations of a page; any thread may ask."""

    def __init__(self, home: Home, clock: Callable[[], datetime], *, voice: str = "auto") -> None:
        self.home = home
        self._clock, self._voice = clock, voice
        self._lock = Lock()
        self._held: OrderedDict[str, tuple[Conversation, datetime]] = OrderedDict()
        self._speakers: dict[str, Speaker] = {}

    def open(self, locale: str, device_name: str) -> Conversation:
        """A new conversation; raises RequestError for a locale or a device that there is none of."""
        if locale not in self.home.locales:
            raise RequestError(f"locale: {locale[:20]!r} is none of {', '.join(self.home.locales)}")
        if device_name not in DEVICES:
            raise RequestError(f"device: {device_name[:20]!r} is none of {', '.join(DEVICES)}")
        device = self.home.make(locale, DEVICES[device_name])
        guard = Guard(device.skill, self._problem(locale), deadline_s=self.home.deadline_s)
        conversation = Conversation(
            secrets.token_urlsafe(12),
            self.home,
            device_name,
            replace(device, skill=guard, says_at_once=False),
            guard,
            self._speaker(locale),
        )
        with self._lock:
            self._held[conversation.id] = (conversation, self._clock())
            self._let_go()
        return conversation

    def get(self, id_: str) -> Conversation | None:
        """The conversation of that id; None when it is gone."""
        with self._lock:
            self._let_go()
            found = self._held.get(id_)
            if found is None:
                return None
            self._held[id_] = (found[0], self._clock())
            self._held.move_to_end(id_)
            return found[0]

    def close(self) -> None:
        """Let go of all voices."""
        for speaker in self._speakers.values():
            speaker.close()

    def _let_go(self) -> None:
        now = self._clock()
        for id_, (_, used) in [*self._held.items()]:
            if len(self._held) > MOST or now - used > IDLE:
                del self._held[id_]

    def _speaker(self, locale: str) -> Speaker:
        with self._lock:
            if locale not in self._speakers:
                self._speakers[locale] = Speaker(locales.find(locale), voice=self._voice)
                self._speakers[locale].warm_up()
            return self._speakers[locale]

    def _problem(self, locale: str) -> Callable[[ErrorType], str]:
        """What a device says in place of a skill that fails."""
        from skill.web.simulator.words import words_of

        failures: Mapping[str, str] = words_of(locales.find(locale).language)["failures"]
        return lambda kind: failures[kind.lower()]


def text_of(asked: Mapping[str, Any], key: str) -> str:
    """The text under a key; raises RequestError for anything else."""
    value = asked.get(key)
    if not isinstance(value, str):
        raise RequestError(f"{key}: give a text")
    return value


def whole_number_of(asked: Mapping[str, Any], key: str) -> int:
    """The whole number under a key, not below zero; raises RequestError for anything else."""
    value = asked.get(key)
    if type(value) is not int or value < 0:
        raise RequestError(f"{key}: give a whole number")
    return value

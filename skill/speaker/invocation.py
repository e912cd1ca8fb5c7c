"""Whom an utterance addresses: the skill by its name, or whatever is listening."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from skill.speaker.language import Address
from skill.speaker.words import normalised


@dataclass(frozen=True, slots=True)
class Addressed:
    """An utterance without the words that only say whom it is for."""

    how: Literal["launch", "one_shot", "plain", "leave"]
    """Opens the skill by name, asks it something by name, names nobody, or leaves whatever is open."""
    words: str = ""
    """What is asked, normalised; nothing for a launch."""


class Invocation:
    """Tells how a skill of some name is addressed."""

    def __init__(self, name: str, address: Address, is_sample: Callable[[str], bool]) -> None:
        """Prepare for a name; `is_sample` knows the words that the skill has a sample of."""
        before, after = _any_of(address.before_name), _any_of(address.after_name)
        called = rf"(?:{before} )?{re.escape(normalised(name))}(?: {after})?"
        self._wake = re.compile(rf"{_any_of(address.wake)}(?: (?P<rest>.*))?")
        # All must fit from the first word to the last: "tell me about stretching" opens nothing.
        self._named_first = re.compile(rf"{_any_of((*address.open, *address.ask))} {called}(?: (?P<rest>.+))?")
        self._named_last = re.compile(rf"(?P<rest>.+) {_any_of(address.using)} {called}")
        self._named_only = re.compile(called)
        self._connected = re.compile(rf"{_any_of(address.connectors)}(?: (?P<rest>.+))?")
        self._courtesies = frozenset(map(normalised, address.courtesies))
        self._leave = frozenset(map(normalised, address.leave))
        self._is_sample = is_sample

    def address(self, text: str) -> Addressed:
        """Whom the text addresses and what it asks; never raises."""
        said = normalised(text)
        if woken := self._wake.fullmatch(said):
            said = woken["rest"] or ""
        if said in self._leave:
            return Addressed("leave", said)
        if self._named_only.fullmatch(said):
            return Addressed("launch")
        if named := self._named_first.fullmatch(said) or self._named_last.fullmatch(said):
            asked = self._without_connector(named["rest"] or "")
            return Addressed("one_shot", asked) if asked else Addressed("launch")
        return Addressed("plain", said)

    def _without_connector(self, asked: str) -> str:
        if asked in self._courtesies:
            return ""
        connected = self._connected.fullmatch(asked)
        if connected and not self._is_sample(asked):
            return connected["rest"] or ""
        return asked


def _any_of(phrases: Iterable[str]) -> str:
    # The longest first, so that "start up" is not taken for "start" with "up" as a part of the name.
    longest_first = sorted(map(normalised, phrases), key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"

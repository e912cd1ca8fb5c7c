"""What there is to show, as values that cost nothing where there is no screen."""

from __future__ import annotations

from dataclasses import dataclass

from skill.routine.cues import CueSheet
from skill.routine.plan import Plan
from skill.routine.position import Position


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be asked and begun."""

    buttons: tuple[str, ...]
    """Ids of its buttons."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that is being said, to read along with."""

    title: str
    """Its heading; empty for the skill's name."""
    text: str
    """Its text."""
    text_ms: int
    """How long a speaker takes for it, estimated."""
    publishers: tuple[str, ...]
    """What it rests on."""
    drawing: str | None
    """Id of the remedy that is drawn beside it."""
    buttons: tuple[str, ...]
    """Ids of the buttons below it."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A set that the screen itself speaks and counts, and of whose end it tells."""

    plan: Plan
    """The routine."""
    place: Position
    """Where the set goes on from."""
    sheet: CueSheet
    """What is counted, and when."""
    opening: str
    """SSML of what is said before the first beat."""
    opening_ms: int
    """How long a speaker takes for it, estimated."""
    counts: str
    """SSML of what is said on the beat."""
    token: str
    """What the screen calls the set when it tells of it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A routine that stands still at a place."""

    plan: Plan
    """The routine."""
    place: Position
    """Where it is."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """Advice that cannot wait."""

    number: str | None
    """Whom to call; None where nobody is to be called at once."""
    text: str
    """The advice."""


@dataclass(frozen=True, slots=True)
class Bath:
    """The time that is left of a foot bath."""

    minutes: int
    """How long it takes."""
    remedy: str
    """Id of its remedy."""


Scene = Menu | Answer | Leading | Held | Urgent | Bath
"""Anything that can be shown."""

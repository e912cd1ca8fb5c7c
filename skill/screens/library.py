"""The documents, the drawings and the words of screens: read when a screen first wants them, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from skill.baked import baked
from skill.content.template import Template

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = ("menu", "answer", "routine", "urgent", "bath")
"""Their names; each is a file, and has all that stands in the file `shared.json`."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something that can be touched or said."""

    label: str
    """What stands on it, and what to say instead."""
    intent: str
    """What either means."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Ids of the values that it means, by slot."""
    starts: str | None = None
    """The routine or remedy that it begins, where it begins one."""


@dataclass(frozen=True, slots=True)
class RoutineWords:
    """What stands around a count."""

    of: Template
    """Beside the count."""
    ready: str
    """Until the first count."""
    next: Template
    """What follows the set."""
    last: str
    """Instead, where nothing follows."""
    progress: Template
    """Which set of all it is."""
    round: Template
    """The side, where it has several rounds."""


@dataclass(frozen=True, slots=True)
class UrgentWords:
    """Headings of advice that cannot wait."""

    call: str
    """Above a number to call."""
    today: str
    """Where none is to be called."""


@dataclass(frozen=True, slots=True)
class BathWords:
    """What stands beside a foot bath."""

    care: str
    """Below the time that is left."""


@dataclass(frozen=True, slots=True)
class Words:
    """The file `screens.yaml`."""

    name: str
    """Heading of the first screen."""
    hint: str
    """The line below it."""
    note: Template
    """Below the first screen."""
    sources: Template
    """Below an answer."""
    buttons: Mapping[str, Button]
    """All buttons by id."""
    menu: tuple[str, ...]
    """Buttons of the first screen."""
    resuming: tuple[str, ...]
    """Instead, when a routine can be gone on with."""
    answered: tuple[str, ...]
    """Buttons below an answer that ends with no yes-or-no question."""
    routine: RoutineWords
    """What stands around a count."""
    urgent: UrgentWords
    """Headings of urgent advice."""
    bath: BathWords
    """What stands beside a foot bath."""


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All that screens of one language are made of; equal only to itself, as it is loaded once."""

    words: Words
    """Its words."""
    documents: Mapping[str, Mapping[str, Any]]
    """Documents by name."""
    drawings: Mapping[str, Mapping[str, Any]]
    """Drawings by remedy."""


@baked("screens")
def library(language: str, directory: Path | None = None) -> Library:
    """The library of a language; raises ContentError naming file and key when something is wrong with it."""
    from skill.content.reading import DIRECTORY, ContentError, read
    from skill.screens.files import documents, drawings

    folder = directory or DIRECTORY
    file = folder / language / "screens.yaml"
    words = read(file, Words)
    for name in ("menu", "resuming", "answered"):
        for button in getattr(words, name):
            if button not in words.buttons:
                raise ContentError(f"{file}: {name}: {button!r} is not one of the buttons")
    return Library(words, documents(folder / "screens", DOCUMENTS), drawings(folder / "screens" / "drawings"))

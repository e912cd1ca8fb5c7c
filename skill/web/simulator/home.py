"""Where the devices of the page come from: what they ask, what they know, and what they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skill import locales
from skill.settings import IN_MEMORY, Settings
from skill.speaker.device import Device
from skill.speaker.local import local_recordings, local_speaker
from skill.speaker.screen import Screen
from skill.speaker.wall_clock import WallClock
from skill.speech.manifest import Track
from skill.storage.sqlite import SqliteAdapter
from skill.web.simulator.fixtures import ROOT, folder_of
from skill.web.simulator.trace import DEADLINE_S

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

    from skill.web.simulator.foreign import ForeignSkill
    from skill.web.simulator.foreign_model import ForeignModel


class Kept:
    """What a skill keeps of the person at a device; nothing where its storage is not known."""

    def __init__(self, storage: AbstractPersistenceAdapter | None = None) -> None:
        self._storage = storage

    def of(self, user_id: str) -> dict[str, Any]:
        """The stored attributes of a person; empty also where they cannot be read."""
        from ask_sdk_core.exceptions import PersistenceException

        try:
            return dict(self._storage.get_attributes(_named(user_id))) if self._storage else {}
        except PersistenceException:
            return {}

    def forget(self, user_id: str) -> None:
        """Delete them."""
        if self._storage:
            self._storage.delete_attributes(_named(user_id))


def _named(user_id: str) -> Any:
    from ask_sdk_model import Context, RequestEnvelope, User
    from ask_sdk_model.interfaces.system import SystemState

    return RequestEnvelope(context=Context(system=SystemState(user=User(user_id=user_id))))


@dataclass(frozen=True, slots=True)
class Other:
    """Another skill than ours."""

    skill: ForeignSkill
    """What answers."""
    model: ForeignModel
    """What it understands."""


@dataclass(frozen=True, slots=True)
class Home:
    """One skill and its devices."""

    make: Callable[[str, Screen | None], Device]
    """A device of a locale with that screen; it has a skill of its own behind it."""
    locales: tuple[str, ...]
    """The locales that there are, the usual one first."""
    kept: Kept = field(default_factory=Kept)
    """What the skill keeps."""
    track_at: Callable[[str], Track | None] = lambda _: None
    """The recording of this machine at an address; None for any other."""
    fixtures: Path | None = None
    """The folder of its request fixtures; None where it has none."""
    other: Other | None = None
    """The skill, where it is not ours."""
    deadline_s: float = DEADLINE_S
    """Seconds that its devices wait for an answer."""

    @property
    def title(self) -> str | None:
        """What another skill is called; None for our own, whose name the words of the page have."""
        return self.other.model.title if self.other else None

    def skill_id(self, settings: Settings) -> str | None:
        """The id whose requests Alexa signs for this skill: that of the settings, or else one of its own."""
        return settings.skill_id or (self.other.skill.own_id if self.other else None)


def our_home(settings: Settings) -> Home:
    """Our own skill; it keeps the place in the routine where these settings say, but in no table of other people's."""
    storage = SqliteAdapter(IN_MEMORY if settings.table else settings.database)
    recordings = {tag: local_recordings(tag, ahead=True) for tag in locales.published()}

    def make(tag: str, screen: Screen | None) -> Device:
        return local_speaker(tag, settings, screen=screen, recordings=recordings[tag], storage=storage)

    def track_at(url: str) -> Track | None:
        found = (each.track_at(url) for each in recordings.values())
        return next(filter(None, found), None)

    return Home(make, locales.published(), Kept(storage), track_at, fixtures=folder_of(ROOT))


def foreign_home(skill_name: str, model_path: str) -> Home:
    """Another skill, by the name of its handler and the file of its interaction model; raises ForeignError."""
    from skill.web.simulator.foreign import load_skill, no_danger
    from skill.web.simulator.foreign_model import load_model

    skill, model = load_skill(skill_name), load_model(model_path)

    def make(tag: str, screen: Screen | None) -> Device:
        own_id = skill.application_id
        return Device(
            skill.answer, model.understanding, tag, WallClock(), no_danger, application_id=own_id, screen=screen
        )

    return Home(make, (model.locale,), fixtures=folder_of(Path.cwd()), other=Other(skill, model))

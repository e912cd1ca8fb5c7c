"""The skill on a device of this machine: no account, no network, and recordings by a voice that is installed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from skill import locales
from skill.assistant import answer, create_skill
from skill.settings import Settings
from skill.speaker.alarms import Alarms, local_zone
from skill.speaker.device import Device
from skill.speaker.screen import Screen
from skill.speaker.understanding import Understanding
from skill.speaker.wall_clock import WallClock
from skill.speech.cache import cache_folder
from skill.speech.rendered import Rendered
from skill.triage.detector import detect

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter


def local_speaker(
    tag: str,
    settings: Settings,
    voice: str = "auto",
    *,
    screen: Screen | None = None,
    recordings: Rendered | None = None,
    storage: AbstractPersistenceAdapter | None = None,
) -> Device:
    """A device of that locale with a skill of its own behind it.

    Recordings are by that voice, and records are where the settings say, unless others are given.
    """
    clock = WallClock()
    alarms = Alarms(clock, local_zone())
    recordings = recordings or local_recordings(tag, voice)
    # Whoever signs requests to the skill that this installation has is somebody else.
    skill = create_skill(replace(settings, skill_id=None), recordings, storage=storage, api_client=alarms)
    return Device(
        lambda envelope: answer(skill, envelope),
        understanding_of(tag),
        tag,
        clock,
        detect,
        screen=screen,
        alarms=alarms,
        stream_length=recordings.length_ms,
    )


def local_recordings(tag: str, voice: str = "auto", *, ahead: bool = False) -> Rendered:
    """Recordings for a locale, made here, as what is public elsewhere needs a network; `ahead`: before they play."""
    return Rendered(cache_folder("tracks"), tag, voice=voice, ahead=ahead)


@cache
def understanding_of(tag: str) -> Understanding:
    """The interaction model of a locale, read once."""
    return Understanding.load(locales.model_path(tag), locales.find(tag).number_words)

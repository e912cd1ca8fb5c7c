"""The skill on a device of this machine."""

from __future__ import annotations

from skill.settings import IN_MEMORY, Settings
from skill.speaker.devices import DEVICES
from skill.speaker.local import local_speaker, understanding_of
from skill.storage.sqlite import SqliteAdapter

SOMEBODYS = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"


def test_answers() -> None:
    """It has our skill behind it, and the screen that it was given."""
    speaker = local_speaker("en-GB", Settings(IN_MEMORY), "none", screen=DEVICES["show5"])
    turn = speaker.say("my face is drooping")
    assert "999" in turn.speech
    assert turn.exchanges[-1].request["context"]["Viewport"]["pixelWidth"] == 960


def test_id_of_the_skill_does_not_matter() -> None:
    """The requests of this machine are answered whatever the id of the skill that Alexa knows."""
    assert local_speaker("en-US", Settings(IN_MEMORY, skill_id=SOMEBODYS), "none").launch().speech


def test_storage_may_be_shared() -> None:
    """Two devices with one storage know the same of their person."""
    storage = SqliteAdapter(IN_MEMORY)
    one, other = (local_speaker("en-US", Settings(IN_MEMORY), "none", storage=storage) for _ in range(2))
    assert "not medical advice" in one.launch().speech
    assert "not medical advice" not in other.launch().speech
    storage.close()


def test_model_is_read_once() -> None:
    """However many devices there are."""
    assert understanding_of("en-US") is understanding_of("en-US")

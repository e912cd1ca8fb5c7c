"""What is offered is understood word by word, whatever the state."""

from __future__ import annotations

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speaker.device import Device
from skill.speaker.local import local_speaker
from skill.web.simulator.suggestions import suggestions
from skill.web.simulator.words import words_of
from tests.conftest import understanding

USUAL = words_of("en")["suggestions"]


@pytest.fixture(scope="module")
def device() -> Device:
    """A device of ours."""
    return local_speaker("en-US", Settings(IN_MEMORY), "none")


def test_words_that_were_quoted(device: Device) -> None:
    """They come first, without the words that only wake the device or name the skill, and each once."""
    said = 'Say "yes", or "Alexa, tell Steady Legs to resume the routine". Or ask "what helps". Say "yes".'
    assert suggestions(device, said, ["stop", "yes"]) == ["yes", "resume the routine", "what helps", "stop"]


def test_what_is_not_understood_is_not_offered(device: Device) -> None:
    """Whoever quotes something else offers nothing."""
    assert suggestions(device, 'Say "flibbertigibbet", or "open steady legs".', []) == ["open steady legs"]


def test_not_too_many(device: Device) -> None:
    """Six are offered, and no more."""
    said = " ".join(f'"{phrase}"' for phrase in (*USUAL["start"], *USUAL["playing"]))
    assert len(suggestions(device, said, [])) == 6


@pytest.mark.parametrize("state", ["start", "in_session", "playing"])
def test_usual_ones_are_samples(state: str) -> None:
    """Every phrase of the page is a sample of the interaction model, word by word."""
    assert all(understanding("en-US").exactly(phrase) for phrase in USUAL[state])

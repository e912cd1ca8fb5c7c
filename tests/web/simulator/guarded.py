"""Guards round skills that do all that a skill should not."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from skill.content.reading import DIRECTORY, read_yaml
from skill.speaker.device import Device
from skill.speaker.envelopes import Envelope
from skill.speaker.screen import Screen
from skill.speaker.turns import Skill
from skill.web.simulator.trace import Guard, Observed
from tests.speaker.small import detect, understanding

WORDS = read_yaml(DIRECTORY / "en" / "page.yaml")["failures"]
"""What a device says, by the kind of a failure."""

SPEECH = {"type": "PlainText", "text": "Hello?"}
"""An answer in words."""


def guard(skill: Skill, **changes: Any) -> Guard:
    """A guard with the words of the page and ids that are counted."""
    ids = (UUID(int=number) for number in count())
    return Guard(skill, lambda kind: str(WORDS[kind.lower()]), new_id=lambda: next(ids), **changes)


def device_of(guarded: Guard, screen: Screen | None = None) -> Device:
    """A device with that skill."""
    return Device(guarded, understanding(), "en-US", lambda: datetime(2026, 1, 15, tzinfo=UTC), detect, screen=screen)


def launched(skill: Skill, **changes: Any) -> Observed:
    """What comes of opening a skill."""
    guarded = guard(skill, **changes)
    device = device_of(guarded)
    observed = guarded.observe(device, device.launch)
    assert not device.in_session or observed.failure is None
    return observed


def raising(error: BaseException) -> Skill:
    """A skill that raises."""

    def skill(envelope: Envelope) -> Envelope:
        raise error

    return skill


def answering(answer: Any) -> Skill:
    """A skill that answers that to all but the news of its failure."""
    return lambda envelope: {"response": {}} if is_end(envelope) else answer


def screen(**document: Any) -> Any:
    """A response that shows that document."""
    directive = {"type": "Alexa.Presentation.APL.RenderDocument", "token": "t", "document": document}
    return {"response": {"outputSpeech": SPEECH, "directives": [directive], "shouldEndSession": True}}


def why_of(observed: Observed) -> str:
    """Why a turn went wrong."""
    assert observed.failure is not None
    return observed.failure.why


def is_end(envelope: Envelope) -> bool:
    """Whether a request tells that a conversation is over."""
    return bool(envelope["request"]["type"] == "SessionEndedRequest")

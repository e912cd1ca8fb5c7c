"""Requests of a device with a screen, and what an answer shows on it."""

from __future__ import annotations

import copy
from typing import Any

from skill.speaker.screen import Screen
from tests.conftest import Envelope
from tests.handlers.asking import asked

RENDER, EXECUTE = "Alexa.Presentation.APL.RenderDocument", "Alexa.Presentation.APL.ExecuteCommands"
EVENT = "Alexa.Presentation.APL.UserEvent"


def on_screen(envelope: Envelope, newest: str = "2024.3") -> Envelope:
    """The same request from a device with a screen that knows documents up to a version."""
    envelope = copy.deepcopy(envelope)
    envelope["context"] |= Screen().viewports()
    device = envelope["context"]["System"]["device"]
    interfaces = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": newest}}}
    device["supportedInterfaces"] = {**device.get("supportedInterfaces", {}), **interfaces}
    return envelope


def told(arguments: list[Any], state: dict[str, Any] | None = None, *, seconds: float = 0) -> Envelope:
    """What a screen tells by an event."""
    envelope = on_screen(asked(EVENT, state, seconds=seconds))
    envelope["request"]["arguments"] = arguments
    return envelope


def touched(
    intent: str,
    slots: dict[str, str] | None = None,
    state: dict[str, Any] | None = None,
    *,
    token: str = "",
    done: Any = 0,
    seconds: float = 0,
) -> Envelope:
    """A button is touched, while the screen has counted so far."""
    return told([{"intent": intent, "slots": slots or {}}, token, done], state, seconds=seconds)


def directives(response: Envelope, kind: str) -> list[dict[str, Any]]:
    """The directives of a kind in an answer."""
    return [each for each in response["response"].get("directives", []) if each["type"] == kind]


def shown(response: Envelope) -> tuple[str, dict[str, Any]]:
    """Which document an answer shows, and what it tells."""
    (directive,) = directives(response, RENDER)
    ((name, source),) = directive["datasources"].items()
    return name, source["properties"]


def labels(response: Envelope) -> list[str]:
    """What stands on the buttons."""
    return [each["label"] for each in shown(response)[1].get("buttons", ())]

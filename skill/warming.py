"""Requests that nobody made, so that the first one that somebody makes finds everything loaded."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.assistant import answer, create_skill
from skill.handlers.capability import load_all
from skill.journal import journal
from skill.locales import find
from skill.settings import Settings

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill
    from ask_sdk_model import RequestEnvelope

log = journal(__name__)

NOBODY = "nobody"
"""Stands for each id in such a request."""

MOMENT = "2026-01-01T00:00:00Z"
"""When they were made."""

LOCALE = "en-US"
"""The language they are in."""

DARK, SCREEN = "1.0", "2024.3"
"""Versions of a screen that is too old for what we show, and of one that is not."""

INTENTS: dict[str, dict[str, str]] = {"StartRoutineIntent": {}, "RedFlagIntent": {"red_flag": NOBODY}}
"""Intents that between them need the most, with slots whose words mean nothing."""


@runtime_checkable
class Prepared(Protocol):
    """A storage that can be made ready before anybody needs it."""

    def prepare(self) -> None:
        """Make it ready."""


class _Nothing(AbstractPersistenceAdapter):
    """Keeps nothing, and knows nobody."""

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        return {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        """Nothing."""

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Nothing."""


def warm() -> None:
    """Open the skill once; nothing is stored, nothing raised."""
    _answer({"type": "LaunchRequest"})


def prepare(skill: CustomSkill) -> None:
    """Load what only some requests need, for a start that nobody waits for; nothing is stored, nothing raised."""
    warm()
    for name, slots in INTENTS.items():
        _answer(_intent(name, slots), SCREEN)
    _attempt(load_all)
    # It is asked where the other one is unsure, which may be the first time that it matters.
    _attempt(_load_second_network)
    if isinstance(skill.persistence_adapter, Prepared):
        _attempt(skill.persistence_adapter.prepare)
    # What is in the snapshot stays, and need not be looked through for garbage ever again.
    gc.freeze()


def _load_second_network() -> None:
    from skill.triage.network import network

    network(f"{find(LOCALE).language}.second")


def _answer(request: dict[str, Any], screen: str = DARK) -> None:
    _attempt(lambda: answer(create_skill(Settings(database=NOBODY), storage=_Nothing()), _envelope(request, screen)))


def _attempt(task: Callable[[], Any]) -> None:
    try:
        task()
    except Exception as error:  # whatever it is, a request that somebody makes may do without it
        log.error("could not be warmed up: %s", type(error).__name__)


def _envelope(request: dict[str, Any], screen: str) -> dict[str, Any]:
    """A request with all the parts that a device with a player and a screen of that version sends."""
    application, user = {"applicationId": NOBODY}, {"userId": NOBODY}
    interfaces = {"AudioPlayer": {}, "Alexa.Presentation.APL": {"runtime": {"maxVersion": screen}}}
    device = {"deviceId": NOBODY, "supportedInterfaces": interfaces}
    return {
        "version": "1.0",
        "session": {"new": True, "sessionId": NOBODY, "application": application, "attributes": {}, "user": user},
        "context": {
            "AudioPlayer": {"playerActivity": "IDLE"},
            "System": {"application": application, "user": user, "device": device},
        },
        "request": {"requestId": NOBODY, "timestamp": MOMENT, "locale": LOCALE, **request},
    }


def _intent(name: str, words: dict[str, str]) -> dict[str, Any]:
    resolved = [
        {
            "authority": NOBODY,
            "status": {"code": "ER_SUCCESS_MATCH"},
            "values": [{"value": {"name": NOBODY, "id": NOBODY}}],
        }
    ]
    slots = {
        slot: {
            "name": slot,
            "value": value,
            "confirmationStatus": "NONE",
            "resolutions": {"resolutionsPerAuthority": resolved},
        }
        for slot, value in words.items()
    }
    intent = {"name": name, "confirmationStatus": "NONE", "slots": slots}
    return {"type": "IntentRequest", "dialogState": "COMPLETED", "intent": intent}

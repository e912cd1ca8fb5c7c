"""The one place where the parts meet, and the way through them that every door takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ask_sdk_core.dispatch_components import AbstractRequestInterceptor
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model import Request

from skill.envelope import read_envelope, write_envelope
from skill.handlers import events
from skill.handlers.capability import Capabilities
from skill.handlers.red_flags import RedFlags
from skill.handlers.turn import RECORDINGS
from skill.journal import journal
from skill.services import Network
from skill.settings import IN_MEMORY, Settings
from skill.speech.recordings import NoRecordings, Published, Recordings

if TYPE_CHECKING:
    from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model.services import ApiClient

log = journal(__name__)

CONTEXT = ("System", "AudioPlayer")
"""The parts of a request's context that are read; the rest may be newer than the SDK and is left out."""


class EnvelopeError(ValueError):
    """A request is no envelope of the platform; the message names what is wrong."""


class WrongSkillError(EnvelopeError):
    """A request is meant for another skill."""


class Equipment(AbstractRequestInterceptor):
    """Gives each turn what it works with beside the request."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    def process(self, handler_input: HandlerInput) -> None:
        """Lay it where the turn finds it."""
        handler_input.attributes_manager.request_attributes[RECORDINGS] = self._recordings


def create_skill(
    settings: Settings,
    recordings: Recordings | None = None,
    *,
    storage: AbstractPersistenceAdapter | None = None,
    api_client: ApiClient | None = None,
) -> CustomSkill:
    """The skill: danger first, then the capabilities, then whatever is left.

    Recordings and storage are those of the settings, and the platform's services are asked over the network, where
    nothing else is given.
    """
    builder = CustomSkillBuilder(persistence_adapter=storage or _storage(settings), api_client=api_client or Network())
    builder.skill_id = settings.skill_id  # type: ignore[assignment]  # the SDK leaves it untyped
    builder.add_global_request_interceptor(Equipment(recordings or _published(settings)))
    builder.add_request_handler(RedFlags())
    builder.add_request_handler(Capabilities())
    builder.add_request_handler(events.Anything())
    builder.add_exception_handler(events.Failure())
    return builder.create()


def _storage(settings: Settings) -> AbstractPersistenceAdapter:
    if settings.table is None and settings.database == IN_MEMORY:
        from skill.storage.in_memory import InMemoryAdapter

        return InMemoryAdapter()
    if settings.table is None:
        from skill.storage.sqlite import SqliteAdapter

        return SqliteAdapter(settings.database)
    from skill.storage.dynamodb import DynamoDbAdapter

    return DynamoDbAdapter(settings.table)


def _published(settings: Settings) -> Recordings:
    if settings.tracks and settings.tracks_url:
        from pathlib import Path

        return Published(Path(settings.tracks), settings.tracks_url)
    return NoRecordings()


def answer(skill: CustomSkill, envelope: Any, context: Any = None) -> dict[str, Any]:
    """The response envelope for a request envelope; raises EnvelopeError for anything else."""
    kind = _checked(envelope, skill.skill_id)
    if kind not in Request.discriminator_value_class_map:
        log.warning("a request of a type that is not known was left unanswered")
        return {"version": "1.0", "response": {}}
    known = {key: part for key, part in envelope["context"].items() if key in CONTEXT}
    try:
        response = skill.invoke(read_envelope({**envelope, "context": known}), context)
    except RecursionError:
        # Where it failed would fill the log, and cannot be told from what a person said.
        raise EnvelopeError("the envelope is nested too deeply") from None
    written: dict[str, Any] = write_envelope(response)
    return written


def _checked(envelope: Any, skill_id: str | None) -> str:
    """The type of the request; raises EnvelopeError."""
    if not isinstance(envelope, dict):
        raise EnvelopeError(f"a request envelope is a JSON object, not {_kind(envelope)}")
    request, context = envelope.get("request"), envelope.get("context")
    if not isinstance(request, dict) or not isinstance(request.get("type"), str):
        raise EnvelopeError('the envelope has no "request" object with a "type"')
    system = context.get("System") if isinstance(context, dict) else None
    if not isinstance(system, dict):
        raise EnvelopeError('the envelope has no "context" object with a "System"')
    if request["type"] == "IntentRequest" and not _named(request.get("intent")):
        raise EnvelopeError('the IntentRequest has no "intent" object with a "name"')
    if skill_id is not None and not _named(system.get("application"), "applicationId", skill_id):
        raise WrongSkillError("the request is meant for another skill")
    kind: str = request["type"]
    return kind


def _named(raw: Any, key: str = "name", value: str | None = None) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get(key), str) and value in {None, raw[key]}


def _kind(value: Any) -> str:
    return "null" if value is None else type(value).__name__

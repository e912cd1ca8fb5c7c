"""Request envelopes, whole, as a device sends them."""

from __future__ import annotations

import base64
import copy
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from skill.speaker.consent import Answer
from skill.speaker.player import Event, PlayerState
from skill.speaker.screen import Screen
from skill.speaker.slot_types import FREE_TEXT, NUMBER, TIME
from skill.speaker.understanding import Heard, HeardSlot

Envelope: TypeAlias = dict[str, Any]
"""A request or a response as JSON has it."""

EndReason: TypeAlias = Literal["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"]
"""Why a session ends without the skill ending it."""

Button: TypeAlias = Literal["play", "pause", "next", "previous"]
"""The buttons of a player."""


def account_id(seed: str) -> str:
    """A user id of the shape Amazon's have, the same for the same seed."""
    return f"amzn1.ask.account.{_letters(seed)}"


def _letters(seed: str) -> str:
    return base64.b32encode(hashlib.shake_256(seed.encode()).digest(130)).decode()


LOCAL_USER = account_id("local speaker")
"""The user of a speaker that nobody in particular has."""

LOCAL_SKILL = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
"""The id of a skill that Amazon has given none."""


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """What does not change from request to request."""

    locale: str
    """The language and region it is set to."""
    user_id: str = LOCAL_USER
    """Whose device it is."""
    application_id: str = LOCAL_SKILL
    """The skill that requests are for."""
    device_id: str = f"amzn1.ask.device.{_letters('local device')}"
    """Which device it is."""
    screen: Screen | None = None
    """Its screen; None for a speaker without one."""
    plays_audio: bool = True
    """Whether it can play streams."""

    def interfaces(self) -> Envelope:
        """What it says that it can do."""
        can: Envelope = {"AudioPlayer": {}} if self.plays_audio else {}
        if self.screen:
            can["Alexa.Presentation.APL"] = {"runtime": {"maxVersion": self.screen.newest_document}}
        return can


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation."""

    id: UUID
    """Which one."""
    new: bool = True
    """Whether nothing was said in it before."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What the skill gave back last."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What differs from request to request."""

    session: Session | None
    """The conversation it belongs to; None for an event, which belongs to none."""
    request_id: UUID
    """Its own id."""
    at: datetime
    """When it is sent; with a time zone."""
    player: PlayerState = field(default_factory=PlayerState)
    """What the player does then."""


def launch(profile: DeviceProfile, occasion: Occasion) -> Envelope:
    """Open the skill."""
    return _envelope(profile, occasion, {"type": "LaunchRequest", "shouldLinkResultBeReturned": False})


def intent(profile: DeviceProfile, occasion: Occasion, heard: Heard, slots: Mapping[str, str]) -> Envelope:
    """Pass on what was heard; `slots` are all slots of the intent with their types, filled or not."""
    meant: Envelope = {"name": heard.intent, "confirmationStatus": "NONE"}
    if slots:
        meant["slots"] = {name: _slot(profile, name, heard.slots.get(name)) for name in slots}
    return _envelope(profile, occasion, {"type": "IntentRequest", "dialogState": "COMPLETED", "intent": meant})


def session_ended(profile: DeviceProfile, occasion: Occasion, reason: EndReason) -> Envelope:
    """Tell that the conversation is over."""
    return _envelope(profile, occasion, {"type": "SessionEndedRequest", "reason": reason})


def playback(profile: DeviceProfile, occasion: Occasion, event: Event) -> Envelope:
    """Tell what happened to a stream."""
    told: Envelope = {"type": f"AudioPlayer.{event.kind}", "token": event.state.token}
    if event.error:
        told["error"] = {"type": event.error.type, "message": event.error.message}
        told["currentPlaybackState"] = _player(event.state)
    else:
        told["offsetInMilliseconds"] = event.state.offset_ms
    return _envelope(profile, occasion, told)


def button(profile: DeviceProfile, occasion: Occasion, pressed: Button) -> Envelope:
    """Tell that a button of the player was pressed."""
    return _envelope(profile, occasion, {"type": f"PlaybackController.{pressed.capitalize()}CommandIssued"})


def touch(
    profile: DeviceProfile, occasion: Occasion, token: str, arguments: Sequence[Any], source: Mapping[str, Any]
) -> Envelope:
    """Tell that something on the screen was touched; `token` is the document's."""
    told: Envelope = {
        "type": "Alexa.Presentation.APL.UserEvent",
        "token": token,
        "arguments": list(arguments),
        "source": dict(source),
        "components": {},
    }
    return _envelope(profile, occasion, told)


def screen_failed(
    profile: DeviceProfile, occasion: Occasion, token: str, errors: Sequence[Mapping[str, Any]]
) -> Envelope:
    """Tell that a document could not be shown as it is."""
    told: Envelope = {"type": "Alexa.Presentation.APL.RuntimeError", "token": token, "errors": list(map(dict, errors))}
    return _envelope(profile, occasion, told)


def consent(profile: DeviceProfile, occasion: Occasion, asked: Mapping[str, Any], answer: Answer) -> Envelope:
    """Tell what somebody answered who was asked for leave; `asked` is the directive that wanted it."""
    told: Envelope = {
        "type": "Connections.Response",
        "name": asked.get("name"),
        "status": {"code": "200", "message": "OK"},
        # Whom it could not ask, the platform sends a card on which they can answer.
        "payload": {
            "permissionScope": asked["payload"].get("permissionScope"),
            "status": answer,
            "isCardThrown": answer == "NOT_ANSWERED",
        },
        "token": asked.get("token"),
    }
    return _envelope(profile, occasion, told)


def _envelope(profile: DeviceProfile, occasion: Occasion, request: Envelope) -> Envelope:
    return {
        "version": "1.0",
        **({"session": _session(profile, occasion.session)} if occasion.session else {}),
        "context": {
            **(profile.screen.viewports() if profile.screen else {}),
            **({"AudioPlayer": _player(occasion.player)} if profile.plays_audio else {}),
            "System": {
                **_parties(profile),
                "device": {"deviceId": profile.device_id, "supportedInterfaces": profile.interfaces()},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "the token of a local speaker",
            },
        },
        "request": {
            **request,
            "requestId": f"amzn1.echo-api.request.{occasion.request_id}",
            "timestamp": occasion.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "locale": profile.locale,
        },
    }


def _session(profile: DeviceProfile, session: Session) -> Envelope:
    return {
        "new": session.new,
        "sessionId": f"amzn1.echo-api.session.{session.id}",
        "attributes": copy.deepcopy(dict(session.attributes)),
        **_parties(profile),
    }


def _parties(profile: DeviceProfile) -> Envelope:
    return {"application": {"applicationId": profile.application_id}, "user": {"userId": profile.user_id}}


def _player(state: PlayerState) -> Envelope:
    if state.token is None:
        return {"playerActivity": state.activity}
    return {"token": state.token, "offsetInMilliseconds": state.offset_ms, "playerActivity": state.activity}


def _slot(profile: DeviceProfile, name: str, heard: HeardSlot | None) -> Envelope:
    slot: Envelope = {"name": name, "confirmationStatus": "NONE"}
    if heard is None:
        return slot
    value: Envelope = {"value": heard.value}
    if heard.type not in {NUMBER, TIME, FREE_TEXT}:
        value["resolutions"] = _resolutions(profile, heard)
    # The same twice: the newer format beside the older one.
    return {**slot, "source": "USER", **value, "slotValue": {"type": "Simple", **copy.deepcopy(value)}}


def _resolutions(profile: DeviceProfile, heard: HeardSlot) -> Envelope:
    authority: Envelope = {
        "authority": f"amzn1.er-authority.echo-sdk.{profile.application_id}.{heard.type}",
        "status": {"code": "ER_SUCCESS_MATCH" if heard.matches else "ER_SUCCESS_NO_MATCH"},
    }
    if heard.matches:
        authority["values"] = [{"value": {"name": name, "id": id_}} for id_, name in heard.matches]
    return {"resolutionsPerAuthority": [authority]}

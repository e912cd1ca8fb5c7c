"""What the skill answers, and the one place where it becomes a response."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ask_sdk_model import Response

from skill.speech.ssml import NOTHING, Speech

if TYPE_CHECKING:
    from skill.screens.picture import Picture
    from skill.screens.scene import Scene

LONGEST_SPEECH = 8000
"""The most characters of SSML that a device accepts."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the companion app shows."""

    title: str
    """Its heading."""
    text: str
    """Its text."""
    topic: tuple[str, str] | None = None
    """Kind and id of what it tells about, whose drawing and sources a screen shows."""


@dataclass(frozen=True, slots=True)
class Play:
    """A recording that the device's player is to play."""

    url: str
    """Where the device fetches it."""
    token: str
    """What the device calls it in its events."""
    offset_ms: int = 0
    """Where in the recording to begin."""
    after: str | None = None
    """The token of the recording that it follows; None to begin at once instead of whatever plays."""
    title: str = ""
    """What a screen shows."""
    subtitle: str = ""
    """What a screen shows below it."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that the platform is to ask the person to allow."""

    scope: str
    """The permission's name on the platform."""
    token: str
    """What comes back with the answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the session stays open when there is a reprompt, or when it waits for the screen."""

    speech: Speech = NOTHING
    """What is said; nothing for an event."""
    reprompt: Speech = NOTHING
    """What is said when the person stays silent after a question."""
    card: Card | None = None
    """What the companion app shows."""
    stops_audio: bool = False
    """Whether a stream that is playing must stop."""
    play: Play | None = None
    """What is to be played after the words."""
    permission: Permission | None = None
    """What the platform is to ask after the words; its answer comes as a request."""
    consent: str | None = None
    """A permission for which the companion app shows a card on which it can be given."""
    scene: Scene | None = None
    """What a screen shows; None for what can be read off the rest of the answer."""
    before: Speech = NOTHING
    """What is said where the screen speaks the set itself."""
    waits: bool = False
    """Whether the session stays open without a question, its microphone closed, while the screen goes on."""

    @property
    def ends_session(self) -> bool:
        """Whether the conversation is over."""
        return not self.reprompt


SILENT = Reply()
"""The answer to an event, which nothing may be said to."""


def to_response(reply: Reply, *, playing: bool, event: bool = False, picture: Picture | None = None) -> Response:
    """The SDK's response; raises ValueError for speech that is too long.

    `playing`: a stream may be playing and is to be stopped where the reply says so.
    `event`: the request allows no words and no session, so only directives are given.
    `picture`: what a screen shows; None without one.
    """
    # Built outright: the SDK's speak() and ask() do not escape, and ask() reopens a session that was ended.
    response = Response()
    if directives := [*_directives(reply, playing), *(_shown(picture) if picture else ())]:
        response.directives = directives
    if event:
        return response
    # Where it is left out, a screen keeps the session for as long as it goes on, and half a minute more.
    if (reply.speech or reply.play or reply.permission) and not reply.waits:
        # With a permission it is true: the platform takes over to ask, and comes back with the answer and all we know.
        response.should_end_session = reply.ends_session
    _words(response, reply)
    return response


@cache
def _ui() -> tuple[Any, Any, Any, Any]:
    """The SDK's classes of words and cards; looking them up takes longer than making one."""
    from ask_sdk_model.ui import AskForPermissionsConsentCard, Reprompt, SimpleCard, SsmlOutputSpeech

    return SsmlOutputSpeech, Reprompt, SimpleCard, AskForPermissionsConsentCard


def _words(response: Response, reply: Reply) -> None:
    words, reprompt, card, consent = _ui()
    if reply.speech:
        response.output_speech = words(ssml=_checked(reply.speech.ssml()))
    if reply.reprompt:
        response.reprompt = reprompt(output_speech=words(ssml=_checked(reply.reprompt.ssml())))
    if reply.consent:
        response.card = consent(permissions=[reply.consent])
    elif reply.card:
        response.card = card(title=reply.card.title, content=reply.card.text)


def _directives(reply: Reply, playing: bool) -> list[Any]:
    if reply.play:
        return [_play(reply.play)]
    if playing and reply.stops_audio:
        from ask_sdk_model.interfaces.audioplayer import StopDirective

        return [StopDirective()]
    return [_asking_for(reply.permission)] if reply.permission else []


def _play(play: Play) -> Any:
    from ask_sdk_model.interfaces.audioplayer import (
        AudioItem,
        AudioItemMetadata,
        PlayBehavior,
        PlayDirective,
        Stream,
    )

    stream = Stream(
        url=play.url,
        token=play.token,
        expected_previous_token=play.after,
        offset_in_milliseconds=play.offset_ms,
    )
    return PlayDirective(
        play_behavior=PlayBehavior.ENQUEUE if play.after else PlayBehavior.REPLACE_ALL,
        audio_item=AudioItem(stream=stream, metadata=AudioItemMetadata(title=play.title, subtitle=play.subtitle)),
    )


def _asking_for(permission: Permission) -> Any:
    from ask_sdk_model.interfaces.connections import SendRequestDirective

    payload: dict[str, Any] = {
        "@type": "AskForPermissionsConsentRequest",
        "@version": "1",
        "permissionScope": permission.scope,
    }
    return SendRequestDirective(name="AskFor", payload=payload, token=permission.token)


@cache
def _screen() -> tuple[Any, Any]:
    """The SDK's directives for a screen, likewise."""
    from ask_sdk_model.interfaces.alexa.presentation.apl import ExecuteCommandsDirective, RenderDocumentDirective

    return RenderDocumentDirective, ExecuteCommandsDirective


def _shown(picture: Picture) -> list[Any]:
    token, commands = picture.token, list[Any](picture.commands)
    render, execute = _screen()
    shown = render(token=token, document=dict(picture.document), datasources=dict(picture.datasources))
    return [shown, execute(token=token, commands=commands)] if commands else [shown]


def _checked(ssml: str) -> str:
    if len(ssml) > LONGEST_SPEECH:
        raise ValueError(f"speech of {len(ssml)} characters is longer than the {LONGEST_SPEECH} a device accepts")
    return ssml

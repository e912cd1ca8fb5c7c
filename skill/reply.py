"""What the skill answers, and the one place where it becomes a response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.speech.ssml import NOTHING, Speech

if TYPE_CHECKING:
    from ask_sdk_model import Response

LONGEST_SPEECH = 8000
"""The most characters of SSML that a device accepts."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the companion app shows."""

    title: str
    """Its heading."""
    text: str
    """Its text."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: the session stays open exactly when there is a reprompt."""

    speech: Speech = NOTHING
    """What is said; nothing for an event."""
    reprompt: Speech = NOTHING
    """What is said when the person stays silent after a question."""
    card: Card | None = None
    """What the companion app shows."""
    stops_audio: bool = False
    """Whether a stream that is playing must stop."""

    @property
    def ends_session(self) -> bool:
        """Whether the conversation is over."""
        return not self.reprompt


SILENT = Reply()
"""The answer to an event, which nothing may be said to."""


def to_response(reply: Reply, *, playing: bool) -> Response:
    """The SDK's response; raises ValueError for speech that is too long. `playing`: a stream is to be stopped."""
    # Built outright: the SDK's speak() and ask() do not escape, and ask() reopens a session that was ended.
    from ask_sdk_model import Response
    from ask_sdk_model.ui import Reprompt, SimpleCard, SsmlOutputSpeech

    response = Response()
    if playing and reply.stops_audio:
        from ask_sdk_model.interfaces.audioplayer import StopDirective

        response.directives = [StopDirective()]
    if reply.speech:
        response.output_speech = SsmlOutputSpeech(ssml=_checked(reply.speech.ssml()))
        response.should_end_session = reply.ends_session
    if reply.reprompt:
        response.reprompt = Reprompt(output_speech=SsmlOutputSpeech(ssml=_checked(reply.reprompt.ssml())))
    if reply.card:
        response.card = SimpleCard(title=reply.card.title, content=reply.card.text)
    return response


def _checked(ssml: str) -> str:
    if len(ssml) > LONGEST_SPEECH:
        raise ValueError(f"speech of {len(ssml)} characters is longer than the {LONGEST_SPEECH} a device accepts")
    return ssml

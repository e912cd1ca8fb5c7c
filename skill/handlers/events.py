"""What the platform tells us and expects no words for, and what to do when something fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler

from skill.handlers.capability import Route, finish, turn_of
from skill.handlers.settling import settle
from skill.handlers.standard import fallback
from skill.handlers.turn import Turn
from skill.journal import journal
from skill.reply import SILENT, Reply

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

log = journal(__name__)

SPOKEN = frozenset({"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent", "Connections.Response"})
"""Types of request that must be answered in words."""


def session_ended(turn: Turn) -> Reply:
    """The conversation is over; the place was settled before, and no answer is heard any more."""
    return SILENT


def failed(turn: Turn) -> Reply:
    """The platform or a screen could not use an answer of ours; its request says why, in no words of the person."""
    log.error("the platform refused an answer")
    return SILENT


def disabled(turn: Turn) -> Reply:
    """The person removed the skill: forget them."""
    turn.memory.forget()
    return SILENT


ROUTES: dict[str, Route] = {
    "Alexa.Presentation.APL.RuntimeError": failed,
    "AlexaSkillEvent.SkillDisabled": disabled,
    "SessionEndedRequest": session_ended,
    "System.ExceptionEncountered": failed,
}


class Anything(AbstractRequestHandler):
    """Answers what no other handler does: an intent as one that was not understood, an event with silence."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Always, so it stands last."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """Ask again, or be silent."""
        turn = turn_of(handler_input)
        settle(turn)
        return finish(handler_input, turn, fallback(turn) if _spoken(handler_input) else SILENT)


class Failure(AbstractExceptionHandler):
    """Answers when a handler failed: still in words, and still with the emergency number."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Apologise and ask; the log gets where it failed and not what was said."""
        import traceback

        where = "".join(traceback.format_tb(exception.__traceback__))
        log.error("%s in\n%s", type(exception).__name__, where)
        turn = Turn(handler_input)
        # Time that goes by from here on was not spent counting.
        turn.session = replace(turn.session, counting=None)
        reply = turn.ask(turn.say("error"), "examples", asked="anything") if _spoken(handler_input) else SILENT
        return finish(handler_input, turn, reply)


def _spoken(handler_input: HandlerInput) -> bool:
    request = handler_input.request_envelope.request
    return request is not None and request.object_type in SPOKEN

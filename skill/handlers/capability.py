"""What joins a module of handlers to the SDK: its routes by request name, and the turn they share."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ask_sdk_core.dispatch_components import AbstractRequestHandler

from skill.baked import baked
from skill.handlers.settling import settle
from skill.handlers.turn import Turn
from skill.reply import Reply, to_response

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response

Route = Callable[[Turn], Reply]
"""What answers one intent or one type of request."""

ROUTES = "routes"
"""What a module of handlers calls its routes by the names of requests."""

TURN = "turn"
"""Where the request attributes hold the turn."""

CAPABILITIES = (
    *("topics", "routine", "wishes", "answers", "standard", "foot_bath", "alarms", "playback", "screen", "events"),
)
"""The modules that have some."""


@baked("names")
def modules(capabilities: str, directory: None = None) -> dict[str, str]:
    """By the names of requests, which module answers them: so that no other has to be imported."""
    return {name: each for each in CAPABILITIES for name in _module(each).ROUTES}


def load_all() -> None:
    """Import all of them, so that no request has to."""
    for each in CAPABILITIES:
        _module(each)


def _module(name: str) -> Any:
    return import_module(f"skill.handlers.{name}")


class Capabilities(AbstractRequestHandler):
    """Answers the requests that routes are there for."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether a route has the name of the request."""
        return turn_of(handler_input).name in modules(ROUTES)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Answer by the route, with the elapsed time settled first."""
        turn = turn_of(handler_input)
        settle(turn)
        route: Route = _module(modules(ROUTES)[turn.name]).ROUTES[turn.name]
        return finish(handler_input, turn, route(turn))


def turn_of(handler_input: HandlerInput) -> Turn:
    """The turn of a request, made once."""
    attributes: dict[str, Any] = handler_input.attributes_manager.request_attributes
    if TURN not in attributes:
        attributes[TURN] = Turn(handler_input)
    turn: Turn = attributes[TURN]
    return turn


def finish(handler_input: HandlerInput, turn: Turn, reply: Reply) -> Response:
    """The response, with what is known kept in the session and in storage."""
    picture = None
    if turn.has_display and not turn.is_event:
        # Only who has a screen waits for what it needs.
        from skill.handlers.showing import shown

        reply, picture = shown(turn, reply)
    response = to_response(reply, playing=turn.player.may_sound, event=turn.is_event, picture=picture)
    turn.memory.write()
    if turn.in_session:
        handler_input.attributes_manager.session_attributes = turn.session.to_dict()
    # It knows the attributes that know it: what is let go of here need not be looked for as garbage.
    handler_input.attributes_manager.request_attributes.pop(TURN, None)
    return response

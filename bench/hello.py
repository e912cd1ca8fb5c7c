"""The baseline: the smallest skill that the SDK's documentation would have one write."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_model import Response


class Launch(AbstractRequestHandler):
    """Greets."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say something and ask something."""
        return handler_input.response_builder.speak("Welcome, say hello.").ask("Say hello.").response


class Intent(AbstractRequestHandler):
    """Answers any intent."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether something was asked."""
        return bool(is_request_type("IntentRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say what a slot holds."""
        request: Any = handler_input.request_envelope.request
        slots = request.intent.slots or {}
        name = next((slot.value for slot in slots.values() if slot.value), "world")
        return handler_input.response_builder.speak(f"Hello {name}!").response


class CatchAll(AbstractExceptionHandler):
    """Apologises."""

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        """Always."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Say sorry."""
        return handler_input.response_builder.speak("Sorry.").ask("Sorry.").response


builder = SkillBuilder()
builder.add_request_handler(Launch())
builder.add_request_handler(Intent())
builder.add_exception_handler(CatchAll())
handler: Any = builder.lambda_handler()

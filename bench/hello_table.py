"""The baseline with a table: the smallest skill that remembers how often it was opened, by the SDK's adapter."""

from __future__ import annotations

import os
from typing import Any

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import is_request_type
from ask_sdk_dynamodb.adapter import DynamoDbAdapter
from ask_sdk_model import Response


class Launch(AbstractRequestHandler):
    """Greets, and counts."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the skill was opened."""
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Say how often it was opened."""
        attributes = handler_input.attributes_manager.persistent_attributes
        opened: Any = attributes.get("opened", 0)
        attributes["opened"] = int(opened) + 1
        handler_input.attributes_manager.save_persistent_attributes()
        return handler_input.response_builder.speak("Welcome, say hello.").ask("Say hello.").response


builder = CustomSkillBuilder(persistence_adapter=DynamoDbAdapter(table_name=os.environ["TABLE"]))
builder.add_request_handler(Launch())
handler: Any = builder.lambda_handler()

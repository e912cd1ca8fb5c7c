"""Another skill, as somebody else has it: ten lines with a model of its own, and larger ones by the SDK."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LAMBDA = """
def handler(event, context):
    request = event["request"]
    name = request.get("intent", {}).get("name", request["type"])
    if name == "SessionEndedRequest":
        return {"version": "1.0", "response": {}}
    said = "Hello, world!" if name == "HelloIntent" else "Say hello. Shall I greet you?"
    speech = {"type": "PlainText", "text": said}
    ends = name == "HelloIntent"
    again = {} if ends else {"reprompt": {"outputSpeech": {"type": "PlainText", "text": "Shall I?"}}}
    return {"version": "1.0", "response": {"outputSpeech": speech, "shouldEndSession": ends, **again}}
"""
"""A handler as Lambda calls it."""

SDK = """
from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.skill_builder import SkillBuilder


class Hello(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return True

    def handle(self, handler_input):
        who = handler_input.request_envelope.request.intent.slots["name"].value
        call = handler_input.context.aws_request_id
        return handler_input.response_builder.speak(f"Hello, {who}! {len(call)}").set_should_end_session(True).response


builder = SkillBuilder()
builder.skill_id = "amzn1.ask.skill.11111111-2222-4333-8444-555555555555"
builder.add_request_handler(Hello())
skill = builder.create()
handler = builder.lambda_handler()
"""
"""The same by the SDK, in each of the three forms that it has."""


def intent(called: str, *samples: str, **slots: str) -> dict[str, Any]:
    """An intent with its slots by their types."""
    return {
        "name": called,
        "samples": [*samples],
        "slots": [{"name": slot, "type": kind} for slot, kind in slots.items()],
    }


HELLO: list[dict[str, Any]] = [
    intent("AMAZON.StopIntent", "stop greeting"),
    intent("HelloIntent", "hello", "say hello"),
    intent("GreetIntent", "greet {name}", name="AMAZON.FirstName"),
]
"""What it understands."""


def schema(*intents: dict[str, Any], **types: list[str]) -> dict[str, Any]:
    """A model in Amazon's schema."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": "my hello",
                "intents": [*(intents or HELLO)],
                "types": [
                    {"name": name, "values": [{"name": {"value": value}} for value in values]}
                    for name, values in types.items()
                ],
            }
        }
    }


def model_file(folder: Path, model: Any = None, name: str = "en-US.json") -> str:
    """The path of a file with a model."""
    path = folder / name
    path.write_text(json.dumps(schema() if model is None else model), encoding="utf-8")
    return str(path)

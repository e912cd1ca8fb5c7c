"""Another skill, as somebody else has it: ten lines with a model of its own, and larger ones by the SDK."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from skill.web.simulator.home import Home, foreign_home

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


FAILING = """
import time


def handler(event, context):
    name = event["request"].get("intent", {}).get("name")
    if name == "ThrowIntent":
        raise KeyError(name)
    if name == "RubbishIntent":
        return "Hello"
    if name == "SlowIntent":
        time.sleep(2)
    document = {"type": "APL", "version": "1.4"}
    shown = {"type": "Alexa.Presentation.APL.RenderDocument", "token": "hello", "document": document}
    speech = {"type": "PlainText", "text": "All is well."}
    return {"response": {"outputSpeech": speech, "directives": [shown] if name == "ScreenIntent" else []}}
"""
"""A skill that throws, answers rubbish, takes its time or sends half a screen when it is told to, and else is well."""

FAULTS = {
    "throw": ("invalid_response", "KeyError in handler, hello_there.py:8"),
    "be rubbish": ("invalid_response", "the response: Expected `object`, got `str`"),
    "be slow": ("endpoint_timeout", "no answer after 0.5 seconds"),
    "show half a screen": ("invalid_response", "Object missing required field `mainTemplate`"),
}
"""What it is told, with what a device then says, by the name that the page's words have for that, and the reason."""

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


@contextmanager
def started_in(folder: Path) -> Iterator[None]:
    """While it lasts this process is in a folder; what it imports from there is forgotten afterwards."""
    known, path = {*sys.modules}, [*sys.path]
    try:
        with chdir(folder):
            yield
    finally:
        sys.path[:] = path
        for name in {*sys.modules} - known:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
                del sys.modules[name]


def hello_home(folder: Path, text: str = LAMBDA, model: Any = None, locale: str = "en-US") -> Home:
    """A speaker with that skill in it, which lies in the folder where Python looks for it."""
    (folder / "hello_there.py").write_text(text, encoding="utf-8")
    return foreign_home("hello_there:handler", model_file(folder, model, f"{locale}.json"))


def failing_home(folder: Path) -> Home:
    """A speaker with the skill that fails when told to, which waits half a second for its answers."""
    intents = ("ThrowIntent", "RubbishIntent", "SlowIntent", "ScreenIntent")
    understood = [intent(name, said) for name, said in zip(intents, FAULTS, strict=True)]
    home = hello_home(folder, FAILING, schema(*understood, intent("WellIntent", "be well")))
    return replace(home, deadline_s=0.5)


def model_file(folder: Path, model: Any = None, name: str = "en-US.json") -> str:
    """The path of a file with a model."""
    path = folder / name
    path.write_text(json.dumps(schema() if model is None else model), encoding="utf-8")
    return str(path)

"""Another skill in this speaker, by the name of its module and of what answers in it."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope

from skill.speaker.envelopes import LOCAL_SKILL, Envelope
from skill.speaker.turns import Skill
from skill.web.simulator.trace import place

OURS = "skill"
"""The name that our own package takes from everybody else's."""

HANDLER = "give a function of (event, context), as Lambda calls it"
"""The cure for what cannot answer."""


class ForeignError(Exception):
    """Another skill cannot be used; the message names the part and the cure, on one line."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """What Lambda tells a handler beside the event."""

    aws_request_id: str
    """Which call it is."""
    function_name: str = "local"
    """The name of the function."""
    function_version: str = "$LATEST"
    """Its version."""
    memory_limit_in_mb: int = 512
    """What it may use."""
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:000000000000:function:local"
    """Its address."""
    log_group_name: str = "/aws/lambda/local"
    """Where its log goes."""
    log_stream_name: str = "local"
    """Which part of that is this machine's."""

    def get_remaining_time_in_millis(self) -> int:
        """The milliseconds that Alexa waits for any answer."""
        return 8000


@dataclass(frozen=True, slots=True)
class ForeignSkill:
    """Another skill, as a device asks it."""

    answer: Skill
    """What answers."""
    own_id: str | None = None
    """The id that it answers to; None where it does not tell."""

    @property
    def application_id(self) -> str:
        """The id that the local speaker asks it by."""
        return self.own_id or LOCAL_SKILL


def load_skill(name: str) -> ForeignSkill:
    """The skill of that name, such as `hello:handler`, from this folder or wherever Python looks; raises ForeignError.

    It may be a handler as Lambda calls it, a `CustomSkill` of the SDK, or what builds one.
    """
    module_name, _, attribute = name.partition(":")
    if not all(part.isidentifier() for part in (*module_name.split("."), attribute)):
        raise ForeignError(f"--skill {name}: give a module and what answers in it, such as hello:handler")
    if module_name.split(".")[0] == OURS:
        raise ForeignError(f"--skill {name}: {OURS} is this program's own package; give yours another name")
    module = _module(name, module_name)
    if not hasattr(module, attribute):
        raise ForeignError(f"--skill {name}: {module_name} has no {attribute}; it has {_answering(module)}")
    return _skill(name, getattr(module, attribute))


def no_danger(text: str, locale: str) -> None:
    """Nothing: what our own skill must hear whole is no business of another."""


def _module(name: str, module_name: str) -> ModuleType:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    importlib.invalidate_caches()
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        missing = error.name or module_name
        if f"{module_name}.".startswith(f"{missing}."):
            said = f"there is no module {missing} in {here}; start in the skill's folder"
        else:
            said = f"{module_name} needs {missing}; install that beside this program"
        raise ForeignError(f"--skill {name}: {said}") from error
    except (Exception, SystemExit) as error:
        where = f"in line {error.lineno}" if isinstance(error, SyntaxError) else place(error)
        said = f"{module_name} cannot be imported, {type(error).__name__} {where}; mend that first"
        raise ForeignError(f"--skill {name}: {said}") from error


def _skill(name: str, found: Any) -> ForeignSkill:
    if isinstance(found, SkillBuilder):
        found = found.create()
    if isinstance(found, CustomSkill):
        return ForeignSkill(_called(_handler(found)), found.skill_id or None)
    if inspect.isclass(found) or inspect.iscoroutinefunction(found) or not callable(found):
        kind = (
            "a class" if inspect.isclass(found) else "async" if callable(found) else f"of type {type(found).__name__}"
        )
        raise ForeignError(f"--skill {name}: it is {kind}; {HANDLER}")
    try:
        inspect.signature(found).bind({}, None)
    except TypeError as error:
        raise ForeignError(f"--skill {name}: {error}; {HANDLER}") from error
    except ValueError:  # what is written in C need not tell what it takes
        pass
    return ForeignSkill(_called(found))


def _handler(skill: CustomSkill) -> Callable[[Envelope, Any], Any]:
    serializer = DefaultSerializer()

    def handler(event: Envelope, context: Any) -> Any:
        envelope: Any = serializer.deserialize(json.dumps(event), RequestEnvelope)
        return serializer.serialize(skill.invoke(envelope, context))

    return handler


def _called(handler: Callable[[Envelope, Any], Any]) -> Skill:
    return lambda event: handler(event, Invocation(str(uuid4())))


def _answering(module: ModuleType) -> str:
    """The names of what might answer in a module."""
    kinds = (CustomSkill, SkillBuilder)
    names = [
        name
        for name, value in vars(module).items()
        if isinstance(value, kinds) or (inspect.isfunction(value) and value.__module__ == module.__name__)
    ]
    return ", ".join(names) or "nothing that answers"

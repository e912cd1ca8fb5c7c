"""Request envelopes as the SDK's objects, read by a plan that is made once for each of its classes.

The SDK's own serializer looks up every field's class anew for every request, which is three quarters of the time that a
small skill takes. The objects are equal to its own. Values that are newer than it do not fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer

Reader = Callable[[Any], Any]

_LIST = re.compile(r"list\[(.*)\]")
_DICT = re.compile(r"dict\(([^,]*), (.*)\)")


def read_envelope(payload: dict[str, Any]) -> Any:
    """The SDK's RequestEnvelope; raises SerializationException for a part of the wrong kind."""
    try:
        return _reader("ask_sdk_model.request_envelope.RequestEnvelope")(payload)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SerializationException(str(error)) from error


@cache
def _reader(kind: str) -> Reader:
    """What reads a value of a type that the SDK names."""
    if several := _LIST.fullmatch(kind):
        item = _reader(several[1])
        return lambda values: None if values is None else [item(value) for value in values]
    if mapping := _DICT.fullmatch(kind):
        part = _reader(mapping[2])
        return lambda values: None if values is None else {key: part(value) for key, value in values.items()}
    native = DefaultSerializer.NATIVE_TYPES_MAPPING.get(kind)
    if native is object:
        return lambda value: value
    if native is datetime:
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if native is not None:
        return _primitive(native)
    module, _, name = kind.rpartition(".")
    return _model(getattr(import_module(module), name))


def _primitive(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        return value if value is None or type(value) is kind else kind(value)

    return read


def _model(kind: Any) -> Reader:
    """What reads an object of a class of the SDK, or of the subclass that its payload tells."""
    if issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        # A value that is newer than the SDK stays as it came: it must not cost the words beside it.
        return lambda value: members.get(value, value)
    if not hasattr(kind, "get_real_child_model"):
        return _fields(kind)

    def read(payload: Any) -> Any:
        if payload is None:
            return None
        child = kind.get_real_child_model(payload)
        if child is None:
            raise ValueError("its type is not known")
        return _child(child)(payload)

    return read


@cache
def _child(name: str) -> Reader:
    module, _, kind = name.rpartition(".")
    return _fields(getattr(import_module(module), kind))


def _fields(kind: Any) -> Reader:
    keys = {**{name: name for name in kind.deserialized_types}, **getattr(kind, "attribute_map", {})}
    # Readers are made when first needed: most of the SDK's classes never are, and some refer to themselves.
    plan = {key: (name, kind.deserialized_types[name]) for name, key in keys.items()}
    blank = vars(kind())

    def read(payload: Any) -> Any:
        if payload is None:
            return None
        made = kind.__new__(kind)
        attributes = made.__dict__
        attributes.update(blank)
        for key, value in payload.items():
            field = plan.get(key)
            if field is None:
                attributes[key] = value
            else:
                attributes[field[0]] = _reader(field[1])(value)
        return made

    return read

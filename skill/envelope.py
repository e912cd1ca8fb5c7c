"""Request envelopes as the SDK's objects, read by a plan that is made once for each of its classes.

The SDK's own serializer looks up every field's class anew for every request, which is three quarters of the time that a
small skill takes. The objects are equal to its own, but nothing fails: a value that is newer than the SDK stays as it
came, and a part of the wrong kind is as if it were missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer

Reader = Callable[[Any], Any]

_LIST = re.compile(r"list\[(.*)\]")
_DICT = re.compile(r"dict\(([^,]*), (.*)\)")


def read_envelope(payload: dict[str, Any]) -> Any:
    """The SDK's RequestEnvelope; raises RecursionError for one that is nested too deeply to be read."""
    return _reader("ask_sdk_model.request_envelope.RequestEnvelope")(payload)


@cache
def _reader(kind: str) -> Reader:
    """What reads a value of a type that the SDK names."""
    if several := _LIST.fullmatch(kind):
        item = _reader(several[1])
        return lambda values: [item(value) for value in values] if isinstance(values, list) else None
    if mapping := _DICT.fullmatch(kind):
        part = _reader(mapping[2])
        return lambda values: {key: part(value) for key, value in values.items()} if isinstance(values, dict) else None
    native = DefaultSerializer.NATIVE_TYPES_MAPPING.get(kind)
    if native is object:
        return lambda value: value
    if native is datetime:
        return _moment
    if native is not None:
        return _primitive(native)
    module, _, name = kind.rpartition(".")
    return _model(getattr(import_module(module), name))


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _primitive(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            value = _converted(value, kind)
        if kind is not str or value is None or value.isascii():
            return value
        # JSON can hold halves of characters, which can neither be stored nor sent.
        return value.encode("utf-8", "replace").decode()

    return read


def _converted(value: Any, kind: Any) -> Any:
    """A plain value as another kind of plain value; None when it is none of that kind."""
    try:
        return kind(value) if isinstance(value, str | int | float) else None
    except (OverflowError, TypeError, ValueError):
        return None


def _model(kind: Any) -> Reader:
    """What reads an object of a class of the SDK, or of the subclass that its payload tells."""
    if issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return lambda value: members.get(value, value) if isinstance(value, str) else None
    if not hasattr(kind, "get_real_child_model"):
        return _fields(kind)

    def read(payload: Any) -> Any:
        if not isinstance(payload, dict):
            return None
        named = isinstance(payload.get(kind.json_discriminator_key), str)
        child = kind.get_real_child_model(payload) if named else None
        return _child(child)(payload) if child else payload

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
        if not isinstance(payload, dict):
            return None
        made = kind.__new__(kind)
        attributes = made.__dict__
        attributes.update(blank)
        for key, value in payload.items():
            field = plan.get(key)
            if field is not None:
                attributes[field[0]] = _reader(field[1])(value)
            elif key not in blank and not hasattr(kind, key):
                attributes[key] = value
        return made

    return read

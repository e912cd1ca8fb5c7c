"""Envelopes and the SDK's objects, one made of the other by a plan that is made once for each of its classes.

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

_PLAIN = frozenset({str, int, float, bool, dict, type(None)})
_LIST = re.compile(r"list\[(.*)\]")
_DICT = re.compile(r"dict\(([^,]*), (.*)\)")


def read_envelope(payload: dict[str, Any]) -> Any:
    """The SDK's RequestEnvelope; raises RecursionError for one that is nested too deeply to be read."""
    envelope = _reader("ask_sdk_model.request_envelope.RequestEnvelope")(payload)
    if envelope.session and envelope.session.attributes:
        envelope.session.attributes = _Kept(envelope.session.attributes)
    return envelope


class _Kept(dict[str, Any]):
    """Session attributes as they came; the SDK copies them for whoever changes them in place, which we never do."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Kept:
        return self


def write_envelope(value: Any) -> Any:
    """The plain values of an object of the SDK, without what is None; a dictionary in it is plain already."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [write_envelope(part) for part in value]
    keys = _keys(kind)
    if keys is None:
        return DefaultSerializer().serialize(value)
    attributes = vars(value)
    return {
        key: part if type(part) in _PLAIN else write_envelope(part)
        for name, key in keys
        if (part := attributes.get(name)) is not None
    }


@cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...] | None:
    """What the attributes of a class of the SDK are called in JSON; None for any other class."""
    if not hasattr(kind, "deserialized_types"):
        return None
    names = getattr(kind, "attribute_map", {})
    return tuple((name, names.get(name, name)) for name in kind.deserialized_types)


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
    types = {key: (name, kind.deserialized_types[name]) for name, key in keys.items()}
    plan: dict[str, tuple[str, bool, Reader]] = {}
    blank = vars(kind())

    def read(payload: Any) -> Any:
        if not isinstance(payload, dict):
            return None
        made = kind()
        for key, value in payload.items():
            if key in plan:
                name, plain, reader = plan[key]
                # Nearly all values are words, and stay as they are.
                setattr(made, name, value if plain and type(value) is str and value.isascii() else reader(value))
            elif key in types:
                # Readers are made when first needed: most classes never are, and some refer to themselves.
                name, of = types[key]
                plan[key] = name, of == "str", _reader(of)
                setattr(made, name, plan[key][2](value))
            elif key not in blank and not hasattr(kind, key):
                setattr(made, key, value)
        return made

    return read

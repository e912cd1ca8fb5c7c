"""Reading a content file: YAML in which nothing is lost silently, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from skill.content.template import Template

T = TypeVar("T")

DIRECTORY = Path(__file__).resolve().parents[2] / "content"
"""Where the content files are."""

_CONVERTING = Lock()


class ContentError(ValueError):
    """A content file cannot be used; the message names the file, the key and the cure."""


def read(path: Path, shape: type[T]) -> T:
    """A content file as one typed value; raises ContentError for a missing, unknown or mistyped key."""
    return _convert(path, "", read_yaml(path), shape)


def read_entries(path: Path, shape: type[T]) -> dict[str, T]:
    """A content file as typed values by key; raises ContentError, naming the key of the entry at fault."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or not raw:
        raise ContentError(f"{path}: must hold named entries")
    return {str(key): _convert(path, f"{key}: ", value, shape) for key, value in raw.items()}


def _convert(path: Path, key: str, raw: Any, shape: type[T]) -> T:
    import msgspec  # not needed once content is loaded, and neither is YAML

    try:
        # msgspec plans a class while it first reads one, and a thread that meets half a plan takes the process down.
        with _CONVERTING:
            value = msgspec.convert(raw, shape, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise ContentError(f"{path}: {key}{error}") from error
    for where, name in _unknown_keys(raw, shape, "$"):
        raise ContentError(f"{path}: {key}{name!r} is not a key that is known here - at `{where}`")
    return value


def read_yaml(path: Path) -> Any:
    """A YAML file as plain values; raises ContentError when it is missing, broken or repeats a key."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # base chosen when it runs
        """Safe YAML in which a repeated key is an error and not a silent loss."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            keys = [key.value for key, _ in node.value if isinstance(key.value, str)]
            if repeated := {key for key in keys if keys.count(key) > 1}:
                raise ContentError(f"{path}: key {min(repeated)!r} stands twice, line {node.start_mark.line + 1}")
            mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
            return mapping

    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, Loader)  # noqa: S506  # a subclass of the safe loader
    except ContentError:
        raise
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ContentError(f"{path}: {error}") from error


def _decode(kind: type, value: Any) -> Any:
    if kind is Template and isinstance(value, str):
        return Template(value)
    raise ValueError(f"expected text, found {type(value).__name__}")


def _unknown_keys(raw: Any, shape: Any, where: str) -> list[tuple[str, str]]:
    """Keys of a mapping that its dataclass does not have, as msgspec lets them pass."""
    if is_dataclass(shape) and isinstance(raw, dict):
        hints = get_type_hints(shape)
        known = {each.name for each in fields(shape)}
        found = [(where, key) for key in raw if key not in known]
        for name in known & raw.keys():
            found += _unknown_keys(raw[name], hints[name], f"{where}.{name}")
        return found
    if isinstance(raw, dict) and get_origin(shape) in {dict, Mapping}:
        value_shape = get_args(shape)[1]
        return [hit for key, value in raw.items() for hit in _unknown_keys(value, value_shape, f"{where}.{key}")]
    return [hit for part in get_args(shape) if is_dataclass(part) for hit in _unknown_keys(raw, part, where)]


def flattened(raw: Any, path: Path, prefix: str = "") -> list[tuple[str, tuple[Template, ...]]]:
    """Nested phrases as dotted keys; a list is the variants of one phrase."""
    if not isinstance(raw, dict) or not raw:
        raise ContentError(f"{path}: {prefix.rstrip('.') or 'the file'} must hold named phrases")
    found: list[tuple[str, tuple[Template, ...]]] = []
    for key, value in raw.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found += flattened(value, path, f"{name}.")
            continue
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise ContentError(f"{path}: {name} must be a sentence or a list of sentences")
        try:
            variants = tuple(Template(text) for text in texts)
        except ValueError as error:
            raise ContentError(f"{path}: {name}: {error}") from error
        if len({variant.fields for variant in variants}) > 1:
            raise ContentError(f"{path}: the variants of {name} must have the same placeholders")
        found.append((name, variants))
    return found

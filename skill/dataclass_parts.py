"""What dataclasses share whose methods were written when a package was built; a checkout has no such classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

ABSENT = object()
"""Stands for what was not given."""


class Late:
    """What `dataclasses` notes in a class, made when it is looked up."""

    def __init__(self, written: Callable[[], Mapping[str, Any]], *, frozen: bool, eq: bool) -> None:
        """By what stands behind the annotations of the class."""
        self._written = written
        self._options = {"frozen": frozen, "eq": eq}
        self._name = ""

    def __set_name__(self, kind: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, kind: type) -> Any:
        from dataclasses import dataclass

        its = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, **self._written()}
        return getattr(dataclass(**self._options)(type(kind.__name__, kind.__bases__, its)), self._name)


def replace(instance: T, /, **changes: Any) -> T:
    """A copy with some values changed, as `dataclasses.replace` makes it; raises TypeError for what is no field."""
    kind: Any = type(instance)
    if not hasattr(kind, "__replace__"):
        from dataclasses import replace as replace_any

        return replace_any(instance, **changes)  # type: ignore[type-var]  # it raises TypeError for what is no dataclass
    copy: T = kind.__replace__(instance, **changes)
    return copy


def refuse_to_set(instance: object, name: str, value: object) -> NoReturn:
    """Say that nothing of a frozen object can be set."""
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def refuse_to_delete(instance: object, name: str) -> NoReturn:
    """Say that nothing of a frozen object can be deleted."""
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")

"""Values that take long to make out of files: made when the package is built, and only unpacked where it runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

FOLDER = os.path.join(os.path.dirname(__file__), "baked")
"""Where a package has them; a checkout has no such folder and makes them of its files."""


class Baked(Generic[T]):
    """A function of the name of what it makes; each name is made once."""

    def __init__(self, kind: str, make: Callable[..., T]) -> None:
        self.kind = kind
        """What it makes."""
        self.make = make
        """Makes it of the files; those of another directory where one is given."""
        self._made: dict[Any, T] = {}

    def __call__(self, name: str, directory: Any = None) -> T:
        """What has that name; raises what making it raises."""
        key = (name, directory)
        if key not in self._made:
            # Of two threads that make it at the same time, both get what the first one made.
            self._made.setdefault(key, self.make(name, directory) if directory else self._unpacked(name))
        return self._made[key]

    def file(self, name: str) -> str:
        """What the file is called in which it stands in a package."""
        return f"{self.kind}.{name}"

    def _unpacked(self, name: str) -> T:
        try:
            file = open(os.path.join(FOLDER, self.file(name)), "rb")  # noqa: SIM115  # closed below
        except FileNotFoundError:
            return self.make(name)
        from _pickle import load  # what pickle has of it, without all that stands around it

        with file:
            value: T = load(file)  # a part of this very package
        return value


def baked(kind: str) -> Callable[[Callable[..., T]], Baked[T]]:
    """Have what a function makes kept, and taken out of a package that has it."""
    return lambda make: Baked(kind, make)

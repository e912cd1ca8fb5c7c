"""Modules out of one file, as a package for Lambda has them: nothing is looked for, and nothing else is read.

The file holds compiled code, so it serves one version of Python. What is not in the file is imported as ever. A
checkout has no such file.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from importlib.machinery import ModuleSpec

TYPE_CHECKING = False  # as typing has it, which takes long to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType
    from typing import Any

FOLDER = os.path.dirname(os.path.dirname(__file__))
"""Where the package was unpacked."""

FILE = os.path.join(FOLDER, "modules.bin")
"""The file: eight bytes with the length of the index, the index, and pieces of code."""

HEAD = 8
"""Bytes before the index."""

Piece = tuple[int, int]
"""Where a piece of code begins, after the index, and how long it is."""

Index = tuple[str, dict[str, tuple[Piece, bool]]]
"""For which Python, and the code of each module and whether it is a package."""

LATE = "pprint"
"""What every class of the SDK imports to show itself, and `dataclasses` with it; nothing that is shown to anybody."""


class Bundle:
    """Finds and loads the modules of a file; raises ImportError when it is for another version of Python."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        length = int.from_bytes(os.pread(self._file, HEAD, 0), "little")
        index: Index = marshal.loads(os.pread(self._file, length, HEAD))  # noqa: S302  # a part of this very package
        made_for, self._modules = index
        self._begin = HEAD + length
        if made_for != sys.implementation.cache_tag:
            raise ImportError(f"{path} was made for {made_for}, and this is {sys.implementation.cache_tag}")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to import a module of the file; None for any other."""
        if fullname not in self._modules:
            return None
        is_package = self._modules[fullname][1]
        place = os.path.join(FOLDER, *fullname.split("."))
        origin = os.path.join(place, "__init__.py") if is_package else f"{place}.py"
        spec = ModuleSpec(fullname, self, origin=origin, is_package=is_package)  # type: ignore[arg-type]  # its base class would take longer to import than all this
        spec.has_location = True
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """None, for a module as any other."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the code of a module."""
        start, length = self._modules[module.__name__][0]
        code: CodeType = marshal.loads(os.pread(self._file, length, self._begin + start))  # noqa: S302  # likewise
        exec(code, module.__dict__)  # noqa: S102  # what importing is


def install() -> None:
    """Have modules taken out of the file from now on, where there is one, and nothing taken for garbage.

    Whoever starts the process turns the search for garbage on again: none of what is imported ever is.
    """
    if not os.path.exists(FILE) or any(isinstance(finder, Bundle) for finder in sys.meta_path):
        return
    bundle = Bundle(FILE)
    gc.disable()
    sys.meta_path.insert(0, bundle)
    sys.modules.setdefault(LATE, _Late(LATE))


class _Late(type(sys)):  # type: ignore[misc]  # the type of modules
    """A module that is imported when something of it is looked up."""

    def __getattr__(self, name: str) -> Any:
        from importlib import import_module

        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)

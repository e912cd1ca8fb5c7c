"""Modules out of one file, as a package for Lambda has them: nothing is looked for, and nothing else is read.

The file holds compiled code, so it serves one version of Python. Beside the modules it has the methods of their
dataclasses, which `dataclasses` writes as text and compiles anew in every process; that would be a third of the time
that the skill takes to start. What is not in the file is imported and compiled as ever. A checkout has no such file.
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

Index = tuple[str, dict[str, tuple[Piece, bool]], dict[str, Piece]]
"""For which Python, the code of each module and whether it is a package, and that of the methods by their text."""


class Bundle:
    """Finds and loads the modules of a file; raises ImportError when it is for another version of Python."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        length = int.from_bytes(os.pread(self._file, HEAD, 0), "little")
        index: Index = marshal.loads(os.pread(self._file, length, HEAD))  # noqa: S302  # a part of this very package
        made_for, self._modules, self._methods = index
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
        exec(self._code(self._modules[module.__name__][0]), module.__dict__)  # noqa: S102  # what importing is

    def execute(self, text: str, names: dict[str, Any], results: dict[str, Any]) -> None:
        """Run a text as `exec` does, and without compiling it where the file has it compiled."""
        piece = self._methods.get(text)
        exec(self._code(piece) if piece else text, names, results)  # noqa: S102  # what dataclasses does

    def _code(self, piece: Piece) -> CodeType:
        start, length = piece
        code: CodeType = marshal.loads(os.pread(self._file, length, self._begin + start))  # noqa: S302  # likewise
        return code


def install() -> None:
    """Have modules and methods taken out of the file from now on, where there is one, and nothing taken for garbage.

    Whoever starts the process turns the search for garbage on again: none of what is imported ever is.
    """
    if not os.path.exists(FILE) or any(isinstance(finder, Bundle) for finder in sys.meta_path):
        return
    bundle = Bundle(FILE)
    gc.disable()
    sys.meta_path.insert(0, bundle)
    if "inspect" not in sys.modules:
        sys.modules["inspect"] = _Inspect("inspect")
    import dataclasses

    if isinstance(sys.modules["inspect"], _Inspect):
        del sys.modules["inspect"]
    # The name is the module's to look up; it finds ours before that of the language.
    dataclasses.exec = bundle.execute  # type: ignore[attr-defined]


class _Inspect(type(sys)):  # type: ignore[misc]  # the type of modules
    """What dataclasses needs of `inspect` for each class; all else is imported when it is looked up."""

    @staticmethod
    def get_annotations(kind: type) -> dict[str, Any]:
        """The annotations of a class itself."""
        return dict(vars(kind).get("__annotations__", {}))

    @staticmethod
    def signature(kind: type) -> str:
        """Nothing, of which a class would make itself the docstring that was left out."""
        return ""

    def __getattr__(self, name: str) -> Any:
        import inspect

        return getattr(inspect, name)

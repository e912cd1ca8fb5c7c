"""The modules that the function needs at run time, and nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from modulefinder import ModuleFinder
from pathlib import Path
from typing import Any

from skill.handlers.capability import CAPABILITIES
from skill.packaging.dataclass_methods import PARTS
from skill.packaging.package_error import PackageError

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

SDK = ("ask_sdk_core", "ask_sdk_model", "ask_sdk_runtime", "six")
"""Packages of others that go along; requests and dateutil, which the SDK wants as well, are never reached."""


def ours(entry: Path) -> dict[str, Path]:
    """Our modules that an entry imports, whether at once or later, by name."""
    finder = ModuleFinder([str(ROOT)])
    finder.run_script(str(entry))
    # Those are imported by names that are put together, and by what is written into the others.
    for each in (*(f"skill.handlers.{name}" for name in CAPABILITIES), PARTS):
        finder.import_hook(each)
    modules: dict[str, Any] = finder.modules
    found = {name: module.__file__ for name, module in modules.items() if name.partition(".")[0] == "skill"}
    return {name: Path(file) for name, file in found.items() if file}


def others() -> dict[str, Path]:
    """All modules of the SDK, by name; raises PackageError where it is not installed."""
    found: dict[str, Path] = {}
    for name in SDK:
        top = _top(name)
        for file in top.parent.rglob("*.py") if is_package(top) else [top]:
            parts = file.relative_to(_folder(top)).with_suffix("").parts
            found[".".join(parts).removesuffix(".__init__")] = file
    return found


def is_package(file: Path) -> bool:
    """Whether the file is that of a package, and not of a module in it."""
    return file.name == "__init__.py"


def _top(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise PackageError(f"{name} is not installed; run: make install")
    return Path(spec.origin)


def _folder(top: Path) -> Path:
    return top.parents[is_package(top)]

"""Reading documents and drawings for screens: JSON whose faults are told with the file they are in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from skill.content.reading import ContentError

PARAMETERS = {"phase", "swing", "flip", "line", "accent", "faint"}
"""What every drawing can be told: the part of a count that is over, how far it swings, where it faces, and colours."""


def documents(folder: Path, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Documents by name, each with what all share, but with no layout that it has no use for; raises ContentError."""
    shared = _read(folder / "shared.json")
    return {name: _document(folder / f"{name}.json", shared) for name in names}


def drawings(folder: Path) -> dict[str, dict[str, Any]]:
    """Drawings by remedy; raises ContentError."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        drawing = found[path.stem] = _read(path)
        if drawing.get("type") != "AVG" or {each["name"] for each in drawing.get("parameters", ())} != PARAMETERS:
            raise ContentError(f"{path}: must be of type AVG with the parameters {', '.join(sorted(PARAMETERS))}")
    return found


def _document(path: Path, shared: dict[str, Any]) -> dict[str, Any]:
    document = _read(path)
    if document.get("type") != "APL" or "mainTemplate" not in document:
        raise ContentError(f"{path}: must be of type APL and have a mainTemplate")
    # Packages of the platform cannot be had without a network.
    if document.get("import"):
        raise ContentError(f"{path}: must import nothing")
    if twice := document.keys() & shared.keys():
        raise ContentError(f"{path}: {min(twice)!r} stands in shared.json")
    return {**document, **shared, "layouts": _used(document, shared.get("layouts", {}))}


def _used(document: dict[str, Any], layouts: dict[str, Any]) -> dict[str, Any]:
    """Those layouts that are in a document, also by way of others."""
    found: dict[str, Any] = {}
    new = {name for name in _types(document) if name in layouts}
    while new:
        found |= {name: layouts[name] for name in sorted(new)}
        new = {name for name in _types(found) if name in layouts} - found.keys()
    return found


def _types(value: Any) -> Iterator[str]:
    """The type of everything in a document."""
    if isinstance(value, dict):
        if isinstance(kind := value.get("type"), str):
            yield kind
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _types(part)


def _read(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError(f"{path}: {error}") from error
    if not isinstance(read, dict):
        raise ContentError(f"{path}: must hold one object")
    return read

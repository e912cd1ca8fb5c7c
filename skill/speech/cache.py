"""Where this machine keeps what it can make again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def cache_folder(name: str, environment: Mapping[str, str] = os.environ) -> Path:
    """A folder for one kind of thing; deleting it costs nothing but time."""
    cache = environment.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "steady-legs" / name

"""What can be made again is kept in the cache of the person."""

from __future__ import annotations

from pathlib import Path

from skill.speech.cache import cache_folder


def test_where_it_is_kept() -> None:
    """In the cache of the person, or where the environment says."""
    assert cache_folder("clips", {"XDG_CACHE_HOME": "/cache"}) == Path("/cache/steady-legs/clips")
    assert cache_folder("tracks", {}) == Path.home() / ".cache" / "steady-legs" / "tracks"

"""Recordings of sets, for whoever plays them: found by what they say, so that one that says something else is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from skill.journal import journal
from skill.speech.script import Script

if TYPE_CHECKING:
    from pathlib import Path

    from skill.speech.manifest import Manifest, Track

log = journal(__name__)


@dataclass(frozen=True, slots=True)
class Recording:
    """A set as a device can play it."""

    url: str
    """Where the device fetches it."""
    length_ms: int
    """How long it is."""
    first_ms: int
    """From its start to the beat of the first count."""


class Recordings(Protocol):
    """Where recordings come from."""

    @property
    def public(self) -> bool:
        """Whether any device in the world can fetch them."""

    def has(self, script: Script) -> bool:
        """Whether there is one that says exactly this, or can be made when it is asked for."""

    def find(self, script: Script) -> Recording | None:
        """The recording that says exactly this; None when there is none."""


class NoRecordings:
    """No recordings at all: whatever is counted is counted by the device's own voice."""

    public = False

    def has(self, script: Script) -> bool:
        """False."""
        return False

    def find(self, script: Script) -> Recording | None:
        """None."""
        return None


class Published:
    """Recordings of a folder that was rendered before, as they stand behind a public address."""

    public = True

    def __init__(self, folder: Path, url: str) -> None:
        from threading import Lock

        self._folder = folder
        self._url = url.rstrip("/")
        self._manifest: Manifest | None = None
        self._lock = Lock()

    def has(self, script: Script) -> bool:
        """Whether it was rendered."""
        return script.key in self._index().tracks

    def find(self, script: Script) -> Recording | None:
        """The recording of a script; None where it was not rendered, or when the folder's index is unusable."""
        track = self._index().tracks.get(script.key)
        return at(self._url, track) if track else None

    def _index(self) -> Manifest:
        from skill.speech.manifest import MANIFEST, Manifest, ManifestError, read_manifest

        with self._lock:
            if self._manifest is None:
                try:
                    self._manifest = read_manifest(self._folder / MANIFEST)
                except ManifestError as error:
                    # The routine is then counted by the device's own voice, which is better than no answer.
                    log.error("there are no recordings: %s", error)
                    self._manifest = Manifest("", {})
            return self._manifest


def at(url: str, track: Track) -> Recording:
    """A track as it stands below an address."""
    return Recording(f"{url}/{track.file}", track.length_ms, track.first_ms)

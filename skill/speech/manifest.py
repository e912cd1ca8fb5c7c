"""Which tracks there are: an index for whoever plays them, and beside each track the notes of its making."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MANIFEST = "tracks.json"
"""Name of the index in a folder of tracks."""

FORMAT = 1
"""Version of the shape of index and notes."""

_FILE = re.compile(r"\w[\w.-]*\.mp3", re.ASCII)
_COLUMNS = ["file", "length_ms", "first_ms", "pace_ms", "counts", "start"]


class ManifestError(ValueError):
    """An index or notes cannot be used; the message names file, key and cure."""


@dataclass(frozen=True, slots=True)
class Track:
    """One file of sound, and where its counts are; raises ValueError for what cannot be true."""

    key: str
    """The key of its script: the same key, the same words at the same times."""
    file: str
    """Its name, in the folder of the index or behind any address; another sound has another name."""
    length_ms: int
    """How long a player plays it."""
    first_ms: int
    """From the start of the file, as a player counts, to the first counted beat."""
    pace_ms: int
    """Milliseconds a count."""
    counts: int
    """Counts of the whole set."""
    start: int
    """Counts that were done before it."""

    def __post_init__(self) -> None:
        if not (isinstance(self.key, str) and isinstance(self.file, str) and _FILE.fullmatch(self.file)):
            raise ValueError("file must be a plain name that ends in .mp3")
        if {*map(type, (self.length_ms, self.first_ms, self.pace_ms, self.counts, self.start))} != {int}:
            raise ValueError("times and counts must be whole numbers")
        if not 0 <= self.start < self.counts:
            raise ValueError("start must be at least 0 and less than counts")
        if self.pace_ms <= 0:
            raise ValueError("pace_ms must be above 0")
        if not 0 <= self.first_ms <= self.length_ms - (self.counts - self.start) * self.pace_ms:
            raise ValueError("length_ms must have room for all counts after first_ms")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The tracks of one voice."""

    voice: str
    """Name of the voice."""
    tracks: Mapping[str, Track]
    """By the keys of their scripts."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a track."""

    at_ms: int
    """When their vowel sounds, or their first sound in the opening, from the start of the file as a player counts."""
    words: str
    """What is said."""
    count: int | None
    """The count that they speak; None for all else."""


@dataclass(frozen=True, slots=True)
class Notes:
    """How one track was made and what it says; it lies beside its file."""

    track: Track
    """The track."""
    sha256: str
    """Hex digest of its file."""
    voice: str
    """Name of the voice."""
    renderer: int
    """Version of the program that made it."""
    speed: float
    """How fast the counts are spoken; 1 is the voice's own speed."""
    loudness: float
    """Integrated loudness in LUFS, measured before the encoder."""
    text: str
    """All that is said."""
    cues: tuple[Said, ...]
    """The same in pieces, in order, with their times."""


def read_manifest(path: Path) -> Manifest:
    """The index in a file; raises ManifestError when it is missing, damaged or says what cannot be true."""
    raw = _read(path)
    voice, tracks = raw.get("voice"), raw.get("tracks")
    if not isinstance(voice, str) or not voice:
        raise ManifestError(f"{path}: voice: must be the name of a voice; render the tracks anew")
    if not isinstance(tracks, dict) or raw.get("columns") != _COLUMNS:
        raise ManifestError(f"{path}: tracks: must be rows of {', '.join(_COLUMNS)} by key; render the tracks anew")
    return Manifest(voice, {key: _track(path, key, row) for key, row in tracks.items()})


def manifest_json(manifest: Manifest) -> str:
    """The index as JSON text, one track a line."""
    rows = ((key, [getattr(track, column) for column in _COLUMNS]) for key, track in manifest.tracks.items())
    lines = [f"{json.dumps(key)}: {json.dumps(row)}" for key, row in rows]
    head = json.dumps({"format": FORMAT, "voice": manifest.voice, "columns": _COLUMNS, "tracks": {}})
    return head[:-2] + ",".join(f"\n{line}" for line in lines) + "\n}}\n"


def read_notes(path: Path) -> Notes:
    """The notes in a file; raises ManifestError when they are missing, damaged or say what cannot be true."""
    raw = _read(path)
    raw.pop("format")
    track, cues = raw.get("track"), raw.get("cues")
    if not isinstance(cues, list) or not isinstance(track, dict):
        raise ManifestError(f"{path}: cues and track: must be there; render the track anew")
    try:
        return Notes(**{**raw, "track": Track(**track), "cues": tuple(Said(*each) for each in cues)})
    except (TypeError, ValueError) as error:
        raise ManifestError(f"{path}: {error}; render the track anew") from error


def notes_json(notes: Notes) -> str:
    """Notes as JSON text, one cue a line."""
    value = asdict(notes)
    del value["cues"]
    cues = ",\n".join(json.dumps([cue.at_ms, cue.words, cue.count]) for cue in notes.cues)
    return json.dumps({"format": FORMAT, **value}, indent=1)[:-2] + f',\n "cues": [\n{cues}\n]\n}}\n'


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise ManifestError(f"{path}: {error.strerror}; render the tracks first") from error
    except ValueError as error:
        raise ManifestError(f"{path}: is no JSON ({error}); render the tracks anew") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ManifestError(f"{path}: format: must be {FORMAT}; render the tracks anew")
    return raw


def _track(path: Path, key: str, row: Any) -> Track:
    try:
        return Track(key, *row)
    except (TypeError, ValueError) as error:
        raise ManifestError(f"{path}: tracks.{key}: {error}; render the tracks anew") from error

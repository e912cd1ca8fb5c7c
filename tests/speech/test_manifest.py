"""Index and notes survive their files, and nothing that cannot be true is read from one."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.speech.manifest import (
    Manifest,
    ManifestError,
    Notes,
    Said,
    Track,
    manifest_json,
    notes_json,
    read_manifest,
    read_notes,
)

TRACK = Track("abc123", "swings-left-3x960-0a1b2c3d.mp3", 9600, 4800, 960, 3, 0)
NOTES = Notes(
    track=TRACK,
    sha256="0" * 64,
    voice="pico",
    renderer=1,
    speed=1.15,
    loudness=-14.2,
    text='Say "one". one',
    cues=(Said(46, 'Say "one".', None), Said(4800, "one", 1)),
)


def test_index_round_trip(tmp_path: Path) -> None:
    """What is written is read, a track a line, in order."""
    tracks = {f"{n:04x}": replace(TRACK, key=f"{n:04x}", file=f"t-{n}.mp3") for n in (3, 1, 2)}
    path = tmp_path / "index.json"
    path.write_text(manifest_json(Manifest("pico", tracks)), encoding="utf-8")
    read = read_manifest(path)
    assert read == Manifest("pico", tracks)
    assert list(read.tracks) == list(tracks)
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(tracks) + 2
    path.write_text(manifest_json(Manifest("pico", {})), encoding="utf-8")
    assert read_manifest(path) == Manifest("pico", {})


def test_notes_round_trip(tmp_path: Path) -> None:
    """What is written is read."""
    path = tmp_path / "notes.json"
    path.write_text(notes_json(NOTES), encoding="utf-8")
    assert read_notes(path) == NOTES


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file": "../a.mp3"}, "file"),
        ({"file": "a.wav"}, "file"),
        ({"file": ".a.mp3"}, "file"),
        ({"file": 1}, "file"),
        ({"length_ms": 7679}, "length_ms"),
        ({"first_ms": -1}, "first_ms"),
        ({"first_ms": 4.8}, "whole numbers"),
        ({"pace_ms": 0}, "pace_ms"),
        ({"pace_ms": True}, "whole numbers"),
        ({"counts": 0}, "start"),
        ({"start": 3}, "start"),
        ({"start": "0"}, "whole numbers"),
    ],
)
def test_tracks_that_cannot_be(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """A track that contradicts itself is none; the message of a file names file and key."""
    with pytest.raises(ValueError, match=said):
        replace(TRACK, **change)
    raw = json.loads(manifest_json(Manifest("pico", {"ab": TRACK})))
    for name, value in change.items():
        raw["tracks"]["ab"][raw["columns"].index(name)] = value
    path = tmp_path / "index.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ManifestError, match=rf"index\.json: tracks\.ab: .*{said}"):
        read_manifest(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "format"),
        ({"voice": ""}, "voice"),
        ({"voice": None}, "voice"),
        ({"tracks": []}, "tracks"),
        ({"columns": ["file"]}, "tracks"),
        ({"tracks": {"ab": None}}, "tracks.ab"),
        ({"tracks": {"ab": []}}, "tracks.ab"),
    ],
)
def test_files_that_are_no_index(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """An index of another shape is refused with its file and key."""
    path = tmp_path / "index.json"
    path.write_text(json.dumps({**json.loads(manifest_json(Manifest("pico", {}))), **change}), encoding="utf-8")
    with pytest.raises(ManifestError, match=rf"index\.json: {said}"):
        read_manifest(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
@pytest.mark.parametrize("read", [read_manifest, read_notes])
def test_damaged_files(tmp_path: Path, text: str, read: Any) -> None:
    """Half a file and a missing one are named."""
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"file\.json"):
        read(path)
    path.unlink()
    with pytest.raises(ManifestError, match=r"file\.json: No such file"):
        read(path)


@pytest.mark.parametrize(
    "change",
    [{"track": {}}, {"track": None}, {"cues": 1}, {"cues": [[1]]}, {"surprise": 1}, {"track": {"key": "a"}}],
)
def test_notes_that_cannot_be(tmp_path: Path, change: dict[str, Any]) -> None:
    """Notes of another shape are refused with their file."""
    path = tmp_path / "notes.json"
    path.write_text(json.dumps({**json.loads(notes_json(NOTES)), **change}), encoding="utf-8")
    with pytest.raises(ManifestError, match=r"notes\.json"):
        read_notes(path)


def test_reading_needs_no_sound() -> None:
    """Whoever serves tracks loads neither voices nor an encoder."""
    code = (
        "import sys, skill.speech.manifest; print(*{'lameenc', 'py_nanotts', 'miniaudio', 'yaml'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""

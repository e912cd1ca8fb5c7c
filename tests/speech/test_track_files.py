"""A script's track is found when it is there as it would be made, and made otherwise."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from skill.speech import track_files
from skill.speech.manifest import Track, read_notes
from skill.speech.mixing import TooFastError, Words, mix
from skill.speech.mp3 import length_ms
from skill.speech.script import Script
from skill.speech.track_files import RENDERER, find_track, make_track
from tests.speech.scripts import Beeps, small_script

SCRIPT = small_script(opening=("Go.",))


@pytest.fixture
def beeps() -> Words:
    """A voice that costs nothing."""
    return Words(Beeps())


def made(script: Script, words: Words, folder: Path) -> tuple[Track, Path]:
    """A track just made, and its file."""
    track = make_track(script, words, folder)
    return track, folder / track.file


def test_track_says_where_its_counts_are(beeps: Words, tmp_path: Path) -> None:
    """Track and notes tell what is in the file."""
    track, path = made(SCRIPT, beeps, tmp_path)
    mixed, data = mix(SCRIPT, beeps), path.read_bytes()
    assert track == Track(SCRIPT.key, path.name, round(length_ms(data)), mixed.first_ms, 960, 6, 0)
    assert track.file.startswith(f"{SCRIPT.label}-")
    notes = read_notes(path.with_suffix(".json"))
    assert notes.track == track
    assert notes.sha256 == hashlib.sha256(data).hexdigest()
    assert (notes.voice, notes.renderer, notes.speed) == (Beeps.name, RENDERER, mixed.speed)
    assert notes.cues == mixed.cues
    assert notes.text.startswith("Go. three two one one two")
    assert notes.loudness == pytest.approx(-14.3, abs=0.6)
    assert sorted(os.listdir(tmp_path)) == sorted([path.name, path.with_suffix(".json").name])


def test_found_only_as_it_would_be_made(beeps: Words, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another script, voice or renderer has another file, and a harmed one is none."""
    track, path = made(SCRIPT, beeps, tmp_path)
    assert find_track(SCRIPT, Beeps.name, tmp_path) == track
    assert find_track(small_script(984), Beeps.name, tmp_path) is None
    assert find_track(SCRIPT, "other", tmp_path) is None
    with monkeypatch.context() as patch:
        patch.setattr(track_files, "RENDERER", RENDERER + 1)
        assert find_track(SCRIPT, Beeps.name, tmp_path) is None
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    assert find_track(SCRIPT, Beeps.name, tmp_path) is None
    path.unlink()
    assert find_track(SCRIPT, Beeps.name, tmp_path) is None


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1, "track": null}'])
def test_harmed_notes(beeps: Words, tmp_path: Path, text: str) -> None:
    """A track without usable notes is none."""
    _, path = made(SCRIPT, beeps, tmp_path)
    path.with_suffix(".json").write_text(text)
    assert find_track(SCRIPT, Beeps.name, tmp_path) is None


def test_too_fast_writes_nothing(beeps: Words, tmp_path: Path) -> None:
    """What cannot be said in time leaves no file."""
    with pytest.raises(TooFastError):
        make_track(small_script(240, opening=()), beeps, tmp_path)
    assert os.listdir(tmp_path) == []


def test_same_sound_same_file(beeps: Words, tmp_path: Path) -> None:
    """The same script makes the same bytes, and another one another name."""
    _, one = made(SCRIPT, beeps, tmp_path)
    first = one.read_bytes()
    _, again = made(SCRIPT, Words(Beeps()), tmp_path)
    assert again == one
    assert again.read_bytes() == first
    _, other = made(small_script(opening=("Go.",), ticks=True), beeps, tmp_path)
    assert other.name != one.name

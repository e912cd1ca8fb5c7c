"""Several processes make tracks, and what goes wrong in one is told here."""

from __future__ import annotations

import os
from array import array
from multiprocessing import active_children
from pathlib import Path

import pytest

from skill.speech.mixing import TooFastError, Words
from skill.speech.track_files import find_track, make_track
from skill.speech.voices import VoiceError
from skill.speech.workers import WorkerError, made_by_workers
from tests.speech.scripts import Beeps, small_script

SCRIPTS = [small_script(pace, opening=()) for pace in (960, 984, 1008)]


class Speechless(Beeps):
    """A voice that has nothing to say."""

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """Never."""
        raise VoiceError(f"{self.name}: {text!r} is too much")


class Deadly(Beeps):
    """A voice that takes its process with it."""

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """The end."""
        os._exit(7)


def test_all_tracks_are_made(tmp_path: Path) -> None:
    """Each script becomes the file that it would have become here."""
    tracks = list(made_by_workers(SCRIPTS, Beeps, tmp_path, 2))
    assert {track.key for track in tracks} == {script.key for script in SCRIPTS}
    assert all(find_track(script, Beeps.name, tmp_path) in tracks for script in SCRIPTS)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for script in SCRIPTS:
        make_track(script, Words(Beeps()), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made
    assert not active_children()


@pytest.mark.parametrize(
    ("voice", "pace_ms", "error", "said"),
    [
        (Speechless, 960, VoiceError, "too much"),
        (Beeps, 240, TooFastError, "at 240 ms a count is too fast"),
        (Deadly, 960, WorkerError, r"a process died \(7\); start again"),
    ],
)
def test_what_goes_wrong(tmp_path: Path, voice: type[Beeps], pace_ms: int, error: type[Exception], said: str) -> None:
    """An error of a process is raised here as it was there, a death is told of, and all processes end."""
    with pytest.raises(error, match=said):
        list(made_by_workers([small_script(pace_ms)], voice, tmp_path, 1))
    assert not active_children()


def test_ended_when_nobody_listens(tmp_path: Path) -> None:
    """Whoever stops in the middle leaves no process behind."""
    scripts = [small_script(960 + 24 * n, opening=()) for n in range(20)]
    making = made_by_workers(scripts, Beeps, tmp_path, 1)
    next(making)
    assert active_children()
    making.close()
    assert not active_children()
    assert len(list(tmp_path.glob("*.mp3"))) < len(scripts)

"""A folder of tracks is rendered once, and anew only where something changed; a killed render goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from skill.speech.manifest import MANIFEST, Track, read_manifest
from skill.speech.mixing import Words
from skill.speech.rendering import RenderError, render, render_one
from skill.speech.voices import VoiceError, find_voice
from skill.speech.whole_files import PART
from tests.conftest import TESTS
from tests.speech.scripts import Beeps, small_script
from tests.speech.test_whole_files import little_room
from tests.speech.test_workers import Deadly, Speechless

SCRIPTS = [small_script(pace, opening=()) for pace in (960, 984, 1008, 1032)]

KILLED_WHILE_WRITING = """
import os, signal
from pathlib import Path
from skill.speech.rendering import render
from tests.speech.scripts import Beeps, small_script
made = []
fsync = os.fsync
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL) if len(made) == 2 else fsync(handle)
render([small_script(pace, opening=()) for pace in (960, 984, 1008, 1032)], Beeps, Path({folder!r}), jobs=1,
       progress=lambda track, now: made.append(track))
"""

KILLED_WITH_WORKERS = """
import os, signal
from pathlib import Path
from skill.speech.rendering import render
from tests.speech.scripts import Beeps, small_script
if __name__ == "__main__":
    render([small_script(960 + 24 * n, opening=()) for n in range(40)], Beeps, Path({folder!r}), jobs=2,
           progress=lambda track, now: os.kill(os.getpid(), signal.SIGKILL))
"""


class Heard:
    """What a render tells while it goes on."""

    def __init__(self) -> None:
        self.made: list[Track] = []
        self.kept: list[Track] = []

    def __call__(self, track: Track, made: bool) -> None:
        """Note a track."""
        (self.made if made else self.kept).append(track)


def test_folder_of_tracks(tmp_path: Path) -> None:
    """All scripts are there, each once, with an index that says what was returned, in the order of the scripts."""
    progress = Heard()
    manifest = render([*SCRIPTS, SCRIPTS[0]], Beeps, tmp_path, jobs=1, progress=progress)
    assert read_manifest(tmp_path / MANIFEST) == manifest
    assert manifest.voice == Beeps.name
    assert list(manifest.tracks) == [script.key for script in SCRIPTS]
    assert progress.made == list(manifest.tracks.values())
    files = {track.file for track in progress.made}
    assert set(os.listdir(tmp_path)) == files | {file.replace(".mp3", ".json") for file in files} | {MANIFEST}


def test_unchanged_scripts_are_kept(tmp_path: Path) -> None:
    """Only what is new or harmed is made, and a voice with nothing to do need not say a word."""
    before = render(SCRIPTS[:3], Beeps, tmp_path, jobs=1)
    render(SCRIPTS[:3], Speechless, tmp_path)
    (tmp_path / before.tracks[SCRIPTS[1].key].file).write_bytes(b"")
    progress = Heard()
    after = render(SCRIPTS[1:], Beeps, tmp_path, jobs=1, progress=progress)
    assert {track.key for track in progress.made} == {SCRIPTS[1].key, SCRIPTS[3].key}
    assert [track.key for track in progress.kept] == [SCRIPTS[2].key]
    assert list(after.tracks) == [script.key for script in SCRIPTS[1:]]


def test_processes_make_the_same(tmp_path: Path) -> None:
    """A real voice in two processes makes the files that it makes in one."""
    scripts = [small_script(pace, opening=(), counts=("one", "two")) for pace in (960, 1200)]
    for jobs in (1, 2):
        render(scripts, partial(find_voice, "pico", "en-GB"), tmp_path / str(jobs), jobs=jobs)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / job).iterdir()} for job in "12")
    assert one == two


def test_process_that_dies(tmp_path: Path) -> None:
    """A voice that takes its process with it does not take this one, and is told of."""
    with pytest.raises(RenderError, match=r"a process died \(7\); start again"):
        render(SCRIPTS, Deadly, tmp_path, jobs=2)
    assert os.listdir(tmp_path) == []


def test_killed_while_writing(tmp_path: Path) -> None:
    """A render that was killed over its third track goes on there, and nothing half stays."""
    assert killed(KILLED_WHILE_WRITING, tmp_path)
    left = os.listdir(tmp_path)
    assert [name.endswith(PART) for name in left].count(True) == 1
    assert [name.endswith(".mp3") for name in left].count(True) == 2
    assert MANIFEST not in left
    progress = Heard()
    render(SCRIPTS, Beeps, tmp_path, jobs=1, progress=progress)
    assert (len(progress.kept), len(progress.made)) == (2, 2)
    assert not [name for name in os.listdir(tmp_path) if name.endswith(PART)]


def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    """When a render is killed its processes end after the track they are at."""
    # The output is read to its end, which comes when the last process has closed it.
    assert killed(KILLED_WITH_WORKERS, tmp_path)
    made = [name for name in os.listdir(tmp_path) if name.endswith(".mp3")]
    assert 1 <= len(made) < 20


def killed(code: str, folder: Path) -> bool:
    """Whether a program that renders into a folder was killed, without a word, when all that it started has ended."""
    program = folder.with_suffix(".py")
    program.write_text(code.format(folder=str(folder)))
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    ended = subprocess.run([sys.executable, program], env=environment, capture_output=True, timeout=60, check=False)
    return ended.returncode == -signal.SIGKILL and ended.stderr == b""


def test_index_that_is_none_of_ours(tmp_path: Path) -> None:
    """A file in the index's place that is none is left as it is, and nothing is rendered."""
    (tmp_path / MANIFEST).write_text("{}")
    with pytest.raises(RenderError, match=rf"{MANIFEST}: format: .* with this file removed"):
        render(SCRIPTS, Beeps, tmp_path, jobs=1)
    assert os.listdir(tmp_path) == [MANIFEST]
    assert (tmp_path / MANIFEST).read_text() == "{}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_full_disk(tmp_path: Path, jobs: int) -> None:
    """A full disk is told of, no half file stays, and the index of before is as it was."""
    before = render(SCRIPTS[:2], Beeps, tmp_path, jobs=1)
    files = sorted(os.listdir(tmp_path))
    with little_room(20_000), pytest.raises(RenderError, match=r"\.mp3: File too large; make room"):
        render(SCRIPTS, Beeps, tmp_path, jobs=jobs)
    assert sorted(os.listdir(tmp_path)) == files
    assert read_manifest(tmp_path / MANIFEST) == before


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that cannot be made is told of."""
    (tmp_path / "file").write_text("in the way")
    for fail in (
        lambda folder: render(SCRIPTS, Beeps, folder),
        lambda folder: render_one(SCRIPTS[0], Words(Beeps()), folder),
    ):
        with pytest.raises(RenderError, match=f"{tmp_path / 'file' / 'tracks'}: Not a directory; give a folder"):
            fail(tmp_path / "file" / "tracks")


def test_voice_that_cannot(tmp_path: Path) -> None:
    """What a voice cannot say is told of as it tells it, and what was made before stays."""
    render(SCRIPTS[:1], Beeps, tmp_path, jobs=1)
    with pytest.raises(VoiceError, match="too much"):
        render(SCRIPTS, Speechless, tmp_path, jobs=1)
    assert list(read_manifest(tmp_path / MANIFEST).tracks) == [SCRIPTS[0].key]


def test_one_on_demand(tmp_path: Path) -> None:
    """One track is made when it is first asked for, and found from then on, also by a render of the whole."""
    words = Words(Beeps())
    track = render_one(SCRIPTS[0], words, tmp_path / "cache")
    assert render_one(SCRIPTS[0], Words(Speechless()), tmp_path / "cache") == track
    progress = Heard()
    render(SCRIPTS[:2], Beeps, tmp_path / "cache", jobs=1, progress=progress)
    assert progress.kept == [track]

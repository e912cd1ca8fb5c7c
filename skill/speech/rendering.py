"""A folder of tracks: all scripts by one voice, made where they are not there yet, and listed when all are."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from skill.speech.manifest import MANIFEST, Manifest, ManifestError, Track, manifest_json, read_manifest
from skill.speech.mixing import Words
from skill.speech.script import Script
from skill.speech.track_files import find_track, make_track
from skill.speech.voices import Voice
from skill.speech.whole_files import WriteError, whole_file, writing_into
from skill.speech.workers import WorkerError, made_by_workers


class RenderError(Exception):
    """Tracks cannot be rendered; the message names the folder or file, and the cure."""


def render(
    scripts: Iterable[Script],
    open_voice: Callable[[], Voice],
    folder: Path,
    *,
    jobs: int | None = None,
    progress: Callable[[Track, bool], object] | None = None,
) -> Manifest:
    """The tracks of scripts and their index, in a folder; raises RenderError, and VoiceError for what cannot be said.

    `open_voice` is called here and in each process, so it can be pickled; `jobs` is the number of processes, as many
    as there are processors unless given; `progress` is told of each track, and whether it was made now.
    """
    wanted = {script.key: script for script in scripts}
    tracks = {}
    with _explained(), writing_into(folder), closing(open_voice()) as voice:
        _check_index(folder / MANIFEST)
        jobs = jobs or os.cpu_count() or 1
        # Closed at once whatever happens, so that no process writes on when the folder is left.
        with closing(_tracks(list(wanted.values()), voice, open_voice, folder, jobs)) as each:
            for track, made in each:
                tracks[track.key] = track
                if progress is not None:
                    progress(track, made)
        manifest = Manifest(voice.name, {key: tracks[key] for key in wanted})
        with whole_file(folder / MANIFEST) as index:
            index.write(manifest_json(manifest).encode())
    return manifest


def render_one(script: Script, words: Words, folder: Path) -> Track:
    """The track of one script in a folder, made unless it is there; raises RenderError and VoiceError."""
    found = find_track(script, words.voice.name, folder)
    if found is not None:
        return found
    with _explained(), writing_into(folder):
        return make_track(script, words, folder)


def _check_index(path: Path) -> None:
    """Raise RenderError for an index that is none of ours, and so not ours to replace."""
    if path.exists():
        try:
            read_manifest(path)
        except ManifestError as error:
            raise RenderError(f"{error}, with this file removed or into another folder") from error


def _tracks(
    scripts: list[Script], voice: Voice, open_voice: Callable[[], Voice], folder: Path, jobs: int
) -> Generator[tuple[Track, bool], None, None]:
    """Each track, and whether it was made now."""
    missing = []
    for script in scripts:
        track = find_track(script, voice.name, folder)
        if track is None:
            missing.append(script)
        else:
            yield track, False
    jobs = min(jobs, len(missing))
    if jobs > 1:
        made = made_by_workers(missing, open_voice, folder, jobs)
    else:
        words = Words(voice)
        made = (make_track(script, words, folder) for script in missing)
    for track in made:
        yield track, True


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (WriteError, WorkerError) as error:
        raise RenderError(str(error)) from error

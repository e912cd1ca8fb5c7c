"""The command `steady-legs tracks render`: every set of every plan and pace as a recording, with an index."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from skill.console import show
from skill.locales import find
from skill.routine.plan import UnknownRoutineError
from skill.speech.manifest import MANIFEST, Track
from skill.speech.mp3 import BIT_RATE
from skill.speech.rendering import RenderError, render
from skill.speech.repertoire import TEMPI, repertoire
from skill.speech.voices import VoiceError, find_voice

TICKS = {"off": (False,), "on": (True,), "both": (False, True)}
"""Which recordings the choices of --ticks stand for."""

BAR = 40
"""Characters of the progress bar."""


class TracksError(Exception):
    """Recordings cannot be made as asked; the message says why and what to do."""


def render_tracks(options: Namespace) -> None:
    """Render what was asked for, and print a table of it; raises TracksError."""
    began, folder = time.perf_counter(), Path(options.out)
    content = find(options.locale).content
    try:
        scripts = repertoire(
            content,
            routines=options.routine,
            tempi=options.tempo or TEMPI,
            spoken=options.spoken or ("every",),
            ticks=TICKS[options.ticks],
        )
        progress = _Progress(len(scripts))
        voice = partial(find_voice, options.voice, options.locale)
        manifest = render(scripts, voice, folder, jobs=options.jobs, progress=progress.count)
    except (RenderError, UnknownRoutineError, VoiceError) as error:
        raise TracksError(str(error)) from error
    _print_table(manifest.tracks.values(), content.exercises)
    found, seconds = progress.done - progress.made, time.perf_counter() - began
    show(f"{progress.made} made and {found} found in {seconds:.1f} s by {manifest.voice}: {folder / MANIFEST}")


@dataclass
class _Progress:
    """A bar on a terminal, and nothing elsewhere."""

    total: int
    """Tracks to be had."""
    done: int = 0
    """Tracks that are there."""
    made: int = 0
    """Those of them that were not there before."""

    def count(self, track: Track, made: bool) -> None:
        """One more is there."""
        self.done += 1
        self.made += made
        if sys.stderr.isatty():
            filled = BAR * self.done // self.total
            end = "\n" if self.done == self.total else ""
            bar = f"\r[{'#' * filled:{BAR}}] {self.done}/{self.total}"
            print(bar, end=end, file=sys.stderr, flush=True)  # noqa: T201  # what a command is for


def _print_table(tracks: Iterable[Track], exercises: Iterable[str]) -> None:
    """How many there are of each exercise, how long they are, and how big."""
    names = {exercise: exercise.replace("_", "-") for exercise in exercises}
    number, milliseconds = Counter[str](), Counter[str]()
    for track in tracks:
        exercise = next(key for key, name in names.items() if track.file.startswith(name))
        number[exercise] += 1
        milliseconds[exercise] += track.length_ms
    show(f"{'exercise':<20}{'tracks':>8}{'minutes':>10}{'MB':>8}")
    for exercise in (*number, "all"):
        count = number.total() if exercise == "all" else number[exercise]
        ms = milliseconds.total() if exercise == "all" else milliseconds[exercise]
        show(f"{exercise:<20}{count:>8}{ms / 60_000:>10.1f}{ms * BIT_RATE / 8e6:>8.1f}")

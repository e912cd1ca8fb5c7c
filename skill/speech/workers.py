"""Tracks made by several processes at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

from skill.speech.manifest import Track
from skill.speech.mixing import Words
from skill.speech.script import Script
from skill.speech.track_files import make_track
from skill.speech.voices import Voice


class WorkerError(Exception):
    """A process died; the message says how, and the cure."""


def made_by_workers(
    scripts: Sequence[Script], open_voice: Callable[[], Voice], folder: Path, jobs: int
) -> Generator[Track, None, None]:
    """Tracks as they are made; raises WorkerError or what make_track raises; ends its processes in any case."""
    # A forked process would share the locks of this one's threads, whatever their state is.
    context = get_context("spawn")
    processes = {}
    try:
        for job in range(jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(theirs, scripts[job::jobs], open_voice, folder), daemon=True)
            process.start()
            theirs.close()
            processes[ours] = process
        working = set(processes)
        while working:
            for pipe in cast("list[Connection]", wait(working)):
                try:
                    message = pipe.recv()
                except EOFError:
                    processes[pipe].join()
                    how = processes[pipe].exitcode
                    raise WorkerError(f"{folder}: a process died ({how}); start again, with fewer jobs") from None
                if isinstance(message, Exception):
                    raise message
                if message is None:
                    working.remove(pipe)
                else:
                    yield message
    finally:
        for pipe, process in processes.items():
            process.terminate()
            process.join()
            process.close()
            pipe.close()


def _work(pipe: Connection, scripts: Sequence[Script], open_voice: Callable[[], Voice], folder: Path) -> None:
    """Send each track when it is made, and None after the last; or what went wrong."""
    # An interrupt from the keyboard reaches all processes, and the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):  # whoever started this is gone, and nobody waits for the rest
        try:
            with closing(open_voice()) as voice:
                words = Words(voice)
                for script in scripts:
                    pipe.send(make_track(script, words, folder))
            pipe.send(None)
        except BrokenPipeError:
            raise
        except Exception as error:
            pipe.send(error)

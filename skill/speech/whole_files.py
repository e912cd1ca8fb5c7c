"""A folder in which every file is whole: a file is there when it was written to its end, or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import BinaryIO

PART = ".part"
"""How the name of a file ends that is still being written."""


class WriteError(Exception):
    """A folder or file cannot be written; the message names it and the cure."""


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Have a folder there, free of what a killed writer left in it, before and after; raises WriteError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            _sweep(handle, folder)
            fcntl.flock(handle, fcntl.LOCK_SH)
        except OSError:
            os.close(handle)
            raise
    except OSError as error:
        raise WriteError(f"{folder}: {error.strerror}; give a folder that can be written") from error
    try:
        yield
    finally:
        _sweep(handle, folder)
        os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when the block ends well, in a folder being written into; raises WriteError."""
    part = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}{PART}")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}; make room or give another folder, and start again") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _sweep(handle: int, folder: Path) -> None:
    """Remove unfinished files, unless somebody else may be at work on them."""
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for part in folder.glob(f".*{PART}"):
            part.unlink(missing_ok=True)

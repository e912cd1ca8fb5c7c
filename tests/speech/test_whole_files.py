"""Files are whole or not there, whatever stops their writer."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from skill.speech.whole_files import PART, WriteError, whole_file, writing_into


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """A disk that takes no file longer than that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_there_when_written(tmp_path: Path) -> None:
    """A file takes its name at the end, and replaces the one before."""
    folder = tmp_path / "new" / "folder"
    for text in (b"one", b"two"):
        with writing_into(folder), whole_file(folder / "a") as file:
            file.write(text)
            assert (folder / "a").exists() == (text == b"two")
        assert (folder / "a").read_bytes() == text
        assert os.listdir(folder) == ["a"]


def test_not_there_when_broken_off(tmp_path: Path) -> None:
    """An error in the middle leaves what was there before, and nothing else."""
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(TypeError), writing_into(tmp_path), whole_file(tmp_path / "a") as file:
        file.writelines([b"half", "half"])  # type: ignore[list-item]  # which is the error
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"before"


def test_full_disk(tmp_path: Path) -> None:
    """A disk that is full is told of with the file, and half a file does not stay."""
    with (
        pytest.raises(WriteError, match=f"{tmp_path / 'a'}: {os.strerror(errno.EFBIG)}; make room"),
        writing_into(tmp_path),
        little_room(10_000),
        whole_file(tmp_path / "a") as file,
    ):
        file.write(bytes(20_000))
    assert os.listdir(tmp_path) == []


def test_folder_that_cannot_be(tmp_path: Path) -> None:
    """A folder that cannot be made is told of."""
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(WriteError, match=f"{folder}: .*; give a folder"), writing_into(folder):
            pass


def test_leftovers_are_swept(tmp_path: Path) -> None:
    """What a killed writer left goes; other files stay."""
    left, kept = tmp_path / f".a.mp3.1-2{PART}", tmp_path / "b.part"
    for path in (left, kept):
        path.write_bytes(b"half")
    with writing_into(tmp_path):
        assert not left.exists()
        left.write_bytes(b"half")
    assert os.listdir(tmp_path) == [kept.name]


def test_others_at_work_are_left_alone(tmp_path: Path) -> None:
    """What another writer has not finished stays, as long as it is at work."""
    with writing_into(tmp_path), whole_file(tmp_path / "a") as file:
        with writing_into(tmp_path), whole_file(tmp_path / "b") as other:
            other.write(b"whole")
        file.write(b"whole")
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_whoever_leaves_first_sweeps_nothing_of_others(tmp_path: Path) -> None:
    """A writer that ends leaves alone what one that came later still writes."""
    with ExitStack() as first:
        first.enter_context(writing_into(tmp_path))
        with writing_into(tmp_path), whole_file(tmp_path / "a") as file:
            first.close()
            with writing_into(tmp_path):
                file.write(b"whole")
    assert os.listdir(tmp_path) == ["a"]


def test_broken_off_while_others_are_at_work(tmp_path: Path) -> None:
    """Half a file goes at once, whoever else is at work."""
    with writing_into(tmp_path), writing_into(tmp_path):
        with pytest.raises(WriteError), little_room(10), whole_file(tmp_path / "a") as file:
            file.write(bytes(20_000))
        assert os.listdir(tmp_path) == []

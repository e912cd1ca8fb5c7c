"""The command that makes recordings: once, whole, and with a clear word about what cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.cli import main
from skill.speech.manifest import MANIFEST, read_manifest

KNEES = ("--routine", "knee_rotations", "--tempo", "-2")


def render(folder: Path, *options: str) -> int:
    """Run the command."""
    return main(["tracks", "render", "--out", str(folder), *options])


def test_rendered_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The recordings and their index are there; the second time nothing is made."""
    folder = tmp_path / "deep" / "tracks"
    assert render(folder, *KNEES) == 0
    said = capsys.readouterr()
    assert "knee_rotations" in said.out
    assert "2 made and 0 found" in said.out
    assert said.err == ""
    manifest = read_manifest(folder / MANIFEST)
    assert {track.file for track in manifest.tracks.values()} == {path.name for path in folder.glob("*.mp3")}
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.mp3")}
    assert render(folder, *KNEES) == 0
    assert "0 made and 2 found" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*.mp3")} == before


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--voice", "moon"), "there is no voice 'moon'"),
        (("--routine", "moon"), "'moon' is neither a routine nor an exercise"),
        (("--tempo", "9"), "invalid choice: 9"),
        (("--tempo", "fast"), "invalid int value: 'fast'"),
        (("--spoken", "none"), "invalid choice: 'none'"),
        (("--locale", "xx"), "--locale xx"),
        (("--jobs", "0"), "--jobs 0: give one or more"),
    ],
)
def test_bad_wishes(
    tmp_path: Path, options: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be made is refused in one line, and nothing is left behind."""
    assert render(tmp_path / "tracks", *options) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "tracks").exists() or list((tmp_path / "tracks").iterdir()) == []


def test_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the way is named."""
    (tmp_path / "file").write_text("in the way")
    assert render(tmp_path / "file", *KNEES) == 2
    assert str(tmp_path / "file") in capsys.readouterr().err

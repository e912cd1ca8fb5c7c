"""Recordings are found by what they say; without an index, a voice or room for them there are simply none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.routine.plan import Preferences, make_plan
from skill.speech.manifest import MANIFEST
from skill.speech.mp3 import length_ms
from skill.speech.recordings import NoRecordings, Published
from skill.speech.rendered import LOCAL, Rendered
from skill.speech.script import recorded_script
from tests.handlers.recorded import OPENING_MS, URL, shelf
from tests.routine.plans import CONTENT

PLAN = make_plan(CONTENT, "knee_rotations", Preferences(tempo=-2))
SCRIPT = recorded_script(CONTENT, PLAN, 1)
OTHER = recorded_script(CONTENT, make_plan(CONTENT, "full", Preferences(counts={"full.leg_swings": 43})), 0)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendered]:
    """Recordings of this machine, in an empty folder."""
    recordings = Rendered(tmp_path_factory.mktemp("cache") / "tracks", "en-US")
    yield recordings
    recordings.close()


def test_published_are_found_by_what_they_say(tmp_path: Path) -> None:
    """A script that was rendered has an address and its times; any other has none."""
    shelf(tmp_path)
    recordings = Published(tmp_path, f"{URL}/")
    found = recordings.find(SCRIPT)
    assert found is not None
    assert found.url == f"{URL}/{SCRIPT.label}-{SCRIPT.key[:8]}.mp3"
    assert found.first_ms == OPENING_MS + SCRIPT.sheet.first_ms
    assert recordings.has(SCRIPT)
    assert not recordings.has(OTHER)
    assert recordings.find(OTHER) is None


@pytest.mark.parametrize("index", [None, "", "{", "[]", '{"format": 1, "voice": "x", "tracks": {"a": 1}}'])
def test_unusable_index_is_no_recordings(tmp_path: Path, index: str | None, caplog: pytest.LogCaptureFixture) -> None:
    """A missing or damaged index is logged once with its file, and costs nothing but the recordings."""
    if index is not None:
        (tmp_path / MANIFEST).write_text(index, encoding="utf-8")
    recordings = Published(tmp_path, URL)
    assert recordings.find(SCRIPT) is None
    assert not recordings.has(SCRIPT)
    assert [str(tmp_path / MANIFEST) in record.getMessage() for record in caplog.records] == [True]


def test_no_recordings() -> None:
    """Where none were set up, there are none."""
    assert not NoRecordings().has(SCRIPT)
    assert NoRecordings().find(SCRIPT) is None


def test_rendered_when_first_asked_for(rendered: Rendered) -> None:
    """A recording of this machine is made once, as long as it says, and its address is this machine's."""
    assert rendered.has(SCRIPT)
    found = rendered.find(SCRIPT)
    assert found is not None
    assert found.url.startswith(f"{LOCAL}/{SCRIPT.label}")
    assert rendered.find(SCRIPT) == found
    assert rendered.length_ms(found.url) == found.length_ms
    assert rendered.length_ms(f"{LOCAL}/other.mp3") is None
    track = rendered.track_at(found.url)
    assert track
    assert (track.key, track.first_ms) == (SCRIPT.key, found.first_ms)
    (file,) = rendered._folder.glob("*.mp3")
    assert round(length_ms(file.read_bytes())) == found.length_ms


def test_rendered_ahead(tmp_path: Path) -> None:
    """What is asked about is made before it is asked for, each once, and the rest is given up at the end."""
    recordings = Rendered(tmp_path, "en-US", ahead=True)
    assert recordings.has(SCRIPT)
    assert recordings.has(SCRIPT)
    until = time.monotonic() + 30
    while len(list(tmp_path.glob("*.mp3"))) < 1:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert recordings.find(SCRIPT)
    assert recordings.has(OTHER)
    recordings.close()
    assert not recordings.has(OTHER)


def test_without_a_voice_there_are_none(tmp_path: Path) -> None:
    """A voice that is not there is looked for once, and then there are no recordings."""
    recordings = Rendered(tmp_path, "en-US", voice="nobody")
    assert not recordings.has(SCRIPT)
    assert recordings.find(SCRIPT) is None
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without room for it a recording is none, and the log says where it failed."""
    (tmp_path / "file").write_text("in the way")
    recordings = Rendered(tmp_path / "file", "en-US")
    assert recordings.find(SCRIPT) is None
    recordings.close()
    assert str(tmp_path / "file") in caplog.text

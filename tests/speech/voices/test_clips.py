"""Clips are kept on real disks: found again, made anew when damaged, and never half there."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill.speech.voices.clips import Clips
from skill.speech.voices.voice import VoiceError


class Counting:
    """A voice whose sound is its text, and that counts how often it is asked."""

    def __init__(self, name: str = "counting-1") -> None:
        self.name = name
        self.rate = 8000
        self.asked: list[tuple[str, float]] = []
        self.closed = 0

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """The letters as samples."""
        self.asked.append((text, speed))
        if text == "unspeakable":
            raise VoiceError(f"{self.name}: cannot say it")
        return array("h", [*text.encode(), round(100 * speed)])

    def close(self) -> None:
        """Counted as well."""
        self.closed += 1


def files(directory: Path) -> list[Path]:
    """All files, also those that should not be there."""
    return sorted(path for path in directory.rglob("*") if path.is_file())


def test_said_once(tmp_path: Path) -> None:
    """The same words are asked for once, also by a voice that is opened later, and sound the same."""
    voice = Counting()
    first = Clips(voice, tmp_path / "new" / "folder").speak("twenty seven")
    again = Clips(Counting(), tmp_path / "new" / "folder")
    assert again.speak("twenty seven") == again.speak("twenty seven", 1) == first == voice.speak("twenty seven")
    assert isinstance(first, array)
    assert len(files(tmp_path)) == 1


def test_text_speed_and_voice_are_told_apart(tmp_path: Path) -> None:
    """Each has a clip of its own."""
    one, other = Counting("one-1"), Counting("one-2")
    for voice in (one, other):
        clips = Clips(voice, tmp_path)
        assert (clips.name, clips.rate) == (voice.name, voice.rate)
        for _ in range(2):
            for text, speed in (("left", 1.0), ("left", 0.5), ("right", 1.0)):
                assert clips.speak(text, speed)[-1] == 100 * speed
    assert one.asked == other.asked == [("left", 1.0), ("left", 0.5), ("right", 1.0)]
    assert len(files(tmp_path)) == 6


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:32],
        lambda content: content[:-2],
        lambda content: content + b"\0\0",
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: b"RIFF....WAVE",
    ],
)
def test_damaged_clip_is_made_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A file that is not what was written is as good as none, and is replaced."""
    voice = Counting()
    clips = Clips(voice, tmp_path)
    whole = clips.speak("one")
    (path,) = files(tmp_path)
    written = path.read_bytes()
    path.write_bytes(damage(written))
    assert clips.speak("one") == whole
    assert path.read_bytes() == written
    assert len(voice.asked) == 2


def test_failure_leaves_nothing(tmp_path: Path) -> None:
    """What the voice cannot say is not kept, and is asked again next time."""
    voice = Counting()
    clips = Clips(voice, tmp_path)
    for _ in range(2):
        with pytest.raises(VoiceError, match="cannot say"):
            clips.speak("unspeakable")
    assert len(voice.asked) == 2
    assert files(tmp_path) == []


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The error names the folder and the cure."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(VoiceError, match=r"counting-1: .*file.*XDG_CACHE_HOME"):
        Clips(Counting(), tmp_path / "file").speak("one")


def test_no_half_file_when_writing_fails(tmp_path: Path) -> None:
    """A clip that cannot get its name leaves no temporary file behind."""
    clips = Clips(Counting(), tmp_path)
    clips.speak("one")
    (path,) = files(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(VoiceError, match="cannot be kept"):
        clips.speak("one")
    assert files(tmp_path) == []


def test_shared_by_threads(tmp_path: Path) -> None:
    """Many who write and read the same clip at once all get the whole of it."""
    with ThreadPoolExecutor(8) as pool:
        clips = list(pool.map(lambda _: Clips(Counting(), tmp_path).speak("a" * 50_000), range(64)))
    assert all(clip == clips[0] for clip in clips)
    assert len(files(tmp_path)) == 1


def test_closing_closes_the_voice(tmp_path: Path) -> None:
    """The voice behind the clips is let go of."""
    voice = Counting()
    Clips(voice, tmp_path).close()
    assert voice.closed == 1

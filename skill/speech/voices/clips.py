"""Clips on disk, so that a slow voice or an online one says the same words only once."""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from skill.speech.voices.voice import Voice, VoiceError

DIGEST_BYTES = sha256().digest_size
"""A file is the digest of the samples, and the samples."""


class Clips:
    """A voice that looks for a text on disk before it asks another voice, one file a text and speed."""

    def __init__(self, voice: Voice, directory: Path) -> None:
        self.name = voice.name
        self.rate = voice.rate
        self._voice = voice
        self._directory = directory

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """The kept clip, or a new one, which is kept; raises VoiceError."""
        key = json.dumps([self.name, self.rate, float(speed), text])
        path = self._directory / f"{sha256(key.encode()).hexdigest()}.pcm"
        clip = _read(path)
        if clip is None:
            clip = self._voice.speak(text, speed)
            try:
                _write(path, clip)
            except OSError as error:
                raise VoiceError(
                    f"{self.name}: a clip cannot be kept: {error}; set XDG_CACHE_HOME to a folder that can be written"
                ) from error
        return clip

    def close(self) -> None:
        """Close the voice; the files stay."""
        self._voice.close()


def _read(path: Path) -> array[int] | None:
    """The samples in a file; None when there is none or it is not what was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, samples = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if not samples or sha256(samples).digest() != digest:
        return None
    clip = array("h")
    clip.frombytes(samples)
    return clip


def _write(path: Path, clip: array[int]) -> None:
    """The file appears whole or not at all, also when another process writes the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            samples = clip.tobytes()
            file.write(sha256(samples).digest() + samples)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise

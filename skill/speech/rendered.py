"""Recordings that are made when they are first asked for, for a speaker on this machine."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from skill.speech.manifest import Track
from skill.speech.mixing import Words
from skill.speech.recordings import Recording, at
from skill.speech.rendering import RenderError, render_one
from skill.speech.script import Script
from skill.speech.voices import VoiceError, find_voice

log = logging.getLogger(__name__)

LOCAL = "http://localhost/steady-legs/tracks"
"""The address of recordings that only this machine fetches."""


class Rendered:
    """Recordings in a folder of this machine; without a voice there are none."""

    public = False

    def __init__(self, folder: Path, locale: str, *, voice: str = "auto", url: str = LOCAL) -> None:
        self._folder = folder
        self._locale = locale
        self._voice = voice
        self._url = url
        self._words: Words | None = None
        self._silent = False
        self._made: dict[str, Track] = {}
        self._lock = Lock()

    def has(self, script: Script) -> bool:
        """Whether there is a voice that can make it."""
        with self._lock:
            return self._open() is not None

    def find(self, script: Script) -> Recording | None:
        """The recording of a script, made unless it was before; None when that fails."""
        with self._lock:
            words = self._open()
            if words is None:
                return None
            if script.key not in self._made:
                try:
                    self._made[script.key] = render_one(script, words, self._folder)
                except (RenderError, VoiceError) as error:
                    log.error("a recording could not be made: %s", error)
                    return None
            return at(self._url, self._made[script.key])

    def length_ms(self, url: str) -> int | None:
        """How long the recording at an address of ours is; None for any other."""
        found = (track for track in self._made.values() if at(self._url, track).url == url)
        return next((track.length_ms for track in found), None)

    def close(self) -> None:
        """Let go of the voice."""
        with self._lock:
            if self._words is not None:
                self._words.voice.close()
            self._words, self._silent = None, True

    def _open(self) -> Words | None:
        """The voice; found once, as looking for what is not installed takes long."""
        if self._words is None and not self._silent:
            try:
                self._words = Words(find_voice(self._voice, self._locale))
            except VoiceError as error:
                self._silent = True
                log.warning("there are no recordings: %s", error)
        return self._words

"""Recordings that are made when they are first asked for, for a speaker on this machine."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock, Thread

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
    """Recordings in a folder of this machine; without a voice there are none. Any thread may ask."""

    public = False

    def __init__(
        self, folder: Path, locale: str, *, voice: str = "auto", url: str = LOCAL, ahead: bool = False
    ) -> None:
        """Have recordings in a folder; `ahead`: those that are asked about are made before they are asked for."""
        self._folder = folder
        self._locale = locale
        self._voice = voice
        self._url = url
        self._ahead = ahead
        self._words: Words | None = None
        self._silent = False
        self._made: dict[str, Track] = {}
        self._wanted: dict[str, Script] = {}
        self._opening, self._making, self._wanting = Lock(), Lock(), Lock()

    def has(self, script: Script) -> bool:
        """Whether there is a voice that can make it."""
        if self._open() is None:
            return False
        if self._ahead:
            self._make_later(script)
        return True

    def find(self, script: Script) -> Recording | None:
        """The recording of a script, made unless it was before; None when that fails."""
        track = self._made.get(script.key) or self._make(script)
        return at(self._url, track) if track else None

    def length_ms(self, url: str) -> int | None:
        """How long the recording at an address of ours is; None for any other."""
        track = self.track_at(url)
        return track.length_ms if track else None

    def track_at(self, url: str) -> Track | None:
        """What is known of the recording at an address of ours; None for any other."""
        # Whoever asks does not wait for one that is being made.
        return next((track for track in [*self._made.values()] if at(self._url, track).url == url), None)

    def close(self) -> None:
        """Let go of the voice."""
        with self._wanting:
            self._wanted.clear()
        with self._making, self._opening:
            if self._words is not None:
                self._words.voice.close()
            self._words, self._silent = None, True

    def _make(self, script: Script) -> Track | None:
        """The recording of a script; None when it cannot be made."""
        with self._making:
            words = self._open()
            if words is not None and script.key not in self._made:
                try:
                    self._made[script.key] = render_one(script, words, self._folder)
                except (RenderError, VoiceError) as error:
                    log.error("a recording could not be made: %s", error)
            return self._made.get(script.key)

    def _make_later(self, script: Script) -> None:
        with self._wanting:
            if script.key in self._made or script.key in self._wanted:
                return
            self._wanted[script.key] = script
            if len(self._wanted) == 1:
                Thread(target=self._make_wanted, daemon=True).start()

    def _make_wanted(self) -> None:
        """Make what is wanted, the first first, until there is no more of it."""
        while True:
            with self._wanting:
                script = next(iter(self._wanted.values()), None)
            if script is None:
                return
            self._make(script)
            with self._wanting:
                self._wanted.pop(script.key, None)
                if not self._wanted:
                    return

    def _open(self) -> Words | None:
        """The voice; found once, as looking for what is not installed takes long."""
        with self._opening:
            if self._words is None and not self._silent:
                try:
                    self._words = Words(find_voice(self._voice, self._locale))
                except VoiceError as error:
                    self._silent = True
                    log.warning("there are no recordings: %s", error)
            return self._words

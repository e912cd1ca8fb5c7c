"""The voice of the command espeak-ng: robotic, tiny, and packaged nearly everywhere."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import wave
from array import array

from skill.speech.voices.engine import Engine, accent, from_pcm
from skill.speech.voices.voice import VoiceError

COMMAND = "espeak-ng"
"""What is run; it must be on the PATH."""

RATE = 22_050
"""Samples a second."""

WORDS_A_MINUTE = 175
"""The command's own speed."""

PATIENCE_S = 20.0
"""How long a text may take; a long sentence takes a twentieth of a second."""


class EspeakVoice(Engine):
    """eSpeak NG, a process a text; an American or British voice, whichever is nearer to the locale."""

    def __init__(self, locale: str) -> None:
        self._accent = accent(locale)
        path = shutil.which(COMMAND)
        if path is None:
            raise VoiceError(f"{COMMAND} is not on the PATH; install the system package {COMMAND}")
        self._path = path
        version = re.search(rb"\d+(\.\d+)+", self._run("--version"))
        super().__init__(f"espeak-{self._accent}-{version[0].decode() if version else 'unknown'}", RATE)

    def _say(self, words: str, speed: float) -> array[int]:
        options = ("-v", self._accent.lower(), "-s", str(round(WORDS_A_MINUTE * speed)), "-b", "1")
        sound = self._run(*options, "--stdin", "--stdout", text=words)
        try:
            with wave.open(io.BytesIO(sound)) as file:
                if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
                    raise VoiceError(f"{self.name}: the sound is not {RATE} Hz, mono, 16 bit; use another voice")
                # The header of a stream does not know how long the stream will be.
                return from_pcm(file.readframes(file.getnframes()))
        except (wave.Error, EOFError) as error:
            raise VoiceError(f"{self.name}: no WAV file came: {error}; use another voice") from error

    def _run(self, *options: str, text: str = "") -> bytes:
        command = [self._path, *options]
        try:
            done = subprocess.run(  # noqa: S603  # a fixed command; the text goes through a pipe
                command, input=text.encode(), capture_output=True, timeout=PATIENCE_S, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            raise VoiceError(f"{error} {said.decode(errors='replace').strip()}; use another voice") from error
        return done.stdout

"""The voice Pico: small, offline, and the same sound for the same text, always."""

from __future__ import annotations

from array import array

from skill.speech.voices.engine import Engine, accent, from_pcm, installed
from skill.speech.voices.pico_process import PicoProcess
from skill.speech.voices.pieces import pieces
from skill.speech.voices.voice import VoiceError

REQUIREMENT = "py-nanotts==0.1.1"
"""What to install."""

RATE = 16_000
"""Samples a second."""

VOLUME = 0.5
"""Of the engine's own loudness, at which it clips; at this one no peak of the skill's words reaches full scale."""

LONGEST_PIECE = 300
"""Characters in one call; the engine's memory has a fixed size."""

LONGEST_WORD = 40
"""Characters without a space; thousands of them have kept the engine busy for ever."""

PATIENCE_S = 20.0
"""How long a piece may take; an ordinary one takes a fifth of a second at most."""


class PicoVoice(Engine):
    """SVOX Pico in a process of its own; an American or British voice, whichever is nearer to the locale."""

    def __init__(self, locale: str, patience_s: float = PATIENCE_S) -> None:
        self._accent = accent(locale)
        super().__init__(f"pico-{self._accent}-{installed('py-nanotts', REQUIREMENT)}", RATE)
        self._process = PicoProcess(self.name, patience_s)

    def close(self) -> None:
        """End the process; the next text starts another."""
        self._process.close()

    def _say(self, words: str, speed: float) -> array[int]:
        long = next((word for word in words.split() if len(word) > LONGEST_WORD), None)
        if long is not None:
            raise VoiceError(f"{self.name}: {long[:LONGEST_WORD]!r}… is too long a word; put spaces into it")
        return from_pcm(b"".join(self._ask(piece, speed) for piece in pieces(words, LONGEST_PIECE)))

    def _ask(self, piece: str, speed: float) -> bytes:
        return self._process.ask({"text": piece, "voice": self._accent, "speed": speed, "volume": VOLUME})

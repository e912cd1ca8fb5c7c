"""What every voice is: words in, samples out."""

from __future__ import annotations

from array import array
from typing import Protocol


class VoiceError(Exception):
    """A voice cannot speak; the message names the voice, what failed and the cure."""


class SpeedError(VoiceError):
    """The voice speaks at one speed only; the same text can be asked of it at speed 1."""


class Voice(Protocol):
    """One way to turn text into sound."""

    name: str
    """Engine, voice and version, such as `pico-en-US-0.1.1`; the same name means the same sound."""
    rate: int
    """Samples a second."""

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """Mono samples of 16 bits (`array("h")`); speed 2 takes half the time; raises VoiceError."""
        ...

    def close(self) -> None:
        """Let go of what the voice holds; closing twice does no harm."""
        ...

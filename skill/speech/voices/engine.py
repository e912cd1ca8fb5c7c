"""What all engines share: a text that each can take, a sound that is worth having, and how they are found."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from array import array

from skill.speech.voices.voice import VoiceError

SLOWEST, FASTEST = 0.5, 2.0
"""Speeds that every engine can be asked for."""

FAINTEST = 300
"""A sound with no sample above it is silence; a voice is at least ten times as loud."""

MARKUP = "<>[]"
"""Characters that some engine reads as markup or phonemes, and none reads out."""

AMERICAN_REGIONS = {"", "CA", "US"}
"""Where English is nearer to that of the United States than to that of Britain; "" is English of no region."""


class Engine(ABC):
    """A voice that checks what it is asked for and what comes of it."""

    def __init__(self, name: str, rate: int) -> None:
        self.name = name
        self.rate = rate

    def speak(self, text: str, speed: float = 1.0) -> array[int]:
        """The text as mono samples of 16 bits; raises VoiceError when there is nothing to say or to hear."""
        if not SLOWEST <= speed <= FASTEST:
            raise VoiceError(f"{self.name}: speed {speed} is out of range; give {SLOWEST} to {FASTEST}")
        words = _plain(text)
        if not has_word(words):
            raise VoiceError(f"{self.name}: {text[:40]!r} has no word in it; give it something to say")
        sound = self._say(words, float(speed))
        if max(sound, default=0) <= FAINTEST:
            raise VoiceError(f"{self.name}: {text[:40]!r} came out silent; give it words in English letters")
        return sound

    def close(self) -> None:
        """Let go of what the voice holds."""
        return

    @abstractmethod
    def _say(self, words: str, speed: float) -> array[int]:
        """The sound of one line without markup that has a word in it; raises VoiceError."""


def accent(locale: str) -> str:
    """The nearer of en-US and en-GB for an English locale; raises VoiceError for any other language."""
    language, _, region = locale.partition("-")
    if language != "en":
        raise VoiceError(f"no voice speaks {locale}; give an English locale, such as en-US or en-GB")
    return "en-US" if region.upper() in AMERICAN_REGIONS else "en-GB"


def has_word(text: str) -> bool:
    """Whether anything in the text can be read out."""
    return any(map(str.isalnum, text))


def installed(distribution: str, requirement: str) -> str:
    """The version of an installed distribution; raises VoiceError with what to install."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError as error:
        raise VoiceError(f"{distribution} is not installed; pip install {requirement}") from error


def from_pcm(pcm: bytes) -> array[int]:
    """Samples from little-endian bytes, of which the last one may be half."""
    sound = array("h")
    sound.frombytes(pcm[: len(pcm) // sound.itemsize * sound.itemsize])
    if sys.byteorder == "big":
        sound.byteswap()
    return sound


def _plain(text: str) -> str:
    """The text on one line, without what no engine reads out."""
    return " ".join("".join(c if c.isprintable() and c not in MARKUP else " " for c in text).split())

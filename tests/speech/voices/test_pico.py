"""Pico speaks: for real, the same every time, and never too long."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version

import pytest

from skill.speech.voices.pico import LONGEST_PIECE, LONGEST_WORD, PicoVoice
from skill.speech.voices.voice import VoiceError

TEXTS = [
    "twenty seven",
    "Now change sides, and keep your back straight while you swing the other leg.",
    "one hundred",
    "Stop at once if anything hurts, if you feel dizzy, or if your leg gives way under you.",
    "Nicely done.",
]


@pytest.fixture(scope="module")
def american() -> Iterator[PicoVoice]:
    """The American voice."""
    voice = PicoVoice("en-US")
    yield voice
    voice.close()


def digest(voice: PicoVoice, text: str) -> str:
    """What the sound of a text is told by."""
    return hashlib.sha256(voice.speak(text).tobytes()).hexdigest()


def test_name_tells_the_sound(american: PicoVoice) -> None:
    """Engine, accent and version are in the name, and both accents differ."""
    british = PicoVoice("en-AU")
    assert american.name == f"pico-en-US-{version('py-nanotts')}"
    assert british.name == f"pico-en-GB-{version('py-nanotts')}"
    assert american.rate == british.rate == 16_000
    assert digest(american, "one") != digest(british, "one")
    british.close()


def test_same_sound_always(american: PicoVoice) -> None:
    """Whatever was said before, and in whichever process, a text sounds the same to the last bit."""
    first = [digest(american, text) for text in TEXTS]
    for _ in range(5):
        assert [digest(american, text) for text in reversed(TEXTS)] == first[::-1]
    other = PicoVoice("en-US")
    assert [digest(other, text) for text in reversed(TEXTS)] == first[::-1]
    other.close()
    assert [digest(other, text) for text in TEXTS] == first, "in the process that is started after closing"
    other.close()


@pytest.mark.parametrize("text", TEXTS)
def test_loud_and_unclipped(text: str, american: PicoVoice) -> None:
    """A voice is well above silence, below full scale, and as long as speech is."""
    sound = american.speak(text)
    assert 8_000 < max(map(abs, sound)) < 32_000
    assert 0.03 < len(sound) / american.rate / len(text) < 0.15


def test_speed(american: PicoVoice) -> None:
    """Twice the speed takes about half the time."""
    normal, fast, slow = (len(american.speak(TEXTS[1], speed)) for speed in (1.0, 2.0, 0.5))
    assert 0.4 < fast / normal < 0.65
    assert 1.6 < slow / normal < 2.2


def test_long_text_is_said_in_pieces(american: PicoVoice) -> None:
    """Every sentence of a text that is longer than a piece is heard."""
    sentence = "Lift your left leg and put it down again, slowly. "
    text = sentence * (3 * LONGEST_PIECE // len(sentence))
    assert len(american.speak(text)) == pytest.approx(text.count(".") * len(american.speak(sentence)), rel=0.15)


@pytest.mark.parametrize("length", [LONGEST_WORD + 1, 5000])
def test_too_long_a_word_is_refused(length: int, american: PicoVoice) -> None:
    """A word that might keep the engine busy for ever does not reach it; the longest allowed one is spoken."""
    assert american.speak(f"then {'x' * LONGEST_WORD} now")
    with pytest.raises(VoiceError, match=r"pico-en-US.*too long a word; put spaces"):
        american.speak(f"then {'x' * length} now")


def test_silent_script_is_refused(american: PicoVoice) -> None:
    """Letters that the voice leaves out are an error and not a hole."""
    with pytest.raises(VoiceError, match="came out silent"):
        american.speak("日本語")


def test_closing_twice() -> None:
    """A voice that never spoke can be closed, and again."""
    voice = PicoVoice("en-US")
    voice.close()
    voice.close()

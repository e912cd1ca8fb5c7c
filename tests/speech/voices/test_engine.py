"""What every voice refuses, and what it makes of a text and of its sound."""

from __future__ import annotations

from array import array

import pytest

from skill.speech.voices.engine import FAINTEST, Engine, accent, from_pcm, installed
from skill.speech.voices.voice import VoiceError


class Parrot(Engine):
    """An engine that remembers what reached it."""

    def __init__(self, sound: array[int]) -> None:
        super().__init__("parrot-1", 8000)
        self.heard: list[tuple[str, float]] = []
        self._sound = sound

    def _say(self, words: str, speed: float) -> array[int]:
        self.heard.append((words, speed))
        return self._sound


LOUD = array("h", [0, FAINTEST + 1, -5])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("twenty seven", "twenty seven"),
        ("  now\tchange \n sides ", "now change sides"),
        ("a <b>bold</b> [[hi]] move", "a b bold /b hi move"),
        ("a\x00b\x07c\u200bd\u2028e\ud800f", "a b c d e f"),
        ("it's 5% & déjà vu", "it's 5% & déjà vu"),
    ],
)
def test_one_plain_line_reaches_the_engine(text: str, words: str) -> None:
    """Markup, control characters and line ends never do."""
    parrot = Parrot(LOUD)
    assert parrot.speak(text) == LOUD
    assert parrot.heard == [(words, 1.0)]


@pytest.mark.parametrize("text", ["", " ", "...", "—!?", "<>", "\x00"])
def test_nothing_to_say(text: str) -> None:
    """A text without a word is refused before the engine sees it."""
    parrot = Parrot(LOUD)
    with pytest.raises(VoiceError, match=r"parrot-1: .*no word"):
        parrot.speak(text)
    assert parrot.heard == []


@pytest.mark.parametrize("speed", [0, -1, 0.49, 2.01, float("nan"), float("inf")])
def test_speed_out_of_range(speed: float) -> None:
    """No engine is asked for a speed that one of them cannot speak at."""
    parrot = Parrot(LOUD)
    with pytest.raises(VoiceError, match=r"parrot-1: speed .* give 0\.5 to 2"):
        parrot.speak("one", speed)
    assert parrot.heard == []


@pytest.mark.parametrize("sound", [array("h"), array("h", [0] * 100), array("h", [FAINTEST, -FAINTEST] * 50)])
def test_silence_is_an_error(sound: array[int]) -> None:
    """Words that come out silent would leave a hole in a recording."""
    with pytest.raises(VoiceError, match=r"parrot-1: '日本語' came out silent"):
        Parrot(sound).speak("日本語")


@pytest.mark.parametrize(
    ("locale", "nearer"),
    [
        ("en-US", "en-US"),
        ("en-CA", "en-US"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-AU", "en-GB"),
        ("en-IN", "en-GB"),
    ],
)
def test_nearer_accent(locale: str, nearer: str) -> None:
    """Every English locale has one of two accents."""
    assert accent(locale) == nearer


@pytest.mark.parametrize("locale", ["de-DE", "", "english", "EN"])
def test_no_accent_for_other_languages(locale: str) -> None:
    """English words by another language's rules would be gibberish."""
    with pytest.raises(VoiceError, match="give an English locale"):
        accent(locale)


def test_missing_distribution() -> None:
    """The error says what to install."""
    assert installed("pytest", "pytest") == pytest.__version__
    with pytest.raises(VoiceError, match="no-such-engine is not installed; pip install no-such-engine==3"):
        installed("no-such-engine", "no-such-engine==3")


def test_samples_are_little_endian() -> None:
    """Bytes become samples, and half a sample at the end becomes none."""
    assert from_pcm(b"\x01\x00\xff\xff\x00\x80\x07") == array("h", [1, -1, -32768])

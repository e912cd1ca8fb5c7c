"""Google's voice against a real server that answers as Google's does; Google itself is never asked."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from skill.speech.voices.clips import Clips
from skill.speech.voices.google import RATE, GoogleVoice
from skill.speech.voices.voice import SpeedError, VoiceError
from tests.speech.voices.google_server import (
    Answer,
    GoogleServer,
    breaking_off,
    encoded,
    refused,
    slow,
    spoken,
    with_null,
    without_sound,
)
from tests.speech.voices.sounds import mp3, pitch, tone

LOW, HIGH = mp3(tone(300)), mp3(tone(900))
PIECES = [
    "Now the left leg, eighty times, and keep your back straight while you do it.",
    "Then we change to the other side.",
]
LONG = " ".join(PIECES)

Point = Callable[[GoogleServer], None]


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Point:
    """Makes gTTS ask that server in place of Google."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)

    def to(server: GoogleServer) -> None:
        monkeypatch.setattr("gtts.tts._translate_url", lambda tld="com", path="": f"{server.url}{tld}/{path}")

    return to


def voice(locale: str = "en-US") -> GoogleVoice:
    """The voice, with little patience."""
    return GoogleVoice(locale, timeout_s=(0.5, 0.5), pause_s=0.05)


def test_sound_gets_through(point: Point) -> None:
    """What the server sends is what is heard, as samples."""
    with GoogleServer(spoken(LOW)) as server:
        point(server)
        sound = voice().speak("  twenty\nseven ")
    assert pitch(sound) == pytest.approx(300, rel=0.1)
    assert len(sound) / RATE == pytest.approx(1.0, abs=0.1)
    assert server.asked == [
        ("/us/_/TranslateWebserverUi/data/batchexecute", "jQ1olc", ["twenty seven", "en", None, "null"])
    ]


def test_other_rates_are_resampled(point: Point) -> None:
    """Whatever rate Google sends, the samples are of the one rate."""
    with GoogleServer(spoken(mp3(tone(300, 1.0, 16_000), 16_000))) as server:
        point(server)
        sound = voice().speak("one")
    assert pitch(sound) == pytest.approx(300, rel=0.1)
    assert len(sound) / RATE == pytest.approx(1.0, abs=0.15)


def test_parts_are_joined_in_order(point: Point) -> None:
    """A text that is too long for one request is asked for by sentence, commas and all, and heard whole."""
    with GoogleServer(spoken(LOW), spoken(HIGH)) as server:
        point(server)
        sound = voice().speak(LONG)
    assert server.texts == PIECES
    half = len(sound) // 2
    assert pitch(sound[:half]) == pytest.approx(300, rel=0.1)
    assert pitch(sound[half:]) == pytest.approx(900, rel=0.1)


def test_pieces_without_words_are_left_out(point: Point) -> None:
    """Nobody is asked to read out dots."""
    with GoogleServer(spoken(LOW)) as server:
        point(server)
        voice().speak("Sit down. " + ". " * 60)
    assert len(server.texts) == 1
    assert server.texts[0].startswith("Sit down.")


@pytest.mark.parametrize(
    ("locale", "domain"),
    [("en-US", "us"), ("en-GB", "co.uk"), ("en-AU", "com.au"), ("en-CA", "ca"), ("en-IN", "co.in"), ("en", "us")],
)
def test_accent_is_that_of_the_locale(locale: str, domain: str, point: Point) -> None:
    """The domain decides the accent, and the name says which it is."""
    with GoogleServer(spoken(LOW)) as server:
        point(server)
        speaker = voice(locale)
        speaker.speak("one")
    assert server.asked[0][0].startswith(f"/{domain}/")
    assert (speaker.name, speaker.rate) == (f"gtts-{locale}-{version('gTTS')}", RATE)


FAILURES = {
    "429": (refused(429), r"429 \(Too Many Requests\).*wait an hour, or use an offline voice"),
    "403": (refused(403), r"403 \(Forbidden\).*check the network, or use an offline voice"),
    "503": (refused(503), r"503 \(Service Unavailable\).*use an offline voice"),
    "slow": (slow(1.5), r"Failed to connect.*check the network"),
    "breaking off": (breaking_off, r"Failed to connect.*check the network"),
    "no sound": (without_sound, "an answer has no sound in it"),
    "null": (with_null, r"200 \(OK\) from TTS API"),
    "empty": (encoded(""), "what came is no sound"),
    "no base64": (encoded("*" * 99), "what came is no sound"),
    "half a base64": (encoded(base64.b64encode(LOW).decode()[:-2001]), "the answer is damaged: Incorrect padding"),
    "half an MP3": (encoded(base64.b64encode(LOW).decode()[:2000]), "the answer was cut off"),
    "no MP3": (encoded(base64.b64encode(bytes(range(256)) * 9).decode()), "what came is no sound"),
    "silence": (spoken(mp3(tone(0))), "came out silent"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_is_an_error_with_a_cure(failure: str, point: Point, tmp_path: Path) -> None:
    """Whatever goes wrong is named, twice is enough, and no clip is kept of it."""
    answer, message = FAILURES[failure]
    with GoogleServer(answer) as server:
        point(server)
        start = time.monotonic()
        with pytest.raises(VoiceError, match=rf"gtts-en-US.*{message}"):
            Clips(voice(), tmp_path).speak("twenty seven")
        assert time.monotonic() - start < 5
    assert len(server.asked) == (1 if failure == "silence" else 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", [without_sound, encoded(""), refused(500)])
def test_no_text_with_a_piece_missing(bad: Answer, point: Point) -> None:
    """When the second piece of a long text never comes, there is no sound at all, and only that piece is retried."""
    with GoogleServer(spoken(LOW), bad) as server:
        point(server)
        with pytest.raises(VoiceError, match="gtts-en-US"):
            voice().speak(LONG)
    assert server.texts == [*PIECES, PIECES[1]]


@pytest.mark.parametrize("failure", set(FAILURES) - {"silence"})
def test_one_failure_is_mended_by_the_retry(failure: str, point: Point) -> None:
    """A failure that passes costs a pause and nothing else."""
    with GoogleServer(FAILURES[failure][0], spoken(LOW)) as server:
        point(server)
        assert pitch(voice().speak("one")) == pytest.approx(300, rel=0.1)
    assert server.texts == ["one", "one"]


def test_pause_before_the_retry(point: Point) -> None:
    """A service that is asked too much is not asked again at once."""
    with GoogleServer(refused(429), spoken(LOW)) as server:
        point(server)
        start = time.monotonic()
        GoogleVoice("en-US", pause_s=0.4).speak("one")
    assert time.monotonic() - start >= 0.4


def test_no_network(point: Point) -> None:
    """Where nobody answers, the error says so and names the cure."""
    with GoogleServer(spoken(LOW)) as server:
        point(server)
    with pytest.raises(VoiceError, match=r"gtts-en-US.*Failed to connect.*check the network, or use an offline voice"):
        voice().speak("one")


def test_words_are_asked_for_once(point: Point, tmp_path: Path) -> None:
    """A count that comes in many sets is one request."""
    with GoogleServer(spoken(LOW), spoken(HIGH)) as server:
        point(server)
        clips = Clips(voice(), tmp_path)
        sounds = [clips.speak(text) for text in ("one", "two", "one", "two", "one")]
    assert server.texts == ["one", "two"]
    assert sounds[0] == sounds[2] == sounds[4] != sounds[1] == sounds[3]


def test_one_speed_only(point: Point, tmp_path: Path) -> None:
    """Another speed is an error of its own kind, and nobody is asked."""
    with GoogleServer(spoken(LOW)) as server:
        point(server)
        with pytest.raises(SpeedError, match=r"gtts-en-US.*speed 1\.5 .*ask for speed 1"):
            Clips(voice(), tmp_path).speak("one", 1.5)
    assert server.asked == []

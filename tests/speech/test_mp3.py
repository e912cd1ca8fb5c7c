"""MP3 files are what a smart speaker takes, and every sample is where it is said to be."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator
from operator import mul

import pytest

from skill.speech.mp3 import (
    BIT_RATE,
    DELAY_MS,
    FRAME_BYTES,
    FRAME_MS,
    RATE,
    Frame,
    Mp3Error,
    encoded,
    frames,
    length_ms,
)
from tests.speech.scripts import heard
from tests.speech.voices.sounds import mp3, tone

OURS = Frame(version="MPEG2", bit_rate=48, rate=24_000, channels=1, samples=576, size=144)


def pulse(rate: int, at_s: float, seconds: float = 0.8) -> array[int]:
    """A short chirp around a moment, as exact at any rate."""
    moments = (n / rate - at_s for n in range(round(rate * seconds)))
    return array(
        "h",
        (
            round(9000 * math.exp(-((moment / 0.008) ** 2)) * math.cos(7000 * moment + 200_000 * moment**2))
            for moment in moments
        ),
    )


def chunks(sound: array[int], size: int = 5000) -> Iterator[array[int]]:
    """A sound in pieces, the first of them empty."""
    yield array("h")
    for start in range(0, len(sound), size):
        yield sound[start : start + size]


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_delay_is_the_same_at_every_rate(rate: int) -> None:
    """A sound is heard the named delay after it was put in, to a fraction of a sample."""
    played = heard(b"".join(encoded(chunks(pulse(rate, 0.4)), rate)))
    wanted = pulse(RATE, 0.1, 0.2)
    expected = round((0.3 + DELAY_MS / 1000) * RATE)
    fits = {lag: sum(map(mul, wanted, played[expected + lag :])) for lag in range(-40, 41)}
    assert max(fits, key=fits.__getitem__) == 0


def test_nothing_but_frames() -> None:
    """From the first byte to the last there are frames of one kind: no tag, no header of a library, no rest."""
    sound = tone(440, 0.7, 16_000)
    data = b"".join(encoded(chunks(sound), 16_000))
    assert set(frames(data)) == {OURS}
    assert (OURS.bit_rate, OURS.size) == (BIT_RATE, FRAME_BYTES)
    assert length_ms(data) == len(data) / FRAME_BYTES * FRAME_MS == len(heard(data)) * 1000 / RATE
    assert 700 <= length_ms(data) <= 700 + DELAY_MS + 2 * FRAME_MS


def test_pieces_do_not_matter() -> None:
    """The same samples make the same file, however they come."""
    sound = tone(440, 0.5, 16_000)
    assert b"".join(encoded(chunks(sound, 100), 16_000)) == b"".join(encoded([sound], 16_000))


@pytest.mark.parametrize(
    ("rate", "kbps", "frame"),
    [
        (44_100, 64, Frame("MPEG1", 64, 44_100, 1, 1152, 208)),
        (22_050, 32, Frame("MPEG2", 32, 22_050, 1, 576, 104)),
        (8_000, 16, Frame("MPEG2.5", 16, 8_000, 1, 576, 144)),
    ],
)
def test_frames_of_other_kinds(rate: int, kbps: int, frame: Frame) -> None:
    """Frames of all versions are read, padded ones too."""
    read = list(frames(mp3(tone(440, 0.5, rate), rate, kbps)))
    assert frame in read
    assert {each.size - frame.size for each in read} <= {0, 1}


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda data: b"ID3" + data, lambda length: 0),
        (lambda data: data + b"TAG", lambda length: length),
        (lambda data: data[:-1], lambda length: length - FRAME_BYTES),
        (lambda data: b"RIFF", lambda length: 0),
        (lambda data: b"\xff\xfb\xf0\xc4" + data, lambda length: 0),
    ],
    ids=["tag before", "tag after", "cut off", "other file", "no bit rate"],
)
def test_what_is_no_frame(spoil: Callable[[bytes], bytes], where: Callable[[int], int]) -> None:
    """Anything but a whole frame is refused, and the message says where."""
    data = b"".join(encoded([tone(440, 0.2, RATE)], RATE))
    with pytest.raises(Mp3Error, match=f"byte {where(len(data))} of"):
        list(frames(spoil(data)))

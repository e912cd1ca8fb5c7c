"""Sounds whose content can be told again: tones, as samples and as MP3."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import lameenc

RATE = 24_000


def tone(hertz: float, seconds: float = 1.0, rate: int = RATE) -> array[int]:
    """A sine at a quarter of full scale."""
    return array("h", (round(8192 * math.sin(math.tau * hertz * n / rate)) for n in range(round(rate * seconds))))


def pitch(sound: array[int], rate: int = RATE) -> float:
    """The frequency of a tone, in hertz, with silence around it or not."""
    loud = [sample > 0 for sample in sound if abs(sample) > 1000]
    upward = sum(after > before for before, after in pairwise(loud))
    return upward * rate / len(sound)


def mp3(sound: array[int], rate: int = RATE, kbps: int = 32) -> bytes:
    """The samples as MPEG layer III, mono, without tags."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_bit_rate(kbps)
    encoder.set_quality(5)
    encoder.silence()
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())

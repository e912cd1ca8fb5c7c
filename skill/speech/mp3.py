"""MP3 as every smart speaker takes it, and how its frames lie on the time line that a player counts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RATE = 24_000
"""Samples a second of what is encoded here."""

BIT_RATE = 48
"""Kilobits a second of what is encoded here."""

FRAME_SAMPLES, FRAME_BYTES, FRAME_MS = 576, 144, 24
"""One frame of it; a file is nothing but whole frames."""

DELAY_MS = 1105 / 24
"""How much later a sample is heard than it was put in, at any rate of input: 576 of encoding and 529 of decoding."""

ENCODER_DB = -0.45
"""The encoder makes everything fainter by a twentieth."""

QUALITY = 7
"""Without noise shaping, which at this bit rate costs speech 5 dB of its distance to noise and makes peaks higher."""

_BIT_RATES = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_BIT_RATES[0] = _BIT_RATES[2]
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_VERSIONS = {3: "MPEG1", 2: "MPEG2", 0: "MPEG2.5"}


class Mp3Error(ValueError):
    """Bytes are no frame of an MP3; the message says where."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The header of one frame of Layer III."""

    version: str
    """`MPEG1`, `MPEG2` or `MPEG2.5`."""
    bit_rate: int
    """Kilobits a second."""
    rate: int
    """Samples a second."""
    channels: int
    """One or two."""
    samples: int
    """Samples of one channel."""
    size: int
    """Bytes, header included."""


def encoded(chunks: Iterable[array[int]], rate: int) -> Iterator[bytes]:
    """Frames from 16-bit mono samples at any rate, as they become ready; they add up to whole frames."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(RATE)
    encoder.set_quality(QUALITY)
    for chunk in chunks:
        yield bytes(encoder.encode(chunk.tobytes()))
    yield bytes(encoder.flush())


def frames(data: bytes) -> Iterator[Frame]:
    """The frames of an MP3 from its first byte to its last; raises Mp3Error where there is anything else."""
    at = 0
    while at < len(data):
        frame = _frame(data[at : at + 4])
        if frame is None or at + frame.size > len(data):
            raise Mp3Error(f"byte {at} of {len(data)} begins no whole frame of an MP3")
        yield frame
        at += frame.size


def length_ms(data: bytes) -> float:
    """How long a player plays an MP3; raises Mp3Error for what is none."""
    return sum(1000 * frame.samples / frame.rate for frame in frames(data))


def _frame(header: bytes) -> Frame | None:
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:  # 11 bits of sync, then Layer III
        return None
    version, bit_rate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in _RATES or not 0 < bit_rate < 15 or rate == 3:
        return None
    kilobits, hertz = _BIT_RATES[version][bit_rate - 1], _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    size = samples * kilobits * 125 // hertz + (header[2] >> 1 & 1)
    return Frame(_VERSIONS[version], kilobits, hertz, 1 if header[3] >> 6 == 3 else 2, samples, size)

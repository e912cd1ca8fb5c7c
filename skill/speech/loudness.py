"""How loud a sound is to an ear: integrated loudness after ITU-R BS.1770, of one channel."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import lru_cache

SLICES = 100
"""Slices a second into which energy is summed."""

HOP = 10
"""Slices from the start of one block of the standard to that of the next."""

BLOCK = 4
"""Hops in a block."""

OFFSET_LU = -0.691
"""Makes a full-scale sine of 1 kHz measure -3.01."""

ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
"""Blocks below these do not count, in LUFS and in LU below the mean of the others."""

_SILENCE = (0.0,) * (HOP * BLOCK)


class Meter:
    """The loudness of sounds on a time line; what is not added is silence."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._hops = array("d")

    def add(self, energies: Sequence[float], at: int = 0) -> None:
        """A sound, as the energies of its slices, from a sample of the time line on."""
        hops = self._hops
        first = at * SLICES // self._rate
        missing = -(-(first + len(energies)) // HOP) - len(hops)
        hops.frombytes(bytes(hops.itemsize * max(missing, 0)))
        for place, energy in enumerate(energies, start=first):
            hops[place // HOP] += energy

    def lufs(self) -> float:
        """The integrated loudness of all that was added; minus infinity for silence."""
        hops = self._hops
        scale = SLICES / (HOP * BLOCK * self._rate)
        blocks = [sum(hops[at : at + BLOCK]) * scale for at in range(len(hops) - BLOCK + 1)]
        heard = [block for block in blocks if block > _power(ABSOLUTE_GATE)]
        if not heard:
            return -math.inf
        gate = sum(heard) / len(heard) * 10 ** (RELATIVE_GATE / 10)
        loud = [block for block in heard if block > gate]
        return OFFSET_LU + 10 * math.log10(sum(loud) / len(loud))


def loudness(energies: Sequence[float], rate: int) -> float:
    """The integrated loudness in LUFS of a sound with silence around it, from the energies of its slices."""
    meter = Meter(rate)
    meter.add([*_SILENCE, *energies, *_SILENCE])
    return meter.lufs()


def slice_energies(samples: array[int], rate: int) -> array[float]:
    """Sums of the squares, slice by slice, of 16-bit samples filtered as an ear hears them; full scale is 1."""
    (b0, b1, b2, a1, a2), (c1, c2) = _weighting(rate)
    energies = array("d")
    y1 = y2 = w1 = w2 = 0.0
    start = 0
    while start < len(samples):
        # Counted from the beginning, as a slice need not be a whole number of samples.
        end = (len(energies) + 1) * rate // SLICES
        energy = 0.0
        for sample in samples[start:end]:
            shelved = b0 * sample + y1
            y1 = b1 * sample - a1 * shelved + y2
            y2 = b2 * sample - a2 * shelved
            weighted = shelved + w1
            w1 = w2 - shelved - shelved - c1 * weighted
            w2 = shelved - c2 * weighted
            energy += weighted * weighted
        energies.append(energy / 32768**2)
        start = end
    return energies


@lru_cache(maxsize=8)
def _weighting(rate: int) -> tuple[tuple[float, float, float, float, float], tuple[float, float]]:
    """Coefficients of the standard's two filters at any rate: a high shelf, and a high pass (its b is 1, -2, 1)."""
    # The analogue filters behind the standard's table for 48 kHz: frequency, quality and gain.
    k, q, gain = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    edge, norm = gain**0.4996667741545416, 1 + k / q + k * k
    shelf = (
        (gain + edge * k / q + k * k) / norm,
        2 * (k * k - gain) / norm,
        (gain - edge * k / q + k * k) / norm,
        2 * (k * k - 1) / norm,
        (1 - k / q + k * k) / norm,
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + k / q + k * k
    return shelf, (2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_LU) / 10))

"""Every word equally loud, and none with a peak that an encoder could drive too high."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add, mul, sub

from skill.speech.loudness import loudness, slice_energies
from skill.speech.sound import loudest

FULL = 32768
"""Full scale."""

HIGHEST_PEAK = 0.62
"""The true peak of a levelled sound, of full scale: -4.2 dB, to which an encoder's noise is added later."""

KNEE, CEILING = 0.26 * FULL, 0.52 * FULL
"""Samples above the knee are bent, and none goes above the ceiling."""

HARDEST_BEND, LOUDEST_HISS = 1.5 * FULL, 0.2 * FULL
"""Peaks are held down to these by gain before anything is bent, as a bent hiss has high peaks between its samples."""

HISS = 0.8
"""Power of the slope, by that of the sound itself, above which it is a hiss; at 22,050 samples a second."""

FRAME_MS = 4
"""How finely the gain follows the sound."""

ROUND, LOST = 10.0, 0.8
"""What pressing costs at first guess: so many LU for each dB that peaks rise above loudness, but for the first few."""

NEAR_LU, TRIES = 1.0, 2
"""What a last gain may mend after pressing, and how often the cost is guessed."""

NEARLY = 0.98
"""Points of a curve this high, of the highest, are looked at closely."""

_TAPS, _PHASES = 12, 4
"""Of the filter that finds peaks between samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """A sound at its loudness."""

    samples: array[int]
    """Its samples."""
    energies: array[float]
    """The energies of its slices, as a meter takes them."""


def levelled(samples: array[int], rate: int, lufs: float) -> Levelled:
    """A sound made as loud as that by itself, or as near as its peaks allow."""
    loud = loudness(slice_energies(samples, rate), rate)
    if math.isinf(loud):
        return Levelled(array("h", samples), array("d"))
    drive = lufs - loud + max(20 * math.log10(loudest(samples) / FULL) - loud - ROUND, 0) * LOST
    for _ in range(TRIES):
        pressed = _pressed(samples, rate, 10 ** (drive / 20))
        energies = slice_energies(pressed, rate)
        missing = lufs - loudness(energies, rate)
        if abs(missing) <= NEAR_LU:
            break
        drive += 1.5 * missing
    gain = min(10 ** (missing / 20), HIGHEST_PEAK / true_peak(pressed))
    return Levelled(
        array("h", [int(sample * gain) for sample in pressed]), array("d", [energy * gain**2 for energy in energies])
    )


def true_peak(samples: array[int]) -> float:
    """The highest point of the curve through the samples, of full scale."""
    half = _TAPS // 2
    silence = array("h", bytes(samples.itemsize * half))
    padded = silence + samples + silence
    # A cubic through four samples is quick, and near enough to say where a closer look is worth its while.
    inner, outer = map(add, samples, samples[1:]), map(add, padded[half - 1 :], samples[2:] + silence)
    middles = list(map(abs, map(sub, map((9).__mul__, inner), outer)))
    near = NEARLY * max(middles, default=0)
    looks = (padded[at : at + _TAPS] for at, middle in enumerate(middles, start=1) if middle >= near)
    between: Iterator[float] = (abs(sum(map(mul, taps, around))) for around in looks for taps in _between())
    return max(float(loudest(samples)), *between, 0.0) / FULL


def _pressed(samples: array[int], rate: int, gain: float) -> array[int]:
    """A sound with a gain, its peaks held down and then bent."""
    step = rate * FRAME_MS // 1000
    held = [gain * each for each in _holds(samples, rate, step, gain)]
    bent = _bends().__getitem__
    pressed = array("h")
    # The gain glides from the middle of one frame to that of the next.
    for frame, (before, after) in enumerate(pairwise((held[0], *held, held[-1]))):
        start, end = max(frame * step - step // 2, 0), frame * step + step - step // 2
        part = samples[start:end]
        if before == after:
            pressed.extend(map(bent, map(int, map(before.__mul__, part))))
        else:
            slope = (after - before) / (end - start)
            pressed.extend(bent(int(sample * (before + slope * at))) for at, sample in enumerate(part))
    return pressed


@lru_cache(maxsize=1)
def _bends() -> array[int]:
    """What becomes of each sample, loud ones bent; those below zero are counted from the end."""
    span = CEILING - KNEE
    above = array(
        "h",
        (
            int(sample if sample < KNEE else KNEE + span * math.tanh((sample - KNEE) / span))
            for sample in range(int(HARDEST_BEND) + 2)
        ),
    )
    return above + array("h", (-each for each in reversed(above[1:])))


def _holds(samples: array[int], rate: int, step: int, gain: float) -> list[float]:
    """How far each frame is held down, with its neighbours."""
    hiss = HISS * (22_050 / rate) ** 2
    holds = []
    for at in range(0, len(samples), step):
        frame = samples[at : at + step]
        peak = gain * loudest(frame)
        highest = HARDEST_BEND
        if peak > LOUDEST_HISS:
            slopes = list(map(sub, frame[1:], frame))
            if sum(map(mul, slopes, slopes)) > hiss * sum(map(mul, frame, frame)):
                highest = LOUDEST_HISS
        holds.append(highest / peak if peak > highest else 1.0)
    return [min(three) for three in zip((1.0, *holds), holds, (*holds[1:], 1.0), strict=False)]


@lru_cache(maxsize=1)
def _between() -> tuple[tuple[float, ...], ...]:
    """Filters for the points between two samples, from the samples around them: windowed sines."""
    half = _TAPS // 2
    filters = []
    for phase in range(1, _PHASES):
        places = [tap - half + 1 - phase / _PHASES for tap in range(_TAPS)]
        filters.append(
            tuple(math.sin(math.pi * x) / (math.pi * x) * math.cos(math.pi * x / (_TAPS + 1)) ** 2 for x in places)
        )
    return tuple(filters)

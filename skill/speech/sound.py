"""Spoken words as samples: where they begin and end, and where the beat is that an ear hears in them."""

from __future__ import annotations

import math
from array import array
from itertools import accumulate
from operator import mul, sub

FLOOR = 0.01
"""What is fainter than this part of the loudest sample is silence."""

LEAD_MS, TAIL_MS = 5, 20
"""Kept before the first sound and after the last, where breath and echo are."""

FADE_MS = 4
"""At both ends, so that a cut is not heard as a click."""

HISS_HZ = 1500
"""Consonants hiss above this and vowels sound below."""

FRAME_MS = 5
"""How finely a vowel's onset is looked for."""

LONGEST_MS = 1500
"""No word on a beat is longer, and in prose there is no beat to look for."""

VOWEL = 0.25
"""A vowel has begun where the power below the hiss has risen to this part of its highest."""

TICK_MS, TICK_HZ, TICK_LEVEL = 30, 1200, 0.05
"""A tick's length, pitch and height, of full scale."""


def trimmed(samples: array[int], rate: int) -> array[int]:
    """A sound without the silence around it, faded in and out; empty when it is nothing but silence."""
    floor = loudest(samples) * FLOOR
    if not floor:
        return array("h")
    # Blocks are quick to search, and a few milliseconds more do no harm.
    step = rate * FADE_MS // 1000
    starts = [at for at in range(0, len(samples), step) if loudest(samples[at : at + step]) > floor]
    lead, tail = (rate * ms // 1000 for ms in (LEAD_MS, TAIL_MS))
    return faded(samples[max(starts[0] - lead, 0) : starts[-1] + step + tail], rate)


def loudest(samples: array[int]) -> int:
    """The sample farthest from silence, as a distance."""
    highest, lowest = max(samples, default=0), min(samples, default=0)
    return max(highest, -lowest)


def faded(samples: array[int], rate: int) -> array[int]:
    """A sound that rises from silence and falls back to it."""
    length = min(rate * FADE_MS // 1000, len(samples) // 2)
    end = len(samples) - length
    rising = array("h", (sample * at // length for at, sample in enumerate(samples[:length])))
    falling = array("h", (sample * at // length for at, sample in enumerate(reversed(samples[end:]))))
    falling.reverse()
    return rising + samples[length:end] + falling


def vowel_onset(samples: array[int], rate: int) -> int:
    """The sample at which the first full vowel of a word begins, where an ear puts its beat."""
    low = _smoothed(_smoothed(samples[: rate * LONGEST_MS // 1000], rate), rate)
    step = rate * FRAME_MS // 1000
    powers = [sum(map(mul, frame, frame)) for frame in (low[at : at + step] for at in range(0, len(low), step))]
    enough = VOWEL * max(powers, default=0)
    first = next((at for at, power in enumerate(powers) if power >= enough), 0)
    return first * step


def tick(rate: int) -> array[int]:
    """A soft tick: a tone that dies away at once."""
    length = rate * TICK_MS // 1000
    turn = 2 * math.pi * TICK_HZ / rate
    level = TICK_LEVEL * 32767
    return faded(
        array("h", (round(level * math.exp(-6 * at / length) * math.sin(turn * at)) for at in range(length))), rate
    )


def _smoothed(samples: array[int] | list[int], rate: int) -> list[int]:
    """Running sums over half a period of what is to be kept out."""
    width = rate // HISS_HZ
    sums = list(accumulate(samples, initial=0))
    return list(map(sub, sums[width:], sums))

"""Loudness is what the standard says it is, and what another program measures."""

from __future__ import annotations

import math
import random
from array import array

import pytest

from skill.speech.loudness import Meter, loudness, slice_energies
from tests.speech.voices.sounds import tone

RATES = (16_000, 22_050, 24_000, 48_000)


def measured(samples: array[int], rate: int) -> float:
    """The integrated loudness of a sound."""
    meter = Meter(rate)
    meter.add(slice_energies(samples, rate))
    return meter.lufs()


def bursts(rate: int) -> array[int]:
    """Noise that comes and goes, at two heights, with silence between."""
    dice = random.Random(1)
    heights = [0, 6000, 0, 0, 4000, 0, 40, 0]
    return array("h", (int(dice.gauss(0, 1) * heights[at * 2 // rate % 8]) for at in range(4 * rate)))


def test_reference_tone() -> None:
    """A full-scale sine of 997 Hz measures -3.01 LUFS, by the standard's own calibration."""
    sine = array("h", (round(32767 * math.sin(math.tau * 997 * at / 48_000)) for at in range(2 * 48_000)))
    assert measured(sine, 48_000) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [50, 300, 2500, 6000])
def test_tones_as_another_program_measures(hertz: int, rate: int) -> None:
    """The filters are right at all rates, for low and high tones."""
    sound = tone(hertz, rate=rate)
    assert measured(sound, rate) == pytest.approx(other_program(sound, rate), abs=0.05)


@pytest.mark.parametrize("rate", RATES)
def test_silence_is_gated_as_another_program_does(rate: int) -> None:
    """Pauses and what is far softer than the rest do not count."""
    sound = bursts(rate)
    assert measured(sound, rate) == pytest.approx(other_program(sound, rate), abs=0.05)


def test_pieces_measure_as_the_whole() -> None:
    """Sounds added where they stand on a time line make the loudness of the time line."""
    rate = 16_000
    piece = slice_energies(tone(700, 0.5, rate), rate)
    meter = Meter(rate)
    for beat in range(6):
        meter.add(piece, beat * rate)
    line = tone(700, 0.5, rate)
    for _ in range(5):
        line += array("h", bytes(rate)) + tone(700, 0.5, rate)
    assert meter.lufs() == pytest.approx(measured(line, rate), abs=0.05)


def test_sound_by_itself_has_silence_around() -> None:
    """A short sound counts for less than one that fills a block, and no sound for nothing."""
    short, long = (slice_energies(tone(700, seconds), 24_000) for seconds in (0.1, 2.0))
    assert loudness(long, 24_000) - loudness(short, 24_000) == pytest.approx(10 * math.log10(4), abs=1.5)
    assert loudness(slice_energies(array("h", bytes(9600)), 24_000), 24_000) == -math.inf


def other_program(samples: array[int], rate: int) -> float:
    """The integrated loudness that libebur128 finds."""
    ebur128 = pytest.importorskip("pyebur128")
    state = ebur128.R128State(1, rate, ebur128.MeasurementMode.MODE_I)
    state.add_frames(samples, len(samples))
    return float(ebur128.get_loudness_global(state))

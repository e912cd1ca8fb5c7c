"""Levelled sounds are equally loud, and their peaks are bounded."""

from __future__ import annotations

import math
from array import array

import pytest

from skill.speech.levelling import HIGHEST_PEAK, levelled, true_peak
from skill.speech.loudness import loudness, slice_energies
from skill.speech.mixing import Words
from skill.speech.sound import loudest
from tests.speech.test_sound import hiss
from tests.speech.voices.sounds import tone

TARGET = -14.0


@pytest.mark.parametrize("word", ["one", "six", "eight", "seventy seven", "Stand behind a chair."])
@pytest.mark.parametrize("gain", [0.1, 1.0])
def test_words_become_equally_loud(words: Words, word: str, gain: float) -> None:
    """Short and long, soft and loud: all words measure the same, and no peak is too high."""
    spoken = array("h", (int(sample * gain) for sample in words.voice.speak(word)))
    level = levelled(spoken, words.rate, TARGET)
    assert loudness(slice_energies(level.samples, words.rate), words.rate) == pytest.approx(TARGET, abs=0.5)
    assert true_peak(level.samples) <= HIGHEST_PEAK + 0.001
    assert len(level.samples) == len(spoken)


def test_energies_are_those_of_the_samples(words: Words) -> None:
    """What the meter is given is what would be measured."""
    level = levelled(words.voice.speak("seven"), words.rate, TARGET)
    assert loudness(level.energies, words.rate) == pytest.approx(
        loudness(slice_energies(level.samples, words.rate), words.rate), abs=0.02
    )


@pytest.mark.parametrize("sound", [hiss(300), hiss(100) + tone(150, 0.5, 16_000)], ids=["hiss", "word"])
def test_hiss_has_no_high_peaks(sound: array[int]) -> None:
    """Sounds that cannot be made loud without high peaks stay softer."""
    level = levelled(sound, 16_000, 0.0)
    assert 0.5 * HIGHEST_PEAK < true_peak(level.samples) <= HIGHEST_PEAK + 0.001


def test_hiss_is_softer_than_a_vowel() -> None:
    """A hiss as high as the vowel behind it is held down, as its peaks would rise highest."""
    level = levelled(hiss(100) + tone(150, 0.5, 16_000), 16_000, -12.0)
    assert loudest(level.samples[:1500]) < 0.6 * loudest(level.samples[1700:])


def test_shape_is_kept() -> None:
    """A tone stays a tone: what was even stays even."""
    level = levelled(tone(400, 0.5, 16_000), 16_000, TARGET)
    middle = level.samples[2000:6000]
    assert abs(sum(middle)) < len(middle) * 2
    assert loudest(middle) > 1000


@pytest.mark.parametrize("sound", [array("h"), array("h", bytes(3200))], ids=["nothing", "silence"])
def test_silence_stays(sound: array[int]) -> None:
    """Silence cannot be made loud."""
    assert levelled(sound, 16_000, TARGET).samples == sound


def test_peak_between_samples() -> None:
    """A sine of a quarter of the rate, met at its flanks, is higher than all its samples."""
    flanks = array("h", (round(10_000 * math.sin(math.pi / 2 * at + math.pi / 4)) for at in range(400)))
    assert loudest(flanks) == 7071
    # The ends of a sound that begins and stops at full height overshoot a little.
    assert true_peak(flanks) * 32768 == pytest.approx(10_000, rel=0.1)
    assert true_peak(array("h")) == 0

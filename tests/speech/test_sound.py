"""Words lose the silence around them, and their beat is where their vowel is."""

from __future__ import annotations

import random
from array import array

import pytest

from skill.speech.mixing import Words
from skill.speech.sound import LEAD_MS, TAIL_MS, TICK_LEVEL, faded, loudest, tick, trimmed, vowel_onset
from tests.speech.voices.sounds import tone

RATE = 16_000


def silence(ms: int) -> array[int]:
    """Nothing, so long."""
    return array("h", bytes(2 * RATE * ms // 1000))


def hiss(ms: int) -> array[int]:
    """Noise without any low tones, as in the beginning of "six", and as loud as a vowel."""
    dice = random.Random(2)
    noise = [dice.uniform(-1, 1) for _ in range(RATE * ms // 1000 + 2)]
    return array("h", (int(5000 * (a - 2 * b + c)) for a, b, c in zip(noise, noise[1:], noise[2:], strict=False)))


def test_trimmed_keeps_the_sound() -> None:
    """Silence goes, and little more than it; the ends are soft."""
    sound = tone(200, 0.3, RATE)
    cut = trimmed(silence(500) + sound + silence(700), RATE)
    assert len(sound) <= len(cut) <= len(sound) + RATE * (LEAD_MS + TAIL_MS + 8) // 1000
    assert cut[0] == cut[-1] == 0
    assert loudest(cut) == loudest(sound)
    assert trimmed(silence(100), RATE) == array("h") == trimmed(array("h"), RATE)


def test_faded_rises_and_falls() -> None:
    """The ends are silent, the middle is as it was, and a sound of one sample has no middle."""
    flat = array("h", [1000] * 500)
    soft = faded(flat, RATE)
    assert soft[0] == soft[-1] == 0
    assert soft[100:400] == flat[100:400]
    assert list(soft) == list(reversed(soft))
    assert faded(array("h", [7]), RATE) == array("h", [7])


@pytest.mark.parametrize("ms", [0, 40, 90, 150])
def test_vowel_after_hiss(ms: int) -> None:
    """A vowel begins where the hiss ends, however loud it is."""
    onset = vowel_onset(hiss(ms) + tone(250, 0.3, RATE), RATE)
    assert onset * 1000 / RATE == pytest.approx(ms, abs=6)


def test_vowel_after_a_soft_beginning() -> None:
    """A faint tone before the vowel, as breath has, is none."""
    faint = array("h", (sample // 8 for sample in tone(250, 0.1, RATE)))
    assert vowel_onset(faint + tone(250, 0.3, RATE), RATE) * 1000 / RATE == pytest.approx(100, abs=6)


def test_vowels_of_a_voice(words: Words) -> None:
    """In spoken numbers vowels follow their consonants, long ones more than short ones."""
    onsets = {word: words.extent(word).onset * 1000 / words.rate for word in ("six", "seven", "nine", "twenty one")}
    assert all(15 <= onset <= 160 for onset in onsets.values()), onsets
    assert onsets["nine"] + 50 < onsets["seven"], onsets
    assert onsets["nine"] + 50 < onsets["six"], onsets


def test_tick_is_soft_and_short() -> None:
    """A tick is far below a word, and over at once."""
    sound = tick(RATE)
    assert 0.3 * TICK_LEVEL < loudest(sound) / 32768 <= TICK_LEVEL
    assert len(sound) <= RATE * 30 // 1000
    assert sound[-1] == 0

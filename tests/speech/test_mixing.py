"""Every word of a script has its vowel on its beat, in the file as a player plays it, and all are equally loud."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import cache
from operator import mul

import pytest

from skill.speech.loudness import Meter
from skill.speech.mixing import GAP_MS, SENTENCE_MS, TooFastError, Words, mix, prose
from skill.speech.mp3 import DELAY_MS, ENCODER_DB, FRAME_MS, RATE, encoded, frames, length_ms
from skill.speech.script import Script
from skill.speech.ssml import Pause
from skill.speech.voices import Voice
from tests.speech.scripts import COUNTS, OPENING, Beeps, heard, small_script

TICKING = small_script(ticks=True)


@dataclass(frozen=True)
class Played:
    """A script, its file and what is heard of it."""

    data: bytes
    samples: array[int]
    loudness: float


@cache
def played(script: Script, words: Words) -> Played:
    """A script all the way to the ear."""
    meter = Meter(words.rate)
    data = b"".join(encoded(mix(script, words).chunks(meter), words.rate))
    return Played(data, heard(data), meter.lufs() + ENCODER_DB)


def test_onsets_are_on_the_grid(words: Words) -> None:
    """Each word of the file, found by its own sound, has its vowel on its beat, and every beat is a frame's start."""
    mixed, track = mix(TICKING, words), played(TICKING, words)
    errors = []
    for cue in mixed.cues[len([part for part in OPENING if isinstance(part, str)]) :]:
        onset_ms = words.extent(cue.words, mixed.speed).onset * 1000 / words.rate
        errors.append(lag_ms(words.sound(cue.words, mixed.speed).samples, track.samples, cue.at_ms - onset_ms))
        assert cue.at_ms % FRAME_MS == 0
    assert len(errors) == len(TICKING.sheet.cues)
    assert math.sqrt(sum(map(mul, errors, errors)) / len(errors)) <= 0.1
    assert max(map(abs, errors)) <= 0.2


def lag_ms(sound: array[int], track: array[int], expected_ms: float) -> float:
    """How much later than expected a sound of 16 kHz is heard in a track of 24 kHz."""
    # Both are looked at 8000 times a second, at the same moments, which is enough to find the one in the other.
    sparse, start = sound[::2], round(expected_ms * RATE / 1000)
    fits = {lag: sum(map(mul, sparse, track[start + lag :: 3])) for lag in range(-24, 25)}
    best = max(fits, key=fits.__getitem__)
    return start / RATE * 1000 - expected_ms + best * 1000 / RATE


def test_what_is_said_when(words: Words) -> None:
    """Opening and counts follow each other with the pauses named, and the cue map says so."""
    mixed = mix(TICKING, words)
    said = [*(part for part in OPENING if isinstance(part, str)), *(cue.words for cue in TICKING.sheet.cues)]
    assert [cue.words for cue in mixed.cues] == said
    assert [cue.count for cue in mixed.cues if cue.count] == list(range(1, len(COUNTS) + 1))
    assert mixed.first_ms == next(cue.at_ms for cue in mixed.cues if cue.count == 1)
    first, second, countdown = mixed.cues[:3]
    lengths = [words.extent(cue.words).length * 1000 / words.rate for cue in (first, second)]
    assert first.at_ms == round(DELAY_MS)
    assert second.at_ms == pytest.approx(first.at_ms + lengths[0] + SENTENCE_MS, abs=1)
    onset_ms = words.extent(countdown.words, mixed.speed).onset * 1000 / words.rate
    silence = countdown.at_ms - onset_ms - second.at_ms - lengths[1]
    assert 299 <= silence <= 301 + FRAME_MS


def test_prose_alone(words: Words) -> None:
    """Sentences without a count are laid out as an opening is, and end where the last of them does."""
    parts: tuple[str | Pause, ...] = OPENING
    alone, opening = prose(parts, words), mix(small_script(), words)
    assert alone.cues == opening.cues[: len(alone.cues)]
    assert alone.length == alone.sounds[-1][0] + words.extent("Get ready.").length + 300 * words.rate // 1000
    assert (prose((), words).sounds, prose((), words).length) == ((), 0)


def test_named_pause_is_the_whole_pause() -> None:
    """Between two sentences there is the pause that is named, or the usual one, and not both."""
    words = Words(Beeps())
    named, usual = (
        mix(small_script(opening=opening), words).cues[1].at_ms for opening in (("a", Pause(150), "b"), ("a", "b"))
    )
    assert usual - named == SENTENCE_MS - 150


def test_one_kind_of_frame_and_whole_length(words: Words) -> None:
    """The file is frames of one kind, long enough for the closing beat and not much longer."""
    track, mixed = played(TICKING, words), mix(TICKING, words)
    kinds = {(each.version, each.bit_rate, each.rate, each.channels) for each in frames(track.data)}
    assert kinds == {("MPEG2", 48, 24_000, 1)}
    sheet = TICKING.sheet
    rest = length_ms(track.data) - (mixed.first_ms - sheet.first_ms + sheet.length_ms)
    assert 0 <= rest <= 4 * FRAME_MS


@pytest.mark.parametrize(
    "script", [TICKING, small_script(2400, opening=(), counts=("seven", "nine"))], ids=["dense", "sparse"]
)
def test_loudness_of_the_file(words: Words, script: Script) -> None:
    """A track is as loud as a smart speaker wants it, whatever its pace, and its peaks leave room."""
    ebur128 = pytest.importorskip("pyebur128")
    track = played(script, words)
    assert loudness_and_peak(ebur128, track.samples)[0] == pytest.approx(-14.3, abs=0.6)
    assert loudness_and_peak(ebur128, track.samples)[0] == pytest.approx(track.loudness, abs=0.6)
    assert loudness_and_peak(ebur128, track.samples)[1] <= -2.5


def test_opening_is_as_loud_as_the_counts(words: Words) -> None:
    """Nobody reaches for the volume when the counting begins."""
    ebur128 = pytest.importorskip("pyebur128")
    track, mixed = played(TICKING, words), mix(TICKING, words)
    turn = (mixed.first_ms - TICKING.sheet.first_ms - 200) * RATE // 1000
    opening, counts = (loudness_and_peak(ebur128, part)[0] for part in (track.samples[:turn], track.samples[turn:]))
    assert opening == pytest.approx(counts, abs=0.7)


def loudness_and_peak(ebur128, samples: array[int]) -> tuple[float, float]:  # type: ignore[no-untyped-def]  # no types
    """Integrated loudness in LUFS and true peak in dBFS, by another program."""
    state = ebur128.R128State(1, RATE, ebur128.MeasurementMode.MODE_I | ebur128.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(samples, len(samples))
    return ebur128.get_loudness_global(state), 20 * math.log10(ebur128.get_true_peak(state, 0))


def test_ticks_sound_on_beats_without_words(words: Words) -> None:
    """Where nothing is said a tick is heard exactly on its beat, if ticks are wanted."""
    sheet = TICKING.sheet
    for ticks in (True, False):
        script = small_script(ticks=ticks)
        few = type(sheet)(sheet.cues[:3] + sheet.cues[-2:], 0, sheet.counts, sheet.first_ms, sheet.pace_ms)
        script = Script(script.label, (), few, ticks)
        track, mixed = played(script, words), mix(script, words)
        beat = (mixed.first_ms + sheet.pace_ms) * RATE // 1000
        loud = [
            at for at, sample in enumerate(track.samples[beat - 4800 : beat + 4800], start=-4800) if abs(sample) > 200
        ]
        assert bool(loud) == ticks
        if loud:
            assert -0.5 <= loud[0] * 1000 / RATE <= 2


@pytest.mark.parametrize("opening", [(), ("a",), ("abc", Pause(1)), (Pause(17), "abcd", Pause(5), "e")])
@pytest.mark.parametrize("rate", [8_000, 22_050])
def test_beats_are_frames_after_any_opening(opening: tuple[str | Pause, ...], rate: int) -> None:
    """However long the opening is, at any rate of the voice, beats fall on frames and nothing overlaps it."""
    voice = Beeps()
    voice.rate = rate
    mixed = mix(small_script(opening=opening, counts=("one",)), Words(voice))
    assert mixed.first_ms % FRAME_MS == 0
    ends = [start + len(get().samples) for start, get in mixed.sounds]
    assert all(end <= start for end, (start, _) in zip(ends, mixed.sounds[1:], strict=False))
    assert sum(len(chunk) for chunk in mixed.chunks(Meter(rate))) == mixed.length


def test_faster_where_the_pace_needs_it() -> None:
    """The whole sheet is spoken at the slowest speed at which no two words meet, the opening at its own."""
    voice = Beeps()
    words = Words(voice)
    assert mix(small_script(720, counts=("abcdef",) * 4), words).speed == 1.0
    assert mix(small_script(816, counts=("abcdefgh",) * 4), words).speed == 1.15, "they would all but touch"
    mixed = mix(small_script(720, counts=("abcdefgh",) * 4), words)
    assert mixed.speed == 1.15
    assert voice.asked["abcdefgh", 1.15] == voice.asked["three", 1.15] == 1
    assert voice.asked["Get ready.", 1.0] == 1
    assert voice.asked["Get ready.", 1.15] == 0
    ends = [start + len(get().samples) for start, get in mixed.sounds]
    gaps = [start - end for end, (start, _) in zip(ends, mixed.sounds[1:], strict=False)]
    assert min(gaps) >= GAP_MS * voice.rate // 1000


@pytest.mark.parametrize(("any_speed", "letters", "fastest"), [(True, 10, "1.3"), (False, 8, "1.0")])
def test_too_fast(any_speed: bool, letters: int, fastest: str) -> None:
    """Words that do not fit are told of, with script, pace and speed, whether or not the voice can hurry."""
    voice: Voice = Beeps(any_speed=any_speed)
    with pytest.raises(TooFastError, match=rf"swings-4x720 at 720 ms .*'a+' runs into 'a+' even at speed {fastest}"):
        mix(small_script(720, counts=("a" * letters,) * 4), Words(voice))


def test_each_word_is_spoken_once() -> None:
    """A word is asked of the voice once, however often and in however many scripts it is said."""
    voice = Beeps()
    words = Words(voice)
    for script in (small_script(1200), small_script(1440, ticks=True)):
        for _ in mix(script, words).chunks(Meter(voice.rate)):
            pass
    assert set(voice.asked.values()) == {1}


def test_length_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a set with more words than are kept, only some are held at a time, and none is spoken more than twice."""
    monkeypatch.setattr("skill.speech.mixing.KEPT", 8)
    voice = Beeps()
    words = Words(voice)
    script = small_script(480, opening=(), counts=[f"{n:03}" for n in range(40)])
    longest = max(len(chunk) for chunk in mix(script, words).chunks(Meter(voice.rate)))
    assert longest < voice.rate
    assert words.sound.cache_info().currsize == 8
    assert max(voice.asked.values()) == 2

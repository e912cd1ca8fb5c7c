"""Recordings against their grid: onsets, loudness, frames, speed and memory, beside pauses by the same voice.

The MP3s are real ones, decoded by another library than the one that made them. A word's onset is where its own sound
matches the decoded file best; what is left after the one constant that all words share is the error.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from operator import mul
from pathlib import Path
from statistics import fmean

import miniaudio
import pyebur128

from skill.content import load
from skill.routine.cues import CueSheet
from skill.routine.plan import Preferences, make_plan
from skill.speaker.timeline import timeline
from skill.speech.manifest import Track
from skill.speech.mixing import Words, mix
from skill.speech.mp3 import frames
from skill.speech.rendering import render, render_one
from skill.speech.repertoire import repertoire
from skill.speech.script import Script, recorded_script
from skill.speech.ssml import Counted, Speech
from skill.speech.voices import VoiceError, find_voice

CONTENT = load("en")
VOICES = (("pico", "en-US"), ("pico", "en-GB"), ("espeak", "en-US"), ("piper", "en-US"))
WINDOW_MS, MATCHED_MS = 6, 60
"""How far off an onset is looked for, and how much of a word is matched."""


@dataclass(frozen=True)
class Onsets:
    """How far the onsets of words are from their beats."""

    constant_ms: float
    """What all share."""
    rms_ms: float
    """The rest, root mean square."""
    worst_ms: float
    """The rest, at its worst."""


def counting(counts: int) -> Script:
    """So many swings of one leg."""
    preferences = Preferences(counts={"leg_swings.leg_swings": counts})
    return recorded_script(CONTENT, make_plan(CONTENT, "leg_swings", preferences), 0)


def onsets(track: Track, script: Script, words: Words, file: Path) -> Onsets:
    """The onsets of all counts in a decoded file."""
    decoded = miniaudio.decode_file(str(file), nchannels=1, sample_rate=words.rate).samples
    speed = mix(script, words).speed
    errors = []
    for cue in script.sheet.cues:
        if cue.count is None:
            continue
        samples, onset = words.sound(cue.words, speed).samples, words.extent(cue.words, speed).onset
        beat_ms = track.first_ms + (cue.count - 1) * script.sheet.pace_ms
        expected = beat_ms * words.rate / 1000 - onset
        errors.append((_found(decoded, samples, expected, words.rate) - expected) * 1000 / words.rate)
    constant = fmean(errors)
    rest = [error - constant for error in errors]
    return Onsets(constant, math.sqrt(fmean(each * each for each in rest)), max(map(abs, rest)))


def _found(decoded: array[int], samples: array[int], expected: float, rate: int) -> float:
    """Where some sound is in a file, near where it is expected, between samples."""
    loud = max(range(len(samples)), key=lambda index: abs(samples[index]))
    begin = max(loud - rate * MATCHED_MS // 2000, 0)
    part = samples[begin : begin + rate * MATCHED_MS // 1000]
    reach = rate * WINDOW_MS // 1000
    centre = round(expected) + begin
    match = {}
    for shift in range(-reach, reach + 1):
        there = decoded[centre + shift : centre + shift + len(part)]
        # Divided by its loudness, or a louder place near by would match better than the right one.
        match[shift] = sum(map(mul, part, there)) / math.sqrt(sum(map(mul, there, there)) or 1)
    best = max(match, key=match.__getitem__)
    before, at, after = (match.get(best + step, match[best]) for step in (-1, 0, 1))
    bend = before - 2 * at + after
    return round(expected) + best + (0.5 * (before - after) / bend if bend else 0)


def pauses(sheet: CueSheet, say_ms: Callable[[str], float]) -> tuple[float, float]:
    """The worst distance of words from their beats when pauses pace them: estimated ones, and always the same one."""
    moments = timeline(Speech((Counted(sheet),)).ssml(), say_ms, lambda url: 0)
    ours = max(abs(moment.begin_ms - cue.offset_ms) for moment, cue in zip(moments, sheet.cues, strict=True))
    clock, fixed = 0.0, 0.0
    mean = fmean(say_ms(cue.words) for cue in sheet.cues)
    for cue in sheet.cues:
        fixed = max(fixed, abs(clock - cue.offset_ms))
        clock += say_ms(cue.words) + sheet.pace_ms - mean
    return ours, fixed


def loudness(file: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBFS, of the decoded file, by libebur128."""
    decoded = miniaudio.decode_file(str(file), nchannels=1)
    mode = pyebur128.MeasurementMode
    state = pyebur128.R128State(1, decoded.sample_rate, mode.MODE_I | mode.MODE_TRUE_PEAK)
    state.add_frames(decoded.samples, len(decoded.samples))
    return pyebur128.get_loudness_global(state), 20 * math.log10(pyebur128.get_true_peak(state, 0))


def measure(name: str, locale: str, folder: Path) -> None:
    """Print what one voice's recordings are like."""
    voice = find_voice(name, locale)
    words, script = Words(voice), counting(100)
    track = render_one(script, words, folder)
    exact = onsets(track, script, words, folder / track.file)
    say_ms = cache(lambda text: words.extent(text).length * 1000 / words.rate)
    ours, fixed = pauses(script.sheet, say_ms)
    print(f"{voice.name}: onsets {exact.rms_ms:.2f} ms RMS, {exact.worst_ms:.2f} ms worst", end="")
    print(f" (constant {exact.constant_ms:+.2f} ms); pauses: {ours:.0f} ms worst by our estimate,", end="")
    print(f" {fixed:.0f} ms by the best single pause")
    plan = repertoire(CONTENT, routines=["full"], tempi=[0])
    # The voice may speak in a process of its own, whose time is known once it has ended.
    began = sum(os.times()[:4])
    manifest = render(plan, partial(find_voice, name, locale), folder, jobs=1)
    seconds = sum(os.times()[:4]) - began
    total_ms = sum(each.length_ms for each in manifest.tracks.values())
    files = [folder / each.file for each in manifest.tracks.values()]
    levels = [loudness(file) for file in files]
    kinds = {(f.version, f.bit_rate, f.rate, f.channels) for file in files for f in frames(file.read_bytes())}
    quiet, loud = min(level for level, _ in levels), max(level for level, _ in levels)
    print(f"  full plan: {total_ms / 60_000:.1f} min in {seconds:.1f} s of processor time", end="")
    print(f" ({seconds * 1e5 / total_ms:.1f} % of real time)", end="")
    print(f", {quiet:.1f} to {loud:.1f} LUFS, peak {max(peak for _, peak in levels):.1f} dBFS, frames {kinds}")
    voice.close()


PEAK = """
import resource, sys
from pathlib import Path
from bench.routine.recordings import counting
from skill.speech.mixing import Words
from skill.speech.rendering import render_one
from skill.speech.voices import find_voice

track = render_one(counting(int(sys.argv[1])), Words(find_voice("pico", "en-US")), Path(sys.argv[2]))
print(track.length_ms, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory(folder: Path) -> None:
    """Print the most memory that rendering takes, by the length of the recording."""
    for counts in (5, 20, 100):
        command = [sys.executable, "-c", PEAK, str(counts), str(folder / f"memory{counts}")]
        length_ms, kilobytes = map(int, subprocess.run(command, capture_output=True, check=True).stdout.split())
        print(f"memory: {length_ms / 1000:.0f} s of sound, {kilobytes / 1024:.0f} MB at most")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        memory(Path(temporary))
        for name, locale in VOICES:
            try:
                measure(name, locale, Path(temporary) / f"{name}-{locale}")
            except VoiceError as error:
                print(f"{name} {locale}: {error}")

"""One script becomes one file of sound and the notes beside it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from skill.speech.loudness import Meter
from skill.speech.manifest import ManifestError, Notes, Track, notes_json, read_notes
from skill.speech.mixing import Words, mix
from skill.speech.mp3 import ENCODER_DB, FRAME_BYTES, FRAME_MS, encoded
from skill.speech.script import Script
from skill.speech.whole_files import whole_file

RENDERER = 1
"""Version of how sound is made; with another one, tracks are made anew."""


def find_track(script: Script, voice: str, folder: Path) -> Track | None:
    """The track of a script by a voice when it is there, unharmed and made as it would be today; None otherwise."""
    # The name alone says by which voice and program it was made, and of what.
    file = _file(script, voice)
    with suppress(ManifestError, OSError):
        notes = read_notes(_notes(folder, file))
        with (folder / file).open("rb") as sound:
            if hashlib.file_digest(sound, "sha256").hexdigest() == notes.sha256:
                return notes.track
    return None


def make_track(script: Script, words: Words, folder: Path) -> Track:
    """Write the track of a script and its notes; raises VoiceError, WriteError, and TooFastError before it writes."""
    mixed = mix(script, words)
    meter, digest, size = Meter(words.rate), hashlib.sha256(), 0
    file = _file(script, words.voice.name)
    with whole_file(folder / file) as sound:
        for data in encoded(mixed.chunks(meter), words.rate):
            sound.write(data)
            digest.update(data)
            size += len(data)
    sheet = script.sheet
    length_ms = size // FRAME_BYTES * FRAME_MS
    track = Track(script.key, file, length_ms, mixed.first_ms, sheet.pace_ms, sheet.counts, sheet.start)
    notes = Notes(
        track=track,
        sha256=digest.hexdigest(),
        voice=words.voice.name,
        renderer=RENDERER,
        speed=mixed.speed,
        loudness=round(meter.lufs() + ENCODER_DB, 2),
        text=" ".join(cue.words for cue in mixed.cues),
        cues=mixed.cues,
    )
    # The notes come last: a track without them is made again.
    with whole_file(_notes(folder, file)) as text:
        text.write(notes_json(notes).encode())
    return track


def _file(script: Script, voice: str) -> str:
    """A name that no other sound has, so that whoever keeps a copy never plays an old one."""
    digest = hashlib.sha256(f"{script.key} {voice} {RENDERER}".encode()).hexdigest()
    return f"{script.label}-{digest[:8]}.mp3"


def _notes(folder: Path, file: str) -> Path:
    return (folder / file).with_suffix(".json")

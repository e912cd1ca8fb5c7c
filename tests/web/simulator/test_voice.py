"""Answers become sound: what is counted is on its beat in the file, and the marks say when."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from skill.content import load
from skill.locales import find
from skill.routine.cues import cue_sheet
from skill.routine.plan import Preferences, make_plan
from skill.speech.loudness import Meter
from skill.speech.mixing import SENTENCE_MS
from skill.speech.mp3 import DELAY_MS, FRAME_MS, length_ms
from skill.speech.ssml import Counted, Pause, Speech
from skill.speech.voices import VoiceError
from skill.speech.voices.pico import PicoVoice
from skill.web.simulator.voice import Speaker

CONTENT = load("en")
SHEET = cue_sheet(CONTENT, make_plan(CONTENT, "knee_rotations", Preferences(spoken="fifth")).sets[0])
COUNTED = Speech(("Now the clockwise turn.", Pause(1000), Counted(SHEET), "Good. Shall we go on?")).ssml()


@pytest.fixture(scope="module")
def speaker() -> Iterator[Speaker]:
    """The usual voice of an American device."""
    voice = Speaker(find("en-US"))
    yield voice
    voice.close()


def test_prose(speaker: Speaker) -> None:
    """Sentences follow each other with the pauses that are named, and are read before any of them is spoken."""
    spoken = speaker.say('<speak>Hello there. How are you?<break time="2s"/>Good.</speak>')
    assert [(words, count) for _, words, count in spoken.marks] == [
        ("Hello there.", None),
        ("How are you?", None),
        ("Good.", None),
    ]
    moments = [ms for ms, _, _ in spoken.marks]
    assert moments == sorted(moments)
    alone = sum(sounding_ms(speaker, words) for words in ("Hello there.", "How are you?", "Good."))
    assert sounding_ms(speaker, '<break time="2s"/>'.join(("Hello there. How are you?", "Good."))) == pytest.approx(
        alone + SENTENCE_MS + 2000, abs=1
    )


def sounding_ms(speaker: Speaker, words: str) -> float:
    """How long some words sound."""
    spoken = speaker.say(f"<speak>{words}</speak>")
    assert spoken.sound
    samples = sum(map(len, spoken.sound.chunks(Meter(spoken.rate))))
    length = samples * 1000 / spoken.rate
    assert length < length_ms(b"".join(spoken.mp3())) < length + DELAY_MS + 3 * FRAME_MS
    return length


def test_voice_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a voice said before it failed is heard, and all of it is read."""
    with closing(Speaker(find("en-US"))) as failing:
        whole = failing.say("<speak>Hello there. How are you?</speak>")
        speak = PicoVoice.speak

        def spoken(self: PicoVoice, text: str, speed: float = 1.0) -> array[int]:
            if text.startswith("How"):
                raise VoiceError("it is hoarse")
            return speak(self, text, speed)

        monkeypatch.setattr(PicoVoice, "speak", spoken)
        assert [words for _, words, _ in whole.marks] == ["Hello there.", "How are you?"]
        assert 300 < length_ms(b"".join(whole.mp3())) < sounding_ms(failing, "Hello there.") + 300


def test_counts_are_on_their_grid(speaker: Speaker) -> None:
    """Each word of the sheet is on its beat, and beats that pass in silence have a mark as well."""
    spoken = speaker.say(COUNTED)
    begin = next(ms for ms, words, _ in spoken.marks if words == "three")
    counted = {words: ms - begin for ms, words, _ in spoken.marks}
    assert all(abs(counted[cue.words] - cue.offset_ms) <= 1 for cue in SHEET.cues)
    marks = [(count, ms) for ms, _, count in spoken.marks if count]
    assert [count for count, _ in marks] == list(range(1, 11))
    assert all(abs(ms - marks[0][1] - (count - 1) * SHEET.pace_ms) <= 1 for count, ms in marks)
    assert [words for _, words, count in spoken.marks if count in {4, 5}] == ["", "five"]


def test_sound_comes_before_all_of_it_is_made(speaker: Speaker) -> None:
    """The first sentence is to be heard while the second one is not yet made."""
    chunks = speaker.say("<speak>One sentence that is long enough to be heard. Another one.</speak>").mp3()
    heard = next(chunk for chunk in chunks if len(chunk) > 2000)
    assert len(b"".join(chunks)) > 2000 > len(heard) // 100


def test_what_no_voice_can_say(speaker: Speaker) -> None:
    """A word that is none, and marks alone, are left out of the sound; the rest is said."""
    spoken = speaker.say(f"<speak>Hello. {'x' * 50}. - ? Good.</speak>")
    assert [words for _, words, _ in spoken.marks] == ["Hello.", "Good."]


def test_counting_that_is_too_fast(speaker: Speaker) -> None:
    """What no voice keeps up with is said one word after the other."""
    hurried = "".join(f"{words}<break time='10ms'/>" for words in CONTENT.numbers[21:40])
    spoken = speaker.say(f"<speak>{hurried}</speak>")
    assert [words for _, words, _ in spoken.marks] == list(CONTENT.numbers[21:40])
    moments = [ms for ms, _, _ in spoken.marks]
    assert moments == sorted(moments)


def test_nothing_is_written_to_disk(speaker: Speaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said is in no file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    b"".join(speaker.say("<speak>My own words.</speak>").mp3())
    assert list(tmp_path.iterdir()) == []


def test_without_a_voice() -> None:
    """There is no sound, but the words have their moments, estimated, and counts their exact beats."""
    silent = Speaker(find("en-US"), voice="nobody")
    spoken = silent.say(COUNTED)
    assert (spoken.sound, list(spoken.mp3())) == (None, [])
    marks = [(count, ms) for ms, _, count in spoken.marks if count]
    assert [ms - marks[0][1] for _, ms in marks] == [beat * SHEET.pace_ms for beat in range(10)]
    assert spoken.marks[-1][1] == "Shall we go on?"
    assert not math.isnan(spoken.marks[-1][0])


def test_malformed() -> None:
    """What is malformed is an error."""
    with pytest.raises(ValueError, match="well-formed"):
        Speaker(find("en-US"), voice="nobody").say("<speak>")

"""An MP3 that was cut off is told from a whole one."""

from __future__ import annotations

import pytest

from skill.speech.voices.mp3_end import cut_off
from tests.speech.voices.sounds import mp3, tone

FORMATS = [(24_000, 32), (24_000, 48), (22_050, 64), (16_000, 8), (44_100, 128), (48_000, 320), (11_025, 16)]


@pytest.mark.parametrize(("rate", "kbps"), FORMATS)
def test_every_cut_is_seen_but_those_between_frames(rate: int, kbps: int) -> None:
    """There are as few places where a cut goes unseen as there are frames."""
    whole = mp3(tone(440, 1.0, rate), rate, kbps)
    assert not cut_off(whole)
    unseen = [end for end in range(1, len(whole)) if not cut_off(whole[:end])]
    frame = 1152 if rate >= 32_000 else 576
    assert len(unseen) == pytest.approx(rate / frame, abs=4)


@pytest.mark.parametrize("other", [b"", b"<html>Sorry</html>", b"ID3\x04\x00\x00\x00\x00\x00\x00", bytes(100)])
def test_what_has_no_frames_is_not_judged(other: bytes) -> None:
    """Only a frame can be cut off; whether the rest is sound is for the decoder to say."""
    assert not cut_off(other)


def test_tag_at_the_end_is_no_cut() -> None:
    """Bytes that begin no frame do not make the frames before them less whole."""
    assert not cut_off(mp3(tone(440)) + b"TAG".ljust(128, b"\0"))

"""Long texts are cut where a speaker would breathe, and no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.speech.voices.pieces import pieces

WORDS = st.lists(st.text("ab.,!", min_size=1, max_size=8), max_size=40).map(" ".join)


@given(WORDS, st.integers(8, 60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, longest: int) -> None:
    """The pieces are the words in order, none longer than allowed, and no word is cut."""
    cut = list(pieces(text, longest))
    assert " ".join(cut) == text
    assert all(0 < len(piece) <= longest for piece in cut)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("One. Two, three four", ["One. Two, three four"]),
        ("Sit down. Now, please, lift it", ["Sit down.", "Now, please, lift it"]),
        ("Sit down now, please lift your leg", ["Sit down now,", "please lift your leg"]),
        ("Sit down now please lift your leg", ["Sit down now please", "lift your leg"]),
        ("It is 3.5 and 1,000 of them all", ["It is 3.5 and 1,000", "of them all"]),
        ("exactlytwentyletters and more", ["exactlytwentyletters", "and more"]),
        ("awordofmorethantwentyletters", ["awordofmorethantwent", "yletters"]),
    ],
)
def test_cut_where_a_speaker_breathes(text: str, cut: list[str]) -> None:
    """After a sentence, else after a comma, else between words; a word alone that is too long is cut anywhere."""
    assert list(pieces(text, 20)) == cut

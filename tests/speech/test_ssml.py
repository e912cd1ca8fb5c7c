"""Speech becomes well-formed SSML, plain text and a duration."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import Template
from skill.routine.cues import cue_sheet
from skill.routine.plan import Plan
from skill.routine.position import Position, set_of
from skill.speech.ssml import LONGEST_PAUSE_MS, NOTHING, SHORTEST_GAP_MS, Call, Counted, Pause, Speech, counted_ms, say
from tests.routine.plans import CONTENT, places

XML_TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")))
PARTS = st.one_of(XML_TEXT, st.builds(Pause, st.integers(1, 60_000)), st.builds(Call, XML_TEXT))
SPEECHES = st.builds(Speech, st.lists(PARTS).map(tuple))


@given(SPEECHES)
def test_always_well_formed(speech: Speech) -> None:
    """Any words, ampersands and angle brackets too, are escaped, and no pause is longer than a tag may be."""
    root = ElementTree.fromstring(speech.ssml())  # noqa: S314  # our own text
    assert root.tag == "speak"
    assert "".join(root.itertext()) == "".join(
        part if isinstance(part, str) else part.words for part in speech.parts if isinstance(part, str | Call)
    )
    breaks = [int(tag.attrib["time"].removesuffix("ms")) for tag in root.iter("break")]
    assert all(0 < ms <= 10_000 for ms in breaks)
    assert sum(breaks) == sum(part.ms for part in speech.parts if isinstance(part, Pause))


@given(SPEECHES)
def test_round_trip(speech: Speech) -> None:
    """Speech survives the session attributes."""
    assert Speech.from_list(speech.to_list()) == speech


@pytest.mark.parametrize("raw", [None, 3, "x", {"a": 1}, [LONGEST_PAUSE_MS + 1], [10**17]])
def test_no_speech_from_nonsense(raw: object) -> None:
    """What is no list of parts is nothing to say."""
    assert Speech.from_list(raw) == NOTHING


def test_numbers_to_call_are_read_out() -> None:
    """Short numbers are read digit by digit, and only the digits are marked."""
    speech = say(Template("Call {line} & wait."), {"line": Call("NHS 111")})
    assert speech.ssml() == '<speak>Call NHS <say-as interpret-as="digits">111</say-as> &amp; wait.</speak>'
    assert speech.text() == "Call NHS 111 & wait."
    line = Speech((Call("1-800-222-1222"),))
    assert line.ssml() == '<speak><say-as interpret-as="telephone">1-800-222-1222</say-as></speak>'


def test_missing_value_is_an_error() -> None:
    """A placeholder without a value never reaches a speaker."""
    with pytest.raises(KeyError, match="side"):
        say(Template("Now {side}."), {})


@given(places())
def test_counting_keeps_the_grid(place: tuple[Plan, Position]) -> None:
    """By the estimate, every count starts on its beat, or right after a word that was longer than its beat."""
    each = set_of(*place)
    sheet = cue_sheet(CONTENT, each)
    root = ElementTree.fromstring(Speech((Counted(sheet),)).ssml())  # noqa: S314  # our own text
    words, gaps = [root.text], [0]
    for tag in root:
        # A long silence is several pauses in a row.
        gaps[-1] += int(tag.attrib["time"].removesuffix("ms"))
        if tag.tail:
            words.append(tag.tail)
            gaps.append(0)
    assert words == [cue.words for cue in sheet.cues]
    longest = SHORTEST_GAP_MS + max(counted_ms(cue.words) for cue in sheet.cues)
    clock = 0
    for cue, gap in zip(sheet.cues, gaps, strict=True):
        assert clock >= cue.offset_ms
        assert clock == cue.offset_ms or each.pace_ms < longest
        clock += counted_ms(cue.words) + gap
    assert clock >= sheet.length_ms


def test_longest_set_fits_into_a_response() -> None:
    """A hundred counts leave room for the words around them."""
    from skill.routine.plan import Preferences, make_plan

    plan = make_plan(CONTENT, "leg_swings", Preferences(tempo=3, counts={"leg_swings": 100}))
    assert len(re.sub(r"\s+", " ", Speech((Counted(cue_sheet(CONTENT, plan.sets[0])),)).ssml())) < 5000

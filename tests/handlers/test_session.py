"""The session: it round-trips as JSON, and attributes of any kind become some session."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.handlers.session import LARGEST, LONGEST_REPEATED, Counting, Session
from skill.speech.ssml import Call, Pause, Speech
from tests.storage.test_record import JSON, POSITIONS

SPEECHES = st.builds(
    Speech,
    st.lists(st.text() | st.builds(Pause, st.integers(0, 60_000)) | st.builds(Call, st.text()), min_size=1).map(tuple),
)
WORDED = st.builds(
    Session,
    position=st.none() | POSITIONS,
    counting=st.none() | st.builds(Counting, st.integers(), st.integers(), st.integers(0)),
    introduced=st.none() | st.text(min_size=1),
    asked=st.none() | st.text(min_size=1),
    topic=st.none() | st.tuples(st.text(), st.text()),
    speech=SPEECHES,
    reprompt=SPEECHES,
    misses=st.integers(0),
    withheld=st.lists(st.text()).map(tuple),
)
FIELDS = tuple(Session.__slots__)


@given(WORDED)
def test_round_trip(session: Session) -> None:
    """A session survives the trip to the device and back."""
    assert Session.from_dict(json.loads(json.dumps(session.to_dict()))) == session


def test_empty_session_is_empty() -> None:
    """A session in which nothing is known takes no attributes."""
    assert Session().to_dict() == {}
    assert Session.from_dict({}) == Session()


@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_nonsense_never_fails(raw: Any) -> None:
    """Whatever comes as attributes becomes a session that can be sent again."""
    sent = Session.from_dict(raw).to_dict()
    assert Session.from_dict(json.loads(json.dumps(sent))).to_dict() == sent


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        [],
        {"position": "here"},
        {"counting": [1]},
        {"counting": [1, "2"]},
        {"counting": [1, 2, -1000]},
        {"introduced": 1},
        {"asked": ["next"]},
        {"topic": ["cause"]},
        {"topic": ["cause", 3]},
        {"misses": "many"},
        {"withheld": "all"},
        {"withheld": [None]},
        {"speech": ["Well?"]},
        {"reprompt": ["Well?"]},
        {"speech": [None], "reprompt": ["Well?"]},
        {"speech": ["Well?", -1], "reprompt": ["Well?"]},
        {"speech": ["Well?", 10**15], "reprompt": ["Well?"]},
        {"asked": "next", "introduced": "x" * LARGEST},
        {"asked": "next", "introduced": "\ud800"},
        {"asked": "next", "introduced": ["\x01" * (LARGEST // 7)] * 2},
        {"asked": "next", "introduced": [None] * (LARGEST // 4)},
        {"speech": ["Well?", ["9", "1"]], "reprompt": ["Well?"]},
    ],
)
def test_defaults(raw: Any) -> None:
    """What cannot be read is left at its default; an answer without its reprompt cannot be said again."""
    assert Session.from_dict(raw) == Session()


@pytest.mark.parametrize(
    ("said", "again", "can"),
    [
        ("Shall we go on?", "Well?", True),
        ("Shall we go on.", "Well?", False),
        ("Well?", "Well?", False),
        ("Well?", "", False),
        ("Well\x00, shall we?", "Well?", False),
        ("Well, {shall} we?", "Well?", False),
        ("Well" * LONGEST_REPEATED + "?", "Well?", False),
    ],
)
def test_only_a_question_of_ours_is_repeated(said: str, again: str, can: bool) -> None:
    """Words that we would not have sent are not said, wherever they come from."""
    assert Session(speech=Speech((said,)), reprompt=Speech((again,))).can_repeat is can

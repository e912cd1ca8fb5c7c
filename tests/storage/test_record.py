"""The record: it round-trips, and nonsense of any kind is a record with defaults."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine.plan import FASTEST, SLOWEST, Preferences, Spoken
from skill.routine.position import Position
from skill.storage.record import KEPT_DATES, Record

POSITIONS = st.builds(Position, st.text(), st.text(), st.text(), st.integers(0), st.integers(0))
PREFERENCES = st.builds(
    Preferences,
    st.integers(FASTEST, SLOWEST),
    st.dictionaries(st.text(), st.integers()),
    st.sampled_from(get_args(Spoken)),
    st.booleans(),
)
DAYS = st.lists(st.dates().map(lambda day: day.isoformat()), max_size=5, unique=True).map(tuple)
RECORDS = st.builds(
    Record,
    introduced=st.booleans(),
    position=st.none() | POSITIONS,
    preferences=PREFERENCES,
    playing=st.none() | st.text(),
    paused=st.booleans(),
    finished=DAYS,
    best=st.integers(0, 1000),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("version", "introduced", "position", "preferences", "playing", "paused", "finished", "best")


@given(RECORDS)
def test_round_trip(record: Record) -> None:
    """A record survives JSON, and has nothing but these fields."""
    raw = json.loads(json.dumps(record.to_dict()))
    assert Record.from_dict(raw) == record
    assert set(raw) == set(FIELDS)


@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_nonsense_never_fails(raw: Any) -> None:
    """Whatever stands in the storage becomes a record that can be stored again."""
    record = Record.from_dict(raw)
    assert Record.from_dict(record.to_dict()) == record


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        "x",
        [],
        {},
        {"introduced": 1, "position": [], "preferences": "fast", "playing": 1, "finished": "today", "best": -1},
    ],
)
def test_defaults(raw: Any) -> None:
    """What cannot be read is left at its default."""
    assert Record.from_dict(raw) == Record()


def test_good_parts_survive_bad_ones() -> None:
    """One unreadable part costs only itself."""
    raw = {"introduced": True, "position": 7, "preferences": {"tempo": 1}, "finished": ["2026-11-22", 5, None]}
    assert Record.from_dict(raw) == Record(True, None, Preferences(1), finished=("2026-11-22",))


def test_a_day_is_kept_once() -> None:
    """Two routines on a day are one day, and only the last year's days are kept."""
    record = Record(finished=("2026-11-21", "2026-11-22"), best=2)
    assert record.with_finished("2026-11-22") == record
    many = Record(finished=tuple(map(str, range(KEPT_DATES))))
    assert many.with_finished("2026-11-22").finished == (*many.finished[1:], "2026-11-22")
    assert Record.from_dict({"finished": [*many.finished, "today"]}).finished == (*many.finished[1:], "today")


def test_longest_row_is_remembered() -> None:
    """The longest row of days stays known after its days are gone."""
    record = Record(finished=("2026-11-20", "2026-11-21"), best=9)
    assert record.with_finished("2026-11-22").best == 9
    assert Record(finished=record.finished).with_finished("2026-11-22").best == 3

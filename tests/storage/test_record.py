"""The record: it round-trips, and nonsense of any kind is a record with defaults."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine.plan import FASTEST, SLOWEST, Preferences
from skill.routine.position import Position
from skill.storage.record import KEPT_DATES, Record

POSITIONS = st.builds(Position, st.text(), st.text(), st.text(), st.integers(0), st.integers(0))
PREFERENCES = st.builds(Preferences, st.integers(FASTEST, SLOWEST), st.dictionaries(st.text(), st.integers()))
DAYS = st.lists(st.dates().map(lambda day: day.isoformat()), max_size=5, unique=True).map(tuple)
RECORDS = st.builds(Record, st.booleans(), st.none() | POSITIONS, PREFERENCES, DAYS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("version", "introduced", "position", "preferences", "finished")


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
    "raw", [None, 7, "x", [], {}, {"introduced": 1, "position": [], "preferences": "fast", "finished": "today"}]
)
def test_defaults(raw: Any) -> None:
    """What cannot be read is left at its default."""
    assert Record.from_dict(raw) == Record()


def test_good_parts_survive_bad_ones() -> None:
    """One unreadable part costs only itself."""
    raw = {"introduced": True, "position": 7, "preferences": {"tempo": 1}, "finished": ["2026-11-22", 5, None]}
    assert Record.from_dict(raw) == Record(True, None, Preferences(1), ("2026-11-22",))


def test_a_day_is_kept_once() -> None:
    """Two routines on a day are one day, and only the last year's days are kept."""
    record = Record(finished=("2026-11-21", "2026-11-22"))
    assert record.with_finished("2026-11-22") == record.finished
    many = Record(finished=tuple(map(str, range(KEPT_DATES))))
    assert many.with_finished("today") == (*many.finished[1:], "today")
    assert Record.from_dict({"finished": [*many.finished, "today"]}).finished == (*many.finished[1:], "today")

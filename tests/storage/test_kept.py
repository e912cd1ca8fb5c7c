"""What is kept: place, preferences and dates, and no word that a person said."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest
from boto3.session import Session

from skill.assistant import create_skill
from skill.content import load
from skill.routine.plan import Spoken
from skill.settings import IN_MEMORY, Settings
from tests.conftest import REQUESTS, checked, close, request, request_id, understanding

Storage = tuple[Settings, Callable[[], str]]

CONTENT = load("en")
KEPT = {"version", "introduced", "position", "preferences", "playing", "paused", "finished", "best"}
KEPT_OF_POSITION = {"routine", "exercise", "side", "round", "count"}
KEPT_OF_PREFERENCES = {"tempo", "counts", "spoken", "ticks"}


def said() -> set[str]:
    """Every word in a slot of a fixture, but for words that are names of exercises, routines and sides."""
    words = {
        word
        for path in REQUESTS
        for slot in (request(request_id(path))["request"].get("intent") or {}).get("slots", {}).values()
        for word in re.findall(r"[a-z]{4,}", str(slot.get("value", "")).lower())
    }
    sides = {side for counting in CONTENT.exercises.values() for side in counting.sides}
    names = " ".join((*CONTENT.routines, *CONTENT.exercises, *sides, *KEPT_OF_POSITION, *get_args(Spoken)))
    return {word for word in words if word not in names}


def play(skill_at: Path) -> None:
    """Play every fixture with one storage, and then some that leave a place, a pace and a count behind."""
    skill = create_skill(Settings(database=str(skill_at)))
    ask = checked(skill)
    for path in REQUESTS:
        ask(request(request_id(path)))
    for name in ("StartRoutineIntent/full", "ChangeCountIntent/mid_routine", "SlowerIntent/mid_routine"):
        ask(request(name))
    close(skill)


def test_nothing_said_is_kept(tmp_path: Path) -> None:
    """After every fixture was played, the file has the known fields and none of the words in the slots."""
    path = tmp_path / "kept.sqlite3"
    play(path)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT record FROM records").fetchall()
    records: list[dict[str, Any]] = [json.loads(row[0]) for row in rows]
    assert records
    for record in records:
        assert set(record) == KEPT
        assert set(record["preferences"]) == KEPT_OF_PREFERENCES
        assert {key.split(".")[1] for key in record["preferences"]["counts"]} <= set(CONTENT.exercises)
        assert set(record["position"] or ()) in (KEPT_OF_POSITION, set())
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in record["finished"])
    assert any(record["position"] and record["preferences"]["counts"] for record in records)
    words = said()
    assert len(words) > 50
    data = b"".join(each.read_bytes() for each in tmp_path.iterdir()).lower().decode("latin-1")
    assert sorted(word for word in words if word in data) == []


@pytest.fixture(params=["file", "table"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """A file or a table to keep records in, and how to read all that it has."""
    if request.param == "file":
        path = tmp_path / "kept.sqlite3"
        return Settings(database=str(path)), lambda: path.read_bytes().decode("latin-1")
    table = request.getfixturevalue("table")

    def contents() -> str:
        with closing(Session().client("dynamodb")) as dynamodb:
            return json.dumps(dynamodb.scan(TableName=table)["Items"])

    return Settings(database=IN_MEMORY, table=table), contents


def test_whatever_is_said_is_not_kept(storage: Storage) -> None:
    """Free words in the slots of every intent leave no trace, while the place is kept."""
    settings, contents = storage
    skill = create_skill(settings)
    ask = checked(skill)
    model = understanding("en-US")
    for intent, slots in model.slots.items():
        for name in slots:
            envelope = request(f"{intent}/mid_routine")
            envelope["request"]["intent"]["slots"] = {name: {"name": name, "value": "xylophone quagmire"}}
            ask(envelope)
    close(skill)
    data = contents()
    assert "leg_swings" in data
    assert "xylophone" not in data
    assert "quagmire" not in data

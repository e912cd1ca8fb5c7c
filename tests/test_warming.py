"""Warming up: everything is loaded by it, nothing is kept by it, and nothing comes of its failure."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from skill import warming
from skill.assistant import create_skill
from skill.settings import IN_MEMORY, Settings
from skill.warming import prepare, warm

LOADED = """
import json, sys
from pathlib import Path
from skill.assistant import answer, create_skill
from skill.settings import IN_MEMORY, Settings
from skill.warming import prepare, warm
skill = create_skill(Settings(database=":memory:"))
{how}
before = set(sys.modules)
for name in {names}:
    answer(skill, json.loads(Path(f"tests/requests/{{name}}.json").read_text()))
skill.persistence_adapter.close()
print(json.dumps(sorted(name for name in set(sys.modules) - before if name.startswith("skill"))))
"""


def loaded_after(how: str, *names: str) -> list[str]:
    """Our modules that some requests load after warming up so."""
    program = LOADED.format(how=how, names=names)
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    modules: list[str] = json.loads(ran.stdout)
    return modules


def test_a_launch_finds_all_loaded() -> None:
    """After warming up, opening the skill imports nothing of ours; without, it would."""
    assert loaded_after("warm()", "LaunchRequest/new_session") == []
    assert loaded_after("", "LaunchRequest/new_session") != []


def test_prepared_for_everything() -> None:
    """After the longer one neither does a routine, danger, nor words that have to be weighed."""
    names = ("StartRoutineIntent/full", "RedFlagIntent/stroke_tia", "ReportSymptomIntent/in_session")
    assert loaded_after("prepare(skill)", *names) == []


def test_prepared_for_a_screen() -> None:
    """Nor does any of them where there is a screen."""
    names = ("LaunchRequest", "StartExerciseIntent", "CauseIntent", "RedFlagIntent", "FootBathIntent")
    assert loaded_after("prepare(skill)", *(f"{name}/on_a_screen" for name in names)) == []


def test_nothing_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    """The record of whoever comes first is none of warming up, and nothing went wrong."""
    skill = create_skill(Settings(database=IN_MEMORY))
    prepare(skill)
    storage: Any = skill.persistence_adapter
    assert storage._records == {}
    assert caplog.records == []


def test_storage_is_prepared() -> None:
    """A storage that can be made ready is."""

    class Ready:
        asked = 0

        def prepare(self) -> None:
            self.asked += 1

    skill = create_skill(Settings(database=IN_MEMORY))
    storage: Any = Ready()
    skill.persistence_adapter = storage
    prepare(skill)
    assert storage.asked == 1


def test_failures_are_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A failure costs nothing but the time that was to be saved."""

    def fail(*_: object, **__: object) -> None:
        raise OSError("no")

    skill = create_skill(Settings(database=IN_MEMORY))
    monkeypatch.setattr(warming, "answer", fail)
    with caplog.at_level(logging.ERROR):
        warm()
        prepare(skill)
    assert {record.getMessage() for record in caplog.records} == {"could not be warmed up: OSError"}

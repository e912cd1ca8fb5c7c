"""Pico's process, with an engine in it that misbehaves as the real one can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from skill.speech.voices.pico_process import PicoProcess
from tests.speech.voices.bad_engine import ENGINE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in's own folder, which comes first wherever Python looks for packages."""
    package = tmp_path / "py_nanotts"
    package.mkdir()
    (package / "__init__.py").write_text(ENGINE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return package


@pytest.fixture
def process() -> Iterator[PicoProcess]:
    """A process that gets two seconds for an answer."""
    process = PicoProcess("pico-test", patience_s=2.0)
    yield process
    process.close()

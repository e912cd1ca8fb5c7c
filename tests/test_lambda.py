"""The Lambda door: the entry file answers as Lambda loads it, and loads nothing that Lambda would wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from skill.assistant import EnvelopeError
from skill.cli import LAMBDA_ENTRY, lambda_handler
from tests.conftest import assert_keeps_rules, request, speech

HEAVY = ("flask", "werkzeug", "boto3", "botocore", "numpy", "rapidfuzz", "skill.speaker", "skill.web", "skill.cli")

AS_LAMBDA_DOES = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
entry = importlib.import_module("lambda_function")
response = entry.lambda_handler(json.load(sys.stdin), None)
json.dump({"response": response, "modules": sorted(sys.modules)}, sys.stdout)
"""


def test_loaded_as_lambda_loads_it(tmp_path: Path) -> None:
    """Imported by name from its folder it answers, without modules that make a cold start slow."""
    envelope = request("RedFlagIntent/stroke_tia")
    finished = subprocess.run(  # our own interpreter and our own words
        [sys.executable, "-W", "error", "-c", AS_LAMBDA_DOES, str(LAMBDA_ENTRY.parent)],
        input=json.dumps(envelope),
        capture_output=True,
        text=True,
        check=True,
        cwd=LAMBDA_ENTRY.parents[1],
        env={"STEADY_LEGS_DATABASE": str(tmp_path / "kept.sqlite3")},
    )
    assert finished.stderr == ""
    out = json.loads(finished.stdout)
    assert "911" in speech(out["response"])
    assert_keeps_rules(envelope, out["response"])
    loaded = set(out["modules"])
    assert "skill.assistant" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_refuses_what_is_no_envelope(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no envelope is an error of the invocation."""
    monkeypatch.setenv("STEADY_LEGS_DATABASE", ":memory:")
    with pytest.raises(EnvelopeError, match='"request" object'):
        lambda_handler()({}, None)

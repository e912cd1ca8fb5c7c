"""What a command printed."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

Output: TypeAlias = pytest.CaptureFixture[str]


def lines(output: Output) -> list[str]:
    """What was printed, a line each; nothing may stand on standard error."""
    captured = output.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def objects(output: Output) -> list[Any]:
    """What was printed, as JSON objects, one a line."""
    return [json.loads(line) for line in lines(output)]


def complaint(output: Output) -> str:
    """The one line on standard error."""
    captured = output.readouterr()
    assert captured.err.startswith("steady-legs: ")
    assert captured.err.count("\n") == 1
    return captured.err

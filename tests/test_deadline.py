"""Waiting no longer than a deadline: results and errors come through, and what is stuck is left behind."""

from __future__ import annotations

import time
from threading import Event

import pytest

from skill.deadline import in_time


def test_result_comes_through() -> None:
    """What a task comes to is returned, be it nothing."""
    assert in_time(lambda: 7, 1) == 7
    assert in_time(lambda: None, 1) is None


def test_error_comes_through() -> None:
    """What a task raises is raised where it is waited for."""
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 // 0, 1)


def test_stuck_task_is_left() -> None:
    """A task that does not end is given up in time, and goes on by itself."""
    over, ended = Event(), Event()

    def stuck() -> None:
        over.wait(10)
        ended.set()

    began = time.monotonic()
    with pytest.raises(TimeoutError, match=r"not done after 0\.1 s"):
        in_time(stuck, 0.1)
    assert time.monotonic() - began < 2
    assert not ended.is_set()
    over.set()
    assert ended.wait(10)

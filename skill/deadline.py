"""Waiting for something that may never end, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_time(task: Callable[[], T], seconds: float) -> T:
    """What a task comes to; raises what it raises, and TimeoutError when it has not ended after so many seconds.

    What has not ended goes on by itself, on a thread that does not keep the process.
    """
    from threading import Thread

    results: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(task())
        except Exception as error:  # it is raised where the task is waited for
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"not done after {seconds} s")
    return results[0]

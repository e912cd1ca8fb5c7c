"""What the commands have in common: lines that are printed, and the fault that ends one."""

from __future__ import annotations


class UsageError(Exception):
    """The command cannot be carried out as given; the message says why and what to do."""


def show(*lines: str, end: str = "\n") -> None:
    """Print lines at once, also where somebody reads them through a pipe; `end` stands behind the last one."""
    print(*lines, sep="\n", end=end, flush=True)  # noqa: T201  # what a command is for

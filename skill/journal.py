"""Loggers, for which logging itself is imported when there is something to log: most processes never have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logging import Logger


class _Journal:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        import logging

        return getattr(logging.getLogger(self._name), name)


def journal(name: str) -> Logger:
    """What logs under that name as logging's own logger does."""
    return _Journal(name)  # type: ignore[return-value]  # it has whatever that has

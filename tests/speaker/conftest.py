"""A clock for devices."""

from __future__ import annotations

import pytest

from tests.speaker.small import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()

"""What tests of the HTTP door and of the page have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.simulator.hello import started_in


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder that the speaker is started in."""
    with started_in(tmp_path):
        yield tmp_path

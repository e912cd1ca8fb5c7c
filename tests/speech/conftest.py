"""One real voice for all tests of sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from skill.speech.mixing import Words
from skill.speech.voices import find_voice


@pytest.fixture(scope="session")
def words() -> Iterator[Words]:
    """The words of Pico's American voice."""
    voice = find_voice("pico", "en-US")
    yield Words(voice)
    voice.close()

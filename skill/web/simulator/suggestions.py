"""What can be said now: words that the last answer offered, and words that are always true in such a state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skill.speaker.device import Device
from skill.speaker.invocation import Invocation

MOST = 6
"""Phrases that are offered at a time."""

_QUOTED = re.compile(r'"([^"]+)"')


def suggestions(device: Device, said: str, usual: Sequence[str]) -> list[str]:
    """Phrases that the device understands word by word: those quoted in what was said, then the usual ones."""
    understanding = device.understanding
    invocation = Invocation(understanding.invocation_name, understanding.language.address, understanding.is_sample)

    def understood() -> Iterator[str]:
        for phrase in (*_QUOTED.findall(said), *usual):
            addressed = invocation.address(phrase)
            if addressed.how == "launch":
                yield phrase
            elif understanding.exactly(addressed.words):
                yield addressed.words

    return [*dict.fromkeys(understood())][:MOST]

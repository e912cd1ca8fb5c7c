"""The second layer: filters over what some filters of the first answer at places that lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add

from skill.triage.lanes import NARROW, WIDE, Lanes, every, limit, pack, weighted

ROOM = limit(WIDE) // 4
"""A filter's answer to one place must stay below this, either way, so that three of them fit a lane."""


class Deeper:
    """Looks at some filters of the first layer, at three places at once, and keeps each strongest answer."""

    def __init__(self, until: int, floors: Sequence[int], banks: Sequence[Sequence[Sequence[int]]], apart: int) -> None:
        """Of the first layer, which filter follows those that are seen, and the floors of these; weights by place."""
        filters = len(banks[0][0])
        self._floors = [floor - limit(NARROW) for floor in floors]
        self._skipped = (until - len(floors)) * NARROW
        self._kept = (1 << (len(floors) * NARROW)) - 1
        self._seen = Lanes(len(floors), NARROW)
        self._lifted = every(until, limit(NARROW), NARROW)
        # The weights for the three places stand side by side, so that one product serves them all.
        self._rows = [pack([*chain(*rows)], WIDE) for rows in zip(*banks, strict=True)]
        self._group = filters * WIDE
        self._mask = (1 << self._group) - 1
        self._nothing = every(filters, ROOM, WIDE)
        self._bias = every(len(banks) * filters, ROOM, WIDE)
        self._answers = Lanes(filters, WIDE)
        self._apart = apart

    def strongest(self, answers: Sequence[int]) -> Sequence[int]:
        """The strongest answer of each filter, with the limit added, from the packed answers of the first layer."""
        return self._answers.largest(self._responses(answers))

    def _responses(self, answers: Sequence[int]) -> Iterator[int]:
        beyond = [(self._nothing,) * 3] * self._apart
        shares = [*beyond, *map(self._shares, answers), *beyond]
        biases = 3 * self._nothing
        for place in range(len(answers)):
            before, here, after = shares[place], shares[place + self._apart], shares[place + 2 * self._apart]
            yield before[0] + here[1] + after[2] - biases

    def _shares(self, answer: int) -> tuple[int, int, int]:
        """What one place adds to the answers after it, at it and before it, each lane with ROOM added."""
        seen = self._seen.unpacked((answer + self._lifted) >> self._skipped & self._kept)
        strengths = [each if each > 0 else 0 for each in map(add, seen, self._floors)]
        together = weighted(strengths, self._rows) + self._bias
        group, mask = self._group, self._mask
        return together & mask, together >> group & mask, together >> 2 * group

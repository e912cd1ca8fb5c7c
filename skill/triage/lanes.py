"""Vectors of small integers packed into one big integer, so that plain Python adds and compares hundreds at once.

A lane holds a signed number; a sum of packed vectors, or a multiple of one, is the packed sum or multiple as long as no
lane overflows, which whoever packs must see to. Biased lanes are non-negative and leave their top bit free.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import mul

NARROW, WIDE = 16, 32
"""Bits a lane: of the first filters' answers, and where products are added up."""

_CODES = {NARROW: "H", WIDE: "I"}


def limit(bits: int) -> int:
    """A lane of a sum must stay below this, either way."""
    return 1 << (bits - 2)


def pack(values: Sequence[int], bits: int) -> int:
    """Signed numbers as one integer, the first in the lowest lane."""
    bias = limit(bits)
    biased = array(_CODES[bits], [value + bias for value in values])
    return int.from_bytes(biased.tobytes(), "little") - every(len(values), bias, bits)


def every(lanes: int, value: int, bits: int) -> int:
    """The same non-negative number in each lane."""
    return int.from_bytes(value.to_bytes(bits // 8, "little") * lanes, "little")


def weighted(strengths: Sequence[int], rows: Sequence[int]) -> int:
    """The packed sum of the rows, each as often as its strength says; the many without strength cost nothing."""
    return sum(map(mul, filter(None, strengths), compress(rows, strengths)))


class Lanes:
    """Reads packed vectors of one shape."""

    def __init__(self, lanes: int, bits: int) -> None:
        self._code = _CODES[bits]
        self._size = lanes * bits // 8
        self._limit = limit(bits)
        self._bias = every(lanes, self._limit, bits)
        self._top = every(lanes, 1 << (bits - 1), bits)
        self._bits = bits

    def signed(self, vector: int) -> list[int]:
        """The lanes."""
        return [lane - self._limit for lane in self.unpacked(vector + self._bias)]

    def unpacked(self, biased: int) -> Sequence[int]:
        """The lanes as they are, none of them below zero."""
        return array(self._code, biased.to_bytes(self._size, "little"))

    def largest(self, vectors: Iterable[int]) -> Sequence[int]:
        """The largest value of each lane among vectors and zero, with the limit added to each."""
        best, bias, top, shift = self._bias, self._bias, self._top, self._bits - 1
        for vector in vectors:
            shifted = vector + bias
            # Per lane: the top bit stays set exactly where the new value is at least as large as the best one.
            kept = ((shifted | top) - best) & top
            mask = kept - (kept >> shift)
            best ^= (shifted ^ best) & mask
        return self.unpacked(best)

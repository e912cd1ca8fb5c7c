"""Vectors of small integers packed into one big integer, so that plain Python adds and compares hundreds at once.

A lane holds a signed number; a sum of packed vectors, or a multiple of one, is the packed sum or multiple as long as no
lane overflows, which whoever packs must see to. Biased lanes are non-negative and leave their top bit free.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

BITS = 16
"""Bits a lane of a row."""

LIMIT = 1 << (BITS - 2)
"""A lane of a sum of rows must stay below this, either way."""

WIDE_BITS = 64
"""Bits a lane where products are added up."""


def pack(values: Sequence[int], bits: int = BITS) -> int:
    """Signed numbers as one integer, the first in the lowest lane."""
    middle = 1 << (bits - 2)
    biased = array(_CODES[bits], [value + middle for value in values])
    return int.from_bytes(biased.tobytes(), "little") - every(len(values), middle, bits)


def every(lanes: int, value: int, bits: int = BITS) -> int:
    """The same non-negative number in each lane."""
    return int.from_bytes(value.to_bytes(bits // 8, "little") * lanes, "little")


_CODES = {BITS: "H", WIDE_BITS: "Q"}


class Largest:
    """The largest value of each lane among packed vectors."""

    def __init__(self, lanes: int) -> None:
        self._bias = every(lanes, LIMIT)
        self._top = every(lanes, 1 << (BITS - 1))
        self._size = lanes * BITS // 8

    def of(self, vectors: Iterable[int]) -> Sequence[int]:
        """The lanes of the largest values, with LIMIT added to each; none is below zero."""
        best = self._bias
        for vector in vectors:
            biased = vector + self._bias
            # Per lane: the top bit stays set exactly where the new value is at least as large as the best one.
            kept = ((biased | self._top) - best) & self._top
            mask = kept - (kept >> (BITS - 1))
            best ^= (biased ^ best) & mask
        return array("H", best.to_bytes(self._size, "little"))


def unpack_wide(packed: int, lanes: int) -> Sequence[int]:
    """The signed lanes of WIDE_BITS each."""
    middle = 1 << (WIDE_BITS - 2)
    biased = packed + every(lanes, middle, WIDE_BITS)
    return [lane - middle for lane in array("Q", biased.to_bytes(lanes * WIDE_BITS // 8, "little"))]

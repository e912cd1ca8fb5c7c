"""A small convolutional network that reads an utterance and says how urgent it is, in plain Python.

Words become vectors, filters look at one to five neighbouring words, each filter keeps its strongest answer, and two
layers turn these into a score for each tier and category. All is whole numbers, so every machine gives the same scores.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import mul
from pathlib import Path

from skill.content import Tier
from skill.triage.lanes import LIMIT, WIDE_BITS, Largest, pack, unpack_wide

WEIGHTS = Path(__file__).parent / "weights"
"""Folder with the weights of each language."""

WINDOW, STRIDE = 60, 40
"""Words read at once, and from one reading to the next in a longer text."""

_WORD = re.compile(r"[a-z']{1,40}")
_SPELLED_OUT = (
    ("can't", "cannot"),
    ("won't", "will not"),
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'m", " am"),
    ("'ll", " will"),
    ("'d", " would"),
    ("'s", " s"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of some words."""

    tiers: tuple[float, ...]
    """A score for each of the tiers, the first for no danger; only differences mean something."""
    hidden: tuple[float, ...]
    """What the categories are scored from."""


def words_of(text: str) -> list[str]:
    """The words of a text, spelled out, as the network knows them."""
    return _WORD.findall(spelled_out(text))


def spelled_out(text: str) -> str:
    """The text in lower case with short forms in full."""
    text = text.lower().replace("\u2019", "'")
    if "'" in text:
        for short, full in _SPELLED_OUT:
            text = text.replace(short, full)
    return text


class Network:
    """The network of one language."""

    def __init__(self, data: bytes) -> None:
        """Unpack the weights: a line of JSON, then signed bytes."""
        header, _, rest = data.partition(b"\n")
        shape = json.loads(header)
        self.categories: tuple[str, ...] = tuple(shape["categories"])
        self.tiers: tuple[Tier, ...] = tuple(map(Tier, shape["tiers"]))
        vocabulary, body = rest[: shape["vocabulary"]], memoryview(rest)[shape["vocabulary"] :]
        self._row = {word: index for index, word in enumerate(vocabulary.decode("ascii").split("\n"))}
        self._depth: int = shape["depth"]
        self.reach: int = shape["reach"]
        self.filters: int = shape["filters"]
        taken = 0

        def take(size: int) -> memoryview:
            nonlocal taken
            taken += size
            return body[taken - size : taken]

        self._vectors = take(len(self._row) * self._depth).cast("b")
        banks = [[take(self.filters).cast("b") for _ in range(self._depth)] for _ in range(self.reach)]
        self._banks = [[pack(bank) for bank in offset] for offset in banks]
        self._floors = take(2 * self.filters).cast("h")
        self._outputs: int = shape["hidden"] + len(self.tiers) + len(self.categories)
        mixing = [take(2 * self._outputs).cast("h") for _ in range(self.filters)]
        self._mixing = [pack(weights, WIDE_BITS) for weights in mixing]
        self._hidden: int = shape["hidden"]
        self._hidden_scale: float = shape["hidden_scale"]
        self._hidden_bias: list[float] = shape["hidden_bias"]
        self._last: list[list[float]] = shape["last"]
        self._last_bias: list[float] = shape["last_bias"]
        self._largest = Largest(self.filters)
        self._known_shares = lru_cache(maxsize=2048)(self.shares)

    @property
    def known_words(self) -> int:
        """How many words have a vector of their own, the one for all others among them."""
        return len(self._row)

    def read(self, words: Sequence[str]) -> list[Reading]:
        """Readings of all the words, a window at a time; none without words."""
        starts = range(0, max(len(words) - WINDOW + STRIDE, 1), STRIDE) if words else ()
        return [self._read(words[start : start + WINDOW]) for start in starts]

    def category(self, reading: Reading) -> str:
        """The likeliest category, if there is danger at all."""
        first = len(self.tiers)
        return max(enumerate(self.categories, first), key=lambda each: self._score(reading.hidden, each[0]))[1]

    def _read(self, words: Sequence[str]) -> Reading:
        rows = [self._known_shares(self._row.get(word, 0)) for word in words]
        pooled = self._largest.of(self._responses(rows))
        mixed = 0
        for strength, floor, weights in zip(pooled, self._floors, self._mixing, strict=True):
            over = strength - LIMIT + floor
            if over > 0:
                mixed += over * weights
        lanes = unpack_wide(mixed, self._outputs)
        scale = self._hidden_scale
        hidden = [max(lane * scale + bias, 0.0) for lane, bias in zip(lanes, self._hidden_bias, strict=False)]
        # The second part by-passes the hidden layer.
        hidden += [lane * scale for lane in lanes[self._hidden :]]
        kept = tuple(hidden)
        tiers = tuple(self._score(kept, place) for place in range(len(self.tiers)))
        return Reading(tiers, kept)

    def _score(self, hidden: tuple[float, ...], place: int) -> float:
        straight = hidden[self._hidden + place]
        return sum(map(mul, self._last[place], hidden), straight + self._last_bias[place])

    def _responses(self, rows: list[tuple[int, ...]]) -> list[int]:
        """What the filters answer at each place, from before the first word to the last."""
        reach, count = self.reach, len(rows)
        return [
            sum(rows[place + offset][offset] for offset in range(reach) if 0 <= place + offset < count)
            for place in range(1 - reach, count)
        ]

    def shares(self, row: int) -> tuple[int, ...]:
        """A word's share in the filters' answers, for each place it can have under them."""
        vector = self._vectors[row * self._depth : (row + 1) * self._depth]
        return tuple(sum(map(mul, vector, bank)) for bank in self._banks)


@cache
def network(language: str) -> Network:
    """The network of a language, read once; raises OSError where there is none."""
    return Network((WEIGHTS / f"{language}.bin").read_bytes())

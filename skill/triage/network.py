"""A small convolutional network that reads an utterance and says how urgent it is, in plain Python.

Words become vectors, filters look at one to five neighbouring words, more filters look at what some of them see at
places that lie apart, each keeps its strongest answer, and two layers turn these into a score for each tier and
category. All but those last layers is whole numbers, so every machine gives the same scores.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add, mul
from typing import Any

from skill.baked import baked
from skill.content import Tier
from skill.triage.deeper import Deeper
from skill.triage.lanes import NARROW, WIDE, Lanes, limit, pack, weighted

WEIGHTS = os.path.join(os.path.dirname(__file__), "weights")
"""Folder with the weights of each language."""

WINDOW, STRIDE = 60, 40
"""Words read at once, and from one reading to the next in a longer text."""

COARSER, FINEST = 4, 1023
"""By how many bits the answers of the first layer are made coarser before they are mixed, and what is left at most."""

PLACES = 3
"""At how many places a filter of the second layer looks."""

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
    """What the hidden layer comes to; the categories are scored from this and"""
    strengths: tuple[int, ...]
    """how strongly each filter answered."""


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


def windows(words: Sequence[str]) -> list[Sequence[str]]:
    """The words in parts that overlap, each short enough to be read at once; none without words."""
    starts = range(0, max(len(words) - WINDOW + STRIDE, 1), STRIDE) if words else ()
    return [words[start : start + WINDOW] for start in starts]


class Network:
    """A network of one language."""

    def __init__(self, data: bytes) -> None:
        """Unpack the weights: a line of JSON, then whole numbers."""
        header, _, rest = data.partition(b"\n")
        shape = json.loads(header)
        self.categories: tuple[str, ...] = tuple(shape["categories"])
        self.tiers: tuple[Tier, ...] = tuple(map(Tier, shape["tiers"]))
        vocabulary, body = rest[: shape["vocabulary"]], memoryview(rest)[shape["vocabulary"] :]
        self._vocabulary = b"\n%b\n" % vocabulary
        self._depth: int = shape["depth"]
        self.reach: int = max(width for _, width in shape["filters"])
        taken = 0

        def take(size: int) -> memoryview:
            nonlocal taken
            taken += size
            return body[taken - size : taken]

        self._vectors = bytes(take(self.known_words * self._depth))
        banks: list[list[list[int]]] = [[[] for _ in range(self._depth)] for _ in range(self.reach)]
        for filters, width in shape["filters"]:
            for offset, bank in enumerate(banks):
                for row in bank:
                    # The widest filters stand first, so a row ends where no filter reaches its word.
                    row.extend(take(filters).cast("b") if offset < width else ())
        self.filters = len(banks[0][0])
        self._banks = [[pack(row, NARROW) for row in bank] for bank in banks]
        floors = take(2 * self.filters).cast("h")
        deeper, channels = shape["deeper"], shape["channels"]
        seen = take(2 * channels).cast("h")
        looked = [[take(deeper).cast("b") for _ in range(channels)] for _ in range(PLACES)]
        self._deeper = Deeper(shape["seen_until"], seen, looked, shape["apart"])
        deeper_floors = take(4 * deeper).cast("i")
        self._floors = [floor - limit(NARROW) for floor in floors]
        self._deeper_floors = [floor - limit(WIDE) for floor in deeper_floors]
        self._coarser: int = shape["coarser"]
        self._hidden: int = shape["hidden"]
        mixed = self._hidden + len(self.tiers)
        self._mixing = [pack(take(2 * mixed).cast("h"), WIDE) for _ in range(self.filters + deeper)]
        self._naming = [pack(take(2 * len(self.categories)).cast("h"), WIDE) for _ in range(self.filters + deeper)]
        self._named = Lanes(len(self.categories), WIDE)
        self._scale: float = shape["scale"]
        self._hidden_bias: list[float] = shape["hidden_bias"]
        self._last: list[list[float]] = shape["last"]
        self._last_bias: list[float] = shape["last_bias"]
        self._answers = Lanes(self.filters, NARROW)
        self._mixed = Lanes(mixed, WIDE)
        self._known_shares = lru_cache(maxsize=4096)(self._shares_of)

    def __getstate__(self) -> dict[str, Any]:
        """All but what was remembered of words."""
        return {name: value for name, value in vars(self).items() if name != "_known_shares"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._known_shares = lru_cache(maxsize=4096)(self._shares_of)

    @property
    def known_words(self) -> int:
        """How many words have a vector of their own, the one for all others among them."""
        return self._vocabulary.count(b"\n") - 1

    def read(self, words: Sequence[str]) -> Reading:
        """What the network makes of the words of a window."""
        rows = list(map(self._known_shares, words))
        answers = self._responses(rows)
        coarser, finest = self._coarser, FINEST
        strengths = [
            each >> COARSER if each > 0 else 0 for each in map(add, self._answers.largest(answers), self._floors)
        ]
        further = map(add, self._deeper.strongest(answers), self._deeper_floors)
        strengths += [min(each >> coarser, finest) if each > 0 else 0 for each in further]
        scale = self._scale
        lanes = [lane * scale for lane in self._mixed.signed(weighted(strengths, self._mixing))]
        hidden = tuple([max(lane + bias, 0.0) for lane, bias in zip(lanes, self._hidden_bias, strict=False)])
        # The last lanes by-pass the hidden layer.
        tiers = tuple(
            [
                sum(map(mul, weights, hidden), straight + bias)
                for weights, straight, bias in zip(self._last, lanes[self._hidden :], self._last_bias, strict=False)
            ]
        )
        return Reading(tiers, hidden, tuple(strengths))

    def category(self, reading: Reading) -> str:
        """The likeliest category, if there is danger at all."""
        straight = self._named.signed(weighted(reading.strengths, self._naming))
        first = len(self.tiers)
        scores = [
            sum(map(mul, weights, reading.hidden), lane * self._scale + bias)
            for weights, lane, bias in zip(self._last[first:], straight, self._last_bias[first:], strict=True)
        ]
        return self.categories[scores.index(max(scores))]

    def _responses(self, rows: list[tuple[int, ...]]) -> list[int]:
        """What the filters answer at each place, from before the first word to the last."""
        reach, count = self.reach, len(rows)
        return [
            sum(rows[place + offset][offset] for offset in range(reach) if 0 <= place + offset < count)
            for place in range(1 - reach, count)
        ]

    def _shares_of(self, word: str) -> tuple[int, ...]:
        # Looking through all words takes less than a table of them would at the start, and is done once for each word.
        place = self._vocabulary.find(b"\n%b\n" % word.encode("ascii"))
        return self.shares(self._vocabulary.count(b"\n", 0, place) if place >= 0 else 0)

    def shares(self, row: int) -> tuple[int, ...]:
        """A word's share in the filters' answers, for each place it can have under them."""
        vector = memoryview(self._vectors).cast("b")[row * self._depth : (row + 1) * self._depth]
        return tuple(sum(map(mul, vector, bank)) for bank in self._banks)


@baked("network")
def network(name: str, directory: str | None = None) -> Network:
    """A network by the name of its file, read once; raises OSError where there is none."""
    with open(os.path.join(directory or WEIGHTS, f"{name}.bin"), "rb") as file:
        return Network(file.read())

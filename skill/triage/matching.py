"""Phrases in a row of words: all of them found in one pass over the words.

A phrase is a row of elements with gaps; all phrases share one tree, so a word costs the few branches that are open
when it comes and not a search for each phrase.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from skill.triage.wording import Words

GAPS = {"-": 0, " ": 2, "...": 7}
"""Counting words that may stand between two elements, by the sign that joins them."""

REACH = 14
"""Words of any kind that may stand between two elements; it keeps the cost linear."""

_JOINT = re.compile(r"\s*\.\.\.\s*|\s*\+\s*|\s+|-")
_ROW = re.compile(r"[^\W_]+\*?(?:_[^\W_]+\*?)*\Z")

Member = tuple[str, ...]
Element = frozenset[Member]


class Match(NamedTuple):
    """A phrase that was found."""

    label: int
    """Which one, as it was numbered when it was added."""
    at: tuple[int, ...]
    """Indexes of the words that it is made of."""


def elements(phrase: str, classes: Mapping[str, Element]) -> Iterator[tuple[tuple[Element, int], ...]]:
    """Every order in which the phrase may be said: its elements, each with the gap allowed before it.

    Raises ValueError on a phrase that is not well formed.
    """
    parts: list[list[tuple[Element, int]]] = [[]]
    gap = 0
    for piece, joint in _pieces(phrase):
        parts[-1].append((_element(piece, classes), gap))
        if joint == "+":
            parts.append([])
        gap = GAPS[" "] if joint == "+" else GAPS.get(joint, 0)
    for order in itertools.permutations(parts):
        row = [step for part in order for step in part]
        yield tuple((element, 0 if index == 0 else gap) for index, (element, gap) in enumerate(_regapped(row, order)))


def _pieces(phrase: str) -> Iterator[tuple[str, str]]:
    position = 0
    phrase = phrase.strip()
    for joint in _JOINT.finditer(phrase):
        yield phrase[position : joint.start()], joint.group().strip() or " "
        position = joint.end()
    yield phrase[position:], ""


def _regapped(row: list[tuple[Element, int]], order: Iterable[list[tuple[Element, int]]]) -> list[tuple[Element, int]]:
    starts = set(itertools.accumulate(len(part) for part in order))
    return [(element, GAPS[" "] if index in starts else gap) for index, (element, gap) in enumerate(row)]


def _element(piece: str, classes: Mapping[str, Element]) -> Element:
    members: set[Member] = set()
    for choice in piece.split("|"):
        if choice in classes:
            members |= classes[choice]
        elif _ROW.match(choice) and choice == choice.lower():
            members.add(tuple(choice.split("_")))
        else:
            raise ValueError(f"{choice!r} is neither a word nor the name of a list of words")
    return frozenset(members)


@dataclass(slots=True)
class _Node:
    children: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    waits: set[int] = field(default_factory=set)
    patience: int = 0
    labels: list[int] = field(default_factory=list)


class PhraseTree:
    """Many phrases, ready to be found together."""

    def __init__(self, fillers: frozenset[str]) -> None:
        self._fillers = fillers
        self._nodes = [_Node()]
        self._elements: dict[Element, int] = {}
        self._members: dict[str, dict[Member, set[int]]] = {}
        self._known = lru_cache(maxsize=4096)(self._look_up)

    def add(self, steps: Iterable[tuple[Element, int]], label: int) -> None:
        """Find this row of elements, too, and report it as `label`."""
        here = 0
        for element, gap in steps:
            number = self._numbered(element)
            branches = self._nodes[here].children.setdefault(number, [])
            self._nodes[here].waits.add(number)
            there = next((node for width, node in branches if width == gap), None)
            if there is None:
                there = len(self._nodes)
                self._nodes.append(_Node())
                branches.append((gap, there))
                self._nodes[here].patience = max(self._nodes[here].patience, gap)
            here = there
        if label not in self._nodes[here].labels:
            self._nodes[here].labels.append(label)

    def find(self, words: Words, borders: frozenset[int]) -> list[Match]:
        """Every phrase among the words; none reaches across a border. Linear in the number of words."""
        found: list[Match] = []
        counted = list(itertools.accumulate((word not in self._fillers for word in words.words), initial=0))
        root = self._nodes[0]
        live: list[tuple[_Node, int, tuple[int, ...]]] = []
        for index in range(len(words.words)):
            if index in borders:
                live = []
            ends = self._ends(words.words, index)
            passed = counted[index]
            live = [
                state
                for state in live
                if passed - counted[state[1] + 1] <= state[0].patience and index - state[1] <= REACH
            ]
            if not ends:
                continue
            grown: dict[tuple[int, int], tuple[int, ...]] = {}
            begun = set(ends)
            for node, end, at in ((root, index - 1, ()), *live):
                children = node.children
                # Nearly every branch waits for another word, and this is the fastest way to see that.
                if end >= index or begun.isdisjoint(node.waits):
                    continue
                gap = passed - counted[end + 1]
                for number in begun & node.waits:
                    for width, child in children[number]:
                        if gap <= width:
                            for reached in ends[number]:
                                grown[child, reached] = (*at, *range(index, reached + 1))
            for (number, end), at in grown.items():
                node = self._nodes[number]
                found += [Match(label, at) for label in node.labels]
                if node.children:
                    live.append((node, end, at))
        return found

    def _ends(self, words: tuple[str, ...], index: int) -> dict[int, list[int]]:
        """The elements that begin at a word, each with the words that it may end at."""
        numbers, rows = self._known(words[index])
        ends = {number: [index] for number in numbers}
        for row, row_numbers in rows:
            if _stands(row, words[index + 1 : index + 1 + len(row)]):
                for number in row_numbers:
                    ends.setdefault(number, []).append(index + len(row))
        return ends

    def _look_up(self, word: str) -> tuple[tuple[int, ...], tuple[tuple[Member, tuple[int, ...]], ...]]:
        numbers: set[int] = set()
        rows: dict[Member, set[int]] = {}
        for first in (word, *(f"{word[:length]}*" for length in range(1, len(word) + 1))):
            for rest, row_numbers in self._members.get(first, {}).items():
                (rows.setdefault(rest, set()) if rest else numbers).update(row_numbers)
        return tuple(numbers), tuple((rest, tuple(row_numbers)) for rest, row_numbers in rows.items())

    def _numbered(self, element: Element) -> int:
        if element in self._elements:
            return self._elements[element]
        number = self._elements[element] = len(self._elements)
        for first, *rest in element:
            self._members.setdefault(first, {}).setdefault(tuple(rest), set()).add(number)
        return number


def _stands(row: Member, words: tuple[str, ...]) -> bool:
    return len(row) == len(words) and all(
        word.startswith(atom[:-1]) if atom[-1] == "*" else word == atom for atom, word in zip(row, words, strict=True)
    )

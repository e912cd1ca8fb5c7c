"""Which samples have exactly these words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from skill.speaker.model import Rank, Slot, Template
from skill.speaker.slot_types import Filling
from skill.speaker.words import Words


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with the words that fill it."""

    slot: Slot
    """The slot."""
    said: Words
    """The words."""
    filling: Filling
    """What they mean."""


@dataclass(frozen=True, slots=True)
class Match:
    """A template whose words are those of an utterance."""

    template: Template
    """The template."""
    filled: tuple[Filled, ...] = ()
    """Its slots, filled."""


class Samples:
    """Templates, found by the words they begin with, so that an utterance meets only few of them."""

    def __init__(self, templates: Iterable[Template]) -> None:
        """Index the templates."""
        self.templates = tuple(templates)
        self._literal: dict[Words, list[Template]] = defaultdict(list)
        self._by_prefix: dict[Rank, _ByPrefix] = {Rank.SLOTS: _ByPrefix(), Rank.FREE: _ByPrefix()}
        for template in self.templates:
            if template.rank is Rank.LITERAL:
                self._literal[template.prefix()].append(template)
            else:
                self._by_prefix[template.rank].add(template)

    def find(self, said: Words, rank: Rank) -> list[Match]:
        """Every template of that rank that has exactly these words."""
        if rank is Rank.LITERAL:
            return [Match(template) for template in self._literal.get(said, ())]
        return list(self._by_prefix[rank].find(said))


@dataclass(slots=True)
class _ByPrefix:
    buckets: dict[Words, list[tuple[Template, Words]]] = field(default_factory=dict)
    """Templates and their suffixes, by their prefix."""
    lengths: list[int] = field(default_factory=list)
    """The lengths of the prefixes."""

    def add(self, template: Template) -> None:
        prefix = template.prefix()
        self.buckets.setdefault(prefix, []).append((template, template.suffix()))
        self.lengths = sorted({*self.lengths, len(prefix)})

    def find(self, said: Words) -> Iterator[Match]:
        for length in self.lengths:
            if length >= len(said):
                return
            for template, suffix in self.buckets.get(said[:length], ()):
                end = len(said) - len(suffix)
                if end <= length or said[end:] != suffix:
                    continue
                middle = template.parts[length : len(template.parts) - len(suffix)]
                if (filled := fill(middle, said[length:end])) is not None:
                    yield Match(template, filled)


def fill(parts: tuple[str | Slot, ...], said: Words) -> tuple[Filled, ...] | None:
    """The slots among these parts filled with these words, each as long as it can be; None without a fit."""
    if not parts or len(said) < len(parts):
        return None if parts or said else ()
    head, rest = parts[0], parts[1:]
    if isinstance(head, str):
        return fill(rest, said[1:]) if said[0] == head else None
    most = len(said) - len(rest)
    for length in range(min(most, head.type.longest), 0 if rest else most - 1, -1):
        filling = head.type.fill(said[:length])
        if filling and (others := fill(rest, said[length:])) is not None:
            return (Filled(head, said[:length], filling), *others)
    return None


def expand(template: Template, fillings: Callable[[Slot], Iterable[tuple[Words, Filling]]]) -> Iterator[Match]:
    """The template with every combination of these fillings of its slots."""
    choices = [[Filled(slot, *each) for each in fillings(slot)] for slot in template.slots]
    return (Match(template, combination) for combination in product(*choices))


def listed(slot: Slot) -> Iterator[tuple[Words, Filling]]:
    """Every filling that the type of a slot can tell."""
    for phrase in slot.type.phrases():
        if filling := slot.type.fill(phrase):
            yield phrase, filling


def sentence(match: Match) -> Words:
    """All the words of a match."""
    filled = iter(match.filled)
    spoken: list[str] = []
    for part in match.template.parts:
        spoken += (part,) if isinstance(part, str) else next(filled).said
    return tuple(spoken)

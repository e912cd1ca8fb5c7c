"""What triage knows of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from skill.content import Tier
from skill.triage.matching import PhraseTree
from skill.triage.wording import Spelling


class Kind(Enum):
    """What a phrase does."""

    SIGN = auto()
    FACT = auto()
    HISTORY = auto()
    EXCUSE = auto()
    IDIOM = auto()
    DENIAL = auto()
    NO_DENIAL = auto()
    THOUGHT = auto()
    QUESTION = auto()
    HYPOTHETICAL = auto()
    ASKED_NOW = auto()
    PAST = auto()
    PRESENT = auto()
    SUBJECT = auto()
    FICTION = auto()
    REALITY = auto()
    CORRECTION = auto()
    CLAIM = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """What it means that a phrase was found."""

    kind: Kind
    """What the phrase does."""
    name: str = ""
    """The category of a sign, or the name of a fact."""
    tier: Tier = Tier.SELF_CARE
    """Urgency of a sign."""


@dataclass(frozen=True, slots=True)
class Together:
    """Facts that are a sign only together."""

    category: str
    """The sign's category."""
    tier: Tier
    """Its urgency."""
    present: frozenset[str]
    """Facts that must be there."""
    absent: frozenset[str]
    """Facts that must not."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that triage knows of a language."""

    spelling: Spelling
    """How short forms are spelled out."""
    tree: PhraseTree
    """Every phrase."""
    labels: tuple[Label, ...]
    """What each means, by its number in the tree."""
    together: Mapping[str, tuple[Together, ...]]
    """What facts mean together, each under one of its facts."""
    rank: Mapping[str, int]
    """Place of each category; of two equally urgent ones the lower answers."""
    fillers: frozenset[str]
    """Words that do not count."""
    borders: frozenset[str]
    """Words that no phrase reaches across."""
    denial_starts: frozenset[str]
    """A sign that begins with one of these is not denied by an earlier word."""
    denial_stops: frozenset[str]
    """Words that a denial does not reach across."""
    inverted: frozenset[str]
    """A question that opens with one of these opens a sentence."""
    leads: frozenset[str]
    """... or follows one of these."""
    prepositions: frozenset[str]
    """Before these words' objects no subject begins."""
    compounds: frozenset[str]
    """After a thing these make it no subject."""
    people: frozenset[str]
    """Words that make a person the subject again."""

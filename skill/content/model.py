"""The shapes of the content: causes, remedies, red flags and everything else that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from skill.content.template import Template

PACE_STEP_MS = 24
"""Paces are multiples of this, the length of one frame of a counted track."""


class Tier(StrEnum):
    """How urgent something is."""

    EMERGENCY_NOW = "EMERGENCY_NOW"
    SAME_DAY = "SAME_DAY"
    SEE_DOCTOR = "SEE_DOCTOR"
    SELF_CARE = "SELF_CARE"

    @property
    def urgency(self) -> int:
        """A number that is higher the more urgent the tier is."""
        return len(Tier) - list(Tier).index(self)


@dataclass(frozen=True, slots=True)
class Source:
    """A page that a claim rests on."""

    title: str
    """Title of the page."""
    publisher: str
    """Who stands behind it, as it is spoken."""
    url: str
    """Where to read it."""
    opened: bool
    """Whether the page itself was read when the content was written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with what it rests on."""

    say: Template
    """The spoken statement."""
    sources: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of leg numbness."""

    name: str
    """How the cause is called in a sentence."""
    kind: Literal["benign", "serious"]
    """Whether it passes by itself or needs a doctor."""
    answer: Claim
    """The one-breath answer."""
    more: Claim
    """What is said when the person wants to know more."""
    helps: Claim
    """What helps."""
    doctor: Claim
    """When a doctor is needed."""
    reviewed: date
    """When the entry was last reviewed."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A count for each routine."""

    short: int
    """In the short routine."""
    full: int
    """In the full routine and in the exercise by itself."""


@dataclass(frozen=True, slots=True)
class Counts(Numbers):
    """How often a movement is counted in one set."""

    least: int
    """The fewest a person may ask for."""
    most: int
    """The most a person may ask for."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How an exercise is counted."""

    unit: str
    """One movement, in the singular."""
    sides: tuple[str, ...]
    """The sides or directions, in the order they are done."""
    pace_ms: int
    """Milliseconds a count."""
    fastest_ms: int
    """Milliseconds a count at the quickest that a person may ask for."""
    ready_ms: int
    """Silence for getting into place before the first set."""
    rest_ms: int
    """Silence before every other set, and before counting goes on."""
    counts: Counts
    """Counts in a set."""
    rounds: Numbers
    """How often a set is done on each side."""


@dataclass(frozen=True, slots=True)
class Bath:
    """How long a foot bath lasts."""

    minutes: int
    """Minutes in the water."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One of the remedies; an exercise when it has counts."""

    name: str
    """How the remedy is called in a sentence."""
    posture: Literal["standing", "seated"]
    """How it is done."""
    answer: Claim
    """What it is and what it may do."""
    setup: Template
    """Position and movement, spoken just before counting."""
    steps: tuple[Template, ...]
    """The movement step by step."""
    skip_if: Claim
    """Who should leave it out."""
    safety: Claim
    """How to do it safely and when to stop."""
    gentler: Template
    """An easier way."""
    reviewed: date
    """When the entry was last reviewed."""
    counting: Counting | None = None
    """How it is counted, when it is."""
    bath: Bath | None = None
    """How long it lasts, when it is a bath."""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A danger that a person may describe."""

    name: str
    """How it is called after "signs of"."""
    tier: Tier
    """Its usual urgency."""
    advice: Mapping[Tier, Template]
    """What is said, by urgency."""
    signs: Claim
    """Its signs in plain language."""
    withhold: Literal["all"] | tuple[str, ...]
    """Remedies that must not be offered with it."""
    sources: tuple[str, ...]
    """Ids of the sources of the advice."""
    reviewed: date
    """When the entry was last reviewed."""


@dataclass(frozen=True, slots=True)
class Routine:
    """An order of exercises."""

    name: str
    """How the routine is called in a sentence."""
    exercises: tuple[str, ...]
    """Ids of its exercises, in order."""
    length: Literal["short", "full"]
    """Which of an exercise's counts and rounds it takes."""
    posture: Literal["standing", "seated"] | None = None
    """The only posture that its exercises may have, when there is one."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What is said on the beat, around the counts."""

    countdown: tuple[str, ...]
    """A beat each, before the first count."""
    halfway: str
    """Instead of the count that is half of them."""
    last_five: str
    """Instead of the first of the last five counts."""
    change: str
    """On the beat after the last count, when the other side follows."""
    rest: str
    """On the beat after the last count, when anything else follows."""
    end: str
    """On the beat after the last count of all."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The answer to a general question."""

    title: str
    """Heading of its card."""
    claim: Claim
    """The spoken answer."""
    reviewed: date
    """When the entry was last reviewed."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """All words of one language; equal only to itself, as it is loaded once."""

    causes: Mapping[str, Cause]
    """Causes by id."""
    remedies: Mapping[str, Remedy]
    """Remedies by id."""
    red_flags: Mapping[str, RedFlag]
    """Red flags by category."""
    sources: Mapping[str, Source]
    """Sources by id."""
    topics: Mapping[str, Topic]
    """General answers by id."""
    routines: Mapping[str, Routine]
    """Routines by id."""
    phrases: Mapping[str, tuple[Template, ...]]
    """Everything else that is said, by dotted key; the variants of one phrase mean the same."""
    cues: Cues
    """What is said on the beat."""
    numbers: tuple[str, ...]
    """Counting words from zero."""
    body: frozenset[str]
    """Words by which somebody speaks of a body and how it feels."""

    @property
    def exercises(self) -> dict[str, Counting]:
        """How each exercise is counted, by remedy id."""
        return {key: remedy.counting for key, remedy in self.remedies.items() if remedy.counting}

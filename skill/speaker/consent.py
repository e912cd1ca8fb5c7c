"""A device asking for leave on behalf of a skill, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from skill.speaker.words import Words, words

Answer: TypeAlias = Literal["ACCEPTED", "DENIED", "NOT_ANSWERED"]
"""What came of asking, as a skill is told."""


@dataclass(frozen=True, slots=True)
class Consent:
    """How a language asks for leave, and what answers it."""

    question: str
    """What is asked, with `{skill}` and `{things}` in it."""
    again: str
    """What is asked when nobody answers."""
    things: Mapping[str, str]
    """What a skill may handle that has a permission, by the permission's name."""
    yes: frozenset[Words]
    """What gives leave."""
    no: frozenset[Words]
    """What refuses it."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], yes: Iterable[str], no: Iterable[str]) -> Consent:
        """Read the `consent` of a language file; "yes" and "no" are what answers any question."""
        return cls(
            question=data["question"],
            again=data["again"],
            things=data["things"],
            yes=frozenset(map(words, (*yes, *data["yes"]))),
            no=frozenset(map(words, (*no, *data["no"]))),
        )

    def ask(self, skill: str, scope: str) -> str:
        """The question whether a skill may have a permission."""
        return self.question.format(skill=skill.title(), things=self.things.get(scope, scope))

    def answer(self, text: str) -> Answer:
        """What a text answers; anything but a plain yes or no leaves it open."""
        said = words(text)
        return "ACCEPTED" if said in self.yes else "DENIED" if said in self.no else "NOT_ANSWERED"

"""What a screen shows of a set, whatever its count is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skill.content import Content
    from skill.routine.plan import Plan, Set
    from skill.screens.library import Library

MIRRORED = frozenset({"right", "counterclockwise"})
"""Sides whose drawing faces the other way."""


@lru_cache(maxsize=512)
def of_set(content: Content, library: Library, plan: Plan, index: int) -> Mapping[str, Any]:
    """What stands around the count of one of a plan's sets."""
    words, each = library.words.routine, plan.sets[index]
    following = plan.sets[index + 1] if index + 1 < len(plan.sets) else None
    return {
        "title": heading(content.remedies[each.exercise].name),
        "side": heading(_side(content, library, each)),
        "flip": -1 if each.side in MIRRORED else 1,
        "counts": each.counts,
        "pace_ms": each.pace_ms,
        "of": words.of.text.format(counts=each.counts),
        "ready": words.ready,
        "next": words.next.text.format(what=_called(content, library, each, following)) if following else words.last,
        "progress": words.progress.text.format(number=index + 1, sets=len(plan.sets)),
    }


def heading(text: str) -> str:
    """A text with a capital letter."""
    return text[:1].upper() + text[1:]


def _called(content: Content, library: Library, each: Set, following: Set) -> str:
    """What comes next, told by what is different about it."""
    if following.exercise != each.exercise:
        return content.remedies[following.exercise].name
    return _side(content, library, following)


def _side(content: Content, library: Library, each: Set) -> str:
    side = content.phrases[f"side.{each.side}"][0].text
    if each.rounds == 1:
        return side
    return library.words.routine.round.text.format(side=side, round=each.round, rounds=each.rounds)

"""Where we are in a plan: a value that round-trips, and the steps from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from skill.routine.plan import Plan, Set


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a routine: so many counts of this set are done."""

    routine: str
    """`short`, `full` or the id of one exercise."""
    exercise: str
    """Id of the exercise."""
    side: str
    """Side or direction."""
    round: int
    """Round of that side, from one."""
    count: int = 0
    """Counts of the set already done."""

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for session attributes and storage."""
        return {
            "routine": self.routine,
            "exercise": self.exercise,
            "side": self.side,
            "round": self.round,
            "count": self.count,
        }

    @classmethod
    def from_dict(cls, raw: Any) -> Position | None:
        """From plain values; None when they are not a position, whatever they are."""
        if not isinstance(raw, dict):
            return None
        routine, exercise, side = raw.get("routine"), raw.get("exercise"), raw.get("side")
        if not (isinstance(routine, str) and isinstance(exercise, str) and isinstance(side, str)):
            return None
        round_, count = raw.get("round"), raw.get("count")
        if type(round_) is not int or type(count) is not int or round_ < 0 or count < 0:
            return None
        return cls(routine, exercise, side, round_, count)


Step = Callable[[Plan, Position], Position | None]
"""A move from one place to another, or out of the plan."""


def first(plan: Plan) -> Position:
    """The beginning of a plan."""
    return at(plan, 0)


def at(plan: Plan, index: int) -> Position:
    """The beginning of one of its sets."""
    each = plan.sets[index]
    return Position(plan.routine, each.exercise, each.side, each.round)


def set_of(plan: Plan, position: Position) -> Set:
    """The set a position is in."""
    return plan.sets[index_of(plan, position)]


def index_of(plan: Plan, position: Position) -> int:
    """Where that set stands in the plan."""
    return plan.index_of(position.exercise, position.side, position.round)


def following(plan: Plan, position: Position) -> Position | None:
    """The beginning of the next set; None after the last."""
    index = index_of(plan, position) + 1
    return at(plan, index) if index < len(plan.sets) else None


def ahead(plan: Plan, position: Position) -> Position | None:
    """Where the next count is: here, or at the next set where this one is done; None when all is done."""
    return position if position.count < set_of(plan, position).counts else following(plan, position)


def previous(plan: Plan, position: Position) -> Position:
    """The beginning of the set before; of the first set when there is none."""
    return at(plan, max(index_of(plan, position) - 1, 0))


def next_exercise(plan: Plan, position: Position) -> Position | None:
    """The beginning of the next exercise; None when this is the last."""
    for index in range(index_of(plan, position), len(plan.sets)):
        if plan.sets[index].exercise != position.exercise:
            return at(plan, index)
    return None


def within(plan: Plan, position: Position) -> Position:
    """The same place where the plan has its set, its count kept within it; else the beginning of the nearest set."""
    index = index_of(plan, position)
    each = plan.sets[index]
    wanted = position.routine, position.exercise, position.side, position.round
    if wanted != (plan.routine, each.exercise, each.side, each.round):
        return at(plan, index)
    return position if position.count <= each.counts else replace(position, count=each.counts)


def counted(plan: Plan, position: Position, count: int) -> Position:
    """The same place with so many counts done, kept within the set."""
    count = min(max(count, 0), set_of(plan, position).counts)
    return position if count == position.count else replace(position, count=count)

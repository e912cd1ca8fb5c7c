"""What there is to record: the scripts of all sets of all plans, each once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from skill.content import Content
from skill.routine.plan import FASTEST, SLOWEST, Preferences, Spoken, make_plan
from skill.speech.script import Script, recorded_script

TEMPI = range(FASTEST, SLOWEST + 1)
"""All steps of the pace."""


def repertoire(
    content: Content,
    *,
    routines: Iterable[str] | None = None,
    tempi: Iterable[int] = TEMPI,
    spoken: Iterable[Spoken] = ("every",),
    ticks: Iterable[bool] = (False,),
) -> list[Script]:
    """The scripts of routines and exercises (all unless named) in each manner; raises UnknownRoutineError."""
    names = (*content.routines, *content.exercises) if routines is None else tuple(routines)
    scripts: dict[str, Script] = {}
    for name, tempo, said, ticking in product(names, tempi, spoken, ticks):
        plan = make_plan(content, name, Preferences(tempo=tempo, spoken=said, ticks=ticking))
        for index in range(len(plan.sets)):
            script = recorded_script(content, plan, index)
            scripts.setdefault(script.key, script)
    return list(scripts.values())

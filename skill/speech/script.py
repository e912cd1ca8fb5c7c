"""What is said for one set, from naming it to its last count: the source of its SSML and of its recording."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from skill.content import Content
from skill.routine.cues import CueSheet, cue_sheet
from skill.routine.plan import Plan, Set
from skill.speech.ssml import Pause


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """An opening in prose, then counts on a grid; equal only to itself, as each is made once."""

    label: str
    """A readable name of the set; two scripts may share it."""
    opening: tuple[str | Pause, ...]
    """Sentences and silence before the first beat."""
    sheet: CueSheet
    """What is said on the beat."""
    ticks: bool
    """Whether a soft tick sounds on every beat."""

    @property
    def key(self) -> str:
        """A digest of all that is said and when: the same for the same words and times."""
        return _key(self)


@lru_cache(maxsize=512)
def script_of(content: Content, plan: Plan, index: int, done: int, introduced: bool) -> Script:
    """The script of a set of a plan from some count on; `introduced`: its exercise needs no setting up any more."""
    each = plan.sets[index]
    opening = _opening(content, plan, each, done, introduced)
    sheet = cue_sheet(content, each, done)
    return Script(_label(each), opening, sheet, each.ticks)


def recorded_script(content: Content, plan: Plan, index: int) -> Script:
    """The script of a whole set as its recording has it: set up where its exercise begins."""
    return script_of(content, plan, index, 0, not plan.introduces(index))


def _opening(content: Content, plan: Plan, each: Set, done: int, introduced: bool) -> tuple[str | Pause, ...]:
    counting = content.exercises[each.exercise]
    values = {
        "side": content.phrases[f"side.{each.side}"][0].text,
        "counts": content.numbers[each.counts],
        "count": content.numbers[min(done + 1, each.counts)],
        "round": content.numbers[each.round],
        "rounds": content.numbers[each.rounds],
    }

    def line(key: str) -> str:
        return content.phrases[key][0].text.format(**values)

    rounds = each.rounds > 1
    if done:
        return (line("routine.resume_round" if rounds else "routine.resume"), Pause(counting.rest_ms))
    the_set = (line("routine.set_round" if rounds else "routine.set"), Pause(counting.rest_ms))
    if introduced:
        return the_set
    remedy = content.remedies[each.exercise]
    named = content.phrases["routine.exercise"][0].text.format(exercise=remedy.name)
    return (
        *((named,) if len(plan.exercises()) > 1 else ()),
        remedy.skip_if.say.text,
        remedy.setup.text,
        line("routine.get_ready"),
        Pause(counting.ready_ms),
        *the_set,
    )


def _label(each: Set) -> str:
    round_ = f"-{each.round}" if each.rounds > 1 else ""
    spoken = "" if each.spoken == "every" else f"-{each.spoken}"
    ticks = "-tick" if each.ticks else ""
    return f"{each.exercise}-{each.side}{round_}-{each.counts}x{each.pace_ms}{spoken}{ticks}".replace("_", "-")


@lru_cache(maxsize=512)
def _key(script: Script) -> str:
    import hashlib  # not needed without recordings

    said = [part.ms if isinstance(part, Pause) else part for part in script.opening]
    cues = [[cue.offset_ms, cue.words] for cue in script.sheet.cues]
    whole = json.dumps([said, cues, script.sheet.counted_ms, script.sheet.pace_ms, script.ticks])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]

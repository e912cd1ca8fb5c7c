"""Checks between the content files: each fault is found in a copy that has it, and named with file and key."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.content import load
from skill.content.reading import DIRECTORY, ContentError, read_yaml

LONG = "Call {emergency} now. Then wait. Then rest."


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the content that may be damaged."""
    shutil.copytree(DIRECTORY / "en", tmp_path / "en")
    return tmp_path


def changed(directory: Path, file: str, place: str, value: Any) -> None:
    """Put a value at a place such as `leg_swings.counting.pace_ms`."""
    path = directory / "en" / file
    raw = part = read_yaml(path)
    *way, last = place.split(".")
    for key in way:
        part = part[key]
    part[last] = value
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")


def test_copy_is_good(copied: Path) -> None:
    """Nothing is found in a copy without a fault, so that what is found below is the fault."""
    assert load("en", copied).sources == load("en").sources


@pytest.mark.parametrize(
    ("file", "place", "value", "fault"),
    [
        ("causes.yaml", "diabetes.more.sources", [], "needs at least one source"),
        ("causes.yaml", "diabetes.doctor.sources", ["hearsay"], "'hearsay' is not in sources.yaml"),
        ("causes.yaml", "diabetes.helps.say", "Call {somebody}.", "{somebody}"),
        ("topics.yaml", "causes.claim.sources", ["hearsay"], "'hearsay' is not in sources.yaml"),
        ("topics.yaml", "causes.claim.say", "Call {somebody}.", "{somebody}"),
        ("remedies.yaml", "leg_swings.skip_if.sources", ["hearsay"], "'hearsay' is not in sources.yaml"),
        ("remedies.yaml", "leg_swings.setup", "Stand on {side}.", "{side}"),
        ("remedies.yaml", "leg_swings.steps", ["Stand.", "Count to {count}."], "{count}"),
        ("remedies.yaml", "leg_swings.gentler", "Sit on {side}.", "{side}"),
        ("remedies.yaml", "leg_swings.bath", {"minutes": 10}, "either counting or bath"),
        ("remedies.yaml", "foot_bath.bath", None, "either counting or bath"),
        ("remedies.yaml", "leg_swings.counting.pace_ms", 0, "multiple of 24"),
        ("remedies.yaml", "leg_swings.counting.pace_ms", -24, "multiple of 24"),
        ("remedies.yaml", "leg_swings.counting.pace_ms", 1441, "multiple of 24"),
        ("remedies.yaml", "leg_swings.counting.counts.least", 0, "must go least"),
        ("remedies.yaml", "leg_swings.counting.counts.least", 21, "must go least"),
        ("remedies.yaml", "leg_swings.counting.counts.most", 79, "must go least"),
        ("remedies.yaml", "leg_swings.counting.counts.most", 10_000, "must go least"),
        ("remedies.yaml", "leg_swings.counting.rounds.short", 0, "one or more"),
        ("remedies.yaml", "leg_swings.counting.sides", [], "needs at least one"),
        ("remedies.yaml", "leg_swings.counting.sides", ["left", "upper"], "'upper' has no phrase"),
        ("red_flags.yaml", "dvt.sources", [], "needs at least one source"),
        ("red_flags.yaml", "dvt.signs.sources", ["hearsay"], "'hearsay' is not in sources.yaml"),
        ("red_flags.yaml", "dvt.signs.say", "Signs of {what}.", "{what}"),
        ("red_flags.yaml", "dvt.tier", "SELF_CARE", "no advice for the usual tier SELF_CARE"),
        ("red_flags.yaml", "dvt.withhold", ["dancing"], "'dancing' is not a remedy"),
        ("red_flags.yaml", "stroke_tia.advice.EMERGENCY_NOW", "Call somebody now.", "must say {emergency}"),
        ("red_flags.yaml", "stroke_tia.advice.EMERGENCY_NOW", LONG, "longer than 2 sentences"),
        ("red_flags.yaml", "stroke_tia.advice.EMERGENCY_NOW", "Call {emergency} or {mum}.", "{mum}"),
        ("routines.yaml", "short.exercises", ["leg_swings", "foot_bath"], "'foot_bath' is not an exercise"),
        ("routines.yaml", "short.exercises", [], "at least one exercise"),
    ],
)
def test_fault_is_found(file: str, place: str, value: Any, fault: str, copied: Path) -> None:
    """Each rule is shown to fail where it is broken."""
    changed(copied, file, place, value)
    with pytest.raises(ContentError) as caught:
        load("en", copied)
    message = str(caught.value)
    assert str(copied / "en" / file) in message
    assert place.partition(".")[0] in message
    assert fault in message

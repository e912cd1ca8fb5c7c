"""Scripts say all that belongs to a set, and their keys tell apart what is said differently."""

from __future__ import annotations

from hypothesis import given

from skill.routine.cues import cue_sheet
from skill.routine.plan import Plan, Preferences, make_plan
from skill.routine.position import Position, index_of
from skill.speech.repertoire import repertoire
from skill.speech.script import recorded_script, script_of
from skill.speech.ssml import Pause
from tests.routine.plans import CONTENT, places

FULL = make_plan(CONTENT, "full", Preferences())


def prose(opening: tuple[str | Pause, ...]) -> str:
    """The words of an opening."""
    return " ".join(part for part in opening if isinstance(part, str))


def test_each_exercise_opens_with_who_should_skip_it() -> None:
    """The first set of an exercise says who must leave it out and how it is done; the others only which it is."""
    for index, each in enumerate(FULL.sets):
        said = prose(recorded_script(CONTENT, FULL, index).opening)
        remedy = CONTENT.remedies[each.exercise]
        assert (remedy.skip_if.say.text in said) is (remedy.setup.text in said) is FULL.introduces(index)
        assert CONTENT.numbers[each.counts] in said


def test_going_on_says_where() -> None:
    """From within a set, the opening is where it goes on, and nothing else."""
    script = script_of(CONTENT, FULL, 0, 39, introduced=True)
    words, silence = script.opening
    assert words == "Going on with the left leg, from forty."
    assert silence == Pause(CONTENT.exercises["leg_swings"].rest_ms)
    assert script.sheet is cue_sheet(CONTENT, FULL.sets[0], 39)


@given(places())
def test_same_words_same_key(place: tuple[Plan, Position]) -> None:
    """A script is found again by what it says, whatever plan it came from."""
    plan, position = place
    index = index_of(plan, position)
    script = recorded_script(CONTENT, plan, index)
    again = script_of.__wrapped__(CONTENT, plan, index, 0, not plan.introduces(index))
    assert again is not script
    assert again.key == script.key
    other = script_of(CONTENT, plan, index, 0, plan.introduces(index))
    assert other.key != script.key


def test_repertoire_has_each_script_once() -> None:
    """All plans at all paces are there, with nothing twice, and names tell what a file is."""
    scripts = repertoire(CONTENT)
    keys = {script.key for script in scripts}
    assert len(keys) == len(scripts) > 100
    for name in (*CONTENT.routines, *CONTENT.exercises):
        for tempo in (-2, 0, 3):
            plan = make_plan(CONTENT, name, Preferences(tempo=tempo))
            assert {recorded_script(CONTENT, plan, index).key for index in range(len(plan.sets))} <= keys
    (left, *_) = repertoire(CONTENT, routines=["leg_swings"], tempi=[0], spoken=["fifth"], ticks=[True])
    assert left.label == "leg-swings-left-80x1440-fifth-tick"

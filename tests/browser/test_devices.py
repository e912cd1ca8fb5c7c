"""Every device: it answers aloud, counts as it speaks, goes on where it was left, and falls silent for danger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from skill.routine.cues import resume_from
from skill.speaker.devices import DEVICES
from skill.web.simulator.words import words_of
from tests.browser.visitor import Visitor, moments

pytestmark = pytest.mark.usefixtures("hurried")

WORKBENCH = words_of("en")["workbench"]

AT_ONCE_MS = 300
"""So soon after a word it is quiet, and what is urgent is seen."""

FEWER = 5
"""Counts that the skill takes for undone at the most, where it goes by the time that passed."""


@pytest.mark.parametrize("name", DEVICES)
def test_device(visitor: Visitor, checkout: Path, name: str) -> None:
    """A cause is heard, a set counted, held and gone on with, danger ends it, and that turn becomes a test."""
    visitor.choose_device(name)
    hear_a_cause(visitor)
    count_a_set(visitor)
    go_on(visitor, resume_from(hold(visitor)) + 1)
    break_off(visitor)
    assert_passes(save(visitor, f"{name}_mid_set"), checkout)


def has_screen(visitor: Visitor) -> bool:
    """Whether the device has one."""
    return visitor.state["viewport"] is not None


def hear_a_cause(visitor: Visitor) -> None:
    """Ask, and hear the answer, and see it where there is a screen."""
    turn = visitor.say("why is my leg numb")
    visitor.wait_for_sound("answer")
    if has_screen(visitor):
        expect(visitor.on_screen(turn["card"]["title"])).to_be_visible(timeout=20_000)


def count_a_set(visitor: Visitor) -> None:
    """Begin a routine, and see its second set counted in time, as the first is explained at length."""
    visitor.say("start the calf massage")
    begun = visitor.now()
    turn = visitor.say("next")
    # Without a screen the skill goes by the time that passed, and believes in a few counts less.
    last = 5 if has_screen(visitor) else 9
    heard = visitor.skip_the_opening() if has_screen(visitor) else moments(turn["audio"]["marks"])
    visitor.see_counted(range(1, last + 1), heard, after=begun)


def hold(visitor: Visitor) -> int:
    """Hold the set, by a finger where there is a screen; how many of its counts the skill takes to be done."""
    held = visitor.now()
    turn = visitor.touch("Pause") if has_screen(visitor) else visitor.say("pause")
    done: int = turn["stored"]["after"]["position"]["count"]
    if not has_screen(visitor):
        assert visitor.counted()[-1][0] - FEWER - 1 <= done < visitor.counted()[-1][0]
        return done
    # What is counted when a finger comes is not done yet, and what is done is left on the screen.
    visitor.wait_until_seen("count", after=held, text=str(done))
    assert [count for count, _ in visitor.counted()[-2:]] == [done + 1, done]
    return done


def go_on(visitor: Visitor, first: int) -> None:
    """Go on with the set, and see and hear it counted from there."""
    begun = visitor.now()
    turn = visitor.say("resume the routine")
    if has_screen(visitor):
        heard = visitor.skip_the_opening()
    else:
        heard = moments(turn["audio"]["marks"])
        visitor.wait_for_sound("answer")
        visitor.page.locator("#answer").evaluate("(audio, s) => { audio.currentTime = s; }", heard[first] / 1000 - 1)
    assert min(heard) == first
    visitor.see_counted(range(first, first + 2), heard, after=begun)
    assert visitor.counted(after=begun)[0][0] == first


def break_off(visitor: Visitor) -> None:
    """Say in the middle of it what is dangerous: it is quiet at once, and the number to call is seen and heard."""
    visitor.say("my face is drooping and my arm is weak")
    said = visitor.wait_until_seen("key", key="Enter")["at"]
    for what in ("pause", "urgent"):
        assert visitor.wait_until_seen(what, after=said)["at"] - said <= AT_ONCE_MS
    page = visitor.page
    expect(page.get_by_role("region", name="Urgent")).to_contain_text("911")
    expect(page.get_by_role("region", name="Counting")).to_be_hidden()
    if has_screen(visitor):
        expect(visitor.on_screen("911")).to_be_visible()
    visitor.wait_for_sound("answer")
    assert visitor.counted(after=said + AT_ONCE_MS) == []


def save(visitor: Visitor, name: str) -> str:
    """Save the request of the last turn by the workbench; its path."""
    page = visitor.page
    page.click("#settings summary")
    page.click("#open-workbench")
    turn = page.locator(".wb-turns > li").last
    turn.get_by_label(WORKBENCH["fixture_name"]).fill(name)
    page.keyboard.press("Enter")
    visitor.turn("save_fixture", 0)
    path: str = visitor.asked("save_fixture")[-1]["answer"]["saved"]
    expect(page.locator("#workbench").get_by_role("status")).to_contain_text(path)
    return path


def assert_passes(path: str, checkout: Path) -> None:
    """What was saved is a fixture of its intent, and the tests of fixtures take it up and pass."""
    saved = checkout / path
    assert saved.parent.name == "ReportSymptomIntent"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_requests.py", "-k", saved.stem]
    ran = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2 passed" in ran.stdout

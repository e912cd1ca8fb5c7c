"""Whoever cannot see or use a mouse has all of the page, by day and by night, large and small."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def violations(visitor: Visitor) -> list[str]:
    """What axe finds wrong, a line each."""
    found: dict[str, Any] = visitor.page.evaluate("axe.run(document, { iframes: false })")
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def begin(visitor: Visitor) -> None:
    """Nothing was said."""


def talk(visitor: Visitor) -> None:
    """A question was answered, and is being spoken."""
    visitor.say("why is my leg numb")


def settings(visitor: Visitor) -> None:
    """The settings are open."""
    visitor.page.click("#settings summary")


def urgent(visitor: Visitor) -> None:
    """Something urgent was said."""
    visitor.say("my face is drooping")


def playing(visitor: Visitor) -> None:
    """A recording plays, and is counted."""
    visitor.say("play the knee rotations")
    visitor.hear_out()
    visitor.wait_for_sound("stream")
    visitor.seek(50_000)


def screen(visitor: Visitor) -> None:
    """The device has a screen."""
    visitor.choose_device("show5")
    visitor.say("what helps")


def workbench(visitor: Visitor) -> None:
    """The workbench is open, with a turn on it."""
    visitor.say("what helps")
    settings(visitor)
    visitor.page.click("#open-workbench")
    expect(visitor.page.locator("#workbench")).to_be_visible()
    visitor.page.wait_for_timeout(500)


@pytest.mark.parametrize("state", [begin, talk, settings, urgent, playing, screen, workbench])
def test_axe(chromium: Browser, speaker: str, state: Callable[[Visitor], None]) -> None:
    """Nothing is wrong in any state of the page, by day and by night, on a phone and on a desktop."""
    package = pytest.importorskip("axe_playwright_python", reason="axe is not installed; run: make install")
    with Visitor.at(chromium, speaker, reduced_motion="reduce") as visitor:
        state(visitor)
        page = visitor.page
        page.evaluate(Path(package.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
        for size, scheme in product(SIZES, SCHEMES):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=scheme)
            assert violations(visitor) == [], f"{size}, {scheme}"
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{size}: the page is {wide} pixels too wide"


def test_keyboard_alone(visitor: Visitor) -> None:
    """A conversation with keys alone: to the box, a word, a phrase that is offered, and stop."""
    page = visitor.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("why is my leg numb")
    page.keyboard.press("Enter")
    visitor.turn("say", 0)
    expect(page.locator("#words")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "yes":
            break
    page.keyboard.press("Enter")
    assert visitor.turn("say", 1)["utterance"] == "yes"
    page.keyboard.press("Escape")
    assert visitor.turn("say", 2)["utterance"] == "stop"


def test_focus_goes_on(visitor: Visitor) -> None:
    """A button that was pressed and is gone leaves the focus where one can go on from."""
    button = visitor.page.get_by_role("button", name="what helps")
    button.focus()
    visitor.page.keyboard.press("Enter")
    visitor.turn("say", 0)
    expect(visitor.page.locator("#words")).to_be_focused()


def test_focus_stays(visitor: Visitor) -> None:
    """What is there again, as time passes, does not take the focus away."""
    button = visitor.page.get_by_role("button", name="what helps")
    button.focus()
    before = len(visitor.asked("tick"))
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    visitor.turn("tick", before)
    expect(button).to_be_focused()


def test_settings_by_keys(visitor: Visitor) -> None:
    """They open and close by a key, and the focus comes back."""
    summary = visitor.page.locator("#settings summary")
    summary.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_label("Device", exact=True)).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_label("Device", exact=True)).to_be_hidden()
    expect(summary).to_be_focused()


def test_answers_are_announced(visitor: Visitor) -> None:
    """Answers come into a log that is read out politely, and the number that counts on does not."""
    page = visitor.page
    expect(page.get_by_role("log", name="Conversation", include_hidden=True)).to_have_attribute("aria-live", "polite")
    assert page.locator("#counter[aria-live], #counter [aria-live]").count() == 0


def test_less_motion(chromium: Browser, speaker: str) -> None:
    """Whoever wants less motion has none."""
    with Visitor.at(chromium, speaker, reduced_motion="reduce") as visitor:
        visitor.say("why is my leg numb")
        moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
        assert visitor.page.evaluate(moving) == 0

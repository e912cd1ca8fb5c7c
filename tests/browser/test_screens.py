"""The screen of a device: drawn in its own shape, touched, still as soon as somebody speaks, and leading by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from skill.screens import SET_OVER
from skill.speaker.devices import DEVICES
from tests.browser.visitor import Visitor, moments
from tests.browser.watching import AWAY

pytestmark = pytest.mark.usefixtures("hurried")

THINKS_MS = 2200
"""So long a slow skill thinks: more than two counts."""

FRAME_MS = 100
"""In so long even a busy browser draws again."""


def test_shapes(visitor: Visitor) -> None:
    """Each has the shape of its device and all of its pixels, and is dark before it is spoken to."""
    for name, known in DEVICES.items():
        if known is None:
            continue
        visitor.choose_device(name)
        expect(visitor.page.get_by_text("The screen is dark.")).to_be_visible()
        sizes = "(each) => [each.offsetWidth, each.offsetHeight]"
        width, height = visitor.page.locator("#screen .bezel").evaluate(sizes)
        assert width / height == pytest.approx(known.width / known.height, rel=0.02)
        assert visitor.page.locator("#screen iframe").evaluate(sizes) == [known.width, known.height]


def test_touch(visitor: Visitor) -> None:
    """A button on the screen does what its word does."""
    visitor.choose_device("show8")
    visitor.say("why is my leg numb")
    expect(visitor.on_screen("Yes")).to_be_visible(timeout=20_000)
    turn = visitor.touch("Yes")
    assert turn["exchanges"][0]["request"]["request"]["type"] == "Alexa.Presentation.APL.UserEvent"
    assert "five simple things" in turn["speech"]


def test_stands_still_for_a_word(visitor: Visitor) -> None:
    """While the skill thinks about what was said, nothing is counted on, neither aloud nor on the screen."""
    visitor.choose_device("show5")
    visitor.say("start the calf massage")
    visitor.say("next")
    visitor.skip_the_opening()
    visitor.wait_until_seen("count", text="1")

    def think(route: Route) -> None:
        visitor.page.wait_for_timeout(THINKS_MS)
        route.continue_()

    visitor.page.route("**/local", think, times=1)
    said = visitor.now()
    visitor.say("how many are left")
    still = visitor.wait_until_seen("pause", after=said, audio="answer")["at"] + FRAME_MS
    visitor.wait_until_seen("screen", after=said + THINKS_MS)
    assert [each["texts"] for each in visitor.seen("screen") if still < each["at"] < said + THINKS_MS] == []


def test_goes_on_by_itself(visitor: Visitor) -> None:
    """A set that was spoken to its end is told of by the screen, and what follows it is said without a word."""
    visitor.choose_device("show5")
    visitor.say("do five leg swings")
    visitor.say("next")
    *_, marks = visitor.state["screen"]["sounds"].values()
    visitor.see_counted(range(1, 6), moments(marks))
    turn = visitor.turn("touch", 0)
    assert turn["exchanges"][0]["request"]["request"]["arguments"][0] == SET_OVER
    assert turn["speech"].endswith("Would you like anything else?")
    visitor.wait_for_sound("answer")


def test_goes_on_in_a_hidden_page(newcomer: Visitor) -> None:
    """Whoever looks at another page meanwhile is led on all the same."""
    newcomer.page.add_init_script(AWAY)
    newcomer.open()
    newcomer.choose_device("show5")
    newcomer.say("do five leg swings")
    newcomer.say("next")
    for frame in newcomer.page.frames:
        frame.evaluate("leave()")
    newcomer.turn("touch", 0)
    newcomer.wait_for_sound("answer")


def test_without_a_screen_nothing_is_fetched_for_one(visitor: Visitor) -> None:
    """A device without a screen has no frame."""
    visitor.say("why is my leg numb")
    assert visitor.page.locator("#screen iframe").count() == 0

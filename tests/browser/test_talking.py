"""Talking with the page: answers are written and really heard, and whoever says a word interrupts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_a_cause_by_text(visitor: Visitor) -> None:
    """A question is answered in writing and aloud, and its answer offers what can be said next."""
    turn = visitor.say("why is my leg numb")
    expect(visitor.page.locator("#talk .you")).to_have_text("You: why is my leg numb")
    expect(visitor.page.locator("#talk .answer p")).to_have_text(f"Steady Legs: {turn['speech']}")
    assert "nerve" in turn["speech"]
    visitor.wait_for_sound("answer")
    expect(visitor.page.get_by_role("button", name="yes", exact=True)).to_be_visible()


def test_first_thing_to_see(visitor: Visitor) -> None:
    """There is a place to type, something to say, the medical note and the number to call."""
    page = visitor.page
    expect(page.get_by_role("textbox", name="Say something")).to_be_visible()
    expect(page.get_by_role("button", name="start the short routine")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("not medical advice")
    expect(page.get_by_role("contentinfo")).to_contain_text("call 911")


def test_suggestion_is_said(visitor: Visitor) -> None:
    """A suggested phrase is said when it is pressed."""
    visitor.page.get_by_role("button", name="what helps").click()
    assert visitor.turn("say", 0)["heard"]["intent"] == "RemediesIntent"


@pytest.mark.parametrize("key", ["Escape", " "])
def test_key_stops(visitor: Visitor, key: str) -> None:
    """A key makes it quiet at once, and the skill hears "stop"; a space does so where nobody types."""
    visitor.say("why is my leg numb")
    visitor.wait_for_sound("answer")
    if key == " ":
        visitor.page.locator("#talk").focus()
    visitor.page.keyboard.press(key)
    pressed, paused = visitor.seen("key")[-1], visitor.wait_until_seen("pause", audio="answer")
    assert paused["at"] - pressed["at"] < 300
    assert visitor.turn("say", 1)["heard"]["intent"] == "AMAZON.StopIntent"


def test_stop_is_a_button(visitor: Visitor) -> None:
    """While something is heard there is a button that stops it."""
    stop = visitor.page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_hidden()
    visitor.say("why is my leg numb")
    stop.click()
    assert visitor.turn("say", 1)["utterance"] == "stop"
    expect(visitor.page.locator("#talk .you").last).to_have_text("You: stop")


def test_history(visitor: Visitor) -> None:
    """What was said before is had again with the arrow keys, and what comes after it."""
    for text in ("what helps", "no"):
        visitor.say(text)
    words = visitor.page.locator("#words")
    for key, text in (("ArrowUp", "no"), ("ArrowUp", "what helps"), ("ArrowDown", "no"), ("ArrowDown", "")):
        words.press(key)
        expect(words).to_have_value(text)


def test_danger_is_large(visitor: Visitor) -> None:
    """What is urgent fills the page, with the number to call; it goes with the next word."""
    visitor.say("my face is drooping and my arm is weak")
    urgent = visitor.page.get_by_role("region", name="Urgent")
    expect(urgent).to_be_visible()
    expect(urgent.locator("#numbers")).to_have_text("911")
    assert urgent.locator("#numbers").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") > 72
    expect(urgent).to_contain_text("cannot call for you")
    visitor.wait_for_sound("answer")
    visitor.say("what helps")
    expect(urgent).to_be_hidden()


def test_place_has_its_number(newcomer: Visitor) -> None:
    """The number is that of the place that is set."""
    newcomer.open()
    newcomer.page.click("#settings summary")
    newcomer.page.select_option("#locale", "en-GB")
    expect(newcomer.page.locator("#emergency")).to_have_text("999")
    newcomer.say("my face is drooping")
    expect(newcomer.page.locator("#numbers")).to_have_text("999")


def test_nobody_answers(newcomer: Visitor) -> None:
    """After eight seconds of silence it is asked once more, and after eight more the conversation is over."""
    newcomer.page.clock.install()
    newcomer.open()
    turn = newcomer.say("what helps")
    newcomer.wait_for_sound("answer")
    newcomer.hear_out()
    newcomer.turn("spoken", 0)
    newcomer.page.clock.fast_forward(8000)
    expect(newcomer.page.locator("#talk .answer").last).to_contain_text(turn["reprompt"])
    newcomer.wait_for_sound("answer")
    newcomer.hear_out()
    newcomer.page.clock.fast_forward(8000)
    newcomer.turn("silence", 0)
    expect(newcomer.page.locator("#talk .note")).to_contain_text("Nobody answered")
    assert newcomer.told()[-1] == "SessionEndedRequest"


def test_patience(newcomer: Visitor) -> None:
    """Whoever asks for it is waited for, and so is whoever types."""
    newcomer.page.clock.install()
    newcomer.open()
    newcomer.page.click("#settings summary")
    newcomer.page.check("#patience")
    newcomer.say("what helps")
    newcomer.wait_for_sound("answer")
    newcomer.hear_out()
    newcomer.turn("spoken", 0)
    newcomer.page.clock.fast_forward(60_000)
    newcomer.page.uncheck("#patience")
    newcomer.say("what helps")
    newcomer.wait_for_sound("answer")
    newcomer.hear_out()
    newcomer.turn("spoken", 1)
    newcomer.page.fill("#words", "I am still typ")
    newcomer.page.clock.fast_forward(60_000)
    assert len(newcomer.page.locator("#talk .answer").all()) == 2
    assert newcomer.asked("silence") == []


REFUSE = """
const play = HTMLMediaElement.prototype.play;
window.clicked = false;
// The key that sends words clicks as well, by itself.
document.addEventListener("click", ({ target }) => (window.clicked ||= target.matches(".listen")), true);
HTMLMediaElement.prototype.play = function () {
  return window.clicked ? play.call(this) : Promise.reject(new DOMException("no click", "NotAllowedError"));
};
"""


def test_browser_that_wants_a_click(newcomer: Visitor) -> None:
    """Where a browser plays nothing without a click, there is a button to listen."""
    newcomer.page.add_init_script(REFUSE)
    newcomer.open()
    newcomer.say("what helps")
    listen = newcomer.page.get_by_role("button", name="Listen")
    expect(listen).to_be_visible()
    assert not newcomer.sounds("answer")
    listen.click()
    expect(listen).to_be_hidden()
    newcomer.wait_for_sound("answer")


def test_speaker_that_is_gone(newcomer: Visitor) -> None:
    """Where nobody answers any more the page says so, and goes on when somebody does."""
    newcomer.open()
    newcomer.page.route("**/local", lambda route: route.abort())
    newcomer.page.fill("#words", "what helps")
    newcomer.page.press("#words", "Enter")
    expect(newcomer.page.locator("#talk .note")).to_contain_text("does not answer")
    newcomer.page.unroute("**/local")
    assert newcomer.say("what helps")["speech"]
    newcomer.wrong = [each for each in newcomer.wrong if "ERR_FAILED" not in each]


def test_conversation_that_is_gone(newcomer: Visitor) -> None:
    """A conversation that the speaker knows no more is begun anew, and what was said is said in it."""
    newcomer.open()

    def forget(route: object) -> None:
        body = route.request.post_data_json  # type: ignore[attr-defined]  # a route of the browser
        changed = {**body, "conversation": "gone"} if body["do"] == "say" and not gone else body
        gone.append(body["do"])
        route.continue_(post_data=__import__("json").dumps(changed))  # type: ignore[attr-defined]  # likewise

    gone: list[str] = []
    newcomer.page.route("**/local", forget)
    newcomer.page.fill("#words", "what helps")
    newcomer.page.press("#words", "Enter")
    expect(newcomer.page.locator("#talk .note")).to_contain_text("a new one has begun")
    expect(newcomer.page.locator("#talk .answer")).to_be_visible()
    assert gone[:3] == ["say", "open", "say"]
    newcomer.wrong = [each for each in newcomer.wrong if "404" not in each]


def test_nothing_that_was_said_is_kept(visitor: Visitor) -> None:
    """The browser keeps how the page was set, and not a word of what was said."""
    visitor.choose_device("show5")
    visitor.say("my foot is a xylophone")
    kept = visitor.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "show5" in kept
    assert "xylophone" not in kept
    visitor.page.reload()
    expect(visitor.page.locator("#device")).to_have_value("show5")

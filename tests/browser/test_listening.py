"""Speaking to the page: through the browser's recognition where there is one, and else a hint that can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

EAR = """
window.ears = [];
class Recognition extends EventTarget {
  start() { ears.push(this); }
  stop() { this.onend?.(); }
  hear(...parts) {
    for (const transcript of parts) this.onresult({ results: [[{ transcript }]] });
    this.onend();
  }
  fail(error) { this.onerror({ error }); this.onend(); }
}
window.SpeechRecognition = window.webkitSpeechRecognition = Recognition;
"""
"""A recognition that hears what a test says."""

DEAF = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"


@pytest.fixture
def hearing(newcomer: Visitor) -> Visitor:
    """Someone whose browser can hear."""
    newcomer.page.add_init_script(EAR)
    newcomer.open()
    return newcomer


def test_what_is_heard_is_said(hearing: Visitor) -> None:
    """While it listens the page says so and shows what it hears, and what was heard is said."""
    page = hearing.page
    page.get_by_role("button", name="Speak").click()
    expect(page.get_by_role("status")).to_have_text("I am listening")
    expect(page.get_by_role("button", name="Speak")).to_have_attribute("aria-pressed", "true")
    page.evaluate("ears[0].onresult({ results: [[{ transcript: 'why is' }]] })")
    expect(page.locator("#words")).to_have_value("why is")
    page.evaluate("ears[0].hear('why is my leg', 'why is my leg numb')")
    assert hearing.turn("say", 0)["heard"]["intent"] == "CausesIntent"
    expect(page.locator("#words")).to_have_value("")
    expect(page.get_by_role("button", name="Speak")).to_have_attribute("aria-pressed", "false")


def test_listening_interrupts(hearing: Visitor) -> None:
    """Whoever wants to speak is not spoken to."""
    hearing.say("why is my leg numb")
    hearing.wait_for_sound("answer")
    hearing.page.get_by_role("button", name="Speak").click()
    assert not hearing.sounds("answer")
    hearing.page.evaluate("ears[0].hear('stop')")
    assert hearing.turn("say", 1)["heard"]["intent"] == "AMAZON.StopIntent"


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        ("ears[0].stop()", "I did not hear anything."),
        ("ears[0].fail('no-speech')", "I did not hear anything."),
        ("ears[0].fail('not-allowed')", "Listening did not work (not-allowed). You can type."),
    ],
)
def test_nothing_is_heard(hearing: Visitor, happens: str, said: str) -> None:
    """Whatever goes wrong is told, and typing goes on working."""
    hearing.page.get_by_role("button", name="Speak").click()
    hearing.page.evaluate(happens)
    expect(hearing.page.get_by_role("status")).to_have_text(said)
    assert hearing.say("what helps")["speech"]


def test_voice_may_leave_the_computer(hearing: Visitor) -> None:
    """Whoever can speak is told before where it may go."""
    expect(hearing.page.get_by_text("your browser may send it to its maker")).to_be_visible()


def test_browser_that_cannot_hear(newcomer: Visitor) -> None:
    """There is no button, but a hint, and typing works."""
    newcomer.page.add_init_script(DEAF)
    newcomer.open()
    expect(newcomer.page.get_by_role("button", name="Speak")).to_be_hidden()
    expect(newcomer.page.get_by_role("status")).to_contain_text("This browser cannot listen.")
    assert newcomer.say("what helps")["speech"]

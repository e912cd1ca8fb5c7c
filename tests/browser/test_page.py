"""The page as a browser has it: small, and nothing in it that was not served with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LARGEST = 150_000
"""Bytes of the page, without the renderer of screens."""


def test_weight(visitor: Visitor) -> None:
    """All that is fetched before something can be said is small, and the renderer is not among it."""
    entries = "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
    fetched = visitor.page.evaluate(f"{entries}.map((each) => [each.name, each.decodedBodySize])")
    assert sum(size for _, size in fetched) < LARGEST, fetched
    assert not any("vendor" in name for name, _ in fetched)


def test_policy_holds(visitor: Visitor) -> None:
    """Text that is made a script is none, and so is one that is put into the page."""
    page = visitor.page
    refused = page.evaluate("""() => {
      const refused = [];
      for (const attempt of [() => setTimeout("window.bad = 1"), () => (document.body.innerHTML += "<b>")])
        try { attempt(); } catch (error) { refused.push(error.name); }
      return refused;
    }""")
    assert refused == ["TypeError", "TypeError"]
    assert page.evaluate("window.bad") is None
    visitor.wrong = [each for each in visitor.wrong if "TrustedHTML" not in each and "TrustedScript" not in each]


def test_frame_reaches_nothing(visitor: Visitor) -> None:
    """What draws screens cannot look into the page, nor ask the speaker for anything."""
    visitor.choose_device("show5")
    frame = visitor.page.frames[1]
    frame.wait_for_load_state()
    assert frame.evaluate("origin") == "null"
    reached = "(() => { try { return parent.document.title; } catch (error) { return error.name; } })()"
    assert frame.evaluate(reached) == "SecurityError"
    asked = "fetch('/local', { method: 'POST', body: '{}' }).then(() => 'answered', (error) => error.name)"
    assert frame.evaluate(asked) == "TypeError"
    visitor.wrong = [each for each in visitor.wrong if "Content Security Policy" not in each]


def test_without_scripts(chromium: Browser, speaker: str) -> None:
    """Where no script runs, the page says what does without, and the note and the number are there."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(speaker)
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("call 911")
    context.close()

"""The workbench in a browser: what it shows of the real skill, and what can be done with it by role and label alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import expect

from skill.settings import IN_MEMORY, Settings
from skill.speaker.device import Device
from skill.speaker.envelopes import Envelope
from skill.speaker.screen import Screen
from skill.web.simulator.fixtures import folder_of
from skill.web.simulator.home import Home, our_home
from skill.web.simulator.page import POLICY, add_page
from skill.web.simulator.words import words_of
from tests.web.serving import listening

WORDS = words_of("en")["workbench"]

PAGE = """<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>Workbench</title>
<script type="module" src="/test.js"></script></head><body><aside id="workbench"></aside></body></html>"""

SCRIPT = """import { mount, show } from "/local/static/workbench.js";
const words = await (await fetch("/local/words/en-US.json")).json();
let conversation = null;
async function call(act, asked = {}) {
  const body = JSON.stringify({ do: act, conversation, ...asked });
  const headers = { "Content-Type": "application/json" };
  const answer = await (await fetch("/local", { method: "POST", headers, body })).json();
  if (answer.error) return answer;
  conversation = answer.conversation;
  show(answer);
  return answer;
}
window.say = (text) => call("say", { text });
mount(document.getElementById("workbench"), { call, words, locales: ["en-US", "en-GB"] });
await call("open", { locale: "en-US", device: "none" });
document.body.dataset.ready = "yes";
"""


def home_with_a_fault(folder: Path) -> Home:
    """Our own skill, except that it fails when asked for its sources; fixtures go to the folder."""
    ours = our_home(Settings(database=IN_MEMORY))

    def make(locale: str, screen: Screen | None) -> Device:
        device = ours.make(locale, screen)

        def skill(envelope: Envelope) -> Envelope:
            if envelope["request"].get("intent", {}).get("name") == "SourcesIntent":
                raise KeyError(envelope["request"]["intent"]["name"])
            return device.skill(envelope)

        return replace(device, skill=skill)

    return replace(ours, make=make, fixtures=folder_of(folder))


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A page with the workbench alone, under the policy of the real one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "tests" / "requests").mkdir(parents=True)
    app = Flask("workbench", static_folder=None)
    add_page(app, home_with_a_fault(tmp_path), voice="none")
    files = {"/test.html": (PAGE, "text/html"), "/test.js": (SCRIPT, "text/javascript")}
    for path, (text, kind) in files.items():
        answer = Response(text, mimetype=kind, headers={"Content-Security-Policy": POLICY})
        app.add_url_rule(path, path, lambda answer=answer: answer)
    with listening(app) as served:
        yield f"{served}test.html"


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """That page, open; nothing may go wrong in its scripts or be asked for elsewhere."""
    context = chromium.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: wrong.append(asked.url) if "//127.0.0.1" not in asked.url else None)
    opened.goto(address)
    opened.locator("body[data-ready]").wait_for()
    yield opened
    context.close()
    assert wrong == []


def say(page: Any, *texts: str) -> Any:
    """Say something, and give the turn that came of the last of it."""
    before = page.locator(".wb-turns > li").count()
    for text in texts:
        page.evaluate("text => say(text)", text)
    page.locator(".wb-turns > li").nth(before + len(texts) - 1).wait_for()
    return page.locator(".wb-turns > li").last


def status(page: Any, text: str) -> None:
    """Wait until the line for whoever cannot see what changed says so."""
    page.get_by_role("status").filter(has_text=text).wait_for()


def test_says_what_it_is(page: Any) -> None:
    """It says at once that it is not Alexa's recogniser, and that there was no turn yet."""
    assert "not Alexa's recogniser" in page.locator("aside").inner_text()
    assert page.get_by_text(WORDS["empty"]).is_visible()


def test_turn(page: Any) -> None:
    """A turn tells the intent, its slots and why, what changed, the rules, the time and the size."""
    turn = say(page, "open steady legs", "is it my diabetes")
    text = turn.inner_text()
    assert "CauseIntent" in text
    assert WORDS["how"]["sample"] in text
    assert "is it my {cause}" in text
    assert re.search(r"\d ms, \d+ bytes", text)
    assert WORDS["no_rules"] in text
    cells = turn.get_by_role("group", name=WORDS["slots"]).locator("tbody tr").first.locator("th, td")
    assert cells.all_inner_texts() == ["cause", "diabetes", "diabetes", "diabetes"]
    changed = turn.get_by_role("group", name=WORDS["session"]).inner_text()
    assert "topic" in changed
    assert WORDS["changes"]["added"] in changed
    assert page.locator(".wb-turns > li > details[open]").count() == 1


def test_tree_opens_by_keyboard(page: Any) -> None:
    """A part of a request is unfolded by the keyboard alone."""
    turn = say(page, "why is my leg numb")
    folded = turn.locator(".wb-tree summary", has_text="System").first
    folded.focus()
    page.keyboard.press("Enter")
    expect(turn.locator(".wb-tree").get_by_text("apiEndpoint").first).to_be_visible()


def test_nothing_is_markup(page: Any) -> None:
    """What was said is text, whatever it looks like."""
    turn = say(page, "<img src=x onerror=alert(1)> <b>bold</b>")
    assert "<b>bold</b>" in turn.inner_text()
    assert turn.locator("img").count() == 0


def test_failure(page: Any) -> None:
    """Where the skill fails, the turn shows what the device said and where the skill failed."""
    turn = say(page, "why is my leg numb", "who says so")
    shown = turn.locator(".wb-failure").inner_text()
    assert words_of("en")["failures"]["invalid_response"] in shown
    assert "KeyError in skill, test_workbench.py:" in shown
    assert "SessionEndedRequest" in turn.inner_text()


def test_saving(page: Any, tmp_path: Path) -> None:
    """A request becomes a fixture under the name that was typed, and a name that is none is refused in words."""
    turn = say(page, "why is my leg numb")
    turn.get_by_label(WORDS["fixture_name"]).fill("Not So")
    page.keyboard.press("Enter")
    status(page, "small letters, digits and _")
    turn.get_by_label(WORDS["fixture_name"]).fill("mine")
    page.keyboard.press("Enter")
    status(page, "tests/requests/CausesIntent/mine.json")
    saved = json.loads((tmp_path / "tests/requests/CausesIntent/mine.json").read_text())
    assert saved["request"]["intent"]["name"] == "CausesIntent"


def test_sending_again(page: Any) -> None:
    """A request can be changed and sent again, and what is no JSON is told of."""
    turn = say(page, "why is my leg numb")
    turn.get_by_role("button", name=WORDS["again"]).click()
    box = page.get_by_label(WORDS["raw_label"])
    assert json.loads(box.input_value())["request"]["intent"]["name"] == "CausesIntent"
    changed = box.input_value().replace("CausesIntent", "RemediesIntent")
    box.fill("{")
    page.get_by_role("button", name=WORDS["send"], exact=True).click()
    status(page, WORDS["raw_bad"].partition(":")[0])
    box.fill(changed)
    page.get_by_role("button", name=WORDS["send"], exact=True).click()
    status(page, WORDS["sent"].replace("{number}", "2"))
    assert "RemediesIntent" in page.locator(".wb-turns > li").last.inner_text()


def test_writing_down_and_having_again(page: Any) -> None:
    """A conversation is written down in both formats, and had again from what was written."""
    say(page, "open steady legs", "why is my leg numb")
    page.get_by_text(WORDS["export"]).click()
    for form, begins in (("toolkit", "{"), ("dialogue", "# ")):
        page.get_by_role("button", name=WORDS["export_as"][form]).click()
        expect(page.get_by_label(WORDS["exported"])).to_have_value(re.compile(f"^{re.escape(begins)}"))
        with page.expect_download() as caught:
            page.get_by_role("button", name=WORDS["download"]).click()
        text = Path(caught.value.path()).read_text(encoding="utf-8")
        assert text == page.get_by_label(WORDS["exported"]).input_value()
    page.get_by_text(WORDS["replay"]).click()
    page.get_by_label(WORDS["replay_label"]).fill(text.replace("CausesIntent", "OtherIntent"))
    page.get_by_role("button", name=WORDS["start"]).click()
    status(page, WORDS["replayed"].format(turns=2, missed=1))
    assert "intent: CausesIntent" in page.locator(".wb-turns > li").last.locator(".wb-failure").inner_text()


def test_switching(page: Any) -> None:
    """Another device or locale begins a conversation of its own."""
    say(page, "open steady legs")
    page.get_by_label(WORDS["device"]).select_option("show8")
    status(page, WORDS["switched"])
    assert page.locator(".wb-turns > li").count() == 0
    page.get_by_label(WORDS["locale"]).select_option("en-GB")
    status(page, WORDS["switched"])
    turn = say(page, "open steady legs")
    turn.locator(".wb-tree summary", has_text="context").first.wait_for()
    assert "en-GB" in turn.inner_text()
    assert "Viewport" in turn.inner_text()


def test_forgetting(page: Any) -> None:
    """What is stored is deleted."""
    say(page, "open steady legs")
    page.get_by_role("button", name=WORDS["forget"]).click()
    status(page, WORDS["forgotten"])

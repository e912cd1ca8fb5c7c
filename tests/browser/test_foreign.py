"""Another skill in the speaker, as its developer has it: ten lines and a model, served by the command; and faults."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect

from skill.web.simulator.page import add_page
from skill.web.simulator.words import words_of
from tests.browser.visitor import Visitor
from tests.conftest import request
from tests.web.serving import free_port, listening, served
from tests.web.simulator.hello import FAULTS, LAMBDA, failing_home, model_file, started_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = words_of("en")


@pytest.fixture
def hello(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address at which the command, started in the folder of a skill, serves it."""
    (tmp_path / "hello.py").write_text(LAMBDA, encoding="utf-8")
    (tmp_path / "models").mkdir()
    model_file(tmp_path / "models")
    monkeypatch.chdir(tmp_path)
    port = free_port()
    command = (str(Path(sys.executable).with_name("steady-legs")), "serve", "--unverified", "--port", str(port))
    with served(tmp_path, port, *command, "--skill", "hello:handler", "--model", "models/en-US.json"):
        yield f"http://127.0.0.1:{port}/"


def test_ten_lines(hello: str, chromium: Browser) -> None:
    """It is talked to on a page of its own, where nothing of ours is shown, and answers Alexa's requests, too."""
    with Visitor.at(chromium, hello) as visitor:
        page = visitor.page
        expect(page).to_have_title("My Hello")
        expect(page.get_by_role("heading", name="My Hello").first).to_be_visible()
        expect(page.get_by_role("contentinfo")).to_have_count(0)
        expect(page.locator("#suggestions button")).to_have_text(["open my hello", "hello", "stop greeting"])
        assert not [word for word in ("Steady Legs", "medical", "911") if word in page.locator("body").inner_text()]
        page.get_by_role("button", name="open my hello").click()
        visitor.wait_for_sound("answer")
        expect(page.get_by_role("log")).to_contain_text("My Hello: Say hello. Shall I greet you?")
        assert visitor.say("say hello")["speech"] == "Hello, world!"
        expect(page.get_by_role("log")).to_contain_text("Hello, world!")
        answered = page.request.post(f"{hello}alexa", data=request("LaunchRequest/new_session")).json()
        assert answered["response"]["outputSpeech"]["text"] == "Say hello. Shall I greet you?"


def test_faults(tmp_path: Path, chromium: Browser) -> None:
    """Whatever it does wrong, the page says what a device would, and the workbench why."""
    app = Flask("faults", static_folder=None)
    with started_in(tmp_path):
        add_page(app, failing_home(tmp_path), voice="none")
    with listening(app) as address, Visitor.at(chromium, address) as visitor:
        page = visitor.page
        visitor.choose_device("show5")
        page.click("#settings summary")
        page.get_by_role("button", name=WORDS["settings"]["workbench"]).click()
        page.keyboard.press("Escape")
        for told, (kind, why) in FAULTS.items():
            visitor.say(told)
            expect(page.locator("#talk .answer.failed p").last).to_contain_text(WORDS["failures"][kind])
            reason = page.locator(".wb-turns > li").last.locator(".wb-failure")
            expect(reason).to_contain_text(WORDS["failures"][kind])
            expect(reason).to_contain_text(why)
        assert visitor.say("be well")["speech"] == "All is well."
        expect(page.locator(".wb-turns > li").last.locator(".wb-failure")).to_have_count(0)

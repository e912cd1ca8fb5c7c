"""Another skill in the speaker: the page is its own, and nothing that belongs to ours is said or shown there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.web.app import create_app
from skill.web.simulator.home import foreign_home
from skill.web.simulator.page import ICON
from skill.web.verification import Verifier
from tests.conftest import TESTS, request
from tests.web.authority import NOW, Files, headers, launch, root
from tests.web.simulator.hello import hello_home, intent, schema
from tests.web.simulator.page import Page

OWN = "amzn1.ask.skill.11111111-2222-4333-8444-555555555555"
"""The id of another skill."""

OURS = ("Steady Legs", "medical", "911", "leg", "make run")
"""What is said of our own skill alone."""

CARD = """
def handler(event, context):
    card = {"type": "Simple", "title": "Urgent advice", "content": "Call 911."}
    return {"version": "1.0", "response": {"card": card, "outputSpeech": {"type": "PlainText", "text": "Call 911."}}}
"""
"""A skill that shows what ours shows with urgent advice."""


def test_page(folder: Path) -> None:
    """It has the name of the skill and a drawing that is not ours; no note, and no number to call."""
    client = create_app(Settings(IN_MEMORY), unverified=True, home=hello_home(folder)).test_client()
    page = client.get("/").get_data(as_text=True)
    assert "<title>My Hello</title>" in page
    assert "<h1>My Hello</h1>" in page
    assert '<option value="en-US">' in page
    assert not [word for word in OURS if word in page]
    assert "{{" not in page
    assert "<footer" not in page
    assert client.get("/local/icon.svg", buffered=True).data != ICON.read_bytes()


def test_language_of_the_page(folder: Path) -> None:
    """A page says which language its own words are in, whatever the skill speaks."""
    home = hello_home(folder, locale="de-DE")
    client = create_app(Settings(IN_MEMORY), unverified=True, home=home).test_client()
    page = client.get("/").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert '<option value="de-DE">' in page
    assert client.get("/local/words/en.json").get_json()["page"]["title"] == "My Hello"
    assert Page(home, locale="de-DE").say("say hello")["speech"] == "Hello, world!"


def test_what_the_readme_shows(folder: Path) -> None:
    """The ten lines and the model of the README are a skill that greets."""
    readme = (TESTS.parent / "README.md").read_text(encoding="utf-8")
    blocks = {"hello_of_readme.py": r"```python\n(def handler.*?)```", "en-US.json": r"```json\n(.*?)```"}
    for name, block in blocks.items():
        (found,) = re.findall(block, readme, re.DOTALL)
        (folder / name).write_text(found, encoding="utf-8")
    page = Page(foreign_home("hello_of_readme:handler", "en-US.json"))
    page("launch")
    assert page.state["in_session"]
    assert page.say("say hello")["speech"] == "Hello, world!"
    assert page.say("stop")["failure"] is None


def test_words(folder: Path) -> None:
    """What its scripts write is of the skill, too: who speaks, and what to do when the speaker has gone."""
    client = create_app(Settings(IN_MEMORY), unverified=True, home=hello_home(folder)).test_client()
    words = client.get("/local/words/en-US.json").get_json()
    assert (words["page"]["title"], words["page"]["speaker"]) == ("My Hello", "My Hello")
    assert "make run" not in words["errors"]["unreachable"]
    assert words["page"]["send"] == "Send"
    assert "other_skill" not in words


def test_suggestions(folder: Path) -> None:
    """What opens it and what its model has is offered, and in a conversation what it understands of the usual words."""
    page = Page(hello_home(folder))
    assert page.state["suggestions"] == ["open my hello", "hello", "stop greeting"]
    page("launch")
    assert page.state["in_session"]
    assert page.state["suggestions"] == ["hello", "stop greeting", "stop"]


def test_not_too_many_suggestions(folder: Path) -> None:
    """Of a large model a few phrases are offered."""
    many = schema(*(intent(f"{letter}Intent", f"do {letter}") for letter in "ABCDEFGHIJ"))
    assert len(Page(hello_home(folder, model=many)).state["suggestions"]) == 6


def test_nothing_of_ours_is_urgent(folder: Path) -> None:
    """No number is to be called, whatever is said and whatever its cards are called."""
    page = Page(hello_home(folder, CARD, schema(intent("HelloIntent", "my face is drooping"))))
    turn = page.say("my face is drooping")
    assert turn["card"]["title"] == "Urgent advice"
    assert (turn["urgent"], turn["call"], page.state["emergency"]) == (False, [], None)


def test_nothing_is_forgotten(folder: Path) -> None:
    """Where it keeps what is not known here, so nobody is told that it is gone."""
    page = Page(hello_home(folder))
    response = page.client.post("/local", json={"do": "forget", "conversation": page.id})
    assert response.status_code == 400
    assert "not known here" in response.get_json()["error"]["why"]


def test_it_answers_alexa(folder: Path) -> None:
    """`POST /alexa` is answered by the same skill; where it fails, the answer is an error and nothing of its inside."""
    client = create_app(Settings(IN_MEMORY), unverified=True, home=hello_home(folder)).test_client()
    answered = client.post("/alexa", json=request("LaunchRequest/new_session"))
    assert answered.get_json()["response"]["outputSpeech"]["text"] == "Say hello. Shall I greet you?"
    failed = client.post("/alexa", json={})
    assert (failed.status_code, failed.content_type) == (500, "application/json")
    assert "KeyError" not in failed.get_data(as_text=True)


@pytest.mark.parametrize(
    ("by_settings", "by_itself", "status"), [(OWN, None, 200), (None, OWN, 200), (None, None, 400)]
)
def test_signed_requests(by_settings: str | None, by_itself: str | None, status: int, folder: Path) -> None:
    """What Alexa signed for the skill is answered where its id is known, by the settings or by the skill itself."""
    home = hello_home(folder)
    assert home.other is not None
    home = replace(home, other=replace(home.other, skill=replace(home.other.skill, own_id=by_itself)))
    verifier = Verifier([root().certificate], Files(), lambda: NOW)
    settings = Settings(IN_MEMORY, skill_id=by_settings)
    client = create_app(settings, verifier=verifier, clock=lambda: NOW, home=home).test_client()
    body = launch(OWN)
    answered = client.post("/alexa", data=body, headers=headers(body))
    assert answered.status_code == status
    assert ("Say hello." in answered.get_data(as_text=True)) is (status == 200)
    other = body.replace(OWN.encode(), OWN.replace("1", "2").encode())
    assert client.post("/alexa", data=other, headers=headers(other)).status_code == 400

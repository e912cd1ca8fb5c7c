"""What is said aloud: sounds that are made as they are fetched, kept for a while, and never of what nobody hears."""

from __future__ import annotations

import json

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speech.mp3 import length_ms
from skill.web.simulator.home import our_home
from skill.web.simulator.sounds import MOST
from tests.web.simulator.page import Page


@pytest.fixture(scope="module")
def spoken() -> Page:
    """A page with a voice."""
    return Page(our_home(Settings(IN_MEMORY)), voice="auto")


def test_speech(spoken: Page) -> None:
    """What is said is a sound with marks, whole or in part, and the same again; nobody may keep it."""
    turn = spoken.say("what helps")
    url = turn["audio"]["url"]
    whole = spoken.client.get(url)
    assert (whole.status_code, whole.content_type, whole.headers["Cache-Control"]) == (200, "audio/mpeg", "no-store")
    assert length_ms(whole.data) > turn["audio"]["marks"][-1][0]
    streamed = spoken.client.get(url, headers={"Range": "bytes=0-"})
    assert (streamed.status_code, streamed.data) == (200, whole.data)
    part = spoken.client.get(url, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.data) == (206, whole.data[2:6])
    assert part.headers["Content-Range"] == f"bytes 2-5/{len(whole.data)}"
    assert spoken.client.get(turn["reprompt_audio"]["url"]).data != whole.data


def test_what_is_had_again_is_not_said(spoken: Page) -> None:
    """No sound is made of a conversation that is had again, as nobody hears it; what is said next has one."""
    before = spoken.say("what helps")["audio"]["url"]
    said = json.dumps({"skillId": "", "locale": "en-US", "userInput": ["what helps"] * MOST})
    turns = spoken("replay", format="toolkit", text=said)["turns"]
    assert turns[-1]["reprompt"]
    assert {(turn["audio"], turn["reprompt_audio"]) for turn in turns} == {(None, None)}
    assert spoken.client.get(before).status_code == 200
    assert spoken.say("help")["audio"]["url"]


def test_speech_is_forgotten(spoken: Page) -> None:
    """A sound goes when there are many others, and one that never was is not there."""
    url = spoken.say("what helps")["audio"]["url"]
    for _ in range(MOST // 2):
        spoken.say("what helps")
    assert spoken.client.get(url).status_code == 404
    assert spoken.client.get("/local/speech/x.mp3").status_code == 404

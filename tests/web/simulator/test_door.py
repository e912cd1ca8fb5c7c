"""The door of the page: what is done there, and that every answer has the shape that the page is written for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speech.mp3 import length_ms
from skill.web.simulator.home import Home, our_home
from tests.speaker.jukebox import jukebox_device
from tests.speaker.small import Clock
from tests.web.simulator.page import Page

TOUCH = {"token": "menu", "arguments": ["nothing of ours"], "source": {"type": "TouchWrapper"}}
BROKEN = {
    "token": "menu",
    "errors": [{"type": "LIST_ERROR", "reason": "INTERNAL_ERROR", "message": "late", "listId": ""}],
}


@pytest.fixture
def page() -> Page:
    """A page with our skill and no voice."""
    return Page(our_home(Settings(IN_MEMORY)))


@pytest.fixture
def jukebox() -> tuple[Page, Clock]:
    """A page with a skill that plays two streams, and its clock."""
    clock = Clock()
    page = Page(Home(lambda locale, screen: jukebox_device(clock), ("en-US",)))
    return page, clock


def test_open(page: Page) -> None:
    """A new conversation: nothing was said, and there is something to say."""
    assert page.answer["turns"] == []
    assert page.state["in_session"] is False
    assert (page.state["locale"], page.state["device"], page.state["emergency"]) == ("en-US", "none", "911")
    assert "why is my leg numb" in page.state["suggestions"]
    assert (page.state["player"], page.state["screen"], page.state["viewport"]) == (None, None, None)


def test_turn(page: Page) -> None:
    """What was said, understood, answered and kept; and the phrases of the answer are offered."""
    turn = page.say("is it my diabetes")
    assert (turn["number"], turn["utterance"], turn["urgent"], turn["failure"]) == (1, "is it my diabetes", False, None)
    assert turn["heard"] == {
        "intent": "CauseIntent",
        "how": "sample",
        "score": 1.0,
        "sample": "is it my {cause}",
        "slots": [{"name": "cause", "said": "diabetes", "value": "diabetes", "id": "diabetes"}],
    }
    assert turn["speech"].endswith("Would you like to know more?")
    assert turn["card"]["text"] in turn["speech"]
    (exchange,) = turn["exchanges"]
    assert exchange["request"]["request"]["intent"]["name"] == "CauseIntent"
    assert exchange["response"]["response"]["outputSpeech"]["type"] == "SSML"
    assert exchange["ms"] >= 0
    assert exchange["bytes"] > 100
    assert exchange["broken_rules"] == []
    assert turn["session"]["before"] == {}
    assert turn["session"]["after"]["asked"] == "more"
    assert turn["stored"]["before"] == {}
    assert page.state["suggestions"] == ["yes", "no", "help", "stop"]


def test_words_have_their_moments(page: Page) -> None:
    """Without a voice there is no sound, but each sentence has its moment, and the reprompt has, too."""
    turn = page.say("what helps")
    assert turn["audio"]["url"] is None
    assert " ".join(words for _, words, _ in turn["audio"]["marks"]) == turn["speech"]
    assert [words for _, words, _ in turn["reprompt_audio"]["marks"]] == [turn["reprompt"]]


def test_urgent(page: Page) -> None:
    """What is urgent is said to be, with the number to call; nothing is offered, and nothing goes on."""
    page.say("start the leg swings")
    turn = page.say("my face is drooping and my arm is weak")
    assert (turn["urgent"], turn["call"], turn["heard"]["how"]) == (True, ["911"], "urgent")
    assert page.state["in_session"] is False
    assert page.state["suggestions"] == []
    assert page.say("what helps")["urgent"] is False


def test_urgent_without_a_number(page: Page) -> None:
    """What has to be seen today is urgent, and no number is to be called first."""
    turn = page.say("my calf is hot, red and swollen")
    assert (turn["urgent"], turn["call"]) == (True, [])


def test_silence(page: Page) -> None:
    """Nobody answers: what was asked again on the page is not said once more, and the conversation is over."""
    page.say("what helps")
    (turn,) = page("silence")["turns"]
    assert (turn["speech"], turn["audio"]) == ("", None)
    assert page.told() == ["SessionEndedRequest"]
    assert page.state["in_session"] is False


def test_launch_and_forget(page: Page) -> None:
    """The skill is opened by its name; what it keeps can be forgotten, and then it introduces itself again."""
    (turn,) = page("launch")["turns"]
    assert "not medical advice" in turn["speech"]
    assert "not medical advice" not in page("launch")["turns"][0]["speech"]
    assert page("forget")["turns"] == []
    assert "not medical advice" in page("launch")["turns"][0]["speech"]


def test_player(jukebox: tuple[Page, Clock]) -> None:
    """The player as it is, and the events of what was really heard."""
    page, clock = jukebox
    page.say("start the leg swings")
    assert page.state["player"]["activity"] == "PAUSED"
    page("spoken")
    assert page.told() == ["PlaybackStarted"]
    player = page.state["player"]
    assert (player["token"], player["title"], player["activity"]) == ("left", "The left leg", "PLAYING")
    # What is elsewhere is not fetched from a page that asks this machine alone.
    assert (player["url"], player["length_ms"], player["queue"], player["cues"]) == (None, 60_000, [], [])
    clock.move(30)
    page.heard("left", 51_000)
    assert page.told() == ["PlaybackNearlyFinished"]
    assert [each["token"] for each in page.state["player"]["queue"]] == ["right"]
    page.heard("left", 60_000)
    assert page.told() == ["PlaybackFinished", "PlaybackStarted"]
    page("seek", offset_ms=20_000, heard={"token": "right", "offset_ms": 3000})
    assert page.told() == ["PlaybackStopped", "PlaybackStarted"]
    assert page.state["player"]["offset_ms"] == 20_000
    page("press", button="pause", heard={"token": "right", "offset_ms": 21_000})
    assert page.told() == ["PauseCommandIssued", "PlaybackStopped"]
    assert page.state["player"]["activity"] == "STOPPED"
    page("press", button="play")
    page("spoken")
    page.heard("right", 22_000, error="no decoder")
    assert page.told() == ["PlaybackFailed"]


def test_time_passes(jukebox: tuple[Page, Clock]) -> None:
    """What the player does by itself is told when time has passed."""
    page, clock = jukebox
    page.say("start the leg swings")
    page("spoken")
    clock.move(61)
    page("tick")
    assert page.told() == ["PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStarted"]
    assert page("tick")["turns"] == []


def test_suggestions_while_it_plays(jukebox: tuple[Page, Clock]) -> None:
    """What the player understands is offered while it plays."""
    page, _ = jukebox
    page.say("start the leg swings")
    page("spoken")
    assert "pause" in page.state["suggestions"]


def test_suggestions_while_a_screen_leads() -> None:
    """Where a screen goes on by itself, what moves in a routine is offered, and nothing that answers a question."""
    page = Page(our_home(Settings(IN_MEMORY)), device="show5")
    page.say("start the leg swings")
    assert page.state["in_session"] is True
    assert {*page.state["suggestions"]} == {"pause", "next", "previous", "how many are left", "stop"}


def test_recordings_of_this_machine() -> None:
    """A routine that is played has the address of its recording here, and every count has its moment."""
    page = Page(our_home(Settings(IN_MEMORY)), voice="auto")
    page.say("play the toe stretches")
    page("spoken")
    player = page.state["player"]
    fetched = page.client.get(player["url"], headers={"Sec-Fetch-Site": "same-origin"}, buffered=True)
    assert (fetched.status_code, fetched.content_type) == (200, "audio/mpeg")
    assert round(length_ms(fetched.data)) == player["length_ms"]
    moments = [ms for ms, _ in player["cues"]]
    assert [count for _, count in player["cues"]] == list(range(1, len(moments) + 1))
    assert len({after - before for before, after in pairwise(moments)}) == 1


def test_screen() -> None:
    """A device with a screen has a viewport, and what it shows comes with it; its document is touched and fails."""
    page = Page(our_home(Settings(IN_MEMORY)), "show5")
    assert page.state["viewport"] == {"width": 960, "height": 480, "dpi": 160, "shape": "RECTANGLE", "mode": "HUB"}
    assert page.state["screen"] is None
    page("touch", **TOUCH)
    assert page.told() == ["UserEvent"]
    page("broken", **BROKEN)
    assert page.told() == ["RuntimeError"]

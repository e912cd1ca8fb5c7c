"""Conversations: what is remembered of them, for how long, and what the player has really done before a turn."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from skill.settings import IN_MEMORY, Settings
from skill.speaker.devices import DEVICES
from skill.speaker.screen import Screen
from skill.web.simulator.conversations import IDLE, MOST, Conversation, Conversations, RequestError
from skill.web.simulator.home import Home, Kept, our_home
from tests.speaker.jukebox import jukebox, jukebox_device, sent
from tests.speaker.small import Clock


def jukebox_home(clock: Clock) -> Home:
    """A skill that plays two streams."""
    return Home(lambda locale, screen: jukebox_device(clock, jukebox), ("en-US",))


@pytest.fixture
def held(clock: Clock) -> Conversations:
    """Conversations with that skill, and no voice."""
    return Conversations(jukebox_home(clock), clock, voice="none")


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


def say(conversation: Conversation, text: str, **more: Any) -> list[str]:
    """What was said in answer."""
    taken = conversation.take({"do": "say", "text": text, **more}, lambda: conversation.device.say(text))
    return [each.turn.speech for each in taken]


def test_turns_are_remembered(held: Conversations) -> None:
    """With their numbers, what was asked, and what the skill kept before and after."""
    conversation = held.open("en-US", "none")
    say(conversation, "what helps")
    say(conversation, "why is my leg numb")
    assert [(each.number, each.asked["text"]) for each in conversation.turns] == [
        (1, "what helps"),
        (2, "why is my leg numb"),
    ]
    assert conversation.turn(2).turn.speech == "That was CausesIntent. And now?"
    assert conversation.turn(1).stored == ({}, {})
    with pytest.raises(RequestError, match="no turn 3"):
        conversation.turn(3)


def test_only_so_many(held: Conversations) -> None:
    """The oldest turns are forgotten, and numbers go on."""
    conversation = replace(held.open("en-US", "none"), turns=deque(maxlen=2))
    for _ in range(3):
        say(conversation, "what helps")
    assert [each.number for each in conversation.turns] == [2, 3]


def test_nothing_happens(held: Conversations) -> None:
    """A moment in which nothing came of anything is no turn."""
    conversation = held.open("en-US", "none")
    assert conversation.take({"do": "tick"}, conversation.device.wait) == []
    assert conversation.last is None


def test_speaking_takes_time(held: Conversations) -> None:
    """A stream sounds when the answer has been said, and no sooner."""
    conversation = held.open("en-US", "none")
    say(conversation, "start the leg swings")
    before = conversation.device.player.state.activity
    conversation.take({"do": "spoken"}, conversation.device.spoken)
    assert (before, conversation.device.player.state.activity) == ("PAUSED", "PLAYING")
    assert conversation.last
    assert conversation.last.asked["do"] == "say"


def test_what_was_heard_comes_first(held: Conversations, clock: Clock) -> None:
    """Before a turn the skill is told how far the stream was really heard."""
    conversation = held.open("en-US", "none")
    say(conversation, "start the leg swings")
    conversation.take({"do": "spoken"}, conversation.device.spoken)
    clock.move(30)
    say(conversation, "what helps", heard={"token": "left", "offset_ms": 21_000})
    turn = conversation.turns[-1].turn
    assert sent(turn.exchanges)[:2] == [("PlaybackStopped", "left", 21_000), ("RemediesIntent", "left", 21_000)]


@pytest.mark.parametrize("heard", [{}, {"token": 7, "offset_ms": 1}, {"token": "left", "offset_ms": -1}])
def test_what_was_not_heard_properly(held: Conversations, heard: dict[str, Any]) -> None:
    """A report that makes no sense is an error."""
    conversation = held.open("en-US", "none")
    with pytest.raises(RequestError):
        say(conversation, "what helps", heard=heard)


@pytest.mark.parametrize(("locale", "device"), [("de-DE", "none"), ("en-US", "toaster"), ("", "none")])
def test_what_there_is_not(held: Conversations, locale: str, device: str) -> None:
    """A locale or a device that there is none of is an error that says which there are."""
    with pytest.raises(RequestError, match=r"none of .*(en-US|show5)"):
        held.open(locale, device)


def test_abandoned_conversations_are_let_go(held: Conversations, clock: Clock) -> None:
    """One that nobody goes on with is gone after a while, and one that is gone on with is not."""
    left, used = held.open("en-US", "none"), held.open("en-US", "none")
    clock.move((IDLE / 2).total_seconds())
    assert held.get(used.id) is used
    clock.move((IDLE / 2 + timedelta(seconds=1)).total_seconds())
    assert held.get(left.id) is None
    assert held.get(used.id) is used


def test_not_too_many(held: Conversations) -> None:
    """The one that was used least lately makes room."""
    opened = [held.open("en-US", "none") for _ in range(MOST)]
    assert held.get(opened[0].id)
    held.open("en-US", "none")
    assert held.get(opened[0].id)
    assert held.get(opened[1].id) is None


def test_two_at_a_time(held: Conversations) -> None:
    """Each has a device of its own."""
    one, other = held.open("en-US", "none"), held.open("en-US", "none")
    say(one, "why is my leg numb")
    assert one.device.in_session
    assert not other.device.in_session


def test_a_skill_that_fails(clock: Clock) -> None:
    """It costs nobody the conversation: the device says what a device would say."""

    def broken(request: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError(request["request"]["type"])

    home = Home(lambda locale, screen: jukebox_device(clock, broken), ("en-US",))
    conversation = Conversations(home, clock, voice="none").open("en-US", "none")
    assert say(conversation, "what helps") == ["There was a problem with the requested skill's response."]
    assert conversation.turns[-1].observed.failure


def test_our_home() -> None:
    """Devices of every locale with every screen; what they keep of a person is known, and can be forgotten."""
    home = our_home(Settings(IN_MEMORY))
    device = home.make("en-GB", DEVICES["spot"])
    assert device.locale == "en-GB"
    assert isinstance(device.screen, Screen)
    assert home.kept.of(device.user_id) == {}
    device.launch()
    assert home.kept.of(device.user_id)["introduced"] is True
    home.kept.forget(device.user_id)
    assert home.kept.of(device.user_id) == {}
    assert home.track_at("https://example.org/a.mp3") is None


def test_records_of_others_are_not_touched() -> None:
    """Where an installation keeps records in a table, the page keeps its own in memory."""
    home = our_home(Settings("/nowhere/at/all", table="people"))
    home.make("en-US", None).launch()
    assert home.kept.of(home.make("en-US", None).user_id)


def test_storage_that_fails() -> None:
    """What cannot be read is nothing, and costs no turn."""
    home = our_home(Settings("/proc/nowhere/records"))
    assert home.kept.of("somebody") == {}
    assert home.make("en-US", None).launch().speech


def test_nothing_is_kept() -> None:
    """Of a skill whose storage is not known, nothing is known or forgotten."""
    kept = Kept()
    kept.forget("somebody")
    assert kept.of("somebody") == {}

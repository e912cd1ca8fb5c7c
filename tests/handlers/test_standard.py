"""Greeting, help, good-bye and not understanding, in each state of a conversation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import checked, speech
from tests.handlers.asking import Kept, asked, counting, ends, place, says, session_of, skill_with, talk

MID_ROUTINE = counting(place("full"))
DISCLAIMER = "not medical advice"


def kept(*, paused: bool = False) -> Kept:
    """The storage of somebody who was here before, perhaps with a routine left in the middle."""
    return Kept({"introduced": True, "position": place("full", 1, 4) if paused else None})


@pytest.mark.parametrize(
    ("paused", "state", "phrase", "question", "yes"),
    [
        (False, {}, "help.idle", "ask.help.question", "help.idle"),
        (True, {}, "help.paused", "ask.help.question", "help.paused"),
        (False, MID_ROUTINE, "help.routine", "ask.carry_on.question", "ask.next_side.question"),
        (True, MID_ROUTINE, "help.routine", "ask.carry_on.question", "ask.next_side.question"),
    ],
)
def test_help(paused: bool, state: dict[str, Any], phrase: str, question: str, yes: str) -> None:
    """Help says what can be said now, with the disclaimer, and its question is one that "yes" answers."""
    helped, after_yes = talk(
        checked(skill_with(kept(paused=paused))), asked("AMAZON.HelpIntent", state), asked("AMAZON.YesIntent")
    )
    assert says(helped, phrase)
    assert says(helped, question)
    assert DISCLAIMER in speech(helped)
    assert says(after_yes, yes)


@pytest.mark.parametrize("intent", ["AMAZON.FallbackIntent", "NoSuchIntent", "Alexa.Presentation.APL.UserEvent"])
def test_fallback(intent: str) -> None:
    """Not understanding gives examples first and offers help from the second time on; being understood resets it."""
    ask = checked(skill_with(kept()))
    first, second, third, _, fresh = talk(
        ask, asked(intent), asked(intent), asked(intent), asked("CausesIntent", slots={}), asked(intent)
    )
    for response in (first, fresh):
        assert says(response, "fallback.first")
        assert says(response, "ask.examples.question")
    for response in (second, third):
        assert says(response, "fallback.again")
        assert says(response, "ask.offer_help.question")


def test_fallback_keeps_the_routine() -> None:
    """What is not understood in the middle of a set costs no count, however often."""
    storage = kept()
    state = counting(place("full"))
    missed, again, resumed = talk(
        checked(skill_with(storage)),
        asked("AMAZON.FallbackIntent", state, seconds=60),
        asked("AMAZON.FallbackIntent", seconds=90),
        asked("AMAZON.YesIntent", seconds=91),
    )
    for response in (missed, again):
        assert says(response, "fallback.routine")
    assert session_of(missed)["position"] == session_of(again)["position"]
    assert says(resumed, "routine.resume")


@pytest.mark.parametrize(
    ("record", "phrase", "question"),
    [
        ({}, "welcome.first", "ask.start.question"),
        ({"introduced": True}, "welcome.again", "ask.start.question"),
        ({"introduced": True, "position": place("full", 1)}, "welcome.back", "ask.resume.question"),
    ],
)
def test_launch(record: dict[str, Any], phrase: str, question: str) -> None:
    """The first greeting has the disclaimer, later ones are short, and one knows where the routine was left."""
    response = checked(skill_with(Kept(record)))(asked("LaunchRequest"))
    assert says(response, phrase)
    assert says(response, question)
    assert (DISCLAIMER in speech(response)) == (not record)


@pytest.mark.parametrize("intent", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
def test_goodbye(intent: str) -> None:
    """Good-bye ends the conversation, and in a routine says and keeps the place."""
    storage = kept()
    ask = checked(skill_with(storage))
    plain = ask(asked(intent))
    assert says(plain, "goodbye.plain")
    placed = ask(asked(intent, {"position": place("full", 1, 4)}))
    assert says(placed, "goodbye.place")
    assert storage.record["position"] == place("full", 1, 4)
    assert ends(plain)
    assert ends(placed)
    assert session_of(placed) == {}


@pytest.mark.parametrize(("answer", "phrase", "left"), [("Yes", "forget.done", {}), ("No", "forget.kept", None)])
def test_forget_me(answer: str, phrase: str, left: dict[str, Any] | None) -> None:
    """Forgetting asks first, and only a yes deletes."""
    storage = kept(paused=True)
    before = dict(storage.record)
    question, response = talk(checked(skill_with(storage)), asked("ForgetMeIntent"), asked(f"AMAZON.{answer}Intent"))
    assert says(question, "ask.forget.question")
    assert says(response, phrase)
    assert storage.record == (before if left is None else left)


@pytest.mark.parametrize("intent", ["AMAZON.LoopOnIntent", "AMAZON.ShuffleOffIntent"])
def test_audio_wishes_that_make_no_sense(intent: str) -> None:
    """Shuffling is declined, and a routine that is under way is offered again."""
    ask = checked(skill_with(kept()))
    assert says(ask(asked(intent)), "ask.anything.question")
    assert says(ask(asked(intent, MID_ROUTINE)), "ask.carry_on.question")

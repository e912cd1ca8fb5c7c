"""What is shown with which answer, and that nothing that goes wrong with it costs a word."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from skill.handlers import showing
from skill.screens.library import library
from skill.speaker.alarms import Alarms
from tests.conftest import Ask, Envelope, checked, speech
from tests.handlers.asking import Kept, asked, counting, ends, introduced, place, session_of, skill_with
from tests.handlers.leave import QUESTIONS, yes
from tests.handlers.recorded import FULL_SLOT
from tests.screens.device import RENDER, directives, labels, on_screen, shown

WORDS = library("en").words
MID_ROUTINE = counting(place("full"))
MENU = [WORDS.buttons[name].label for name in WORDS.menu]


def answered(name: str, state: dict[str, Any] | None = None, kept: Kept | None = None, **options: Any) -> Envelope:
    """The answer on a screen."""
    return checked(skill_with(kept or introduced()))(on_screen(asked(name, state or {}, **options)))


@pytest.mark.parametrize(
    ("name", "state", "document", "buttons"),
    [
        ("LaunchRequest", {}, "menu", MENU),
        ("AMAZON.HelpIntent", {}, "answer", ["Why is my leg numb", "What helps"]),
        ("AMAZON.FallbackIntent", {}, "menu", MENU),
        ("AboutIntent", {}, "menu", MENU),
        ("CausesIntent", {}, "answer", ["Yes", "No", "Who says so"]),
        ("WhenDoctorIntent", {}, "answer", ["Why is my leg numb", "What helps", "Who says so"]),
        ("ForgetMeIntent", {}, "answer", ["Yes", "No"]),
        ("StartRoutineIntent", {}, "answer", ["Yes", "No"]),
        ("CausesIntent", MID_ROUTINE, "answer", ["Resume", "Stop", "Who says so"]),
        ("AMAZON.HelpIntent", MID_ROUTINE, "routine", ["Resume", "Next", "Stop"]),
        ("HowManyLeftIntent", MID_ROUTINE, "routine", ["Resume", "Next", "Stop"]),
        ("EmergencyHelpIntent", MID_ROUTINE, "urgent", []),
        ("PainIntent", {}, "answer", ["Why is my leg numb", "What helps"]),
    ],
)
def test_documents(name: str, state: dict[str, Any], document: str, buttons: list[str]) -> None:
    """Each kind of answer has its screen, with what can be said next on it."""
    response = answered(name, state, slots={} if name.endswith("Intent") else None)
    assert shown(response)[0] == document
    assert labels(response) == buttons


@pytest.mark.parametrize("name", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
def test_nothing_at_a_good_bye(name: str) -> None:
    """Who leaves gets no screen, and the conversation ends."""
    for state in ({}, MID_ROUTINE):
        response = answered(name, state)
        assert ends(response)
        assert "directives" not in response["response"]


def test_resuming() -> None:
    """Who left a routine can go on with it at a touch."""
    response = answered("LaunchRequest", kept=introduced(position=place("full", 1, 3)))
    assert labels(response)[:2] == ["Resume the routine", "Start over"]


def test_what_is_withheld_is_not_offered() -> None:
    """A button that would begin what has to be left out is not there."""
    response = answered("AMAZON.FallbackIntent", {"withheld": ["leg_swings", "foot_bath"]})
    assert labels(response) == ["Why is my leg numb", "What helps", "When should I see a doctor"]


@pytest.mark.parametrize("remedy", ["leg_swings", "calf_massage", "knee_rotations", "toe_stretches", "foot_bath"])
def test_remedies_are_drawn(remedy: str) -> None:
    """An answer about a remedy has its drawing, and names two of its sources."""
    response = answered("RemedyIntent", slots={"remedy": f"x={remedy}"})
    _, seen = shown(response)
    (directive,) = directives(response, RENDER)
    assert seen["drawn"] is True
    assert directive["document"]["graphics"]["drawing"] == library("en").drawings[remedy]
    assert seen["source"].startswith("Source: ")


def test_advice_has_no_source_of_something_else() -> None:
    """What was talked about before stands behind no other answer."""
    response = answered("PainIntent", {"topic": ["cause", "diabetes"]})
    assert shown(response)[1]["source"] == ""


def test_player_and_permissions_show_themselves(answering: Callable[[Kept], Ask], alarms: Alarms, skill: Any) -> None:
    """Where the device shows its player, or asks for leave, it gets nothing from us to show."""
    played = answering(introduced())(on_screen(asked("PlayRoutineIntent", {}, slots={**FULL_SLOT, "exercise": ""})))
    assert [each["type"] for each in played["response"]["directives"]] == ["AudioPlayer.Play"]
    permission = checked(skill)(on_screen(yes("timer")))
    assert [each["type"] for each in permission["response"]["directives"]] == ["Connections.SendRequest"]
    assert alarms.allowed == set()


def test_the_bath_is_timed(alarms: Alarms, skill: Any) -> None:
    """While the feet are in the water, the time is shown and the conversation waits with what it must remember."""
    alarms.allowed |= {"alexa::alerts:timers:skill:readwrite"}
    state = {**QUESTIONS["timer"], "withheld": ["leg_swings"]}
    response = checked(skill)(on_screen(yes("timer", state)))
    assert shown(response)[0] == "bath"
    assert shown(response)[1]["minutes"] == 10
    assert shown(response)[1]["care"] in speech(response)
    assert "shouldEndSession" not in response["response"]
    assert session_of(response) == {"withheld": ["leg_swings"]}


def test_a_failing_screen_costs_no_word(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Where nothing can be shown, all is said and asked as without a screen."""

    def fail(_: str) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(showing, "library", fail)
    for name, slots in (("StartRoutineIntent", {"routine": "x=short"}), ("EmergencyHelpIntent", None)):
        with caplog.at_level(logging.ERROR):
            response = answered(name, slots=slots)
        assert response == checked(skill_with(introduced()))(asked(name, {}, slots=slots))
    assert {record.getMessage() for record in caplog.records} == {"nothing could be shown: KeyError"}
    paused = answered("AMAZON.PauseIntent", MID_ROUTINE, seconds=60)
    assert ends(paused)
